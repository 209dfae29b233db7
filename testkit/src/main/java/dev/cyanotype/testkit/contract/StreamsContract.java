/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cyanotype.App;
import dev.cyanotype.Blueprint;
import dev.cyanotype.message.StreamConsumer;
import dev.cyanotype.spi.OperationKind;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Entries of streams that are handled. */
@Rule(29)
abstract class StreamsContract extends ContractApps {

    record Order(int id, String item) {}

    private final String stream = own("orders");

    @BeforeEach
    void assumeStreams() {
        assumeCarried(OperationKind.STREAM, "rules 29 to 31");
    }

    /** An app that appends what its action {@code add} is called with. */
    private App.Builder adding() {
        return app().action("add", ctx -> ctx.append(stream, ctx.payload()))
                .action(
                        "add_once",
                        ctx -> ctx.append(stream, ctx.payload().path("key").asString(), ctx.payload()));
    }

    private String add(App app, int n) {
        return self(app).call("add", Map.of("n", n)).asString();
    }

    private static Blueprint consuming(String name, String stream, StreamConsumer<JsonNode> consumer) {
        return Blueprint.named(name)
                .consume(stream, name, JsonNode.class, consumer)
                .build();
    }

    @Test
    void each_group_handles_an_entry_once() {
        App app = start(adding().register(Blueprint.named("typed")
                        .consume(stream, "billing", Order.class, (order, ctx) -> seen.add("billing " + order.item()))
                        .build())
                .register(consuming("stock", stream, (entry, ctx) -> seen.add("stock " + entry)))
                .register(consuming("other", own("other"), (entry, ctx) -> seen.add("never"))));

        self(app).call("add", new Order(1, "book"));

        eventually()
                .untilAsserted(() -> assertThat(seen)
                        .containsExactlyInAnyOrder("billing book", "stock {\"id\":1,\"item\":\"book\"}"));
    }

    @Test
    void a_consumer_sees_what_it_handles() {
        App app = start(adding().register(consuming(
                "stock",
                stream,
                (entry, ctx) -> seen.add(ctx.app() + " " + ctx.stream() + " " + ctx.group() + " " + ctx.id() + " "
                        + ctx.deliveries() + " " + ctx.entry() + " " + ctx.operation()))));

        String id = add(app, 7);

        eventually()
                .untilAsserted(() -> assertThat(seen)
                        .containsExactly(own("shop") + " " + stream + " stock " + id + " 1 {\"n\":7} stock." + stream));
    }

    @Test
    void entries_have_identifiers_of_their_own_that_rise() {
        App app = start(adding());

        List<String> ids = IntStream.range(0, 50).mapToObj(n -> add(app, n)).toList();

        assertThat(ids).doesNotHaveDuplicates().allMatch(id -> id.matches("[0-9]+-[0-9]+"));
        assertThat(ids).isSortedAccordingTo((a, b) -> {
            int dashA = a.indexOf('-');
            int dashB = b.indexOf('-');
            int byTime = Long.compare(Long.parseLong(a, 0, dashA, 10), Long.parseLong(b, 0, dashB, 10));
            return byTime != 0
                    ? byTime
                    : Long.compare(
                            Long.parseLong(a, dashA + 1, a.length(), 10), Long.parseLong(b, dashB + 1, b.length(), 10));
        });
    }

    @Test
    void entries_are_handled_in_their_order_and_one_at_a_time() {
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        App app = start(adding().register(consuming("stock", stream, (entry, ctx) -> {
                    most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                    giveWay();
                    seen.add(entry.path("n").asString());
                    inside.decrementAndGet();
                }))
                .action("add_many", ctx -> {
                    for (int n = 0; n < 500; n++) {
                        ctx.append(stream, Map.of("n", n));
                    }
                    return "added";
                }));

        self(app).call("add_many", Map.of());

        eventually().until(() -> seen.size() >= 500);
        assertThat(seen)
                .containsExactlyElementsOf(
                        IntStream.range(0, 500).mapToObj(String::valueOf).toList());
        assertThat(most).hasValue(1);
    }

    @Test
    void a_consumer_of_several_at_once_handles_as_many_and_no_more() {
        CountDownLatch four = new CountDownLatch(4);
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        App app = start(adding().consume(
                        stream,
                        "stock",
                        JsonNode.class,
                        (entry, ctx) -> {
                            most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                            four.countDown();
                            pass(four);
                            giveWay();
                            inside.decrementAndGet();
                            seen.add(entry.path("n").asString());
                        },
                        options -> options.concurrency(4)));

        for (int n = 0; n < 60; n++) {
            add(app, n);
        }

        eventually().until(() -> seen.size() == 60);
        assertThat(seen)
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, 60).mapToObj(String::valueOf).toList());
        assertThat(most).hasValue(4);
    }

    @Test
    void a_slow_group_holds_no_other_one_up() {
        CountDownLatch gate = gate();
        App app = start(adding().register(consuming("slow", stream, (entry, ctx) -> pass(gate)))
                .register(consuming("quick", stream, (entry, ctx) -> seen.add("quick" + entry.path("n"))))
                .register(consuming("other", own("other"), (entry, ctx) -> seen.add("other")))
                .action("add_other", ctx -> ctx.append(own("other"), Map.of())));

        add(app, 1);
        add(app, 2);
        self(app).call("add_other", Map.of());

        eventually().untilAsserted(() -> assertThat(seen).containsExactlyInAnyOrder("quick1", "quick2", "other"));
    }

    @Test
    void a_consumer_that_ends_later_handles_the_next_entry_after_that() {
        CompletableFuture<String> later = new CompletableFuture<>();
        App app = start(adding().register(Blueprint.named("a")
                .intercept((exchange, next) -> {
                    Object result = next.proceed();
                    return seen.size() == 1 ? later : result;
                })
                .consume(stream, "stock", JsonNode.class, (entry, ctx) -> seen.add("handled " + entry.path("n")))
                .build()));

        add(app, 1);
        add(app, 2);
        eventually().until(() -> !seen.isEmpty());
        assertThat(seen).containsExactly("handled 1");
        seen.add("ended");
        later.complete("ended");

        eventually().untilAsserted(() -> assertThat(seen).containsExactly("handled 1", "ended", "handled 2"));
    }

    @Test
    void a_consumer_appends_broadcasts_and_calls_itself() {
        String shop = own("shop");
        App app = start(adding().action("double", ctx -> ctx.payload().asInt() * 2)
                .register(consuming("first", stream, (entry, ctx) -> {
                    int doubled =
                            ctx.caller(shop).call("double", entry.path("n")).asInt();
                    ctx.append(own("next"), Map.of("n", doubled));
                    ctx.broadcast(own("done"), Map.of("n", doubled));
                }))
                .register(consuming("second", own("next"), (entry, ctx) -> seen.add("next " + entry.path("n"))))
                .listen(own("done"), (message, ctx) -> seen.add("done " + message.path("n"))));

        add(app, 21);

        eventually().untilAsserted(() -> assertThat(seen).containsExactlyInAnyOrder("next 42", "done 42"));
    }

    @Test
    @Rule(17)
    void what_a_consumer_changes_no_other_delivery_sees() {
        App app = start(adding().register(Blueprint.named("a")
                        .consume(
                                stream,
                                "a",
                                JsonNode.class,
                                (entry, ctx) -> {
                                    seen.add("a " + entry);
                                    ((ObjectNode) entry).put("changed", true);
                                    if (ctx.deliveries() == 1) {
                                        throw new IllegalStateException("once more");
                                    }
                                },
                                options -> options.retries(Duration.ofMillis(20), Duration.ofMillis(20)))
                        .build())
                .register(consuming("b", stream, (entry, ctx) -> {
                    eventually().until(() -> seen.contains("a {\"n\":1}"));
                    seen.add("b " + entry);
                })));

        add(app, 1);

        eventually()
                .untilAsserted(
                        () -> assertThat(seen).containsExactlyInAnyOrder("a {\"n\":1}", "a {\"n\":1}", "b {\"n\":1}"));
    }

    @Test
    @Rule(31)
    void entries_of_one_key_are_handled_once_by_each_group() {
        App app = start(adding().register(consuming("a", stream, (entry, ctx) -> seen.add("a " + entry)))
                .register(consuming("b", stream, (entry, ctx) -> seen.add("b " + entry.path("key")))));

        for (String key : List.of("one", "one", "two", "one", "two", "last")) {
            self(app).call("add_once", Map.of("key", key));
        }

        eventually()
                .untilAsserted(() -> assertThat(seen)
                        .containsExactlyInAnyOrder(
                                "a {\"key\":\"one\"}",
                                "b \"one\"",
                                "a {\"key\":\"two\"}",
                                "b \"two\"",
                                "a {\"key\":\"last\"}",
                                "b \"last\""));
        add(app, 1);
        eventually().until(() -> seen.containsAll(List.of("a {\"n\":1}", "b ")));
        assertThat(seen).hasSize(8);
    }
}
