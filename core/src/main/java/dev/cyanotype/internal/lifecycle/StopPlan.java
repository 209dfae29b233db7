/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.lifecycle;

import dev.cyanotype.internal.concurrent.SystemClock;
import dev.cyanotype.internal.dispatch.AppRuntime;
import dev.cyanotype.internal.dispatch.Traffic;
import dev.cyanotype.internal.lifecycle.StopOutcome.Work;
import dev.cyanotype.internal.socket.SocketHub;
import dev.cyanotype.internal.task.AppTasks;
import dev.cyanotype.spi.Transport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How an app ends: nothing new comes in, what is under way has its time, and whatever hangs is left behind.
 *
 * <p>Each step has a part of the budget, so that one that hangs does not take it from those after it; what a step does not
 * need is there for the next ones. Runs once, on the thread that stops the app.
 */
final class StopPlan {

    private static final Logger LOG = LoggerFactory.getLogger("dev.cyanotype");

    /** Up to which part of the budget each step may take. */
    private static final double HOOKS = 0.25;

    private static final double TRAFFIC = 0.7;
    private static final double WORK_TOLD = 0.8;
    private static final double WORK_INTERRUPTED = 0.85;
    private static final double BUSES = 0.9;
    private static final double SOCKETS = 0.95;
    private static final double ALL = 1;

    /** What the last hooks and the ends of transports have in any case: they give back what the app holds. */
    private static final Duration CLOSING = Duration.ofSeconds(1);

    private final String app;
    private final Parts parts;
    private final Budget budget;
    private final List<String> unended = new ArrayList<>();
    private boolean interrupted;

    /** A step that waits. */
    private interface Wait {

        void within(Duration time) throws InterruptedException;
    }

    StopPlan(String app, Parts parts, Budget budget) {
        this.app = app;
        this.parts = parts;
        this.budget = budget;
    }

    /**
     * Stops everything that was started.
     *
     * @param delay how long everything goes on as before, while the app says that it is not ready
     */
    StopOutcome run(Duration delay) {
        interrupted = Thread.interrupted();
        hold(delay);
        LifecycleHooks hooks = parts.hooks;
        if (hooks != null) {
            unended.addAll(hooks.stopping(() -> budget.upTo(HOOKS)));
        }
        long refusedBefore = parts.refused();
        quiesce();
        Traffic.Snapshot before = parts.traffic().snapshot();
        AppTasks tasks = parts.tasks;
        int tasksBefore = tasks == null ? 0 : tasks.runningTasks().size();
        finishTraffic();
        int tasksCut = finishWork(tasks);
        drain(true, BUSES);
        long[] sockets = closeSockets();
        drain(false, ALL);
        Traffic.Snapshot after = parts.traffic().snapshot();
        long refused = after.refused() + parts.refused() - refusedBefore;
        close(hooks);
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return new StopOutcome(
                budget.total(),
                budget.spent(),
                Work.of(before.requests(), after.requests()),
                Work.of(before.actions(), after.actions()),
                Work.of(before.messages(), after.messages()),
                Work.of(before.entries(), after.entries()),
                Work.of(before.frames(), after.frames()),
                Work.of(tasksBefore, tasksCut),
                refused,
                sockets[0],
                sockets[1],
                hooks == null ? List.of() : hooks.failed(),
                unended);
    }

    private void hold(Duration delay) {
        Duration left = budget.upTo(HOOKS);
        Duration time = delay.compareTo(left) < 0 ? delay : left;
        if (!time.isZero()) {
            await("the delay", time, rest -> new CountDownLatch(1).await(rest.toNanos(), TimeUnit.NANOSECONDS));
        }
    }

    private void quiesce() {
        parts.traffic().refuseRequests();
        SocketHub sockets = parts.sockets;
        if (sockets != null) {
            sockets.refuse();
        }
        AppTasks tasks = parts.tasks;
        if (tasks != null) {
            tasks.closeTasks();
        }
        for (Map.Entry<String, Transport> transport : parts.started()) {
            try {
                transport.getValue().quiesce();
            } catch (RuntimeException e) {
                LOG.warn("transport '{}' of app '{}' may still take new work", transport.getKey(), app, e);
            }
        }
    }

    /** Waits for what others have asked for. */
    private void finishTraffic() {
        SocketHub sockets = parts.sockets;
        if (sockets != null) {
            await("the messages of websockets", budget.upTo(TRAFFIC), sockets::finish);
        }
        await("what is under way", budget.upTo(TRAFFIC), parts.traffic()::awaitNone);
    }

    /** Waits for what the app does by itself; how many runs of tasks were abandoned. */
    private int finishWork(@Nullable AppTasks work) {
        if (work == null) {
            return 0;
        }
        work.closeThreads();
        await("tasks", budget.upTo(WORK_TOLD), work::awaitTasks);
        await("threads", budget.upTo(WORK_TOLD), work::awaitThreads);
        work.interrupt();
        await("tasks", budget.upTo(WORK_INTERRUPTED), work::awaitTasks);
        await("threads", budget.upTo(WORK_INTERRUPTED), work::awaitThreads);
        List<String> tasks = work.runningTasks();
        tasks.forEach(task -> unended.add("task '" + task + "'"));
        work.runningThreads().forEach(thread -> unended.add("thread '" + thread + "'"));
        return tasks.size();
    }

    private void drain(boolean buses, double part) {
        for (Map.Entry<String, Transport> transport : parts.started(buses)) {
            await("transport '" + transport.getKey() + "'", budget.upTo(part), transport.getValue()::drain);
        }
    }

    /** How many websockets were closed in order, and how many cut off. */
    private long[] closeSockets() {
        SocketHub sockets = parts.sockets;
        if (sockets == null) {
            return new long[] {0, 0};
        }
        long all = sockets.count();
        long[] cut = {all};
        await("the ends of websockets", budget.upTo(SOCKETS), time -> cut[0] = sockets.goodbye(time));
        return new long[] {all - Math.min(all, cut[0]), Math.min(all, cut[0])};
    }

    private void await(String what, Duration time, Wait wait) {
        try {
            wait.within(time);
        } catch (InterruptedException e) {
            // Whoever stops the app is in a hurry now.
            interrupted = true;
            budget.cut();
        } catch (RuntimeException e) {
            LOG.warn("{} of app '{}' could not be drained", what, app, e);
        }
    }

    private void close(@Nullable LifecycleHooks hooks) {
        Budget closing = new Budget(atLeast(budget.upTo(ALL), CLOSING));
        SocketHub sockets = parts.sockets;
        if (sockets != null) {
            sockets.end();
        }
        AppRuntime runtime = parts.runtime;
        if (runtime != null) {
            runtime.stop();
        }
        for (Map.Entry<String, Transport> transport : parts.reversed()) {
            close(transport.getKey(), transport.getValue(), closing);
        }
        if (hooks != null) {
            unended.addAll(hooks.stop(() -> closing.upTo(ALL)));
        }
        ExecutorService executor = parts.executor;
        if (executor != null) {
            executor.shutdown();
        }
        SystemClock clock = parts.clock;
        if (clock != null) {
            clock.close();
        }
    }

    private void close(String id, Transport transport, Budget closing) {
        Guarded.End end =
                Guarded.run("cyanotype-" + app + "-close", atLeast(closing.upTo(ALL), CLOSING), transport::close);
        if (!end.inTime()) {
            unended.add("transport '" + id + "'");
        } else if (end.failure() != null) {
            LOG.warn("transport '{}' of app '{}' could not be closed", id, app, end.failure());
        }
    }

    private static Duration atLeast(Duration time, Duration least) {
        return time.compareTo(least) < 0 ? least : time;
    }
}
