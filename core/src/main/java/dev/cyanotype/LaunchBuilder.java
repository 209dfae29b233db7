/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype;

import dev.cyanotype.exchange.Interceptor;
import dev.cyanotype.http.HttpOptions;
import dev.cyanotype.internal.lifecycle.Launch;
import dev.cyanotype.internal.lifecycle.StopSettings;
import dev.cyanotype.internal.spec.ScopeDraft;
import dev.cyanotype.json.JsonOptions;
import dev.cyanotype.socket.SocketOptions;
import dev.cyanotype.spi.AppClock;
import dev.cyanotype.spi.TemplateEngineProvider;
import dev.cyanotype.spi.TransportProvider;
import dev.cyanotype.task.AppState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * Says how an app is started: on what transports, and with what settings.
 *
 * <p>Not thread-safe.
 *
 * @param <B> the builder itself
 * @since 0.1
 */
public abstract sealed class LaunchBuilder<B extends LaunchBuilder<B>> extends OperationsBuilder<B>
        permits App.Builder {

    private Launch launch;

    LaunchBuilder(ScopeDraft draft, Launch launch) {
        super(draft);
        this.launch = launch;
    }

    final Launch launch() {
        return launch;
    }

    /**
     * Gives the app a transport, in place of a found one of the same id.
     *
     * @param provider the transport's provider
     * @return this
     */
    public B transport(TransportProvider provider) {
        List<TransportProvider> all = new ArrayList<>(launch.transports());
        all.add(Objects.requireNonNull(provider, "provider"));
        launch = launch.transports(all);
        return self();
    }

    /**
     * Takes back all transports given so far, for instance by the app this one is derived from.
     *
     * @return this
     */
    public B noTransports() {
        launch = launch.transports(List.of());
        return self();
    }

    /**
     * Decorates the transports, given ones, found ones and the in-process bus alike, for whoever wants to see or change what
     * goes through them: tests, metrics, tracing. {@link dev.cyanotype.spi.ForwardingProvider} is what to begin with.
     *
     * @param decorator given each provider when the app starts; what it returns, which has the same id, takes its place. A
     *     later call wraps what an earlier one has returned
     * @return this
     */
    public B decorate(UnaryOperator<TransportProvider> decorator) {
        UnaryOperator<TransportProvider> before = launch.decorator();
        Objects.requireNonNull(decorator, "decorator");
        launch = launch.decorator(provider -> decorator.apply(before.apply(provider)));
        return self();
    }

    /**
     * Puts an interceptor next to every handler, inside all hooks and interceptors of the app and its blueprints: what it
     * answers without proceeding takes the handler's place. Also around handlers of messages, tasks and websockets.
     *
     * @param interceptor one more, inside those given before
     * @return this
     */
    public B interceptHandlers(Interceptor interceptor) {
        List<Interceptor> all = new ArrayList<>(launch.innermost());
        all.add(Objects.requireNonNull(interceptor, "interceptor"));
        launch = launch.innermost(all);
        return self();
    }

    /**
     * Renders the app's templates. Without it an app that has templates looks for the one engine on its path with
     * {@link java.util.ServiceLoader}.
     *
     * @param provider makes the engine
     * @return this
     */
    public B templateEngine(TemplateEngineProvider provider) {
        launch = launch.templateEngine(Objects.requireNonNull(provider, "provider"));
        return self();
    }

    /**
     * Says whether transports are looked for with {@link java.util.ServiceLoader}.
     *
     * @param on default true
     * @return this
     */
    public B discovery(boolean on) {
        launch = launch.discovery(on);
        return self();
    }

    /**
     * Sets a setting, which the environment and system properties may override.
     *
     * @param key the full key, such as {@code http.port}; unknown ones fail the start
     * @param value its text
     * @return this
     */
    public B setting(String key, String value) {
        Map<String, String> all = new HashMap<>(launch.settings());
        all.put(Objects.requireNonNull(key, "key"), Objects.requireNonNull(value, "value"));
        launch = launch.settings(all);
        return self();
    }

    /**
     * Says how JSON is read and written.
     *
     * @param options the options
     * @return this
     */
    public B json(JsonOptions options) {
        launch = launch.json(Objects.requireNonNull(options, "options"));
        return self();
    }

    /**
     * Says what the app accepts over HTTP.
     *
     * @param options the options
     * @return this
     */
    public B http(HttpOptions options) {
        launch = launch.http(Objects.requireNonNull(options, "options"));
        return self();
    }

    /**
     * Says what the clients of the app's websockets may do, and where its socket for messages is.
     *
     * @param options the options
     * @return this
     */
    public B sockets(SocketOptions options) {
        launch = launch.sockets(Objects.requireNonNull(options, "options"));
        return self();
    }

    /**
     * Runs actions, listeners, websocket messages and tasks on an executor of yours.
     *
     * @param executor what it runs may block, so it must not run it on the thread that hands it over, which others wait for;
     *     it is not shut down with the app. Default: a virtual thread for each piece of work where the JVM has them, else a
     *     pool of threads
     * @return this
     */
    public B executor(Executor executor) {
        launch = launch.executor(Objects.requireNonNull(executor, "executor"));
        return self();
    }

    /**
     * Decorates the executor, the given one or the app's own alike, for whoever wants to see or change what it runs: tests,
     * metrics, tracing.
     *
     * @param decorator given the executor when the app starts; what it returns runs everything that the executor would, and
     *     hands it on to that. A later call wraps what an earlier one has returned
     * @return this
     */
    public B decorateExecutor(UnaryOperator<Executor> decorator) {
        UnaryOperator<Executor> before = launch.executorDecorator();
        Objects.requireNonNull(decorator, "decorator");
        launch = launch.executorDecorator(executor -> decorator.apply(before.apply(executor)));
        return self();
    }

    /**
     * Gives the app a time of its own, for tests.
     *
     * @param clock what tasks, timeouts, retries and leases go by. Default: the system's
     * @return this
     */
    public B clock(AppClock clock) {
        launch = launch.clock(Objects.requireNonNull(clock, "clock"));
        return self();
    }

    /**
     * Says how long a stop may take when nobody says otherwise, as by SIGTERM and {@code close()}.
     *
     * <p>Choose less than those who run the app wait until they kill it: 30 seconds in Kubernetes, 10 in Docker. Setting
     * {@code stop.budgetSeconds}.
     *
     * @param budget zero to one day; default 10 s. The last hooks have a second more, and so has each transport that
     *     hangs in its end
     * @return this
     * @throws IllegalArgumentException if it is negative or longer
     */
    public B stopBudget(Duration budget) {
        launch = launch.stopping(new StopSettings(budget, launch.stopping().delay()));
        return self();
    }

    /**
     * Says how long the app goes on as before when it is told to stop, while it says that it is not ready. Whoever sends it
     * requests has time to notice. Setting {@code stop.delaySeconds}.
     *
     * @param delay zero to one day; default zero. It is part of the budget, and at most a quarter of it
     * @return this
     * @throws IllegalArgumentException if it is negative or longer
     */
    public B stopDelay(Duration delay) {
        launch = launch.stopping(new StopSettings(launch.stopping().budget(), delay));
        return self();
    }

    /**
     * Tells of each state of the app.
     *
     * @param listener called on the thread that starts or stops the app, which waits for it; what it throws is logged
     * @return this
     */
    public B onState(Consumer<AppState> listener) {
        List<Consumer<AppState>> all = new ArrayList<>(launch.listeners());
        all.add(Objects.requireNonNull(listener, "listener"));
        launch = launch.listeners(all);
        return self();
    }
}
