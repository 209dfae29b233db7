/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.pubsub.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cyanotype.App;
import dev.cyanotype.exchange.Exchange;
import dev.cyanotype.message.Caller;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.core.ConditionFactory;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** An app that uses all that goes over Redis: an action, a listener and a stream with a key for each entry. */
final class Shop implements AutoCloseable {

    static final Duration LONG = Duration.ofSeconds(30);

    private static final AtomicLong NEXT = new AtomicLong(System.currentTimeMillis());

    private final String suffix = "_" + Long.toString(NEXT.incrementAndGet(), 36);
    private final List<Integer> heard = new CopyOnWriteArrayList<>();
    private final List<Integer> handled = new CopyOnWriteArrayList<>();
    private final List<Integer> answered = new CopyOnWriteArrayList<>();
    private final List<Integer> dead = new CopyOnWriteArrayList<>();
    private final App app;

    /** The last one, through which messages are sent from outside. */
    private volatile @Nullable Exchange exchange;

    private Shop(RedisOptions options) {
        String channel = "news" + suffix;
        String stream = "orders" + suffix;
        this.app = App.named("shop" + suffix)
                .discovery(false)
                .transport(RedisPubSub.with(options))
                .action("echo", ctx -> {
                    exchange = ctx;
                    answered.add(ctx.payload().path("n").asInt());
                    return ctx.payload();
                })
                .action("say", ctx -> ctx.broadcast(channel, ctx.payload()))
                .action("add", ctx -> ctx.append(stream, "key " + ctx.payload().path("n"), ctx.payload()))
                .listen(channel, (message, ctx) -> heard.add(message.path("n").asInt()))
                .consume(
                        stream,
                        "stock",
                        JsonNode.class,
                        (entry, ctx) -> {
                            if (entry.path("n").asInt() < 0) {
                                throw new IllegalStateException("poison");
                            }
                            handled.add(entry.path("n").asInt());
                        },
                        to -> to.maxDeliveries(1).deadLetters("dead" + suffix))
                .consume(
                        "dead" + suffix,
                        "stock",
                        JsonNode.class,
                        (letter, ctx) -> dead.add(letter.path("entry").path("n").asInt()))
                .build();
    }

    /** An app that is not started. */
    static Shop of(RedisOptions options) {
        return new Shop(options);
    }

    static Shop start(RedisOptions options) {
        Shop shop = new Shop(options);
        shop.app.start();
        return shop;
    }

    static Shop start(String url) {
        return start(RedisOptions.at(url));
    }

    App app() {
        return app;
    }

    String stream() {
        return "orders" + suffix;
    }

    String channel() {
        return "news" + suffix;
    }

    Caller self() {
        return app.caller(app.name()).timeout(Duration.ofSeconds(5));
    }

    /** Sees whether all goes through, at once and just once. */
    void works(int n) {
        Map<String, Integer> message = Map.of("n", n);
        assertThat(self().call("echo", message).path("n").asInt()).isEqualTo(n);
        self().call("say", message);
        self().call("add", message);
        self().call("add", Map.of("n", -n));
        eventually().atMost(LONG).untilAsserted(() -> {
            assertThat(heard).contains(n);
            assertThat(handled).contains(n);
            assertThat(dead).contains(-n);
        });
        assertThat(answered).containsOnlyOnce(n);
        assertThat(heard).containsOnlyOnce(n);
        assertThat(handled).containsOnlyOnce(n);
    }

    /** Waits until all goes through again, which may take some attempts, each with a number of its own. */
    void worksAgain(int from) {
        eventually().atMost(LONG).until(() -> app.status().isReady());
        int[] n = {from};
        eventually().atMost(LONG).ignoreExceptions().untilAsserted(() -> {
            Map<String, Integer> message = Map.of("n", n[0]++);
            assertThat(self().call("echo", message).path("n").asInt()).isEqualTo(message.get("n"));
            self().call("say", message);
            self().call("add", message);
            eventually().atMost(Duration.ofSeconds(5)).untilAsserted(() -> {
                assertThat(heard).contains(message.get("n"));
                assertThat(handled).contains(message.get("n"));
            });
        });
        assertThat(answered).doesNotHaveDuplicates();
        assertThat(heard).doesNotHaveDuplicates();
    }

    private static ConditionFactory eventually() {
        return await().pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(10));
    }

    List<Integer> handled() {
        return handled;
    }

    List<Integer> answered() {
        return answered;
    }

    /** Sends a message on the channel, after an action was called. */
    void broadcast(int n) {
        Objects.requireNonNull(exchange).broadcast(channel(), Map.of("n", n));
    }

    /** Appends to the stream, after an action was called. */
    void append(int n) {
        Objects.requireNonNull(exchange).append(stream(), Map.of("n", n));
    }

    @Override
    public void close() {
        app.stop(Duration.ofSeconds(5));
    }
}
