/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.pubsub.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cyanotype.App;
import dev.cyanotype.task.BackgroundTask;
import dev.cyanotype.task.Schedule;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Whose turn it is to run a task when replicas come and go, and when Redis does not answer. */
class TaskTurnsIT extends TaskLeasesApps {

    /**
     * A run.
     *
     * @param isRunning what it was told when it was interrupted
     * @param interrupted when that was
     */
    private record Run(long token, CompletableFuture<Boolean> isRunning, CompletableFuture<Long> interrupted) {}

    private App replica(Schedule schedule, BackgroundTask task) {
        return start(app("svc").background("t", schedule, task));
    }

    private static void pass(Duration time) {
        long since = System.nanoTime();
        eventually().until(() -> System.nanoTime() - since >= time.toNanos());
    }

    @Test
    void a_task_goes_on_when_no_replica_lives_as_long_as_its_interval() {
        Duration interval = Duration.ofSeconds(2);
        // And some time to start and to stop.
        Duration most = Duration.ofMillis(1_300);
        List<Long> begins = new CopyOnWriteArrayList<>();
        AtomicInteger lives = new AtomicInteger();
        Schedule schedule = Schedule.every(interval).onOneReplica();

        App old = replica(schedule, ctx -> begins.add(System.nanoTime()));
        while (begins.size() < 3) {
            pass(most);
            // As when replicas are replaced one by one, the next one is there before this one goes.
            App next = replica(schedule, ctx -> begins.add(System.nanoTime()));
            old.stop();
            old = next;
            assertThat(lives.incrementAndGet())
                    .as("lives, with %d runs", begins.size())
                    .isLessThan(10);
        }

        assertThat(lives).hasValueGreaterThan(3);
        List<Long> gaps = new ArrayList<>();
        for (int i = 1; i < begins.size(); i++) {
            gaps.add(TimeUnit.NANOSECONDS.toMillis(begins.get(i) - begins.get(i - 1)));
        }
        assertThat(gaps).allSatisfy(gap -> assertThat(gap).isBetween(1_500L, 3_000L));
    }

    @Test
    void a_replica_that_cannot_renew_its_lease_is_interrupted_before_it_is_over() {
        Duration lease = Duration.ofSeconds(2);
        List<Run> runs = new CopyOnWriteArrayList<>();
        CountDownLatch never = gate();
        BackgroundTask task = ctx -> {
            Run run = new Run(ctx.fencingToken(), new CompletableFuture<>(), new CompletableFuture<>());
            runs.add(run);
            if (runs.size() > 1) {
                return;
            }
            try {
                pass(never);
            } catch (InterruptedException e) {
                run.isRunning.complete(ctx.running());
                run.interrupted.complete(System.nanoTime());
                throw e;
            }
        };
        Schedule schedule = Schedule.every(Duration.ofMillis(100)).onOneReplica(lease);
        replica(schedule, task);
        replica(schedule, task);
        eventually().until(() -> !runs.isEmpty());
        // It is renewed as long as it can be.
        pass(lease.plusMillis(500));
        assertThat(runs).hasSize(1);
        Run first = runs.get(0);
        assertThat(first.interrupted).isNotDone();

        // Just renewed, so that this is the time it ends at.
        Duration left = eventually().until(() -> life(LEASE), life -> life.compareTo(Duration.ofMillis(1_600)) > 0);
        long paused = System.nanoTime();
        redis.pause();
        try {
            assertThat(first.interrupted).succeedsWithin(lease.plusSeconds(5));
            assertThat(first.isRunning).isCompletedWithValue(false);
            assertThat(Duration.ofNanos(first.interrupted.join() - paused)).isBetween(lease.dividedBy(4), left);
            assertThat(runs).hasSize(1);
        } finally {
            redis.resume();
        }

        eventually().until(() -> runs.size() > 1);
        assertThat(runs.get(1).token).isGreaterThan(first.token);
    }
}
