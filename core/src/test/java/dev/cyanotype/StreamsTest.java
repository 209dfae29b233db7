/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import dev.cyanotype.exchange.HttpException;
import dev.cyanotype.message.ErrorReplyException;
import dev.cyanotype.spi.MountedConsumer;
import dev.cyanotype.spi.MountedOperation;
import dev.cyanotype.spi.OperationKind;
import dev.cyanotype.spi.StreamEntry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Consumers of streams, as they are declared and as they run within the process. */
class StreamsTest {

    record Order(int id) {}

    private final List<App> started = new ArrayList<>();
    private final List<String> record = new CopyOnWriteArrayList<>();

    @AfterEach
    void stop() {
        started.forEach(App::close);
    }

    private App start(App.Builder builder) {
        App app = builder.discovery(false).build();
        started.add(app);
        app.start();
        return app;
    }

    /** An app that appends what its action {@code add} is called with. */
    private static App.Builder adding() {
        return App.named("shop").action("add", ctx -> ctx.append("orders", ctx.payload()));
    }

    private static String add(App app, int id) {
        return app.caller("shop").call("add", new Order(id)).asString();
    }

    private static MountedConsumer only(Assembled app) {
        return (MountedConsumer) app.operations(OperationKind.STREAM).get(0);
    }

    @Nested
    class A_consumer {

        @Test
        void gets_entries_with_all_there_is_to_know_of_them() {
            App app = start(adding().register(Blueprint.named("stock")
                    .consume(
                            "orders",
                            "stock",
                            Order.class,
                            (order, ctx) -> record.add(order + " " + ctx.entry() + " " + ctx.id() + " " + ctx.stream()
                                    + " " + ctx.group() + " " + ctx.deliveries() + " " + ctx.operation() + " " + ctx
                                    + " " + ctx.blueprint() + " "
                                    + ctx.correlationId().matches("[0-9a-f]{16}")))
                    .build()));

            String id = add(app, 7);

            await().untilAsserted(() -> assertThat(record)
                    .containsExactly("Order[id=7] {\"id\":7} " + id
                            + " orders stock 1 stock.orders stream stock.orders stock true"));
        }

        @Test
        void is_one_of_many_groups() {
            App app = start(adding().consume("orders", "a", JsonNode.class, (entry, ctx) -> record.add("a" + entry))
                    .consume("orders", "b", Order.class, (entry, ctx) -> record.add("b" + entry))
                    .consume("others", "a", JsonNode.class, (entry, ctx) -> record.add("never")));

            add(app, 1);

            await().untilAsserted(() -> assertThat(record).containsExactlyInAnyOrder("a{\"id\":1}", "bOrder[id=1]"));
        }

        @Test
        void may_append_with_a_key_and_without_broadcast_and_call() {
            App app = start(adding().action("price", ctx -> 7)
                    .consume("orders", "stock", Order.class, (order, ctx) -> {
                        ctx.append("sent", Map.of("id", order.id()));
                        ctx.append("sent_once", "key", Map.of("id", order.id()));
                        ctx.broadcast("news", Map.of("id", order.id()));
                        record.add("price " + ctx.caller("shop").call("price", Map.of()));
                    })
                    .consume("sent", "x", JsonNode.class, (entry, ctx) -> record.add("sent " + entry))
                    .consume("sent_once", "x", JsonNode.class, (entry, ctx) -> record.add("once " + entry))
                    .listen("news", (message, ctx) -> record.add("news " + message)));

            add(app, 1);
            await().until(() -> record.size() == 4);
            add(app, 2);
            await().until(() -> record.size() == 7);

            assertThat(record)
                    .containsExactlyInAnyOrder(
                            "price 7",
                            "sent {\"id\":1}",
                            "once {\"id\":1}",
                            "news {\"id\":1}",
                            "price 7",
                            "sent {\"id\":2}",
                            "news {\"id\":2}");
        }

        @Test
        void that_fails_is_tried_again_and_leaves_a_dead_letter() {
            try (CapturedLog log = CapturedLog.from(Level.ERROR)) {
                App app = start(adding().consume(
                                "orders",
                                "stock",
                                Order.class,
                                (order, ctx) -> {
                                    record.add("try " + ctx.deliveries());
                                    throw new HttpException(503, "the stock is away");
                                },
                                options -> options.maxDeliveries(2).retries(Duration.ofMillis(1), Duration.ofMillis(1)))
                        .consume("{orders}:dead", "people", JsonNode.class, (letter, ctx) -> record.add("" + letter)));

                String id = add(app, 1);

                await().untilAsserted(() -> assertThat(record)
                        .containsExactly(
                                "try 1",
                                "try 2",
                                "{\"stream\":\"orders\",\"group\":\"stock\",\"id\":\"" + id
                                        + "\",\"deliveries\":2,\"reason\":\"the stock is away\","
                                        + "\"entry\":{\"id\":1}}"));
                assertThat(log.lines()).hasSize(3);
                assertThat(log.lines().subList(0, 2))
                        .allMatch(line -> line.matches("ERROR stream orders failed \\(correlation id [0-9a-f]{16}\\)"));
            }
        }

        @Test
        void has_entries_of_another_type_at_once_as_dead_letters() {
            App app = start(App.named("shop")
                    .action("add", ctx -> ctx.append("orders", Map.of("id", "none")))
                    .consume(
                            "orders",
                            "stock",
                            Order.class,
                            (order, ctx) -> record.add("never"),
                            options -> options.deadLetters("graves"))
                    .consume(
                            "graves",
                            "people",
                            JsonNode.class,
                            (letter, ctx) ->
                                    record.add(letter.path("reason").asString() + " " + letter.path("deliveries"))));

            app.caller("shop").call("add", Map.of());

            await().untilAsserted(() ->
                    assertThat(record).containsExactly("the entry does not have the expected form: see 'id' 1"));
        }

        @Test
        void ends_what_it_handles_before_the_app_has_stopped() throws Exception {
            CountDownLatch gate = new CountDownLatch(1);
            App app = start(adding().consume("orders", "stock", Order.class, (order, ctx) -> {
                record.add("begin " + order.id());
                gate.await(30, TimeUnit.SECONDS);
                record.add("end " + order.id());
            }));
            add(app, 1);
            add(app, 2);
            await().until(() -> record.contains("begin 1"));

            CompletableFuture<Void> stopped = CompletableFuture.runAsync(app::stop);
            await().until(() -> !app.isRunning());
            gate.countDown();
            stopped.get(20, TimeUnit.SECONDS);

            assertThat(record).containsExactly("begin 1", "end 1", "begin 2", "end 2");
        }

        @Test
        void has_a_reply_that_says_how_it_went() {
            Assembled app = Assembled.of(App.named("shop")
                    .error(IllegalStateException.class, (exchange, e) -> Map.of("taken", true))
                    .consume("orders", "stock", Order.class, (order, ctx) -> {
                        switch (order.id()) {
                            case 1 -> throw new HttpException(429, "not now");
                            case 2 -> throw new IllegalStateException("wrong");
                            case 3 -> throw new IllegalArgumentException("secret");
                            default -> record.add("done");
                        }
                    }));

            assertThat(entry(app, 0)).isEqualTo("204 {}");
            assertThat(entry(app, 1)).isEqualTo("429 {\"error\":\"not now\"}");
            assertThat(entry(app, 2)).isEqualTo("500 {\"error\":\"Error 500\",\"details\":{\"taken\":true}}");
            assertThat(entry(app, 3))
                    .matches("500 \\{\"error\":\"Internal Server Error \\(correlation id [0-9a-f]{16}\\)\"}");
            assertThat(record).containsExactly("done");
        }

        private static String entry(Assembled app, int id) {
            StreamEntry entry =
                    new StreamEntry("1-0", JsonNodeFactory.instance.objectNode().put("id", id), 1);
            assertThat(entry).hasToString("StreamEntry[1-0, delivery 1]");
            var reply = app.dispatcher().entry(only(app), entry).join();
            return reply.status() + " " + reply.payload();
        }
    }

    @Nested
    class An_entry {

        private void refused(String message, String action) {
            App app = start(App.named("shop")
                    .error(IllegalArgumentException.class, (exchange, e) -> e.getMessage())
                    .action("list", ctx -> ctx.append("orders", new ArrayList<>()))
                    .action("text", ctx -> ctx.append("orders", "key", "text"))
                    .action("nowhere", ctx -> ctx.append("", Map.of()))
                    .action("keyless", ctx -> ctx.append("orders", "", Map.of())));

            assertThatThrownBy(() -> app.caller("shop").call(action, Map.of()))
                    .isInstanceOf(ErrorReplyException.class)
                    .hasMessage(message);
        }

        @Test
        void has_to_be_an_object_of_a_stream_that_has_a_name() {
            refused("append to 'orders': a ArrayList is no JSON object (expected: a record, a class or a map)", "list");
            refused("append to 'orders': a String is no JSON object (expected: a record, a class or a map)", "text");
            refused("append: stream is empty", "nowhere");
            refused("append to 'orders': key is empty", "keyless");
        }

        @Test
        void has_to_be_there() {
            App app = start(App.named("shop").action("check", ctx -> {
                missing("stream", () -> ctx.append(null, Map.of()));
                missing("entry", () -> ctx.append("orders", null));
                missing("key", () -> ctx.append("orders", null, Map.of()));
                missing("entry", () -> ctx.append("orders", "key", null));
                return "checked";
            }));

            assertThat(app.caller("shop").call("check", Map.of()).asString()).isEqualTo("checked");
        }
    }

    private static void missing(String name, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOf(NullPointerException.class).hasMessage(name);
    }

    @Nested
    class The_declaration {

        @Test
        void is_refused_without_a_name_or_with_something_missing() {
            Blueprint.Builder a = Blueprint.named("a");

            refused(
                    "blueprint 'a': stream has an empty name",
                    () -> a.consume("", "g", Order.class, (order, ctx) -> {}));
            refused(
                    "blueprint 'a': consumer of stream 's' has an empty name",
                    () -> a.consume("s", "", Order.class, (order, ctx) -> {}));
            missing("stream", () -> a.consume(null, "g", Order.class, (order, ctx) -> {}));
            missing("group", () -> a.consume("s", null, Order.class, (order, ctx) -> {}));
            missing("type", () -> a.consume("s", "g", (Class<Order>) null, (order, ctx) -> {}));
            missing("consumer", () -> a.consume("s", "g", Order.class, null));
            missing("options", () -> a.consume("s", "g", Order.class, (order, ctx) -> {}, null));
            missing("options", () -> a.listen("c", Order.class, (order, ctx) -> {}, null));
            missing("options", () -> a.action("x", ctx -> 1, null));
        }

        private static void refused(String message, ThrowingCallable call) {
            assertThatThrownBy(call)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage(message);
        }

        @Test
        void of_one_stream_and_group_stands_once_on_an_app() {
            Blueprint.Builder a = Blueprint.named("a");
            a.consume("orders", "stock", Order.class, (order, ctx) -> {});
            String first = Lines.before();
            Blueprint.Builder b = Blueprint.named("b");
            b.consume("orders", "stock", JsonNode.class, (order, ctx) -> {}, options -> options.concurrency(2));
            String second = Lines.before();
            App.Builder app = App.named("shop").register(a.build()).register(b.build());

            assertThatThrownBy(app::build)
                    .isInstanceOf(AppBuildException.class)
                    .hasMessage("app 'shop': stream consumer 'orders for stock': declared by 'a' (" + first
                            + ") and 'b' (" + second + "). Rename one.");
        }

        @Test
        void of_one_stream_and_group_twice_in_a_blueprint_is_in_conflict_too() {
            Blueprint.Builder a = Blueprint.named("a");
            a.consume("orders", "stock", Order.class, (order, ctx) -> {});
            String first = Lines.before();
            a.consume("orders", "stock", Order.class, (order, ctx) -> {});
            String second = Lines.before();
            App.Builder app = App.named("shop").register(a.build());

            assertThatThrownBy(app::build)
                    .isInstanceOf(AppBuildException.class)
                    .hasMessage("app 'shop': stream consumer 'orders for stock': declared by 'a' (" + first
                            + ") and 'a' (" + second + "). Rename one.");
        }

        @Test
        void may_replace_another_where_conflicts_may() {
            Blueprint.Builder a = Blueprint.named("a");
            a.consume("orders", "stock", Order.class, (order, ctx) -> {});
            String first = Lines.before();
            Blueprint.Builder b = Blueprint.named("b");
            b.consume("orders", "stock", Order.class, (order, ctx) -> {}, options -> options.concurrency(2));
            String second = Lines.before();
            try (CapturedLog log = CapturedLog.from(Level.WARN)) {
                App app = App.named("shop")
                        .conflicts(ConflictPolicy.OVERRIDE)
                        .register(a.build())
                        .register(b.build())
                        .build();

                assertThat(log.lines())
                        .containsExactly("WARN app 'shop': stream consumer 'orders for stock': 'b' (" + second
                                + ") replaces 'a' (" + first + ")");
                assertThat(app.describe().operations())
                        .singleElement()
                        .extracting(operation ->
                                ((MountedConsumer) operation).options().concurrency())
                        .isEqualTo(2);
            }
        }

        @Test
        void of_a_blueprint_that_stands_twice_is_there_once() {
            Blueprint a = Blueprint.named("a")
                    .consume("orders", "stock", Order.class, (order, ctx) -> {})
                    .build();

            assertThat(Assembled.of(App.named("shop")
                                    .register(a)
                                    .register(a, mount -> mount.named("again").prefix("/again")))
                            .operations(OperationKind.STREAM))
                    .extracting(MountedOperation::name)
                    .containsExactly("a.orders");
        }

        @Test
        void of_other_groups_streams_and_kinds_is_no_conflict() {
            assertThat(Assembled.of(App.named("shop")
                                    .consume("orders", "stock", Order.class, (order, ctx) -> {})
                                    .consume("orders", "billing", Order.class, (order, ctx) -> {})
                                    .consume("returns", "stock", Order.class, (order, ctx) -> {})
                                    .consume("a", "b for c", Order.class, (order, ctx) -> {})
                                    .consume("a for b", "c", Order.class, (order, ctx) -> {})
                                    .listen("orders", (message, ctx) -> {})
                                    .action("orders", ctx -> 1))
                            .operations(OperationKind.STREAM))
                    .hasSize(5);
        }

        @Test
        void says_where_dead_letters_go() {
            assertThat(deadLetters("orders", null)).isEqualTo("{orders}:dead");
            assertThat(deadLetters("{shop}:orders", null)).isEqualTo("{shop}:orders:dead");
            assertThat(deadLetters("orders", "graves")).isEqualTo("graves");
        }

        private static String deadLetters(String stream, String declared) {
            return only(Assembled.of(App.named("shop")
                            .consume(stream, "stock", Order.class, (order, ctx) -> {}, options -> {
                                if (declared != null) {
                                    options.deadLetters(declared);
                                }
                            })))
                    .deadLetters();
        }
    }

    @Nested
    class To_people {

        private final App app = App.named("shop")
                .intercept((exchange, next) -> next.proceed())
                .register(Blueprint.named("orders")
                        .error(404, (exchange, e) -> "none")
                        .action("place", ctx -> 1)
                        .listen("prices", (message, ctx) -> {})
                        .consume("placed", "stock", Order.class, (order, ctx) -> {})
                        .consume("placed", "billing", Order.class, (order, ctx) -> {})
                        .build())
                .build();

        private static String withoutLines(String text) {
            return text.replaceAll("StreamsTest.java:\\d+", "D");
        }

        @Test
        void messages_are_described() {
            assertThat(withoutLines(app.describe().toString())).isEqualTo("""
                    action           place               orders.place   D
                    listener         prices              orders.prices  D
                    stream consumer  placed for stock    orders.placed  D
                    stream consumer  placed for billing  orders.placed  D""");
        }

        @Test
        void a_consumer_is_explained() {
            assertThat(withoutLines(app.explain("stream consumer placed for stock")))
                    .isEqualTo("""
                    stream consumer placed for stock  'orders.placed' (D)
                      mounted                         app 'shop' on / (D)
                                                      'orders' on / (D)
                      around                          app 'shop' (D)
                      handler                         D
                      errors                          'orders': 404 (D)
                                                      else a problem of RFC 9457""");
        }

        @Test
        void all_consumers_of_one_name_are_explained() {
            assertThat(withoutLines(app.explain("orders.placed")).lines())
                    .filteredOn(line -> !line.startsWith(" "))
                    .containsExactly(
                            "stream consumer placed for stock    'orders.placed' (D)",
                            "stream consumer placed for billing  'orders.placed' (D)");
        }

        @Test
        void a_listener_is_explained() {
            assertThat(withoutLines(app.explain("listener prices")).lines().findFirst())
                    .contains("listener prices  'orders.prices' (D)");
        }

        @Test
        void a_consumer_that_is_none_is_near_to_one() {
            assertThatThrownBy(() -> app.explain("orders.place_"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageEndingWith("Did you mean 'orders.place'?");
        }
    }
}
