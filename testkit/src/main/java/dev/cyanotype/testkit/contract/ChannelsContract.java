/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cyanotype.App;
import dev.cyanotype.Blueprint;
import dev.cyanotype.message.Listener;
import dev.cyanotype.message.ListenerOptions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Messages on channels, and who hears them. */
@Rule(16)
abstract class ChannelsContract extends ContractApps {

    record User(int id, String name) {}

    private final String channel = own("numbers");

    private Blueprint listening(String name, Listener<JsonNode> listener, Consumer<ListenerOptions.Builder> options) {
        return Blueprint.named(name)
                .listen(channel, JsonNode.class, listener, options)
                .build();
    }

    private Blueprint listening(String name, Listener<JsonNode> listener) {
        return listening(name, listener, options -> {});
    }

    private static int n(JsonNode message) {
        return message.path("n").asInt();
    }

    @Test
    void every_listener_of_a_channel_hears_a_message() {
        App app = start(app().register(Blueprint.named("a")
                        .listen(channel, User.class, (user, ctx) -> seen.add("typed " + user.name()))
                        .listen(own("other"), (message, ctx) -> seen.add("never"))
                        .register(listening("b", (message, ctx) -> seen.add("tree " + message)))
                        .build())
                .action("publish", ctx -> ctx.broadcast(channel, new User(1, "Ada"))));

        self(app).call("publish", Map.of());

        eventually()
                .untilAsserted(() ->
                        assertThat(seen).containsExactlyInAnyOrder("typed Ada", "tree {\"id\":1,\"name\":\"Ada\"}"));
    }

    @Test
    void a_message_on_a_channel_that_nobody_hears_reaches_nobody() {
        App app = start(app());

        assertThat(send(app, channel, 1, 1)).isZero();
    }

    @Test
    void a_listener_sees_where_a_message_came() {
        App app = start(app().register(listening(
                "a",
                (message, ctx) ->
                        seen.add(ctx.app() + " " + ctx.channel() + " " + ctx.operation() + " " + ctx.message()))));

        send(app, channel, 7, 7);

        eventually()
                .untilAsserted(() ->
                        assertThat(seen).containsExactly(own("shop") + " " + channel + " a." + channel + " {\"n\":7}"));
    }

    @Test
    void any_object_comes_through_as_it_is() {
        String json =
                "{\"text\":\"\\u0000 \\\" \\\\ \\n \\u2028 ä € \\ud83d\\ude00\",\"\":null,\"list\":[[1,{\"a\":[]}],"
                        + "-1.5e-7,12345678901234567890123,true],\"action\":1,\"payload\":2,\"channel\":{\"type\":\"x\"}}";
        JsonNode sent = JsonMapper.builder().build().readTree(json);
        App app = start(app().action("publish", ctx -> ctx.broadcast(channel, ctx.payload()))
                .listen(channel, (message, ctx) -> seen.add(message.toString())));

        self(app).call("publish", sent);

        eventually().untilAsserted(() -> assertThat(seen).containsExactly(sent.toString()));
    }

    @Test
    void messages_are_heard_in_their_order_and_one_at_a_time() {
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        App app = start(app().register(listening("a", (message, ctx) -> {
            most.accumulateAndGet(inside.incrementAndGet(), Math::max);
            giveWay();
            seen.add(message.path("n").asString());
            inside.decrementAndGet();
        })));

        send(app, channel, 1, 1_000);

        eventually().until(() -> seen.size() >= 1_000);
        assertThat(seen)
                .containsExactlyElementsOf(IntStream.rangeClosed(1, 1_000)
                        .mapToObj(String::valueOf)
                        .toList());
        assertThat(most).hasValue(1);
    }

    @Test
    void the_messages_of_each_of_several_senders_are_heard_in_their_order() {
        App app = start(app().listen(
                        channel,
                        (message, ctx) -> seen.add(message.path("sender").asString()
                                + message.path("n").asString()))
                .action("publish", ctx -> {
                    for (int n = 0; n < 200; n++) {
                        ctx.broadcast(channel, Map.of("sender", ctx.payload(), "n", n));
                    }
                    return "sent";
                }));

        List<String> senders = List.of("a", "b", "c", "d");
        List<CompletableFuture<JsonNode>> sent = senders.stream()
                .map(sender -> self(app).callAsync("publish", sender))
                .toList();
        sent.forEach(CompletableFuture::join);

        eventually().until(() -> seen.size() >= 800);
        for (String sender : senders) {
            assertThat(seen.stream().filter(heard -> heard.startsWith(sender)))
                    .containsExactlyElementsOf(
                            IntStream.range(0, 200).mapToObj(n -> sender + n).toList());
        }
    }

    @Test
    void a_listener_of_several_at_once_hears_as_many_and_no_more() throws Exception {
        CountDownLatch four = new CountDownLatch(4);
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        App app = start(app().register(listening(
                "a",
                (message, ctx) -> {
                    most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                    four.countDown();
                    pass(four);
                    giveWay();
                    inside.decrementAndGet();
                    seen.add(message.path("n").asString());
                },
                options -> options.concurrency(4))));

        send(app, channel, 1, 200);

        eventually().until(() -> seen.size() == 200);
        assertThat(seen)
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.rangeClosed(1, 200).mapToObj(String::valueOf).toList());
        assertThat(most).hasValue(4);
        assertThat(four.await(0, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    @Rule({16, 19})
    void a_slow_listener_holds_no_other_one_up() {
        CountDownLatch gate = gate();
        App app = start(app().register(listening("slow", (message, ctx) -> pass(gate)))
                .register(listening("quick", (message, ctx) -> seen.add("quick" + n(message))))
                .listen(own("other"), (message, ctx) -> seen.add("other" + n(message))));

        send(app, channel, 1, 2);
        send(app, own("other"), 3, 3);

        eventually().untilAsserted(() -> assertThat(seen).containsExactlyInAnyOrder("quick1", "quick2", "other3"));
    }

    @Test
    @Rule(19)
    void a_listener_that_throws_hears_the_next_message() {
        App app = start(app().register(listening("a", (message, ctx) -> {
            switch (n(message)) {
                case 1 -> throw new IllegalStateException("broken");
                case 2 -> throw new AssertionError("very broken");
                case 3 -> throw new StackOverflowError("broken beyond repair");
                case 4 -> throw new Exception("broken in a checked way");
                default -> seen.add("heard " + n(message));
            }
        })));

        send(app, channel, 1, 5);

        eventually().untilAsserted(() -> assertThat(seen).containsExactly("heard 5"));
    }

    @Test
    @Rule(28)
    void a_message_of_another_type_goes_to_the_error_handlers_and_the_next_is_heard() {
        App app = start(app().register(Blueprint.named("a")
                        .error(400, (exchange, e) -> {
                            seen.add(e.getMessage());
                            return "taken";
                        })
                        .listen(channel, User.class, (user, ctx) -> seen.add(user.name()))
                        .build())
                .action("publish", ctx -> ctx.broadcast(channel, Map.of("id", ctx.payload(), "name", "Ada"))));

        self(app).call("publish", "none");
        self(app).call("publish", 1);

        eventually()
                .untilAsserted(() -> assertThat(seen)
                        .containsExactly("the message does not have the expected form: see 'id'", "Ada"));
    }

    @Test
    void a_listener_that_ends_later_hears_the_next_message_after_that() {
        CompletableFuture<String> later = new CompletableFuture<>();
        App app = start(app().register(Blueprint.named("a")
                .intercept((exchange, next) -> {
                    Object result = next.proceed();
                    return seen.size() == 1 ? later : result;
                })
                .listen(channel, (message, ctx) -> seen.add("heard " + n(message)))
                .build()));

        send(app, channel, 1, 2);
        send(app, own("nowhere"), 1, 2);
        eventually().until(() -> !seen.isEmpty());
        assertThat(seen).containsExactly("heard 1");
        seen.add("ended");
        later.complete("ended");

        eventually().untilAsserted(() -> assertThat(seen).containsExactly("heard 1", "ended", "heard 2"));
    }

    @Test
    @Rule(17)
    void what_a_listener_changes_no_other_one_sees() {
        App app = start(app().register(listening("a", (message, ctx) -> {
                    ((ObjectNode) message).put("changed", true);
                    seen.add("changed");
                }))
                .register(listening("b", (message, ctx) -> {
                    eventually().until(() -> seen.contains("changed"));
                    seen.add(message.toString());
                })));

        send(app, channel, 1, 1);

        eventually().untilAsserted(() -> assertThat(seen).containsExactly("changed", "{\"n\":1}"));
    }

    @Test
    @Rule(19)
    void handlers_and_listeners_run_on_the_executor_of_the_app() {
        ExecutorService own = Executors.newCachedThreadPool(task -> new Thread(task, "contract-own"));
        try {
            App app = start(app().executor(own)
                    .action("where", ctx -> Thread.currentThread().getName())
                    .listen(
                            own("x"),
                            (message, ctx) -> seen.add(Thread.currentThread().getName())));

            assertThat(self(app).call("where", Map.of()).asString()).isEqualTo("contract-own");
            send(app, own("x"), 1, 3);
            eventually()
                    .untilAsserted(
                            () -> assertThat(seen).containsExactly("contract-own", "contract-own", "contract-own"));
        } finally {
            stopApps();
            own.shutdownNow();
        }
    }

    @Test
    void a_listener_calls_and_broadcasts_itself() {
        String shop = own("shop");
        App app = start(app().action("double", ctx -> ctx.payload().asInt() * 2).listen(channel, (message, ctx) -> {
            int doubled = ctx.caller(shop).call("double", n(message)).asInt();
            seen.add("heard " + doubled);
            if (doubled < 10) {
                ctx.broadcast(channel, Map.of("n", doubled));
            }
        }));

        send(app, channel, 1, 1);

        eventually().untilAsserted(() -> assertThat(seen).containsExactly("heard 2", "heard 4", "heard 8", "heard 16"));
    }
}
