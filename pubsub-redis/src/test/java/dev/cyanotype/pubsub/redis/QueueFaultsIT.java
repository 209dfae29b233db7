/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.pubsub.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cyanotype.App;
import dev.cyanotype.message.Gap;
import dev.cyanotype.message.Overflow;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.AbstractPipeline;
import redis.clients.jedis.RedisClient;
import tools.jackson.databind.JsonNode;

/** More messages than listeners can take. */
class QueueFaultsIT extends FaultApps {

    private static final String TEXT = "x".repeat(4_000);

    private final AtomicInteger heard = new AtomicInteger();
    private final List<Gap> gaps = new CopyOnWriteArrayList<>();

    /** Publishes many messages as fast as Redis takes them. */
    private void publish(String channel, int from, int to, String text) {
        try (RedisClient client = RedisClient.create(redis.host(), redis.port());
                AbstractPipeline pipeline = client.pipelined()) {
            for (int n = from; n < to; n++) {
                pipeline.publish(channel, "{\"n\":" + n + ",\"text\":\"" + text + "\"}");
            }
            pipeline.sync();
        }
    }

    private void limitOutput() {
        redis.command("CONFIG", "SET", "client-output-buffer-limit", "pubsub 1mb 512kb 2");
    }

    @Test
    void fault_07_the_policy_keeps_redis_from_cutting_a_slow_listener_off() {
        limitOutput();
        App app = start(app("svc")
                .listen(
                        "events",
                        JsonNode.class,
                        (message, ctx) -> {
                            heard.incrementAndGet();
                            new CountDownLatch(1).await(5, TimeUnit.MILLISECONDS);
                        },
                        options -> options.capacity(100)
                                .overflow(Overflow.DROP_OLDEST)
                                .onGap(gaps::add)));

        for (int n = 0; n < 5_000; n += 100) {
            // Not faster than a reader that does nothing but read can be on a busy machine.
            publish("events", n, n + 100, TEXT);
        }
        eventually()
                .untilAsserted(() -> assertThat(heard.get() + counter(app, "listener.events.dropped"))
                        .isEqualTo(5_000));

        assertThat(heard.get()).isLessThan(5_000).isGreaterThanOrEqualTo(100);
        assertThat(counter(app, "reconnects")).isZero();
        eventually().until(() -> !gaps.isEmpty());
        assertThat(gaps).extracting(Gap::cause).containsOnly(Gap.Cause.QUEUE_FULL);
    }

    @Test
    void fault_07_a_listener_that_redis_cut_off_learns_that_and_goes_on() throws Exception {
        limitOutput();
        CountDownLatch gate = gate();
        App app = start(app("svc")
                .action("ping", ctx -> "pong")
                .listen(
                        "events",
                        JsonNode.class,
                        (message, ctx) -> {
                            pass(gate);
                            seen.add(message.path("n").asString());
                        },
                        options -> options.capacity(10).overflow(Overflow.BLOCK).onGap(gap -> {
                            gaps.add(gap);
                            seen.add("gap");
                        })));

        publish("events", 0, 5_000, TEXT);
        // It was cut off by Redis; what it had received is still to be heard.
        eventually().until(() -> subscribers("events") == 0);
        assertThat(app.caller("svc").call("ping", List.of()).asString()).isEqualTo("pong");
        gate.countDown();
        eventually().until(() -> !gaps.isEmpty());
        eventually().until(() -> app.status().isReady() && subscribers("events") == 1);
        peer().publish("events", "{\"n\":\"after\"}");
        eventually().until(() -> seen.contains("after"));

        assertThat(gaps).extracting(Gap::cause).containsExactly(Gap.Cause.CONNECTION_LOST);
        assertThat(seen).endsWith("gap", "after");
        for (int n = 0; n < seen.size() - 2; n++) {
            assertThat(seen.get(n)).isEqualTo(Integer.toString(n));
        }
        assertThat(seen).hasSizeBetween(12, 4_999);
        assertThat(counter(app, "reconnects")).isEqualTo(1);
    }

    @Test
    void fault_07_a_listener_that_blocks_for_longer_than_a_link_may_be_silent_loses_nothing() throws Exception {
        CountDownLatch gate = gate();
        App app = start(app("svc")
                .listen(
                        "events",
                        JsonNode.class,
                        (message, ctx) -> {
                            pass(gate);
                            seen.add(message.path("n").asString());
                        },
                        options -> options.capacity(1).overflow(Overflow.BLOCK).onGap(gaps::add)));

        publish("events", 0, 20, "");
        // Two of them are with the listener, and the third one keeps the thread that reads.
        assertThat(gate.await(4, TimeUnit.SECONDS)).isFalse();
        assertThat(counter(app, "reconnects")).isZero();
        assertThat(app.status().isReady()).isTrue();
        gate.countDown();

        eventually().until(() -> seen.size() == 20);
        publish("events", 20, 40, "");
        eventually().until(() -> seen.size() == 40);
        for (int n = 0; n < 40; n++) {
            assertThat(seen.get(n)).isEqualTo(Integer.toString(n));
        }
        assertThat(gaps).isEmpty();
        assertThat(counter(app, "reconnects")).isZero();
    }

    @Test
    void fault_08_a_burst_of_a_million_messages_costs_no_memory_and_holds_no_other_channel_up() throws Exception {
        redis.command("CONFIG", "SET", "client-output-buffer-limit", "pubsub 0 0 0");
        ChildJvm replica = replica("small");
        RawPeer peer = peer("probed", "counted");
        int all = 1_000_000;
        int part = 20_000;
        Duration worst = Duration.ZERO;

        for (int n = 0; n < all; n += part) {
            publish("burst", n, n + part, "0123456789");
            long before = System.nanoTime();
            peer.publish("probe", "{\"n\":" + n + "}");
            assertThat(peer.next().text()).isEqualTo("{\"n\":" + n + "}");
            Duration took = Duration.ofNanos(System.nanoTime() - before);
            worst = took.compareTo(worst) > 0 ? took : worst;
        }
        eventually().untilAsserted(() -> {
            peer.publish("count", "{}");
            JsonNode counted = WireVectors.read(peer.next().text());
            assertThat(counted.get("heard").asInt()).isGreaterThanOrEqualTo(1_000);
            assertThat(counted.get("heard").asInt() + counted.get("dropped").asInt())
                    .isEqualTo(all);
        });

        assertThat(worst).isLessThan(Duration.ofSeconds(5));
        assertThat(replica.output()).noneMatch(line -> line.contains("OutOfMemory") || line.contains("no connection"));
        replica.signal("TERM");
        assertThat(replica.awaitExit()).isZero();
    }
}
