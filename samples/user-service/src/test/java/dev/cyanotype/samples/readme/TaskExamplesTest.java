/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.samples.readme;

import static dev.cyanotype.testkit.CyanotypeAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.cyanotype.App;
import dev.cyanotype.Blueprint;
import dev.cyanotype.StopReport;
import dev.cyanotype.samples.readme.TaskExamples.Ledger;
import dev.cyanotype.task.AppState;
import dev.cyanotype.task.TaskHandle;
import dev.cyanotype.task.TaskRun;
import dev.cyanotype.task.WorkerHandle;
import dev.cyanotype.testkit.TestApp;
import dev.cyanotype.testkit.TestClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** What the guide to tasks, threads and stops shows. */
class TaskExamplesTest {

    private final TestClock clock = TestClock.create();
    private final List<String> record = new CopyOnWriteArrayList<>();

    private final class RecordedOrders implements TaskExamples.Orders {

        private final Duration fetching;

        RecordedOrders(Duration fetching) {
            this.fetching = fetching;
        }

        @Override
        public void expire(Instant before) {
            record.add("expire " + before);
        }

        @Override
        public void fetch() {
            record.add("fetch " + clock.instant());
            clock.elapse(fetching);
        }

        @Override
        public void report(Instant day) {
            record.add("report " + day);
        }

        @Override
        public List<String> all() {
            return List.of("a", "b");
        }

        @Override
        public void index(String order) {
            record.add("index " + order);
        }
    }

    @Test
    void tasks_run_by_their_schedules() {
        try (TestApp app = TestApp.of(clock, TaskExamples.orders(new RecordedOrders(Duration.ofSeconds(10))))) {
            TaskHandle report = app.app().tasks().task("orders.report");
            assertThat(report.nextRun()).contains(Instant.parse("2000-01-03T05:00:00Z"));
            assertThat(app.app().tasks().task("reindex").nextRun()).isEmpty();

            clock.advance(Duration.ofMinutes(5));
            assertThat(record)
                    .contains("fetch 2000-01-01T00:00:00Z", "fetch 2000-01-01T00:00:40Z")
                    .contains("expire 2000-01-01T00:05:00Z")
                    .doesNotContain("fetch 2000-01-01T00:00:30Z");

            clock.advanceTo(Instant.parse("2000-01-03T05:02:00Z"));
            assertThat(record).containsOnlyOnce("report 2000-01-03T05:00:00Z");

            assertThat(app.runTask("reindex").result()).isEqualTo(TaskRun.Result.SUCCEEDED);
            assertThat(record).containsSubsequence("index a", "index b");
        }
    }

    @Test
    void orders_are_expired_every_five_minutes() {
        try (TestApp app = TestApp.of(clock, TaskExamples.orders(new RecordedOrders(Duration.ZERO)))) {
            TaskHandle expire = app.app().tasks().task("orders.expire");

            clock.advance(Duration.ofMinutes(10));
            assertThat(expire.runs()).isEqualTo(2);

            clock.elapse(Duration.ofHours(1));
            clock.advance(Duration.ZERO);
            assertThat(expire.runs()).isEqualTo(3);
            assertThat(expire.missed()).isEqualTo(11);

            clock.jump(Duration.ofDays(1));
            clock.advance(Duration.ofMinutes(4));
            assertThat(expire.runs()).isEqualTo(3);
        }
    }

    @Test
    void routes_may_run_tasks_and_ask_for_them() {
        try (TestApp app =
                TestApp.of(clock, TaskExamples.orders(new RecordedOrders(Duration.ZERO)), TaskExamples.control())) {
            assertThat(app.post("/control/reindex/run", Map.of())).hasStatus(202);
            assertThat(record).contains("index a", "index b");
            assertThat(app.get("/control/reindex"))
                    .hasStatus(200)
                    .hasJson("{\"runs\": 1, \"failures\": 0, \"missed\": 0}");
        }
    }

    @Test
    void a_run_that_was_overtaken_writes_nothing() {
        Ledger ledger = new Ledger();
        try (TestApp app = TestApp.of(clock, TaskExamples.billing(month -> "statement of " + month, ledger))) {
            clock.advanceTo(Instant.parse("2000-03-01T00:00:00Z"));

            assertThat(ledger.statement()).isEqualTo("statement of 2000-03-01T00:00:00Z");
            assertThat(app.app().tasks().task("close").runs()).isEqualTo(2);
        }

        assertThatIllegalStateException()
                .isThrownBy(() -> ledger.save(1, "of a run that was frozen"))
                .withMessageMatching("ledger: token 1 \\(expected: \\d+ or more\\). A later run has written already.");
        assertThat(ledger.statement()).isEqualTo("statement of 2000-03-01T00:00:00Z");
    }

    @Test
    void threads_rest_by_the_clock_and_are_started_and_stopped_by_name() {
        BlockingQueue<String> queue = new LinkedBlockingQueue<>();
        try (TestApp app =
                TestApp.of(clock, TaskExamples.monitor(() -> record.add("look"), queue::take, record::add))) {
            clock.advance(Duration.ofMinutes(2));
            assertThat(record).containsExactly("look", "look");

            WorkerHandle thread = app.app().tasks().thread("monitor.queue");
            assertThat(thread.state()).isEqualTo(WorkerHandle.State.ENDED);
            assertThat(thread.start()).isTrue();
            queue.add("first");
            Awaitility.await().untilAsserted(() -> assertThat(record).contains("first"));
            assertThat(thread.stop(Duration.ofSeconds(2))).isTrue();
            assertThat(thread.state()).isEqualTo(WorkerHandle.State.ENDED);
        }
    }

    @Test
    void what_computes_has_a_thread_of_the_platform_and_ends_with_the_app() {
        CountDownLatch ended = new CountDownLatch(1);
        TestApp app = TestApp.of(clock, TaskExamples.renderer(running -> {
            record.add(Thread.currentThread().getName());
            while (running.getAsBoolean()) {
                Thread.onSpinWait();
            }
            ended.countDown();
        }));
        Awaitility.await().untilAsserted(() -> assertThat(record).containsExactly("render"));

        app.close();

        assertThat(app.app().stopReport().map(StopReport::isClean)).contains(true);
        Awaitility.await().until(() -> ended.await(0, TimeUnit.SECONDS));
    }

    @Test
    void hooks_run_around_everything_and_states_are_told() {
        TaskExamples.Store store = new TaskExamples.Store() {
            @Override
            public void open() {
                record.add("open");
            }

            @Override
            public void warmUp() {
                record.add("warm up");
            }

            @Override
            public void flush() {
                record.add("flush");
            }

            @Override
            public void close() {
                record.add("close");
            }
        };
        App shop = TaskExamples.shop(state -> record.add(state.name()), TaskExamples.storage(store));
        try (TestApp app = TestApp.of(shop, clock)) {
            assertThat(app.app().state()).isEqualTo(AppState.RUNNING);
            assertThat(TaskExamples.end(app.app())).isEmpty();
        }

        assertThat(record)
                .containsExactly("STARTING", "open", "warm up", "RUNNING", "STOPPING", "flush", "close", "STOPPED");
    }

    @Test
    void what_does_not_end_is_named() {
        CountDownLatch released = new CountDownLatch(1);
        try (TestApp app = TestApp.of(
                clock,
                Blueprint.named("a")
                        .thread("deaf", ctx -> {
                            while (released.getCount() > 0) {
                                try {
                                    released.await(20, TimeUnit.SECONDS);
                                } catch (InterruptedException e) {
                                    record.add("interrupted");
                                }
                            }
                        })
                        .build())) {
            assertThat(TaskExamples.end(app.app())).containsExactly("thread 'a.deaf'");
            assertThat(record).containsExactly("interrupted");
            assertThat(app.app().stopReport().orElseThrow().toString())
                    .matches(
                            "\\d+ ms of 1000 ms: finished 0 \\(requests 0, actions 0, messages 0, entries 0, websocket messages 0, tasks 0\\),"
                                    + " refused 0, cut 0, websockets closed 0; abandoned: thread 'a.deaf'");
        } finally {
            released.countDown();
        }
    }
}
