/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.pubsub.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cyanotype.App;
import dev.cyanotype.message.Overflow;
import dev.cyanotype.pubsub.redis.RedisOptions.Protocol;
import dev.cyanotype.spi.MessageBus;
import dev.cyanotype.spi.Subscription;
import dev.cyanotype.spi.TransportProvider;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/** What Redis has of subscriptions, and what becomes of them when it goes away. */
class SubscriptionFaultsIT extends FaultApps {

    private App app;

    private TransportProvider with(Protocol protocol) {
        return RedisPubSub.with(
                RedisOptions.builder().url(redis.url()).protocol(protocol).build());
    }

    private MessageBus bus(TransportProvider provider) {
        return bus(provider, builder -> {});
    }

    private MessageBus bus(TransportProvider provider, Consumer<App.Builder> further) {
        BusProbe probe = new BusProbe(provider);
        App.Builder builder = App.named("svc").discovery(false).transport(probe);
        further.accept(builder);
        app = start(builder);
        return probe.bus();
    }

    private static void listen(App.Builder builder, List<String> seen) {
        builder.listen("events", JsonNode.class, (message, ctx) -> seen.add("listener " + message.path("n")));
    }

    private Consumer<JsonNode> as(String name) {
        return message -> seen.add(name + " " + message.path("n"));
    }

    private void publish(String channel, int n) throws IOException {
        redis.command("PUBLISH", channel, "{\"n\":" + n + "}");
    }

    private void awaitSeen(String... messages) {
        eventually().untilAsserted(() -> assertThat(seen).containsExactlyInAnyOrder(messages));
    }

    private void awaitSubscribers(String channel, long count) {
        eventually().untilAsserted(() -> assertThat(subscribers(channel)).isEqualTo(count));
    }

    private long connections() {
        return redis.command("CLIENT", "LIST").lines().count() - 1;
    }

    @ParameterizedTest
    @EnumSource(names = {"RESP2", "RESP3"})
    void redis_has_one_subscriber_for_each_channel_of_an_app(Protocol protocol) throws IOException {
        MessageBus bus = bus(with(protocol), builder -> listen(builder, seen));
        long before = connections();
        assertThat(bus.isShared()).isTrue();

        Subscription beside = bus.subscribe("events", as("beside"));
        assertThat(connections()).isEqualTo(before);
        List<Subscription> further =
                List.of(bus.subscribe("more", as("a")), bus.subscribe("more", as("b")), bus.subscribe("most", as("c")));
        assertThat(connections()).isEqualTo(before + 1);
        assertThat(List.of(subscribers("events"), subscribers("more"), subscribers("most")))
                .containsExactly(1L, 1L, 1L);

        publish("events", 1);
        publish("more", 2);
        awaitSeen("listener 1", "beside 1", "a 2", "b 2");

        beside.close();
        further.get(0).close();
        further.get(2).close();
        awaitSubscribers("most", 0);
        assertThat(subscribers("events")).isEqualTo(1);
        assertThat(subscribers("more")).isEqualTo(1);
        publish("events", 3);
        publish("more", 4);
        awaitSeen("listener 1", "beside 1", "a 2", "b 2", "listener 3", "b 4");

        further.get(1).close();
        awaitSubscribers("more", 0);
    }

    @ParameterizedTest
    @EnumSource(names = {"RESP2", "RESP3"})
    void all_is_heard_again_after_redis_was_killed_and_restarted(Protocol protocol) throws IOException {
        MessageBus bus = bus(with(protocol), builder -> listen(builder, seen));
        bus.subscribe("events", as("beside"));
        bus.subscribe("more", as("a"));
        Subscription closed = bus.subscribe("gone", as("never"));

        redis.kill();
        eventually().until(() -> !app.status().isReady());
        closed.close();
        long begin = System.nanoTime();
        bus.subscribe("late", as("b"));
        Duration waited = Duration.ofNanos(System.nanoTime() - begin);
        redis.restart();
        eventually().until(() -> app.status().isReady());
        // It was asked for while there was nobody to ask.
        awaitSubscribers("late", 1);

        assertThat(waited).isBetween(Duration.ofMillis(900), Duration.ofSeconds(4));
        assertThat(List.of(subscribers("events"), subscribers("more"), subscribers("gone")))
                .containsExactly(1L, 1L, 0L);
        publish("events", 1);
        publish("more", 2);
        publish("late", 3);
        awaitSeen("listener 1", "beside 1", "a 2", "b 3");
    }

    @ParameterizedTest
    @EnumSource(names = {"RESP2", "RESP3"})
    void all_is_heard_again_after_connections_were_ended(Protocol protocol) throws IOException {
        MessageBus bus = bus(with(protocol), builder -> listen(builder, seen));
        bus.subscribe("events", as("beside"));
        bus.subscribe("more", as("a"));

        for (int n = 1; n < 4; n++) {
            long lost = counter(app, "reconnects");
            redis.command("CLIENT", "KILL", "TYPE", "pubsub");
            eventually().until(() -> counter(app, "reconnects") >= lost + 3);
            eventually().until(() -> app.status().isReady());
            seen.clear();
            publish("events", n);
            publish("more", n);
            awaitSeen("listener " + n, "beside " + n, "a " + n);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"RESP2", "RESP3"})
    void a_channel_that_the_user_may_not_hear_is_told_and_hurts_no_listener(Protocol protocol) throws IOException {
        redis.command(
                "ACL",
                "SETUSER",
                "svc",
                "on",
                ">pass",
                "~*",
                "+@all",
                "resetchannels",
                "&svc",
                "&caller:*",
                "&events",
                "&more");
        try (CapturedLog log = new CapturedLog()) {
            MessageBus bus = bus(
                    RedisPubSub.with(RedisOptions.builder()
                            .url("redis://svc:pass@" + redis.host() + ":" + redis.port())
                            .protocol(protocol)
                            .build()),
                    builder -> listen(builder, seen));
            bus.subscribe("events", as("beside"));
            bus.subscribe("more", as("a"));
            publish("more", 0);
            awaitSeen("a 0");
            assertThat(app.status().isReady()).isTrue();

            Subscription forbidden = bus.subscribe("secret", as("never"));

            assertThat(log.lines("WARN cyanotype-svc-redis-subscriptions: "))
                    .singleElement()
                    .asString()
                    .startsWith("WARN cyanotype-svc-redis-subscriptions: no connection to redis at " + redis.host()
                            + ":" + redis.port() + ": NOPERM ");
            assertThat(app.status().isReady()).isFalse();
            publish("events", 1);
            awaitSeen("a 0", "listener 1", "beside 1");

            forbidden.close();
            awaitSubscribers("more", 1);
            eventually().until(() -> app.status().isReady());
            assertThat(subscribers("events")).isEqualTo(1);
        }
    }

    @Test
    void a_redis_that_is_frozen_keeps_nobody_for_long() throws Exception {
        MessageBus bus = bus(with(Protocol.AUTO));
        Subscription first = bus.subscribe("more", as("a"));
        redis.pause();
        long begin = System.nanoTime();

        bus.subscribe("late", as("b"));
        Duration subscribed = Duration.ofNanos(System.nanoTime() - begin);
        first.close();
        Duration closed = Duration.ofNanos(System.nanoTime() - begin).minus(subscribed);
        redis.resume();

        assertThat(subscribed).isBetween(Duration.ofMillis(900), Duration.ofSeconds(4));
        assertThat(closed).isLessThan(Duration.ofMillis(900));
        awaitSubscribers("late", 1);
        awaitSubscribers("more", 0);
        publish("late", 1);
        awaitSeen("b 1");
    }

    @Test
    void a_message_that_cannot_be_read_is_told_once_and_hurts_nobody() throws IOException {
        List<String> shown = new CopyOnWriteArrayList<>();
        MessageBus bus = bus(
                RedisPubSub.with(RedisOptions.builder()
                        .url(redis.url())
                        .onUndecodable(
                                (channel, message, reason) -> shown.add(channel + " " + message.length + " " + reason))
                        .build()),
                builder -> listen(builder, seen));
        bus.subscribe("events", as("beside"));
        bus.subscribe("more", as("a"));
        bus.subscribe("more", as("b"));

        redis.command("PUBLISH", "events", "[1]");
        redis.command("PUBLISH", "more", "[1]");
        publish("events", 2);
        publish("more", 3);

        awaitSeen("listener 2", "beside 2", "a 3", "b 3");
        assertThat(shown)
                .containsExactlyInAnyOrder(
                        "events 3 the message is no JSON object", "more 3 the message is no JSON object");
        assertThat(counter(app, "messages.undecodable")).isEqualTo(2);
    }

    @Test
    void a_text_that_holds_an_object_is_heard_as_that() {
        MessageBus bus = bus(with(Protocol.AUTO));
        bus.subscribe("more", as("a"));

        redis.command("PUBLISH", "more", "\"{\\\"n\\\": 7}\"");

        awaitSeen("a 7");
    }

    @Test
    void a_full_listener_that_makes_publishers_wait_holds_up_no_other_channel() throws IOException {
        CountDownLatch gate = gate();
        MessageBus bus = bus(
                with(Protocol.AUTO),
                builder -> builder.listen(
                        "events",
                        JsonNode.class,
                        (message, ctx) -> pass(gate),
                        options -> options.capacity(1).overflow(Overflow.BLOCK)));
        bus.subscribe("events", as("beside"));
        bus.subscribe("more", as("a"));

        for (int n = 1; n < 4; n++) {
            publish("events", n);
        }
        publish("more", 9);

        // The third waits for room, which there is none; those who share its link have it before.
        awaitSeen("beside 1", "beside 2", "beside 3", "a 9");
    }

    @Test
    void subscriptions_are_heard_while_the_app_takes_no_new_work() throws Exception {
        MessageBus bus = bus(with(Protocol.AUTO), builder -> listen(builder, seen));
        Subscription beside = bus.subscribe("events", as("beside"));
        bus.subscribe("more", as("a"));

        bus.drain(Duration.ofSeconds(1));
        publish("events", 1);
        publish("more", 2);

        awaitSeen("beside 1", "a 2");
        beside.close();
        awaitSubscribers("events", 0);
        bus.subscribe("events", as("again"));
        publish("events", 3);
        awaitSeen("beside 1", "a 2", "again 3");
    }

    @Test
    void an_app_that_is_stopped_leaves_no_subscriber_and_no_connection() {
        MessageBus bus = bus(with(Protocol.AUTO), builder -> listen(builder, seen));
        bus.subscribe("events", as("beside"));
        bus.subscribe("more", as("a"));

        app.stop();

        eventually().untilAsserted(() -> {
            assertThat(redis.command("PUBSUB", "CHANNELS")).isEmpty();
            assertThat(connections()).isZero();
        });
        assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(thread -> thread.getName().startsWith("cyanotype-svc-"));
    }
}
