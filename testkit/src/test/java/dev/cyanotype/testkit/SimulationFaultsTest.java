/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.testkit;

import static dev.cyanotype.testkit.CyanotypeAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cyanotype.App;
import dev.cyanotype.message.CallException;
import dev.cyanotype.message.CallTimeoutException;
import dev.cyanotype.message.Caller;
import dev.cyanotype.message.Gap;
import dev.cyanotype.message.MessagingException;
import dev.cyanotype.socket.SlowClientPolicy;
import dev.cyanotype.socket.SocketOptions;
import dev.cyanotype.task.Schedule;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What happens to replicas, and what becomes of what they were at. */
class SimulationFaultsTest {

    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration RECLAIM = Duration.ofSeconds(30);

    private final Simulation simulation = Simulation.seeded(8123);
    private final TestClock clock = simulation.clock();
    private final Instant beginning = clock.instant();
    private final List<String> seen = new ArrayList<>();
    private final CompletableFuture<String> later = new CompletableFuture<>();

    @AfterEach
    void close() {
        simulation.close();
    }

    private App shop(String who) {
        return App.named("shop")
                .action("who", ctx -> {
                    seen.add(who + " ran");
                    return who;
                })
                .action("wait", ctx -> later)
                .get("/publish", ctx -> ctx.broadcast("news", Map.of("n", 1)))
                .get("/append", ctx -> ctx.append("orders", Map.of("n", 1)))
                .listen(
                        "news",
                        JsonNode.class,
                        (message, ctx) -> seen.add(who + " heard " + message.path("n")),
                        options -> options.onGap(gap -> seen.add(
                                who + " missed " + at(gap.from()) + " to " + at(gap.to()) + " " + gap.cause())))
                .consume(
                        "orders",
                        "stock",
                        JsonNode.class,
                        (entry, ctx) -> seen.add(who + " handled " + entry.path("n") + "/" + ctx.deliveries()))
                .build();
    }

    private long at(Instant instant) {
        return Duration.between(beginning, instant).toSeconds();
    }

    private static Caller caller(TestApp app) {
        return app.app().caller("shop").timeout(SECOND);
    }

    /** A consumer that is at its entries until {@link #later} is there. */
    private App slow(String who) {
        return App.named("shop")
                .intercept((exchange, next) -> {
                    next.proceed();
                    return later;
                })
                .consume(
                        "orders", "stock", JsonNode.class, (entry, ctx) -> seen.add(who + " begins " + entry.path("n")))
                .build();
    }

    @Nested
    class A_replica_that_is_cut_off {

        @Test
        void can_send_nothing_and_knows_why() {
            TestApp one = simulation.start(shop("a"));
            simulation.partition(one);

            assertThatThrownBy(() -> one.app().caller("shop").call("who", Map.of()))
                    .isInstanceOf(CallException.class)
                    .hasMessage("call of 'who' at 'shop': the broker can't be reached at the moment,"
                            + " so no reply would be heard")
                    .cause()
                    .isInstanceOf(MessagingException.class)
                    .extracting(e -> ((MessagingException) e).reason())
                    .isEqualTo(MessagingException.Reason.UNREACHABLE);
            assertThat(one.get("/publish")).hasStatus(503);
            assertThat(one.get("/append")).hasStatus(503);
            assertThat(one.app().status().isReady()).isFalse();
            simulation.heal(one);
            assertThat(one.app().status().isReady()).isTrue();
            assertThat(one.get("/publish")).hasText("1");
        }

        @Test
        void hears_nothing_and_is_told_of_the_gap_when_it_is_back() {
            TestApp one = simulation.start(shop("a"));
            TestApp two = simulation.start(shop("b"));
            clock.advance(SECOND);
            simulation.partition(one);
            clock.advance(SECOND);
            two.broadcast("news", Map.of("n", 1));
            clock.advance(SECOND);

            simulation.heal(one);
            two.broadcast("news", Map.of("n", 2));

            assertThat(seen.stream().filter(line -> line.startsWith("a")))
                    .containsExactly("a missed 1 to 3 " + Gap.Cause.CONNECTION_LOST, "a heard 2");
            assertThat(seen.stream().filter(line -> line.startsWith("b"))).containsExactly("b heard 1", "b heard 2");
        }

        @Test
        void gets_no_requests_and_another_runs_them() {
            TestApp one = simulation.start(shop("a"));
            TestApp client = simulation.start();
            simulation.partition(one);

            assertThatThrownBy(() -> caller(client).call("who", Map.of())).isInstanceOf(CallTimeoutException.class);
            simulation.start(shop("b"));

            for (int n = 0; n < 20; n++) {
                assertThat(caller(client).call("who", Map.of()).asString()).isEqualTo("b");
            }
        }

        @Test
        void loses_the_replies_to_what_it_runs() {
            TestApp one = simulation.start(shop("a"));
            TestApp client = simulation.start();
            CompletableFuture<JsonNode> reply = caller(client).callAsync("wait", Map.of());
            simulation.partition(one);

            later.complete("too late");
            clock.advance(SECOND);

            assertThat(reply).isCompletedExceptionally();
            assertThatThrownBy(reply::join).hasCauseInstanceOf(CallTimeoutException.class);
        }

        @Test
        void loses_its_entries_to_another_after_a_while() {
            TestApp one = simulation.start(slow("a"));
            one.append("orders", Map.of("n", 1));
            simulation.start(shop("b"));
            simulation.partition(one);

            clock.advance(RECLAIM.minusMillis(1));
            assertThat(seen).containsExactly("a begins 1");
            clock.advance(Duration.ofMillis(1));
            assertThat(seen).containsExactly("a begins 1", "b handled 1/2");

            // What it says of it then counts no more.
            later.complete("done");
            simulation.heal(one);
            clock.advance(Duration.ofHours(1));
            assertThat(seen).hasSize(2);
        }

        @Test
        void keeps_its_entries_if_it_is_back_in_time() {
            TestApp one = simulation.start(slow("a"));
            one.append("orders", Map.of("n", 1));
            simulation.start(shop("b"));
            simulation.partition(one);
            later.complete("done");
            clock.advance(RECLAIM.minusMillis(1));

            simulation.heal(one);
            clock.advance(Duration.ofHours(1));

            assertThat(seen).containsExactly("a begins 1");
        }
    }

    @Nested
    class A_replica_that_stops {

        @Test
        void leaves_entries_that_are_on_their_way_to_others_at_once() {
            TestApp one = simulation.start(shop("a"));
            simulation.delay(SECOND, SECOND);
            one.append("orders", Map.of("n", 1));

            one.close();
            simulation.start(shop("b"));
            assertThat(seen).isEmpty();
            clock.advance(SECOND);

            assertThat(seen).containsExactly("b handled 1/1");
        }
    }

    @Nested
    class A_replica_that_crashes {

        @Test
        void does_nothing_any_more_and_its_stop_hooks_neither() throws Exception {
            CountDownLatch ended = new CountDownLatch(1);
            TestApp one = simulation.start(App.named("shop")
                    .background("tick", Schedule.every(SECOND), ctx -> seen.add("tick"))
                    .thread("watch", ctx -> {
                        while (ctx.sleep(SECOND)) {
                            seen.add("watch");
                        }
                        ended.countDown();
                    })
                    .onStop(app -> seen.add("stop"))
                    .build());
            clock.advance(SECOND);
            assertThat(seen).containsExactlyInAnyOrder("tick", "watch");

            simulation.crash(one);
            clock.advance(Duration.ofMinutes(1));
            one.close();

            assertThat(seen).hasSize(2);
            assertThat(ended.await(10, TimeUnit.SECONDS)).isTrue();
            assertThatThrownBy(() -> one.get("/"))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("replica 'shop-1' has crashed (expected: one that runs). Restart it first.");
        }

        @Test
        void leaves_the_threads_of_others_alone_whoever_had_them_before() {
            TestApp one = simulation.start(
                    App.named("shop").thread("once", ctx -> seen.add("once")).build());
            simulation.start(App.named("bank")
                    .thread("watch", ctx -> {
                        while (ctx.sleep(SECOND)) {
                            seen.add("watch");
                        }
                    })
                    .build());

            simulation.crash(one);
            clock.advance(SECOND.multipliedBy(2));

            assertThat(seen).containsExactly("once", "watch", "watch");
        }

        @Test
        void leaves_its_entries_to_another_after_a_while() {
            TestApp one = simulation.start(slow("a"));
            one.append("orders", Map.of("n", 1));
            one.append("orders", Map.of("n", 2));
            simulation.crash(one);

            TestApp two = simulation.start(shop("b"));
            assertThat(seen).containsExactly("a begins 1", "b handled 2/1");
            later.complete("done");
            clock.advance(RECLAIM);

            assertThat(seen).containsExactly("a begins 1", "b handled 2/1", "b handled 1/2");
            assertThat(simulation.name(two)).isEqualTo("shop-2");
        }

        @Test
        void leaves_a_dead_letter_where_each_attempt_has_killed_a_replica() {
            for (int n = 1; n <= 5; n++) {
                TestApp next = simulation.start(slow("replica " + n));
                if (n == 1) {
                    next.append("orders", Map.of("n", 7));
                }
                simulation.crash(next);
                clock.advance(RECLAIM);
            }
            assertThat(seen).hasSize(5);

            TestApp last = simulation.start(slow("last"));

            assertThat(seen).hasSize(5);
            assertThat(last.appended("{orders}:dead").get(0))
                    .hasJson("{\"stream\":\"orders\",\"group\":\"stock\",\"id\":\"0-1\",\"deliveries\":5,"
                            + "\"reason\":\"the entry was begun, and whoever ran it ended before it did\","
                            + "\"entry\":{\"n\":7}}");
        }

        @Test
        void leaves_its_callers_to_their_timeouts_and_its_key_to_the_next_after_a_minute() {
            TestApp one = simulation.start(shop("a"));
            TestApp client = simulation.start();
            Caller keyed = caller(client).idempotencyKey("k");
            CompletableFuture<JsonNode> reply = keyed.callAsync("wait", Map.of());

            simulation.crash(one);
            clock.advance(SECOND);
            assertThatThrownBy(reply::join).hasCauseInstanceOf(CallTimeoutException.class);
            TestApp again = simulation.restart(one);
            assertThat(simulation.name(again)).isEqualTo("shop-1");
            later.complete("done");
            assertThatThrownBy(() -> keyed.call("wait", Map.of()))
                    .hasMessage("A request with this idempotency key is still running");
            clock.advance(Duration.ofMinutes(1));

            assertThat(keyed.call("wait", Map.of()).asString()).isEqualTo("done");
        }

        @Test
        void leaves_a_task_of_one_replica_to_the_others() {
            List<TestApp> replicas = new ArrayList<>();
            for (String who : List.of("a", "b", "c")) {
                replicas.add(simulation.start(App.named("shop")
                        .background(
                                "close",
                                Schedule.every(Duration.ofMinutes(1)).onOneReplica(),
                                ctx -> seen.add(who + " at " + at(clock.instant())))
                        .build()));
            }
            clock.advance(Duration.ofMinutes(3));
            String last = seen.get(seen.size() - 1);
            simulation.crash(replicas.get(List.of("a", "b", "c").indexOf(last.substring(0, 1))));
            clock.advance(Duration.ofMinutes(7));

            assertThat(seen.stream().map(run -> run.substring(2)))
                    .containsExactly(
                            "at 60", "at 120", "at 180", "at 240", "at 300", "at 360", "at 420", "at 480", "at 540",
                            "at 600");
        }
    }

    @Nested
    class Clients {

        private App rooms() {
            return App.named("chat")
                    .socket("join", ctx -> {
                        ctx.socket().join("lobby", Map.of());
                        return null;
                    })
                    .socket("say", ctx -> {
                        ctx.sockets().room("lobby").send("said", ctx.data());
                        return null;
                    })
                    .sockets(SocketOptions.builder()
                            .maxPendingBytes(2_000)
                            .slowClients(SlowClientPolicy.CLOSE)
                            .build())
                    .build();
        }

        private int members(TestApp app) {
            return app.app().sockets().room("lobby").presence().size();
        }

        @Test
        void in_a_room_are_reached_on_all_replicas() {
            TestApp one = simulation.start(rooms());
            TestApp two = simulation.start(rooms());
            TestSocket ada = one.open("/ws").send("join", null);
            TestSocket bob = two.open("/ws").send("join", null);

            ada.send("say", Map.of("text", "hello"));

            assertThat(ada.next()).hasType("said").hasData("{\"text\":\"hello\"}");
            assertThat(bob.next()).hasType("said").hasData("{\"text\":\"hello\"}");
            assertThat(members(one)).isEqualTo(2);
        }

        @Test
        void of_a_replica_that_crashes_are_gone_and_out_of_the_room_when_their_time_is_over() {
            TestApp one = simulation.start(rooms());
            TestApp two = simulation.start(rooms());
            TestSocket ada = one.open("/ws").send("join", null);
            two.open("/ws").send("join", null);

            simulation.crash(one);

            assertThat(ada).wasClosedWith(1006);
            assertThat(members(two)).isEqualTo(2);
            clock.advance(Duration.ofMinutes(5));
            assertThat(members(two)).isEqualTo(1);
        }

        @Test
        void that_read_slowly_get_one_message_after_the_other() {
            TestApp one = simulation.start(rooms());
            TestSocket slow = one.open("/ws").send("join", null);
            TestSocket quick = one.open("/ws").send("join", null);
            simulation.slowClient(slow, SECOND);

            for (int n = 0; n < 3; n++) {
                quick.send("say", n);
            }
            assertThat(quick.frames()).hasSize(3);
            assertThat(slow.frames()).isEmpty();
            clock.advance(Duration.ofSeconds(2));
            assertThat(slow.frames()).hasSize(2);
            slow.resume();
            assertThat(slow.frames()).hasSize(3);
        }

        @Test
        void that_read_too_slowly_are_cut_off() {
            TestApp one = simulation.start(rooms());
            TestSocket slow = one.open("/ws").send("join", null);
            TestSocket quick = one.open("/ws").send("join", null);
            simulation.slowClient(slow, Duration.ofMinutes(1));

            for (int n = 0; n < 200; n++) {
                quick.send("say", n);
            }
            clock.advance(Duration.ofSeconds(30));

            assertThat(quick).isOpen();
            assertThat(slow.closed()).isNotNull();
        }
    }
}
