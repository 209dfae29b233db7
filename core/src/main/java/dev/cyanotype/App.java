/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype;

import dev.cyanotype.health.HealthMonitor;
import dev.cyanotype.http.HttpOptions;
import dev.cyanotype.http.Urls;
import dev.cyanotype.internal.assembly.Assembler;
import dev.cyanotype.internal.assembly.Assembly;
import dev.cyanotype.internal.describe.Explanation;
import dev.cyanotype.internal.lifecycle.AppLifecycle;
import dev.cyanotype.internal.lifecycle.Launch;
import dev.cyanotype.internal.lifecycle.Signals;
import dev.cyanotype.internal.routing.Converter;
import dev.cyanotype.internal.spec.Names;
import dev.cyanotype.internal.spec.ScopeDraft;
import dev.cyanotype.internal.spec.ScopeSpec;
import dev.cyanotype.message.Caller;
import dev.cyanotype.socket.Sockets;
import dev.cyanotype.task.AppState;
import dev.cyanotype.task.Tasks;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A service: blueprints, checked together, and their way from start to stop.
 *
 * <p>{@link Builder#build()} checks everything and opens nothing. An app runs once. Thread-safe.
 *
 * @since 0.1
 */
public final class App implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger("dev.cyanotype");

    private final Definition definition;
    private final Assembly assembly;
    private final AppLifecycle lifecycle;

    /** Everything a builder has collected. */
    private record Definition(
            String name,
            ScopeSpec scope,
            Map<String, Predicate<String>> converters,
            ConflictPolicy conflicts,
            Launch launch) {}

    private App(Definition definition, Assembly assembly) {
        this.definition = definition;
        this.assembly = assembly;
        this.lifecycle = new AppLifecycle(definition.name(), assembly, definition.launch());
    }

    /**
     * Starts an app.
     *
     * @param name the name of the service, also on the wire: a letter or underscore, then letters, digits, underscores
     *     and hyphens
     * @return a new builder
     * @throws IllegalArgumentException if it is no name
     */
    public static Builder named(String name) {
        return new Builder(name);
    }

    /**
     * The name given at creation.
     *
     * @return the name
     */
    public String name() {
        return definition.name();
    }

    /**
     * Starts a changed app of the same name; this one stays as it is.
     *
     * @return a new builder that has everything this app has
     */
    public Builder toBuilder() {
        return new Builder(definition);
    }

    /**
     * Starts all transports and tasks; returns when they are up.
     *
     * @throws dev.cyanotype.spi.TransportException if a transport is missing, broken or can't be opened; nothing is left
     *     running then
     * @throws dev.cyanotype.exchange.TemplateException if there are templates and no engine for them
     * @throws IllegalArgumentException if a setting is unknown or wrong
     * @throws IllegalStateException if the app was started before
     */
    public void start() {
        lifecycle.start();
        LOG.debug("app '{}'\n{}", name(), describe());
    }

    /**
     * Starts the app and waits until it has stopped, which SIGTERM and Ctrl-C bring about in order.
     *
     * <p>After such a signal the process ends with 0, so that what stands behind this call need not be reached. A second signal
     * cuts off what is under way, a third one ends the process at once.
     *
     * @throws dev.cyanotype.spi.TransportException if a transport is missing, broken or can't be opened
     * @throws dev.cyanotype.exchange.TemplateException if there are templates and no engine for them
     * @throws IllegalArgumentException if a setting is unknown or wrong
     * @throws IllegalStateException if the app was started before
     */
    public void run() {
        Signals.during(lifecycle, () -> {
            start();
            try {
                lifecycle.awaitStopped();
            } catch (InterruptedException e) {
                // Whoever interrupts a service wants it to end; there is time for that.
                stop();
                Thread.currentThread().interrupt();
            }
        });
    }

    /**
     * Stops the app, within ten seconds unless {@link Builder#stopBudget} says otherwise. Does nothing if the app is not
     * running.
     */
    public void stop() {
        lifecycle.stop(null);
    }

    /**
     * Stops the app: takes no new work, finishes what is under way, closes everything. An app that is starting is stopped too,
     * and its start fails.
     *
     * <p>A handler that calls it is under way itself, and so waits until the budget is spent: call it on another thread. What
     * hangs is interrupted, then left behind, and named in the {@link #stopReport()}. If the waiting thread is interrupted, what
     * is under way is cut off.
     *
     * @param budget how long finishing may take, of which each step has its part; zero cuts it off. The last hooks have a
     *     second more, and so has each transport that hangs in its end
     * @throws IllegalArgumentException if it is negative
     */
    public void stop(Duration budget) {
        if (Objects.requireNonNull(budget, "budget").isNegative()) {
            throw new IllegalArgumentException("stop: budget " + budget + " (expected: zero or more)");
        }
        lifecycle.stop(budget);
    }

    /**
     * What became of what was under way when the app was stopped.
     *
     * @return empty while it has not stopped, or if it was never started
     */
    public Optional<StopReport> stopReport() {
        return Optional.ofNullable(lifecycle.outcome()).map(StopReport::new);
    }

    /** Stops the app, as {@link #stop()} does. */
    @Override
    public void close() {
        stop();
    }

    /**
     * Whether the app is up.
     *
     * @return true from the end of {@link #start()} to the beginning of {@link #stop()}
     */
    public boolean isRunning() {
        return lifecycle.state() == AppState.RUNNING;
    }

    /**
     * Where the app is between start and stop.
     *
     * @return the state at this moment
     */
    public AppState state() {
        return lifecycle.state();
    }

    /**
     * Waits until the app is up and all its transports do their work.
     *
     * @param time how long at most
     * @return false if the time is over before
     * @throws InterruptedException if the waiting thread is interrupted
     * @throws IllegalStateException if the app has stopped, or could not start
     */
    public boolean awaitReady(Duration time) throws InterruptedException {
        return lifecycle.awaitReady(Objects.requireNonNull(time, "time"));
    }

    /**
     * How the app is, for readiness probes and metrics.
     *
     * @return how it is at this moment
     */
    public AppStatus status() {
        return new AppStatus(lifecycle.state(), lifecycle.health(), lifecycle.counters());
    }

    /**
     * What a transport between services offers beyond blueprints, such as the client it is built on.
     *
     * @param <T> the wanted type
     * @param type the wanted type
     * @return what it offers
     * @throws IllegalStateException if there is no such thing, or the app is not started
     */
    public <T> T as(Class<T> type) {
        return lifecycle
                .runtime()
                .bus()
                .as(type)
                .orElseThrow(() -> new IllegalStateException(this + ": no transport offers a " + type.getName()));
    }

    /**
     * Where a transport can be reached.
     *
     * @param transport the transport's id, such as {@code http}
     * @return such as {@code http://127.0.0.1:8080}, with the real port
     * @throws IllegalStateException if no such transport is running, or it has no address
     */
    public URI address(String transport) {
        return lifecycle.address(transport);
    }

    /**
     * Builds URLs of the app's routes, also before it is started.
     *
     * @return knows no request: {@code absolute()} needs {@link HttpOptions#origin()}
     */
    public Urls urls() {
        return lifecycle.urls();
    }

    /**
     * Says what the app consists of.
     *
     * @return all mounts and operations as data, and as a table
     */
    public AppDescription describe() {
        return new AppDescription(assembly);
    }

    /**
     * Says everything that runs for a request or an operation, in order, with the lines that declared it.
     *
     * @param subject a request such as {@code POST /api/users} or {@code GET api.example.com/users}; an operation's full
     *     name such as {@code users.show}; or a kind and an address such as {@code action get_user}
     * @return several lines of text, for people: its form may change
     * @throws IllegalArgumentException if it is no request and no operation has the name
     */
    public String explain(String subject) {
        return Explanation.of(assembly, Objects.requireNonNull(subject, "subject"));
    }

    /**
     * Calls the actions of a service.
     *
     * @param service the service's name; this app's own works too
     * @return a caller with a timeout of 5 seconds
     * @throws IllegalStateException if this app is not started, or has stopped
     */
    public Caller caller(String service) {
        return lifecycle.caller(service);
    }

    /**
     * The websockets of the app.
     *
     * @return all that are open
     * @throws IllegalStateException if this app is not started
     */
    public Sockets sockets() {
        return lifecycle.runtime().sockets();
    }

    /**
     * The tasks and threads of the app.
     *
     * @return all of them
     * @throws IllegalStateException if this app is not started
     */
    public Tasks tasks() {
        return lifecycle.runtime().tasks();
    }

    /**
     * Looks how the app is, and runs its checks. {@link #status()} does so without them.
     *
     * @return what {@link Health#blueprint()} tells others
     * @throws IllegalStateException if this app is not started
     */
    public HealthMonitor health() {
        return lifecycle.runtime().health();
    }

    @Override
    public String toString() {
        return "app '" + name() + "'";
    }

    /** Collects what an app has; not thread-safe. */
    public static final class Builder extends LaunchBuilder<Builder> {

        private final String name;
        private final Map<String, Predicate<String>> converters = new HashMap<>();
        private ConflictPolicy conflicts = ConflictPolicy.FAIL;

        private Builder(String name) {
            super(ScopeDraft.app(name), Launch.DEFAULT);
            this.name = name;
        }

        private Builder(Definition definition) {
            super(ScopeDraft.from(definition.scope(), null, "app '" + definition.name() + "'"), definition.launch());
            this.name = definition.name();
            this.converters.putAll(definition.converters());
            this.conflicts = definition.conflicts();
        }

        /**
         * Says what happens when two declarations want the same place.
         *
         * @param policy default {@link ConflictPolicy#FAIL}
         * @return this
         */
        public Builder conflicts(ConflictPolicy policy) {
            conflicts = Objects.requireNonNull(policy, "policy");
            return this;
        }

        /**
         * Registers a path converter: {@code {code:hex}}.
         *
         * @param converter its name, a name as blueprints have it
         * @param accepts tells whether a decoded segment fits; called on the request's thread, so quick, and
         *     thread-safe
         * @return this
         * @throws IllegalArgumentException if it is no name, or known already
         */
        public Builder converter(String converter, Predicate<String> accepts) {
            String where = where() + ": converter";
            Names.check(where, converter);
            Objects.requireNonNull(accepts, "accepts");
            if (Converter.builtInNames().contains(converter) || converters.putIfAbsent(converter, accepts) != null) {
                throw new IllegalArgumentException(
                        where + " '" + converter + "' is known already. Choose another name.");
            }
            return this;
        }

        /**
         * Checks how everything fits together; opens nothing. A failed build leaves the builder as it was.
         *
         * @return the app, not started
         * @throws AppBuildException that lists all conflicts
         * @throws IllegalStateException if this builder has built one already
         */
        public App build() {
            ScopeSpec scope = draft().build();
            Assembler.Result result = Assembler.assemble(
                    name,
                    scope,
                    converters,
                    launch().sockets(),
                    conflicts == ConflictPolicy.OVERRIDE,
                    launch().innermost());
            if (result.assembly() == null) {
                draft().reopen();
                throw new AppBuildException(name, result.problems());
            }
            result.overridden().forEach(text -> LOG.warn("app '{}': {}", name, text));
            return new App(new Definition(name, scope, Map.copyOf(converters), conflicts, launch()), result.assembly());
        }
    }
}
