/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.lifecycle;

import dev.cyanotype.internal.assembly.Assembly;
import dev.cyanotype.internal.bus.CallPool;
import dev.cyanotype.internal.bus.LocalProvider;
import dev.cyanotype.internal.concurrent.Handoff;
import dev.cyanotype.internal.concurrent.SystemClock;
import dev.cyanotype.internal.dispatch.AppDispatcher;
import dev.cyanotype.internal.dispatch.AppRuntime;
import dev.cyanotype.internal.health.AppHealth;
import dev.cyanotype.internal.health.Vitals;
import dev.cyanotype.internal.json.JsonCodec;
import dev.cyanotype.internal.plugin.Failure;
import dev.cyanotype.internal.plugin.OneVersion;
import dev.cyanotype.internal.socket.SocketHub;
import dev.cyanotype.internal.task.AppTasks;
import dev.cyanotype.spi.AppClock;
import dev.cyanotype.spi.MessageBus;
import dev.cyanotype.spi.OperationKind;
import dev.cyanotype.spi.Settings;
import dev.cyanotype.spi.Transport;
import dev.cyanotype.spi.TransportContext;
import dev.cyanotype.spi.TransportException;
import dev.cyanotype.spi.TransportProvider;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The start of an app, step by step. Used once. */
final class Opening {

    private static final Logger LOG = LoggerFactory.getLogger("dev.cyanotype");

    private final String name;
    private final Assembly assembly;
    private final Launch launch;
    private final Parts parts;
    private final Vitals vitals;
    private StopSettings stopping;

    /**
     * Of an app.
     *
     * @param parts gets what is made, as soon as it is
     * @param vitals what the app knows of itself
     */
    Opening(String name, Assembly assembly, Launch launch, Parts parts, Vitals vitals) {
        this.name = name;
        this.assembly = assembly;
        this.launch = launch;
        this.parts = parts;
        this.vitals = vitals;
        this.stopping = launch.stopping();
    }

    /**
     * Opens everything.
     *
     * @param proceed called between the steps; throws if the start is to be given up
     */
    void open(Runnable proceed) {
        List<TransportProvider> all = Providers.find(launch.transports(), launch.discovery());
        all.replaceAll(this::decorated);
        // First, because the settings of a transport that is missing are unknown.
        new Carriers(name, assembly, all).requireAll();
        Settings settings = settings(all);
        List<TransportProvider> providers = new ArrayList<>(CoreSettings.withoutExcluded(all, settings));
        providers.removeIf(provider -> !provider.isEnabled(settings));
        stopping = CoreSettings.stopping(launch.stopping(), settings);
        Carriers carriers = new Carriers(name, assembly, providers);
        carriers.check();
        Executor executor = new Handoff(executor());
        AppClock clock = clock();
        JsonCodec json = new JsonCodec(CoreSettings.json(launch.json(), settings));
        String replica = UUID.randomUUID().toString();
        SocketHub hub = new SocketHub(
                name,
                replica,
                CoreSettings.sockets(launch.sockets(), settings),
                json,
                executor,
                assembly::isEndpoint,
                clock);
        parts.sockets = hub;
        AppRuntime opened = new AppRuntime(
                name,
                assembly,
                json,
                CoreSettings.http(launch.http(), settings),
                hub,
                new CallPool(json, executor, CoreSettings.maxCalls(settings), clock));
        opened.views(TemplateEngines.views(name, assembly, launch.templateEngine(), settings));
        AppDispatcher dispatcher = new AppDispatcher(opened);
        Map<String, Transport> made = new LinkedHashMap<>();
        Context context = new Context(name, assembly, dispatcher, settings, json, executor, clock, made.values());

        MessageBus bus = null;
        for (TransportProvider provider : providers) {
            Transport transport = create(provider, context);
            made.put(provider.id(), transport);
            parts.add(provider.id(), transport);
            if (transport instanceof MessageBus found) {
                if (bus != null) {
                    throw new TransportException(
                            "app '%s' has two message buses, the second is transport '%s'. Leave one out: transports.exclude=%s."
                                    .formatted(name, provider.id(), provider.id()),
                            null);
                }
                bus = found;
            } else {
                requireNoMessages(provider);
            }
        }
        boolean local = bus == null;
        if (bus == null) {
            bus = (MessageBus) create(decorated(new LocalProvider()), context);
            parts.add(LocalProvider.ID, bus);
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
        AppTasks tasks = new AppTasks(
                assembly,
                opened,
                dispatcher,
                clock,
                executor,
                thread -> Threads.longRunning("cyanotype-" + name + "-" + thread),
                replica);
        opened.tasks(tasks);
        opened.health(new AppHealth(name, assembly.checks(), vitals, tasks, clock, executor));
        parts.runtime = opened;
        LifecycleHooks hooks = new LifecycleHooks(assembly, opened);
        parts.hooks = hooks;
        proceed.run();
        hooks.starting();
        parts.transports().forEach((id, transport) -> {
            proceed.run();
            start(id, transport);
            parts.started(id);
        });
        proceed.run();
        parts.tasks = tasks;
        tasks.start();
        hooks.start();
        proceed.run();
        announce(local);
    }

    /** How long a stop may take, as settings from outside have it. */
    StopSettings stopping() {
        return stopping;
    }

    /** Apps send by what carries their messages, so it has to be a bus. */
    private void requireNoMessages(TransportProvider provider) {
        for (OperationKind kind : LocalProvider.KINDS) {
            if (provider.carries().contains(kind) && !assembly.operations(kind).isEmpty()) {
                throw new TransportException(
                        "transport '%s' of app '%s' carries %s, but is no message bus (expected: a MessageBus, because apps send by it too)"
                                .formatted(provider.id(), name, kind.traffic()),
                        null);
            }
        }
    }

    private TransportProvider decorated(TransportProvider provider) {
        TransportProvider decorated = launch.decorator().apply(provider);
        if (decorated == null || !decorated.id().equals(provider.id())) {
            throw new TransportException(
                    "app '%s': the decorator of transport '%s' returned %s (expected: a provider of the same id)"
                            .formatted(name, provider.id(), decorated == null ? "null" : "'" + decorated.id() + "'"),
                    null);
        }
        return decorated;
    }

    private Executor executor() {
        Executor decorated = launch.executorDecorator().apply(plainExecutor());
        return Objects.requireNonNull(decorated, "what the decorator of the executor returned");
    }

    private Executor plainExecutor() {
        if (launch.executor() != null) {
            return launch.executor();
        }
        ExecutorService own = Threads.executor("cyanotype-" + name);
        parts.executor = own;
        return own;
    }

    private AppClock clock() {
        if (launch.clock() != null) {
            return launch.clock();
        }
        SystemClock own = new SystemClock(name);
        parts.clock = own;
        return own;
    }

    private Settings settings(List<TransportProvider> providers) {
        KnownSettings known = CoreSettings.KNOWN;
        for (TransportProvider provider : providers) {
            known = known.and(provider.settings());
        }
        return SettingsLoader.load(launch.settings(), System.getenv(), System.getProperties(), known);
    }

    private Transport create(TransportProvider provider, TransportContext context) {
        try {
            return provider.create(context);
        } catch (IllegalArgumentException | TransportException e) {
            // A setting is wrong, or the provider, and the message says which.
            throw e;
        } catch (RuntimeException e) {
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
        } catch (LinkageError e) {
            throw new TransportException(
                    "transport '" + id + "' of app '" + name + "' could not start: " + Failure.text(e), e);
        }
    }

    private static String counted(int count, String what) {
        return count + " " + (count == 1 ? what : what + "s");
    }

    private void announce(boolean local) {
        LOG.info(
                "Cyanotype {} on Java {}: app '{}' with {} and {}",
                OneVersion.ofCore(),
                Runtime.version().feature(),
                name,
                counted(assembly.blueprints(), "blueprint"),
                counted(assembly.size(), "operation"));
        parts.transports().forEach((id, transport) -> {
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
}
