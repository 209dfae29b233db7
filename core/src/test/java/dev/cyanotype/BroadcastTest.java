/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import dev.cyanotype.internal.dispatch.Answer;
import dev.cyanotype.internal.dispatch.InMemoryRequest;
import dev.cyanotype.message.Caller;
import dev.cyanotype.message.ErrorReplyException;
import dev.cyanotype.spi.OperationKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Messages over the bus that every app has within its process. */
class BroadcastTest {

    record User(int id, String name) {}

    private final List<App> started = new ArrayList<>();
    private final List<String> record = new CopyOnWriteArrayList<>();
    private final FakeTransports transports = new FakeTransports();

    @AfterEach
    void stop() {
        started.forEach(App::close);
    }

    private App start(Blueprint.Builder blueprint) {
        App app = App.named("shop").discovery(false).register(blueprint.build()).build();
        started.add(app);
        app.start();
        return app;
    }

    private Caller caller(Blueprint.Builder blueprint) {
        return start(blueprint).caller("shop");
    }

    @Nested
    class A_message {

        private App publishing(Blueprint.Builder blueprint) {
            return start(blueprint.action(
                    "publish",
                    ctx -> ctx.broadcast(
                            ctx.payload().path("channel").asString(),
                            ctx.payload().path("message"))));
        }

        private long publish(App app, String channel, Object message) {
            return app.caller("shop")
                    .call("publish", Map.of("channel", channel, "message", message))
                    .asLong();
        }

        @Test
        void reaches_every_listener_of_its_channel() {
            App app = publishing(Blueprint.named("a")
                    .listen("users", User.class, (user, ctx) -> record.add("typed " + user.name()))
                    .listen("other", (message, ctx) -> record.add("other"))
                    .register(Blueprint.named("b")
                            .listen("users", (message, ctx) -> record.add("tree " + message))
                            .build()));

            assertThat(publish(app, "users", new User(1, "Ada"))).isEqualTo(2);

            await().untilAsserted(() ->
                    assertThat(record).containsExactlyInAnyOrder("typed Ada", "tree {\"id\":1,\"name\":\"Ada\"}"));
        }

        @Test
        void reaches_nobody_where_nobody_listens() {
            App app = publishing(Blueprint.named("a"));

            assertThat(publish(app, "users", Map.of())).isZero();
        }

        @Test
        void has_a_context() {
            App app = publishing(Blueprint.named("a")
                    .listen(
                            "users",
                            User.class,
                            (user, ctx) -> record.add(ctx.channel() + " " + ctx.operation() + " " + ctx.message() + " "
                                    + ctx.app() + " " + ctx.correlationId().matches("[0-9a-f]{16}"))));

            publish(app, "users", new User(1, "Ada"));

            await().untilAsserted(() ->
                    assertThat(record).containsExactly("users a.users {\"id\":1,\"name\":\"Ada\"} shop true"));
        }

        @Test
        void comes_after_those_before_it_and_never_beside_them() {
            AtomicInteger inside = new AtomicInteger();
            AtomicInteger most = new AtomicInteger();
            App app = publishing(Blueprint.named("a").listen("numbers", (message, ctx) -> {
                most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                Thread.yield();
                record.add(message.path("n").asString());
                inside.decrementAndGet();
            }));

            for (int i = 0; i < 500; i++) {
                publish(app, "numbers", Map.of("n", String.valueOf(i)));
            }

            await().untilAsserted(() -> assertThat(record).hasSize(500));
            assertThat(record)
                    .containsExactlyElementsOf(
                            IntStream.range(0, 500).mapToObj(String::valueOf).toList());
            assertThat(most).hasValue(1);
        }

        @Test
        void that_is_heard_slowly_by_one_does_not_keep_others_waiting() throws Exception {
            CountDownLatch done = new CountDownLatch(1);
            App app = publishing(Blueprint.named("a")
                    .listen("x", (message, ctx) -> done.await(30, SECONDS))
                    .register(Blueprint.named("b")
                            .listen("x", (message, ctx) -> record.add("quick"))
                            .build()));
            try {
                publish(app, "x", Map.of());
                publish(app, "x", Map.of());

                await().untilAsserted(() -> assertThat(record).containsExactly("quick", "quick"));
            } finally {
                done.countDown();
            }
        }

        @Test
        void that_a_listener_fails_on_hurts_nobody_and_is_logged() {
            try (CapturedLog log = CapturedLog.from(Level.ERROR)) {
                App app = publishing(Blueprint.named("a")
                        .listen("x", (message, ctx) -> {
                            if (message.path("n").asInt() == 1) {
                                throw new IllegalStateException("broken");
                            }
                            record.add("a" + message.path("n"));
                        })
                        .register(Blueprint.named("b")
                                .listen("x", (message, ctx) -> record.add("b" + message.path("n")))
                                .build()));

                publish(app, "x", Map.of("n", 1));
                publish(app, "x", Map.of("n", 2));

                await().untilAsserted(() -> assertThat(record).containsExactlyInAnyOrder("b1", "a2", "b2"));
                await().untilAsserted(() -> assertThat(log.lines())
                        .singleElement()
                        .asString()
                        .matches("ERROR message a\\.x failed \\(correlation id [0-9a-f]{16}\\)"));
            }
        }

        @Test
        void that_a_listener_fails_on_goes_to_the_error_handlers_of_its_scope() {
            App app = publishing(Blueprint.named("a")
                    .error(IllegalStateException.class, (exchange, e) -> {
                        record.add(exchange.operation() + " " + e.getMessage());
                        return "taken";
                    })
                    .listen("x", (message, ctx) -> {
                        throw new IllegalStateException("broken");
                    }));

            publish(app, "x", Map.of());

            await().untilAsserted(() -> assertThat(record).containsExactly("a.x broken"));
        }

        @Test
        void of_another_type_goes_to_the_error_handlers_too() {
            App app = publishing(Blueprint.named("a")
                    .error(400, (exchange, e) -> {
                        record.add(e.getMessage());
                        return "taken";
                    })
                    .listen("x", User.class, (user, ctx) -> record.add("heard")));

            publish(app, "x", Map.of("id", "none"));

            await().untilAsserted(() ->
                    assertThat(record).containsExactly("the message does not have the expected form: see 'id'"));
        }

        @Test
        void that_one_listener_changes_is_unchanged_for_the_others() {
            App app = publishing(Blueprint.named("a")
                    .listen("x", (message, ctx) -> {
                        ((ObjectNode) message).put("changed", true);
                        record.add("changed");
                    })
                    .register(Blueprint.named("b")
                            .listen("x", (message, ctx) -> {
                                await().until(() -> record.contains("changed"));
                                record.add(message.toString());
                            })
                            .build()));

            publish(app, "x", Map.of("n", 1));

            await().untilAsserted(() -> assertThat(record).containsExactly("changed", "{\"n\":1}"));
        }

        @Test
        void has_to_be_an_object_on_a_channel_that_has_a_name() {
            Caller caller = caller(Blueprint.named("a")
                    .error(IllegalArgumentException.class, (exchange, e) -> e.getMessage())
                    .action("list", ctx -> ctx.broadcast("x", List.of(1)))
                    .action("text", ctx -> ctx.broadcast("x", "text"))
                    .action("nowhere", ctx -> ctx.broadcast("", Map.of()))
                    .action("nothing", ctx -> {
                        assertThatThrownBy(() -> ctx.broadcast("x", null))
                                .isInstanceOf(NullPointerException.class)
                                .hasMessage("message");
                        return "checked";
                    }));

            assertThatThrownBy(() -> caller.call("text", Map.of()))
                    .isInstanceOf(ErrorReplyException.class)
                    .hasMessage("broadcast on 'x': a String is no JSON object (expected: a record, a class or a map)");
            assertThatThrownBy(() -> caller.call("list", Map.of()))
                    .isInstanceOf(ErrorReplyException.class)
                    .hasMessageEndingWith(" is no JSON object (expected: a record, a class or a map)");
            assertThatThrownBy(() -> caller.call("nowhere", Map.of()))
                    .isInstanceOf(ErrorReplyException.class)
                    .hasMessage("broadcast: channel is empty");
            assertThat(caller.call("nothing", Map.of()).asString()).isEqualTo("checked");
        }

        @Test
        void under_way_is_heard_before_the_app_has_stopped() throws Exception {
            CountDownLatch heard = new CountDownLatch(1);
            App app = publishing(Blueprint.named("a").listen("x", (message, ctx) -> {
                heard.await(30, SECONDS);
                record.add(message.path("n").asString());
            }));
            publish(app, "x", Map.of("n", "1"));
            publish(app, "x", Map.of("n", "2"));

            CompletableFuture<Void> stopped = CompletableFuture.runAsync(app::stop);
            heard.countDown();
            stopped.get(20, SECONDS);

            assertThat(record).containsExactly("1", "2");
        }

        @Test
        void of_a_hundred_thousand_may_wait_for_a_slow_listener() throws Exception {
            CountDownLatch done = new CountDownLatch(1);
            AtomicInteger heard = new AtomicInteger();
            try (App app = App.named("shop")
                    .discovery(false)
                    .listen(
                            "x",
                            JsonNode.class,
                            (message, ctx) -> {
                                done.await(30, TimeUnit.SECONDS);
                                heard.incrementAndGet();
                            },
                            listener -> listener.capacity(100_000))
                    .action("publish", ctx -> {
                        for (int i = 0; i < 100_000; i++) {
                            ctx.broadcast("x", Map.of());
                        }
                        return "sent";
                    })
                    .build()) {
                app.start();
                try {
                    assertThat(app.caller("shop")
                                    .timeout(Duration.ofSeconds(30))
                                    .call("publish", Map.of())
                                    .asString())
                            .isEqualTo("sent");
                } finally {
                    done.countDown();
                }
            }
            assertThat(heard).hasValue(100_000);
        }

        @Test
        void that_the_executor_does_not_take_is_lost_with_a_line_in_the_log() {
            try (CapturedLog log = CapturedLog.from(Level.ERROR);
                    App app = App.named("shop")
                            .discovery(false)
                            .transport(transports.fake("http", OperationKind.HTTP))
                            .executor(task -> {
                                throw new RejectedExecutionException("full");
                            })
                            .listen("x", (message, ctx) -> record.add("heard"))
                            .post("/x", ctx -> ctx.broadcast("x", Map.of()))
                            .build()) {
                app.start();

                assertThat(broadcast()).hasToString("200 0");

                assertThat(log.lines())
                        .singleElement()
                        .asString()
                        .matches("ERROR listener of 'x' \\(BroadcastTest\\.java:\\d+\\): the executor takes no work,"
                                + " so 1 waiting messages are lost");
                assertThat(record).isEmpty();
            }
        }

        @Test
        void can_not_be_sent_by_an_app_that_has_stopped() {
            App app = App.named("shop")
                    .discovery(false)
                    .onStop(ctx -> {
                        try {
                            ctx.broadcast("x", Map.of());
                        } catch (IllegalStateException e) {
                            record.add(e.getMessage());
                        }
                    })
                    .build();
            app.start();
            app.stop();

            assertThat(record).containsExactly("app 'shop' is stopped, so it can't send messages");
        }

        private Answer broadcast() {
            return Answer.of(transports
                    .dispatcher("http")
                    .http(InMemoryRequest.post("/x"))
                    .join());
        }
    }
}
