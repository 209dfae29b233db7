/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype;

import dev.cyanotype.health.HealthCheck;
import dev.cyanotype.health.HealthCheckOptions;
import dev.cyanotype.http.HttpMethod;
import dev.cyanotype.http.Route;
import dev.cyanotype.http.RouteHandler;
import dev.cyanotype.internal.spec.CheckSpec;
import dev.cyanotype.internal.spec.LifecycleSpec.Phase;
import dev.cyanotype.internal.spec.OperationSpec.TaskSpec;
import dev.cyanotype.internal.spec.OperationSpec.WorkerSpec;
import dev.cyanotype.internal.spec.Options;
import dev.cyanotype.internal.spec.ScopeDraft;
import dev.cyanotype.internal.spec.Source;
import dev.cyanotype.spi.MountedBlueprint;
import dev.cyanotype.task.BackgroundTask;
import dev.cyanotype.task.LifecycleHook;
import dev.cyanotype.task.Schedule;
import dev.cyanotype.task.Worker;
import dev.cyanotype.task.WorkerOptions;
import java.time.Duration;
import java.util.Collections;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Declares tasks, threads, health checks and hooks of start and stop, and mounts other blueprints.
 *
 * <p>Not thread-safe.
 *
 * @param <B> the builder itself
 * @since 0.1
 */
public abstract sealed class OperationsBuilder<B extends OperationsBuilder<B>> extends SocketsBuilder<B>
        permits Blueprint.Builder, LaunchBuilder {

    OperationsBuilder(ScopeDraft draft) {
        super(draft);
    }

    /**
     * Does something periodically, for the first time after one interval.
     *
     * @param name the task's name, not empty
     * @param interval from one run to the next, 1 ms to 100 years
     * @param task what to do
     * @return this
     * @throws IllegalArgumentException if the name is empty or the interval too short or long
     */
    public B background(String name, Duration interval, BackgroundTask task) {
        notEmpty("task", "name", name);
        Objects.requireNonNull(interval, "interval");
        Schedule schedule;
        try {
            schedule = Schedule.every(interval);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    where() + ": task '" + name + "': interval " + interval + " (expected: 1 ms to 100 years)", e);
        }
        return background(name, schedule, task);
    }

    /**
     * Does something by a schedule.
     *
     * @param name the task's name, not empty
     * @param schedule when it runs
     * @param task what to do
     * @return this
     * @throws IllegalArgumentException if the name is empty
     */
    public B background(String name, Schedule schedule, BackgroundTask task) {
        Objects.requireNonNull(schedule, "schedule");
        Objects.requireNonNull(task, "task");
        notEmpty("task", "name", name);
        return add(new TaskSpec(name, schedule, task, Source.caller()));
    }

    /**
     * Does something for as long as the app runs, on a thread of its own that starts with the app. When it fails it is started
     * again, after a second first and a minute at last, ten times in a row.
     *
     * @param name the thread's name, not empty
     * @param worker what to do
     * @return this
     * @throws IllegalArgumentException if the name is empty
     */
    public B thread(String name, Worker worker) {
        return thread(name, worker, options -> {});
    }

    /**
     * Does something on a thread of its own.
     *
     * @param name the thread's name, not empty
     * @param worker what to do
     * @param options says when it starts, and starts again
     * @return this
     * @throws IllegalArgumentException if the name is empty or an option wrong
     */
    public B thread(String name, Worker worker, Consumer<WorkerOptions.Builder> options) {
        Objects.requireNonNull(worker, "worker");
        Objects.requireNonNull(options, "options");
        notEmpty("thread", "name", name);
        WorkerOptions.Builder builder = WorkerOptions.builder();
        options.accept(builder);
        return add(new WorkerSpec(name, worker, builder.build(), Source.caller()));
    }

    /**
     * Has the app not be ready while something it needs is not there. The check runs when somebody asks, see {@link Health}, and
     * once in an app however often this is mounted.
     *
     * @param name the check's name, not empty, for those who ask
     * @param check looks whether it is there
     * @return this
     * @throws IllegalArgumentException if the name is empty
     */
    public B check(String name, HealthCheck check) {
        return check(name, check, options -> {});
    }

    /**
     * Has the app not be ready, or not be live, while something is not well.
     *
     * @param name the check's name, not empty, for those who ask
     * @param check looks whether it is well
     * @param options says how long that may take, and what it counts for
     * @return this
     * @throws IllegalArgumentException if the name is empty or an option wrong
     */
    public B check(String name, HealthCheck check, Consumer<HealthCheckOptions.Builder> options) {
        Objects.requireNonNull(check, "check");
        Objects.requireNonNull(options, "options");
        notEmpty("check", "name", name);
        HealthCheckOptions.Builder builder = HealthCheckOptions.builder();
        options.accept(builder);
        draft().add(new CheckSpec(name, check, builder.build(), Source.caller()));
        return self();
    }

    /**
     * Mounts a blueprint as it is.
     *
     * @param blueprint the blueprint
     * @return this
     */
    public B register(Blueprint blueprint) {
        Objects.requireNonNull(blueprint, "blueprint");
        draft().mount(blueprint.spec(), Options.NONE);
        return self();
    }

    /**
     * Mounts a blueprint with options that hold in this place only.
     *
     * @param blueprint the blueprint
     * @param options sets them
     * @return this
     */
    public B register(Blueprint blueprint, Consumer<Mount> options) {
        Objects.requireNonNull(blueprint, "blueprint");
        Objects.requireNonNull(options, "options");
        Mount mount = new Mount(where() + ": mount of " + blueprint.label());
        options.accept(mount);
        draft().mount(blueprint.spec(), mount.close());
        return self();
    }

    /**
     * Puts another handler in the place of an inherited route, in a builder made with {@code toBuilder()} or {@code copy}.
     *
     * <p>Nothing of the inherited route stays but its name.
     *
     * @param method the method of the inherited route
     * @param path its path; the names of parameters do not matter
     * @param handler answers instead
     * @return this
     * @throws IllegalArgumentException if nothing inherited answers there, or it answers more than that
     */
    public B replace(HttpMethod method, String path, RouteHandler handler) {
        return replace(method, path, handler, options -> {});
    }

    /**
     * Puts another route in the place of an inherited one, in a builder made with {@code toBuilder()} or {@code copy}.
     *
     * <p>Nothing of the inherited route stays but its name, unless the new one has its own.
     *
     * @param method the method of the inherited route
     * @param path its path; the names of parameters do not matter
     * @param handler answers instead
     * @param options sets the new route's name and other options
     * @return this
     * @throws IllegalArgumentException if nothing inherited answers there, or it answers more than that
     */
    public B replace(HttpMethod method, String path, RouteHandler handler, Consumer<Route.Builder> options) {
        Objects.requireNonNull(method, "method");
        return replace(build(Route.builder(Set.of(method), Collections.singletonList(path), handler), options));
    }

    /**
     * Puts a route in the place of inherited ones, in a builder made with {@code toBuilder()} or {@code copy}.
     *
     * <p>Nothing of the inherited ones stays but the name of the first, unless the new one has its own.
     *
     * @param route answers what they answered
     * @return this
     * @throws IllegalArgumentException if nothing inherited answers there, or it answers more than the new one
     */
    public B replace(Route route) {
        draft().replace(checked(Objects.requireNonNull(route, "route")));
        return self();
    }

    /**
     * Runs when the app starts, before anything can reach it.
     *
     * <p>The app's own come first, then those of blueprints in mounting order, each blueprint's once however often it is
     * mounted. If one fails, the start fails, and what was started is stopped again.
     *
     * @param hook runs once for each start of the app
     * @return this
     */
    public B onStarting(LifecycleHook hook) {
        return onStarting(0, hook);
    }

    /**
     * Runs when the app starts, before anything can reach it.
     *
     * @param priority over the whole app; higher ones start earlier and stop later; others have 0
     * @param hook runs once for each start of the app
     * @return this
     */
    public B onStarting(int priority, LifecycleHook hook) {
        draft().add(Phase.STARTING, priority, hook);
        return self();
    }

    /**
     * Runs when the app starts, after everything is up.
     *
     * <p>The app's own come first, then those of blueprints in mounting order, each blueprint's once however often it is
     * mounted. If one fails, the start fails, and what was started is stopped again.
     *
     * @param hook runs once for each start of the app
     * @return this
     */
    public B onStart(LifecycleHook hook) {
        return onStart(0, hook);
    }

    /**
     * Runs when the app starts, after everything is up.
     *
     * @param priority over the whole app; higher ones start earlier and stop later; others have 0
     * @param hook runs once for each start of the app
     * @return this
     */
    public B onStart(int priority, LifecycleHook hook) {
        draft().add(Phase.START, priority, hook);
        return self();
    }

    /**
     * Runs when the app stops, while everything is still up.
     *
     * <p>The order is exactly the reverse of that of starting. One that fails is logged, and the others run.
     *
     * @param hook runs once for each start of the app
     * @return this
     */
    public B onStopping(LifecycleHook hook) {
        return onStopping(0, hook);
    }

    /**
     * Runs when the app stops, while everything is still up.
     *
     * @param priority over the whole app; higher ones start earlier and stop later; others have 0
     * @param hook runs once for each start of the app
     * @return this
     */
    public B onStopping(int priority, LifecycleHook hook) {
        draft().add(Phase.STOPPING, priority, hook);
        return self();
    }

    /**
     * Runs when the app stops, after everything is closed.
     *
     * <p>The order is exactly the reverse of that of starting. One that fails is logged, and the others run.
     *
     * @param hook runs once for each start of the app
     * @return this
     */
    public B onStop(LifecycleHook hook) {
        return onStop(0, hook);
    }

    /**
     * Runs when the app stops, after everything is closed.
     *
     * @param priority over the whole app; higher ones start earlier and stop later; others have 0
     * @param hook runs once for each start of the app
     * @return this
     */
    public B onStop(int priority, LifecycleHook hook) {
        draft().add(Phase.STOP, priority, hook);
        return self();
    }

    /**
     * Tells of every place where this is mounted, while the app is built.
     *
     * @param hook gets the options that hold in that place; what it throws fails the build
     * @return this
     */
    public B onMount(Consumer<MountedBlueprint> hook) {
        draft().addMountHook(hook);
        return self();
    }
}
