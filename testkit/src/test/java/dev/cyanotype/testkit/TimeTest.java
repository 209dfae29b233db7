/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.testkit;

import static dev.cyanotype.testkit.CyanotypeAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cyanotype.App;
import dev.cyanotype.Blueprint;
import dev.cyanotype.message.Caller;
import dev.cyanotype.socket.CloseStatus;
import dev.cyanotype.socket.SocketOptions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What happens later in an app in memory happens when its clock is advanced, and not before. */
class TimeTest {

    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Instant START = Instant.parse("2000-01-01T00:00:00Z");

    private final List<String> record = new ArrayList<>();
    private final CompletableFuture<Object> never = new CompletableFuture<>();

    private final Blueprint shop = Blueprint.named("shop")
            .socket("echo", ctx -> ctx.data())
            .socketDisconnect((ctx, status) -> record.add("gone " + status.code() + " " + status.reason()))
            .action("wait", JsonNode.class, (payload, ctx) -> {
                record.add("until " + ctx.deadline().orElse(null));
                return never;
            })
            .action("ask", JsonNode.class, (payload, ctx) -> {
                record.add("cancelled " + ctx.isCancelled());
                return never.handle((value, error) -> {
                    record.add("cancelled " + ctx.isCancelled());
                    return "late";
                });
            })
            .build();

    private TestApp app(SocketOptions options) {
        return TestApp.of(App.named("shop").register(shop).sockets(options).build());
    }

    @Nested
    class Of_an_app {

        @Test
        void is_shared_with_whatever_else_goes_by_time() {
            TestClock clock = TestClock.at(Instant.parse("2026-03-01T12:00:00Z"));
            Map<String, Instant> tokens = new HashMap<>();
            Clock ofTheStore = clock;
            Blueprint auth = Blueprint.named("auth")
                    .post("/tokens", ctx -> {
                        tokens.put("t", ofTheStore.instant().plus(Duration.ofHours(1)));
                        return "t";
                    })
                    .get("/valid", ctx -> ofTheStore.instant().isBefore(tokens.getOrDefault("t", Instant.MIN)))
                    .build();
            try (TestApp app = TestApp.of(clock, auth);
                    TestApp other = TestApp.of(App.named("other").register(auth).build(), clock)) {
                assertThat(app.clock()).isSameAs(clock).isSameAs(other.clock());
                app.post("/tokens", "{}");

                clock.advance(Duration.ofMinutes(59));
                assertThat(app.get("/valid")).hasJson("true");
                clock.advance(Duration.ofMinutes(1));
                assertThat(app.get("/valid")).hasJson("false");
            }
        }

        @Test
        void is_its_own_unless_it_is_given_one() {
            try (TestApp one = TestApp.of(shop);
                    TestApp other = TestApp.of(App.named("shop").register(shop).build())) {
                one.clock().advance(SECOND);

                assertThat(one.clock().instant()).isEqualTo(START.plusSeconds(1));
                assertThat(other.clock().instant()).isEqualTo(START);
            }
        }

        @Test
        void stands_still_however_long_the_test_takes() {
            Blueprint failing = Blueprint.named("failing")
                    .consume(
                            "orders",
                            "stock",
                            JsonNode.class,
                            (order, ctx) -> {
                                record.add("try " + ctx.deliveries());
                                throw new IllegalStateException("never");
                            },
                            options -> options.retries(Duration.ofMillis(1), Duration.ofMillis(1)))
                    .build();
            try (LoggedErrors quiet = new LoggedErrors();
                    TestApp app = TestApp.of(
                            App.named("shop").register(shop).register(failing).build())) {
                CompletableFuture<JsonNode> call =
                        app.app().caller("shop").timeout(Duration.ofMillis(1)).callAsync("wait", Map.of());
                app.append("orders", Map.of());
                record.clear();

                // Real time, and a hundred times as much as either of them waits for.
                new CompletableFuture<>()
                        .completeOnTimeout("", 100, TimeUnit.MILLISECONDS)
                        .join();

                assertThat(quiet.lines()).hasSize(1);
                assertThat(call).isNotDone();
                assertThat(record).isEmpty();
                assertThat(app.clock().pending()).isEqualTo(2);
                assertThat(app.clock().instant()).isEqualTo(START);

                app.clock().advance(Duration.ofMillis(1));
                assertThat(call).isDone();
                assertThat(record).containsExactly("try 2");
            }
        }

        @Test
        void makes_things_happen_in_the_same_order_each_time() {
            for (int i = 0; i < 3; i++) {
                record.clear();
                // The call and the third attempt are due at the same time, and the call was made before the second one
                // failed.
                assertThat(story())
                        .containsExactly(
                                "attempt 1 after PT0S",
                                "until 2000-01-01T00:00:03Z",
                                "attempt 2 after PT1S",
                                "timeout",
                                "attempt 3 after PT3S",
                                "attempt 4 after PT7S",
                                "gone 1001 Idle for too long");
            }
        }

        /** Retries, timeouts and websockets, of which several are due at the same time. */
        private List<String> story() {
            TestClock clock = TestClock.create();
            Blueprint orders = Blueprint.named("orders")
                    .consume("orders", "stock", JsonNode.class, (order, ctx) -> {
                        record.add(
                                "attempt " + ctx.deliveries() + " after " + Duration.between(START, clock.instant()));
                        if (ctx.deliveries() < 4) {
                            throw new IllegalStateException("not yet");
                        }
                    })
                    .build();
            SocketOptions options =
                    SocketOptions.builder().idleTimeout(Duration.ofSeconds(6)).build();
            App app = App.named("shop")
                    .register(shop)
                    .register(orders)
                    .sockets(options)
                    .build();
            try (LoggedErrors quiet = new LoggedErrors();
                    TestApp test = TestApp.of(app, clock)) {
                test.open("/ws");
                test.append("orders", Map.of());
                test.app()
                        .caller("shop")
                        .timeout(Duration.ofSeconds(3))
                        .callAsync("wait", Map.of())
                        .whenComplete((reply, error) -> record.add("timeout"));
                clock.advance(Duration.ofMinutes(1));
                assertThat(quiet.lines()).isNotEmpty();
            }
            return List.copyOf(record);
        }
    }

    @Nested
    class Of_websockets {

        @Test
        void asks_silent_clients_for_a_sign_of_life() {
            SocketOptions options = SocketOptions.builder()
                    .keepAlive(Duration.ofSeconds(20), Duration.ofSeconds(10))
                    .build();
            try (TestApp app = app(options)) {
                TestSocket socket = app.open("/ws");

                app.clock().advance(Duration.ofSeconds(20));
                assertThat(socket.pings()).isZero();
                app.clock().advance(SECOND);
                assertThat(socket.pings()).isEqualTo(1);
                app.clock().advance(Duration.ofMinutes(10));
                assertThat(socket.pings()).isEqualTo(29);
                assertThat(socket).isOpen();
            }
        }

        @Test
        void dismisses_clients_that_say_nothing() {
            SocketOptions options =
                    SocketOptions.builder().idleTimeout(Duration.ofMinutes(5)).build();
            try (TestApp app = app(options)) {
                TestSocket silent = app.open("/ws");
                TestSocket talking = app.open("/ws");

                app.clock().advance(Duration.ofMinutes(4));
                talking.send("echo", "1");
                app.clock().advance(Duration.ofMinutes(1));
                assertThat(silent).isOpen();
                app.clock().advance(SECOND);

                assertThat(silent.closed()).isEqualTo(new CloseStatus(1001, "Idle for too long"));
                assertThat(talking).isOpen();
                assertThat(record).containsExactly("gone 1001 Idle for too long");
            }
        }

        @Test
        void lets_messages_pass_again() {
            SocketOptions options =
                    SocketOptions.builder().rateLimit(1, Duration.ofMinutes(1)).build();
            try (TestApp app = app(options)) {
                TestSocket socket = app.open("/ws");
                socket.send("echo", "1");
                assertThat(socket.next().text()).isEqualTo("{\"type\":\"response\",\"data\":1}");

                app.clock().advance(Duration.ofSeconds(40));
                socket.send("echo", "2");
                assertThat(socket.next().text()).contains("20");
                app.clock().advance(Duration.ofSeconds(20));
                socket.send("echo", "3");

                assertThat(socket.next().text()).isEqualTo("{\"type\":\"response\",\"data\":3}");
            }
        }

        @Test
        void disconnects_clients_that_do_not_read() {
            SocketOptions options = SocketOptions.builder()
                    .keepAlive(Duration.ofSeconds(20), Duration.ofSeconds(10))
                    .build();
            try (TestApp app = app(options)) {
                TestSocket socket = app.open("/ws").pause();
                app.app().sockets().all().send("news");

                app.clock().advance(Duration.ofSeconds(30));
                assertThat(socket).isOpen();
                app.clock().advance(SECOND);

                assertThat(socket.closed()).isEqualTo(new CloseStatus(1013, "Too slow"));
            }
        }

        @Test
        void ends_calls_through_the_gateway() {
            SocketOptions options = SocketOptions.builder()
                    .gateway(gateway -> gateway.service("shop").timeout(Duration.ofSeconds(30)))
                    .build();
            try (TestApp app = app(options)) {
                TestSocket socket = app.open("/ws");
                socket.sendText("{\"type\":\"publish\",\"channel\":\"shop\","
                        + "\"data\":{\"action\":\"wait\",\"request_id\":\"r\"}}");
                assertThat(record).containsExactly("until 2000-01-01T00:00:30Z");

                app.clock().advance(Duration.ofSeconds(30).minusNanos(1));
                assertThat(socket.frames()).isEmpty();
                app.clock().advance(Duration.ofNanos(1));

                assertThat(socket)
                        .hasGot("{\"type\":\"response\",\"request_id\":\"r\",\"success\":false,"
                                + "\"error\":\"Request to shop.wait timed out\"}");
            }
        }
    }

    @Nested
    class Of_calls {

        private final TestApp app = app(SocketOptions.builder().build());
        private final Caller caller = app.app().caller("shop").timeout(SECOND);

        @Test
        void ends_those_that_nobody_waits_for() {
            CompletableFuture<JsonNode> call = caller.callAsync("wait", Map.of());
            assertThat(record).containsExactly("until 2000-01-01T00:00:01Z");

            app.clock().advance(SECOND.minusNanos(1));
            assertThat(call).isNotDone();
            app.clock().advance(Duration.ofNanos(1));

            assertThat(call).isDone();
            assertThatThrownBy(call::join)
                    .isInstanceOf(CompletionException.class)
                    .hasMessageContaining("call of 'wait' at 'shop': no reply within 1000 ms");
            assertThat(app.clock().pending()).isZero();
        }

        @Test
        void leaves_nothing_of_those_that_were_answered() {
            CompletableFuture<JsonNode> call = caller.callAsync("wait", Map.of());
            assertThat(app.clock().pending()).isEqualTo(1);

            never.complete("now");

            assertThat(call.join().stringValue()).isEqualTo("now");
            assertThat(app.clock().pending()).isZero();
        }

        @Test
        void ends_those_that_a_thread_waits_for() {
            AtomicReference<Throwable> failure = new AtomicReference<>();
            Thread waiting = new Thread(() -> {
                try {
                    caller.call("wait", Map.of());
                } catch (RuntimeException e) {
                    failure.set(e);
                }
            });
            waiting.start();
            Awaitility.await().until(() -> app.clock().pending() == 1);

            app.clock().advance(SECOND.minusNanos(1));
            assertThat(failure).hasNullValue();
            app.clock().advance(Duration.ofNanos(1));

            // The clock does not go on before that thread has.
            assertThat(failure.get()).hasMessage("call of 'wait' at 'shop': no reply within 1000 ms");
        }

        @Test
        void tells_actions_that_nobody_waits_any_more() {
            CompletableFuture<JsonNode> call = caller.callAsync("ask", Map.of());
            app.clock().advance(SECOND);
            assertThat(call).isCompletedExceptionally();

            never.complete("now");

            assertThat(record).containsExactly("cancelled false", "cancelled true");
        }

        @Test
        void that_jumps_in_the_calendar_ends_nothing() {
            CompletableFuture<JsonNode> call = caller.callAsync("wait", Map.of());

            app.clock().jump(Duration.ofDays(1));
            app.clock().advance(SECOND.minusNanos(1));

            assertThat(call).isNotDone();
        }

        @Test
        void ends_with_the_app() {
            CompletableFuture<JsonNode> call = caller.callAsync("wait", Map.of());

            app.close();

            assertThat(call).isDone();
            assertThatThrownBy(call::join)
                    .isInstanceOf(CompletionException.class)
                    .hasMessageContaining("call of 'wait' at 'shop': the app has stopped");
            assertThat(app.clock().pending()).isZero();
        }
    }
}
