/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.lifecycle;

import dev.cyanotype.http.HttpOptions;
import dev.cyanotype.http.Urls;
import dev.cyanotype.internal.assembly.Assembly;
import dev.cyanotype.internal.bus.CallPool;
import dev.cyanotype.internal.bus.LocalBus;
import dev.cyanotype.internal.concurrent.Handoff;
import dev.cyanotype.internal.concurrent.InFlight;
import dev.cyanotype.internal.concurrent.SystemClock;
import dev.cyanotype.internal.dispatch.AppDispatcher;
import dev.cyanotype.internal.dispatch.AppRuntime;
import dev.cyanotype.internal.json.JsonCodec;
import dev.cyanotype.internal.socket.SocketHub;
import dev.cyanotype.internal.urls.AppUrls;
import dev.cyanotype.message.Caller;
import dev.cyanotype.spi.AppClock;
import dev.cyanotype.spi.MessageBus;
import dev.cyanotype.spi.OperationKind;
import dev.cyanotype.spi.Settings;
import dev.cyanotype.spi.Transport;
import dev.cyanotype.spi.TransportContext;
import dev.cyanotype.spi.TransportException;
import dev.cyanotype.spi.TransportProvider;
import java.lang.module.ModuleDescriptor;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One run of an app, from start to stop. Thread-safe. */
public final class AppLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger("dev.cyanotype");

    private enum State {
        NEW,
        STARTING,
        RUNNING,
        STOPPING,
        STOPPED
    }

    private final String name;
    private final Assembly assembly;
    private final Launch launch;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final Map<String, Transport> transports = new LinkedHashMap<>();
    private volatile State state = State.NEW;
    private volatile @Nullable AppRuntime runtime;
    private @Nullable ExecutorService ownExecutor;
    private @Nullable SystemClock ownClock;
    private @Nullable SocketHub sockets;
    private @Nullable TaskRunner tasks;
    private @Nullable LifecycleHooks hooks;

    public AppLifecycle(String name, Assembly assembly, Launch launch) {
        this.name = name;
        this.assembly = assembly;
        this.launch = launch;
    }

    /** Starts everything, or nothing. */
    public void start() {
        synchronized (this) {
            if (state != State.NEW) {
                throw new IllegalStateException(
                        "app '%s' is %s, and an app runs once. Use toBuilder().build() for another."
                                .formatted(name, state.name().toLowerCase(Locale.ROOT)));
            }
            state = State.STARTING;
        }
        try {
            open();
            state = State.RUNNING;
        } catch (Throwable e) {
            if (hooks != null) {
                hooks.stopping();
            }
            closeAll();
            end();
            throw e;
        }
    }

    /** Ends everything; what is under way has the budget to finish. */
    public void stop(Duration budget) {
        long deadline = InFlight.deadline(budget);
        if (!beginStop()) {
            awaitOtherStop(budget);
            return;
        }
        if (hooks != null) {
            hooks.stopping();
        }
        if (tasks != null) {
            tasks.close();
        }
        if (sockets != null) {
            drain("the websockets", sockets::drain, deadline);
        }
        // The bus comes last, because what ends meanwhile may still publish.
        drainTransports(false, deadline);
        if (tasks != null) {
            drain("the tasks", tasks::drain, deadline);
        }
        drainTransports(true, deadline);
        closeAll();
        LOG.info("app '{}' stopped", name);
        end();
    }

    /** Something that can wait for what it has under way. */
    private interface Drain {

        void within(Duration budget) throws InterruptedException;
    }

    private void drainTransports(boolean buses, long deadline) {
        for (Map.Entry<String, Transport> transport : reversed()) {
            if (transport.getValue() instanceof MessageBus == buses) {
                drain("transport '" + transport.getKey() + "'", transport.getValue()::drain, deadline);
            }
        }
    }

    private void drain(String what, Drain drain, long deadline) {
        try {
            drain.within(Duration.ofNanos(Math.max(0, deadline - System.nanoTime())));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.warn("{} of app '{}' could not be drained", what, name, e);
        }
    }

    private synchronized boolean beginStop() {
        if (state == State.NEW) {
            end();
        }
        if (state != State.RUNNING) {
            return false;
        }
        state = State.STOPPING;
        return true;
    }

    /** Whoever asks for a stop may rely on it when the call returns, also if another thread asked first. */
    private void awaitOtherStop(Duration budget) {
        if (state == State.STOPPING) {
            try {
                stopped.await(TimeUnit.NANOSECONDS.convert(budget), TimeUnit.NANOSECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Waits until the app has stopped. */
    public void awaitStopped() throws InterruptedException {
        stopped.await();
    }

    public boolean isRunning() {
        return state == State.RUNNING;
    }

    /** Where a transport can be reached. */
    public URI address(String transport) {
        Transport found = transports.get(transport);
        if (state != State.RUNNING || found == null) {
            throw new IllegalStateException("app '%s': transport '%s' is not running (running: %s)"
                    .formatted(
                            name, transport, state == State.RUNNING ? new TreeSet<>(transports.keySet()) : Set.of()));
        }
        return found.address()
                .orElseThrow(() -> new IllegalStateException("transport '" + transport + "' has no address"));
    }

    public Caller caller(String service) {
        return runtime().caller(service, null, null);
    }

    /** URLs as they are seen from anywhere; settings can say where the app is reached once it is started. */
    public Urls urls() {
        AppRuntime current = runtime;
        HttpOptions options = current == null ? launch.http() : current.http();
        return new AppUrls(assembly, options.origin(), null);
    }

    /** How each transport is; empty while the app is not up. */
    public Map<String, Transport.Health> health() {
        Map<String, Transport.Health> health = new LinkedHashMap<>();
        if (state == State.RUNNING) {
            transports.forEach((id, transport) -> health.put(id, transport.health()));
        }
        return health;
    }

    /** What the transports have counted; empty while the app is not up. */
    public Map<String, Long> counters() {
        Map<String, Long> counters = new LinkedHashMap<>();
        if (state == State.RUNNING) {
            transports.forEach((id, transport) ->
                    transport.counters().forEach((counter, count) -> counters.put(id + "." + counter, count)));
            if (sockets != null && assembly.hasSockets()) {
                sockets.counters().forEach((counter, count) -> counters.put("sockets." + counter, count));
            }
        }
        return counters;
    }

    public AppRuntime runtime() {
        AppRuntime current = runtime;
        if (current == null) {
            throw new IllegalStateException("app '" + name + "' is not started. Start it first.");
        }
        return current;
    }

    private void open() {
        List<TransportProvider> all = Providers.find(launch.transports(), launch.discovery());
        Settings settings = settings(all);
        List<TransportProvider> providers =
                all.stream().filter(provider -> provider.isEnabled(settings)).toList();
        Carriers carriers = new Carriers(name, assembly, providers);
        carriers.check();
        Executor executor = new Handoff(executor());
        AppClock clock = clock();
        JsonCodec json = new JsonCodec(CoreSettings.json(launch.json(), settings));
        SocketHub hub = new SocketHub(
                name, CoreSettings.sockets(launch.sockets(), settings), json, executor, assembly::isEndpoint);
        sockets = hub;
        AppRuntime opened = new AppRuntime(
                name,
                assembly,
                json,
                CoreSettings.http(launch.http(), settings),
                hub,
                new CallPool(json, executor, CoreSettings.maxCalls(settings)));
        opened.views(TemplateEngines.views(name, assembly, launch.templateEngine(), settings));
        AppDispatcher dispatcher = new AppDispatcher(opened);
        Context context = new Context(name, assembly, dispatcher, settings, json, executor, clock, transports.values());

        MessageBus bus = null;
        for (TransportProvider provider : providers) {
            Transport transport = create(provider, context);
            transports.put(provider.id(), transport);
            if (bus == null && transport instanceof MessageBus found) {
                bus = found;
            }
        }
        boolean local = bus == null;
        if (bus == null) {
            bus = new LocalBus(context);
            transports.put(Providers.LOCAL, bus);
        } else {
            // Without the in-process bus nobody else would run them.
            carriers.require(OperationKind.ACTION);
            carriers.require(OperationKind.LISTENER);
            carriers.require(OperationKind.STREAM);
        }
        opened.bus(bus);
        if (assembly.hasSockets()) {
            hub.join(bus);
        }
        runtime = opened;
        hooks = new LifecycleHooks(assembly, opened);
        hooks.starting();
        transports.forEach(this::start);
        if (providers.stream().noneMatch(provider -> provider.carries().contains(OperationKind.TASK))) {
            tasks = new TaskRunner(name, context.executor(), dispatcher);
            tasks.start(assembly.tasks());
        }
        hooks.start();
        announce(local);
    }

    private Executor executor() {
        if (launch.executor() != null) {
            return launch.executor();
        }
        ownExecutor = Threads.executor("cyanotype-" + name);
        return ownExecutor;
    }

    private AppClock clock() {
        if (launch.clock() != null) {
            return launch.clock();
        }
        ownClock = new SystemClock(name);
        return ownClock;
    }

    private Settings settings(List<TransportProvider> providers) {
        Set<String> known = new TreeSet<>(CoreSettings.KEYS);
        providers.forEach(provider -> known.addAll(provider.settings()));
        Map<String, String> properties = new LinkedHashMap<>();
        System.getProperties().stringPropertyNames().forEach(key -> properties.put(key, System.getProperty(key)));
        return SettingsLoader.load(launch.settings(), System.getenv(), properties, known);
    }

    private Transport create(TransportProvider provider, TransportContext context) {
        try {
            return provider.create(context);
        } catch (IllegalArgumentException e) {
            // A setting is wrong, and the message says which.
            throw e;
        } catch (RuntimeException | LinkageError e) {
            throw new TransportException(
                    "transport '" + provider.id() + "' of app '" + name + "' could not be made: " + e, e);
        }
    }

    private void start(String id, Transport transport) {
        try {
            transport.start();
        } catch (TransportException e) {
            throw e;
        } catch (Exception e) {
            if (e instanceof InterruptedException) {
                Thread.currentThread().interrupt();
            }
            throw new TransportException(
                    "transport '" + id + "' of app '" + name + "' could not start: " + e.getMessage(), e);
        }
    }

    private void announce(boolean local) {
        LOG.info(
                "Cyanotype {} on Java {}: app '{}' with {} blueprints and {} operations",
                version(),
                Runtime.version().feature(),
                name,
                assembly.blueprints(),
                assembly.size());
        transports.forEach((id, transport) -> {
            Optional<URI> address = transport.address();
            address.ifPresent(uri -> LOG.info("transport '{}' on {}", id, uri));
        });
        boolean talks = !assembly.operations(OperationKind.ACTION).isEmpty()
                || !assembly.operations(OperationKind.LISTENER).isEmpty()
                || !assembly.operations(OperationKind.STREAM).isEmpty();
        if (local && talks) {
            LOG.info("actions and messages stay in this process, because there is no transport between services");
        }
    }

    /** From the module's descriptor on the module path, from the jar's manifest on the class path. */
    private static String version() {
        ModuleDescriptor module = AppLifecycle.class.getModule().getDescriptor();
        String version = module == null
                ? AppLifecycle.class.getPackage().getImplementationVersion()
                : module.rawVersion().orElse(null);
        return version == null ? "(unpackaged)" : version;
    }

    private List<Map.Entry<String, Transport>> reversed() {
        List<Map.Entry<String, Transport>> all = new ArrayList<>(transports.entrySet());
        Collections.reverse(all);
        return all;
    }

    private void closeAll() {
        if (sockets != null) {
            sockets.end();
        }
        AppRuntime current = runtime;
        if (current != null) {
            current.stop();
        }
        for (Map.Entry<String, Transport> transport : reversed()) {
            try {
                transport.getValue().close();
            } catch (RuntimeException e) {
                LOG.warn("transport '{}' of app '{}' could not be closed", transport.getKey(), name, e);
            }
        }
        if (tasks != null) {
            tasks.close();
        }
        if (hooks != null) {
            hooks.stop();
        }
        if (ownExecutor != null) {
            ownExecutor.shutdown();
        }
        if (ownClock != null) {
            ownClock.close();
        }
    }

    private void end() {
        state = State.STOPPED;
        stopped.countDown();
    }
}
