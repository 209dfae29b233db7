/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.lifecycle;

import dev.cyanotype.http.HttpOptions;
import dev.cyanotype.http.Urls;
import dev.cyanotype.internal.assembly.Assembly;
import dev.cyanotype.internal.concurrent.InFlight;
import dev.cyanotype.internal.dispatch.AppRuntime;
import dev.cyanotype.internal.health.Vitals;
import dev.cyanotype.internal.socket.SocketHub;
import dev.cyanotype.internal.urls.AppUrls;
import dev.cyanotype.message.Caller;
import dev.cyanotype.spi.Transport;
import dev.cyanotype.task.AppState;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One run of an app, from start to stop. Thread-safe. */
public final class AppLifecycle implements Vitals {

    private static final Logger LOG = LoggerFactory.getLogger("dev.cyanotype");

    private static final Duration GLANCE = Duration.ofMillis(20);

    private final String name;
    private final Assembly assembly;
    private final Launch launch;
    private final Parts parts = new Parts();
    private final CountDownLatch stopped = new CountDownLatch(1);
    private volatile AppState state = AppState.NEW;
    private volatile @Nullable StopOutcome outcome;
    private volatile StopSettings stopping;

    /** Who starts it, so that a stop can interrupt that. */
    private @Nullable Thread starter;

    /** Who stops it, so that somebody in a hurry can interrupt that. */
    private @Nullable Thread stopper;

    private @Nullable Budget budget;
    private boolean givenUp;

    public AppLifecycle(String name, Assembly assembly, Launch launch) {
        this.name = name;
        this.assembly = assembly;
        this.launch = launch;
        this.stopping = launch.stopping();
    }

    public String name() {
        return name;
    }

    /** Starts everything, or nothing. */
    public void start() {
        synchronized (this) {
            if (state != AppState.NEW) {
                throw new IllegalStateException(
                        "app '%s' is %s, and an app runs once. Use toBuilder().build() for another."
                                .formatted(name, state.name().toLowerCase(Locale.ROOT)));
            }
            starter = Thread.currentThread();
            state = AppState.STARTING;
        }
        tell(AppState.STARTING);
        Opening opening = new Opening(name, assembly, launch, parts, this);
        try {
            opening.open(this::proceed);
            synchronized (this) {
                proceed();
                stopping = opening.stopping();
                starter = null;
                state = AppState.RUNNING;
            }
        } catch (Throwable e) {
            stopping = opening.stopping();
            undo();
            throw e;
        }
        tell(AppState.RUNNING);
    }

    /** Refuses to go on with a start that somebody has given up. */
    private synchronized void proceed() {
        if (givenUp) {
            throw new IllegalStateException("app '" + name + "' was stopped while it was starting");
        }
    }

    private void undo() {
        Budget own = new Budget(stopping.budget());
        synchronized (this) {
            starter = null;
            stopper = Thread.currentThread();
            budget = own;
            if (givenUp) {
                // It was meant for the start, and has done its work.
                Thread.interrupted();
            }
        }
        outcome = new StopPlan(name, parts, own).run(Duration.ZERO);
        end();
    }

    /**
     * Ends everything, or waits until somebody else has.
     *
     * @param within how long what is under way has to end, or null for what was said when the app was built
     */
    public void stop(@Nullable Duration within) {
        Duration time = within == null ? stopping.budget() : within;
        Budget own = beginStop(time);
        if (own == null) {
            awaitOtherStop(time);
            return;
        }
        tell(AppState.STOPPING);
        StopOutcome result = new StopPlan(name, parts, own).run(stopping.delay());
        LOG.info("app '{}' stopped in {}", name, result);
        outcome = result;
        end();
    }

    private synchronized @Nullable Budget beginStop(Duration time) {
        if (state == AppState.NEW) {
            state = AppState.STOPPED;
            stopped.countDown();
        } else if (state == AppState.STARTING) {
            giveUp();
        }
        if (state != AppState.RUNNING) {
            return null;
        }
        state = AppState.STOPPING;
        stopper = Thread.currentThread();
        budget = new Budget(time);
        return budget;
    }

    private void giveUp() {
        givenUp = true;
        if (starter != null) {
            starter.interrupt();
        }
    }

    /** Whoever asks for a stop may rely on it when the call returns, also if another thread asked first. */
    private void awaitOtherStop(Duration time) {
        synchronized (this) {
            if (starter == Thread.currentThread()) {
                // A start hook, which can't wait for its own end; the start fails when it returns.
                Thread.interrupted();
                return;
            }
        }
        try {
            stopped.await(TimeUnit.NANOSECONDS.convert(time), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Spends what is left of the budget of a stop under way. */
    synchronized void hurry() {
        if (budget != null && stopper != null) {
            budget.cut();
            stopper.interrupt();
        } else if (starter != null) {
            starter.interrupt();
        }
    }

    private void end() {
        synchronized (this) {
            stopper = null;
            state = AppState.STOPPED;
        }
        tell(AppState.STOPPED);
        stopped.countDown();
    }

    private void tell(AppState now) {
        for (Consumer<AppState> listener : launch.listeners()) {
            try {
                listener.accept(now);
            } catch (RuntimeException e) {
                LOG.error("somebody who listens to the state of app '{}' failed", name, e);
            }
        }
    }

    /** Waits until the app has stopped. */
    public void awaitStopped() throws InterruptedException {
        stopped.await();
    }

    /** Waits until the app is up and each transport does its work; false if the time is over before. */
    public boolean awaitReady(Duration time) throws InterruptedException {
        long deadline = InFlight.deadline(time);
        while (!isReady()) {
            if (state == AppState.STOPPING || state == AppState.STOPPED) {
                throw new IllegalStateException("app '" + name + "' has stopped, so it will not be ready");
            }
            Duration left = InFlight.left(deadline);
            if (left.isZero()) {
                return false;
            }
            stopped.await(Math.min(left.toNanos(), GLANCE.toNanos()), TimeUnit.NANOSECONDS);
        }
        return true;
    }

    private boolean isReady() {
        return state == AppState.RUNNING && !health().containsValue(Transport.Health.DOWN);
    }

    @Override
    public AppState state() {
        return state;
    }

    /** What became of everything, once the app has stopped. */
    public @Nullable StopOutcome outcome() {
        return outcome;
    }

    /** Where a transport can be reached. */
    public URI address(String transport) {
        Map<String, Transport> transports = parts.transports();
        Transport found = transports.get(transport);
        if (state != AppState.RUNNING || found == null) {
            throw new IllegalStateException("app '%s': transport '%s' is not running (running: %s)"
                    .formatted(
                            name,
                            transport,
                            state == AppState.RUNNING ? new TreeSet<>(transports.keySet()) : Set.of()));
        }
        return found.address()
                .orElseThrow(() -> new IllegalStateException("transport '" + transport + "' has no address"));
    }

    public Caller caller(String service) {
        return runtime().caller(service, null, null);
    }

    /** URLs as they are seen from anywhere; settings can say where the app is reached once it is started. */
    public Urls urls() {
        AppRuntime current = parts.runtime;
        HttpOptions options = current == null ? launch.http() : current.http();
        return new AppUrls(assembly, options.origin(), null);
    }

    /** How each transport is; empty while the app is not up. */
    @Override
    public Map<String, Transport.Health> health() {
        Map<String, Transport.Health> health = new LinkedHashMap<>();
        if (state == AppState.RUNNING) {
            parts.transports().forEach((id, transport) -> health.put(id, transport.health()));
        }
        return health;
    }

    /** What the transports have counted; empty while the app is not up. */
    public Map<String, Long> counters() {
        Map<String, Long> counters = new LinkedHashMap<>();
        if (state == AppState.RUNNING) {
            parts.transports()
                    .forEach((id, transport) ->
                            transport.counters().forEach((counter, count) -> counters.put(id + "." + counter, count)));
            SocketHub sockets = parts.sockets;
            if (sockets != null && assembly.hasSockets()) {
                sockets.counters().forEach((counter, count) -> counters.put("sockets." + counter, count));
            }
        }
        return counters;
    }

    public AppRuntime runtime() {
        AppRuntime current = parts.runtime;
        if (current == null) {
            throw new IllegalStateException("app '" + name + "' is not started. Start it first.");
        }
        return current;
    }
}
