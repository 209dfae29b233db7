/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.testkit;

import static dev.cyanotype.testkit.CyanotypeAssertions.assertThat;
import static dev.cyanotype.testkit.CyanotypeAssertions.assertThatThrownBy;
import static dev.cyanotype.testkit.CyanotypeAssertions.tuple;

import dev.cyanotype.Blueprint;
import dev.cyanotype.exchange.NotFoundException;
import dev.cyanotype.task.Schedule;
import dev.cyanotype.task.TaskRun;
import dev.cyanotype.testkit.TestEvent.Kind;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What an app has done, as tests see it afterwards. */
class AppAssertionsTest {

    private final TestApp app = TestApp.of(Blueprint.named("shop")
            .get("/orders/{id}", ctx -> {
                throw new NotFoundException("no such order");
            })
            .action("order", ctx -> {
                ctx.broadcast("levels", Map.of("left", 2));
                ctx.append("placed", Map.of("id", 7));
                return "ordered";
            })
            .listen("levels", (message, ctx) -> {})
            .consume("placed", "shipping", Map.class, (entry, ctx) -> {})
            .socket("hello", ctx -> "hi")
            .background("sweep", Schedule.manual(), ctx -> {})
            .background("fail", Schedule.manual(), ctx -> {
                throw new IllegalStateException("broken");
            })
            .action("wait", ctx -> {
                ctx.caller("test").timeout(Duration.ofSeconds(5)).call("never", Map.of());
                return "never";
            })
            .action("never", ctx -> new CompletableFuture<>())
            .build());

    @AfterEach
    void stop() {
        app.close();
    }

    private static void fails(ThrowingCallable assertion, String... lines) {
        assertThatThrownBy(assertion)
                .isInstanceOf(AssertionError.class)
                .hasMessage(String.join(System.lineSeparator(), lines));
    }

    @Test
    void what_was_sent_is_found() {
        app.call("order", Map.of());

        assertThat(app)
                .hasBroadcast("levels", "{\"left\": 2}")
                .hasNoBroadcast("other")
                .hasHeard("shop.levels", Map.of("left", 2))
                .hasAppended("placed", Map.of("id", 7))
                .hasNotAppended("other")
                .hasNoFailures();
    }

    @Test
    void what_came_instead_is_shown() {
        fails(
                () -> assertThat(app).hasBroadcast("levels", Map.of()),
                "Expected a broadcast on 'levels':",
                "  {}",
                "but got:",
                "  nothing");
        app.call("order", Map.of());
        fails(
                () -> assertThat(app).hasBroadcast("levels", Map.of("left", 3)),
                "Expected a broadcast on 'levels':",
                "  {\"left\":3}",
                "but got:",
                "  levels {\"left\":2}");
        fails(
                () -> assertThat(app).hasAppended("shipped", Map.of("id", 7)),
                "Expected an entry in 'shipped':",
                "  {\"id\":7}",
                "but got:",
                "  placed {\"id\":7}");
        fails(() -> assertThat(app).hasNoBroadcasts(), "Expected no broadcast, but got:", "  levels {\"left\":2}");
        fails(
                () -> assertThat(app).hasNotAppended("placed"),
                "Expected no entry in 'placed', but got:",
                "  placed {\"id\":7}");
    }

    @Test
    void what_was_thrown_is_a_failure_even_if_it_was_answered() {
        assertThat(app.get("/orders/1")).hasStatus(404);

        fails(
                () -> assertThat(app).hasNoFailures(),
                "Expected no failures, but got:",
                "  2000-01-01T00:00:00Z FAILURE GET /orders/{id}"
                        + " dev.cyanotype.exchange.NotFoundException: no such order");
    }

    @Test
    void runs_of_tasks_say_how_they_went() {
        TaskRun swept = app.runTask("sweep");
        TaskRun failed = app.runTask("fail");

        assertThat(app).hasRun("shop.sweep");
        fails(
                () -> assertThat(app).hasRun("shop.fail"),
                "Expected task 'shop.fail' to have run by 2000-01-01T00:00:00Z, but got:",
                "  2000-01-01T00:00:00Z TASK shop.sweep done",
                "  2000-01-01T00:00:00Z FAILURE shop.fail java.lang.IllegalStateException: broken");
        assertThat(swept).succeeded();
        assertThat(failed).failedWith(RuntimeException.class).failedWith(IllegalStateException.class, "broken");
        fails(
                () -> assertThat(failed).succeeded(),
                "Expected a run that succeeded, but it failed: java.lang.IllegalStateException: broken");
        fails(() -> assertThat(swept).wasLeftOut(), "Expected a run that was left out, but it succeeded");
        fails(
                () -> assertThat(failed).failedWith(NotFoundException.class),
                "Expected it to fail with dev.cyanotype.exchange.NotFoundException, but it failed with"
                        + " java.lang.IllegalStateException: broken");
        fails(
                () -> assertThat(failed).failedWith(IllegalStateException.class, "gone"),
                "Expected it to fail with 'gone', but it failed with java.lang.IllegalStateException: broken");
    }

    @Test
    void everything_is_recorded_in_its_order() {
        app.call("order", Map.of("n", 1));
        app.open("/ws").send("hello", null).close();
        app.clock().advance(Duration.ofSeconds(1));
        app.runTask("sweep");

        assertThat(app.events())
                .extracting(TestEvent::kind, TestEvent::subject, TestEvent::detail)
                .containsExactly(
                        tuple(Kind.STATE, "STARTING", ""),
                        tuple(Kind.STATE, "RUNNING", ""),
                        tuple(Kind.BROADCAST, "levels", "{\"left\":2}"),
                        tuple(Kind.HEARD, "shop.levels", "{\"left\":2}"),
                        tuple(Kind.APPEND, "placed", "{\"id\":7}"),
                        tuple(Kind.ENTRY, "shop.placed", "{\"id\":7} (delivery 1) -> done"),
                        tuple(Kind.CALL, "order", "{\"n\":1} -> \"ordered\""),
                        tuple(Kind.SOCKET, "/ws", "opens"),
                        tuple(Kind.FRAME_IN, "/ws", "{\"type\":\"hello\"}"),
                        tuple(Kind.FRAME_OUT, "/ws", "{\"type\":\"response\",\"data\":\"hi\"}"),
                        tuple(Kind.SOCKET, "/ws", "closed with 1000"),
                        tuple(Kind.TASK, "shop.sweep", "done"));
        assertThat(app.events(Kind.TASK))
                .singleElement()
                .satisfies(run -> assertThat(run).hasToString("2000-01-01T00:00:01Z TASK shop.sweep done"));
    }

    @Test
    void what_waits_for_the_time_can_be_done_beside_the_test() throws Exception {
        CompletableFuture<TestReply> reply = app.async(() -> app.call("wait", Map.of()));
        assertThat(reply).isNotDone();

        app.clock().advance(Duration.ofSeconds(5));

        assertThat(reply.get(10, TimeUnit.SECONDS).isError()).isTrue();
    }

    @Test
    void what_needs_no_time_is_done_when_it_returns() {
        assertThat(app.async(() -> app.call("order", Map.of())))
                .isCompletedWithValueMatching(reply -> !reply.isError());
        assertThat(app.async(() -> {
                    throw new IllegalStateException("broken");
                }))
                .isCompletedExceptionally();
    }
}
