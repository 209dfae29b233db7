/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.task;

import dev.cyanotype.internal.assembly.Assembly;
import dev.cyanotype.internal.assembly.TaskOperation;
import dev.cyanotype.internal.assembly.WorkerOperation;
import dev.cyanotype.internal.concurrent.InFlight;
import dev.cyanotype.internal.dispatch.AppDispatcher;
import dev.cyanotype.internal.dispatch.AppRuntime;
import dev.cyanotype.internal.spec.Names;
import dev.cyanotype.spi.AppClock;
import dev.cyanotype.spi.LocalTaskLeases;
import dev.cyanotype.spi.TaskLeases;
import dev.cyanotype.task.TaskHandle;
import dev.cyanotype.task.Tasks;
import dev.cyanotype.task.WorkerHandle;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Function;

/** The tasks and threads of an app, from its start to its end. Thread-safe. */
public final class AppTasks implements Tasks {

    private final String app;
    private final InFlight running = new InFlight();
    private final List<RunningTask> tasks = new ArrayList<>();
    private final List<RunningWorker> workers = new ArrayList<>();

    /**
     * Not started.
     *
     * @param runtime with a bus, which may have leases
     * @param threads what gives each worker its thread, by its name
     * @param replica distinguishes this process from all others that run the app
     */
    public AppTasks(
            Assembly assembly,
            AppRuntime runtime,
            AppDispatcher dispatcher,
            AppClock clock,
            Executor executor,
            Function<String, Executor> threads,
            String replica) {
        this.app = runtime.name();
        TaskLeases leases = runtime.bus().as(TaskLeases.class).orElseGet(() -> new LocalTaskLeases(clock));
        TaskEnvironment environment = new TaskEnvironment(replica, clock, executor, dispatcher, leases, running);
        for (TaskOperation task : assembly.tasks()) {
            tasks.add(new RunningTask(task, environment));
        }
        for (WorkerOperation worker : assembly.workers()) {
            workers.add(new RunningWorker(worker, runtime, clock, threads.apply(worker.address())));
        }
    }

    /** Starts all tasks, and all threads that start with the app. */
    public void start() {
        tasks.forEach(RunningTask::start);
        for (RunningWorker worker : workers) {
            if (!worker.isManual()) {
                worker.start();
            }
        }
    }

    /** Begins no further run of a task. */
    public void closeTasks() {
        tasks.forEach(RunningTask::close);
    }

    /** Tells all threads to end, and starts none again. */
    public void closeThreads() {
        workers.forEach(RunningWorker::close);
    }

    /** Waits for the runs of tasks under way. */
    public void awaitTasks(Duration budget) throws InterruptedException {
        running.awaitNone(budget);
    }

    /** Waits for the ends of threads. */
    public void awaitThreads(Duration budget) throws InterruptedException {
        long deadline = InFlight.deadline(budget);
        for (RunningWorker worker : workers) {
            worker.awaitEnd(deadline);
        }
    }

    /** Interrupts the tasks and threads that have not ended. */
    public void interrupt() {
        tasks.forEach(RunningTask::interrupt);
        workers.forEach(RunningWorker::interrupt);
    }

    /** The names of tasks that run. */
    public List<String> runningTasks() {
        List<String> names = new ArrayList<>();
        for (RunningTask task : tasks) {
            if (task.isRunning()) {
                names.add(task.name());
            }
        }
        return names;
    }

    /** The names of threads that have not ended. */
    public List<String> runningThreads() {
        List<String> names = new ArrayList<>();
        for (RunningWorker worker : workers) {
            if (worker.isAlive()) {
                names.add(worker.name());
            }
        }
        return names;
    }

    @Override
    public TaskHandle task(String name) {
        return find("task", name, tasks, RunningTask::name);
    }

    @Override
    public List<TaskHandle> tasks() {
        return List.copyOf(tasks);
    }

    @Override
    public WorkerHandle thread(String name) {
        return find("thread", name, workers, RunningWorker::name);
    }

    @Override
    public List<WorkerHandle> threads() {
        return List.copyOf(workers);
    }

    /** Each has a name of its own in the app, so that either says which one is meant. */
    private <T> T find(String what, String name, List<T> all, Function<T, String> fullName) {
        return all.stream()
                .filter(one ->
                        name.equals(fullName.apply(one)) || fullName.apply(one).endsWith("." + name))
                .findFirst()
                .orElseThrow(
                        () -> unknown(what, name, all.stream().map(fullName).toList()));
    }

    private IllegalArgumentException unknown(String what, String name, List<String> known) {
        String closest = Names.closest(name, known);
        return new IllegalArgumentException("%s '%s' is unknown (expected: %s).%s"
                .formatted(
                        what,
                        name,
                        known.isEmpty() ? "app '" + app + "' has none" : "one of " + known,
                        closest == null ? "" : " Did you mean '" + closest + "'?"));
    }
}
