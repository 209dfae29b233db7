/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.pubsub.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cyanotype.App;
import dev.cyanotype.exchange.HttpException;
import dev.cyanotype.spi.TransportException;
import dev.cyanotype.testkit.TestRedis;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Streams on a Redis that is killed, frozen, full, or cuts connections. */
class StreamConnectionsIT extends StreamApps {

    private final CountDownLatch gate = gate();

    private App numbers() {
        return consuming((entry, ctx) -> seen.add(entry.path("n") + " " + ctx.deliveries()), QUICK);
    }

    /** Waits until all up to a number are handled, each in its first delivery and once. */
    private void awaitOnce(int last) {
        eventually().until(() -> seen.contains(last + " 1"));
        eventually().untilAsserted(() -> assertThat(pending()).isEmpty());
        assertThat(seen)
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(1, last).mapToObj(n -> n + " 1").toList());
    }

    @Test
    void fault_10_what_redis_has_kept_goes_on_after_it_was_killed_and_restarted() {
        redis.close();
        redis = TestRedis.start("--appendonly", "yes", "--appendfsync", "always");
        App app = consuming(
                (entry, ctx) -> {
                    if (entry.path("n").asInt() == 50) {
                        seen.add("begun");
                        pass(gate);
                    }
                    seen.add(entry.path("n") + " " + ctx.deliveries());
                },
                QUICK);
        IntStream.rangeClosed(1, 100).forEach(this::add);
        eventually().until(() -> seen.contains("begun"));
        redis.kill();
        eventually().until(() -> !app.status().isReady());
        gate.countDown();
        eventually().until(() -> seen.contains("50 1"));
        redis.restart();

        eventually().until(() -> app.status().isReady());
        add(101);
        eventually().until(() -> seen.contains("101 1"));
        eventually().untilAsserted(() -> assertThat(pending()).isEmpty());
        assertThat(seen)
                .containsAll(
                        IntStream.rangeClosed(1, 101).mapToObj(n -> n + " 1").toList())
                .doesNotHaveDuplicates()
                .hasSize(102);
        assertThat(counter(app, "takenOver")).isZero();
    }

    @Test
    void fault_15_a_redis_that_comes_back_empty_is_read_as_before() {
        try (CapturedLog log = new CapturedLog()) {
            App app = numbers();
            add(1);
            eventually().until(() -> seen.contains("1 1"));
            redis.kill();
            eventually().until(() -> !app.status().isReady());
            redis.restart();
            add(2);

            awaitOnce(2);
            eventually().until(() -> app.status().isReady());
            assertThat(log.lines("WARN stream orders/stock: the"))
                    .containsExactly("WARN stream orders/stock: the group had vanished from redis and was made again");
        }
    }

    @Test
    void fault_10_what_ended_while_redis_was_frozen_is_acknowledged_afterwards() {
        App app = consuming(
                (entry, ctx) -> {
                    seen.add("begun");
                    pass(gate);
                    seen.add(entry.path("n") + " " + ctx.deliveries());
                },
                QUICK);
        add(1);
        eventually().until(() -> seen.contains("begun"));
        redis.pause();
        gate.countDown();
        eventually().until(() -> seen.contains("1 1") && !app.status().isReady());
        redis.resume();

        eventually().untilAsserted(() -> assertThat(pending()).isEmpty());
        eventually().until(() -> app.status().isReady());
        add(2);
        eventually().until(() -> seen.contains("2 1"));
        assertThat(seen).containsExactly("begun", "1 1", "begun", "2 1");
    }

    @Test
    void fault_10_connections_that_are_cut_lose_nothing() {
        App app = numbers();
        for (int n = 1; n <= 300; n++) {
            add(n);
            if (n % 50 == 0) {
                redis.command("CLIENT", "KILL", "TYPE", "normal");
                eventually().until(() -> app.status().isReady());
            }
        }

        eventually().until(() -> seen.size() >= 300);
        eventually().untilAsserted(() -> assertThat(pending()).isEmpty());
        // What was run when a connection was cut is not run again, because its replica still has it.
        assertThat(seen).hasSize(300).doesNotHaveDuplicates();
        assertThat(seen.stream().map(line -> Integer.valueOf(line.split(" ")[0])))
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.rangeClosed(1, 300).boxed().toList());
        assertThat(app.status().counters().get("redis.reconnects")).isGreaterThanOrEqualTo(6);
    }

    @Test
    void fault_10_entries_whose_delivery_was_lost_with_a_connection_are_found_at_once() throws Exception {
        try (TcpProxy proxy = TcpProxy.before(redis.host(), redis.port())) {
            App app = start(on(App.named("shop"), proxy.url())
                    .consume(
                            STREAM,
                            GROUP,
                            JsonNode.class,
                            (entry, ctx) -> seen.add(entry.path("n") + " " + ctx.deliveries()),
                            options -> options.reclaimAfter(Duration.ofHours(1))));
            int n = 0;
            boolean lost = false;
            // Now and then it is not reading at the moment.
            while (!lost) {
                eventually().until(() -> app.status().isReady());
                proxy.swallow(true);
                add(++n);
                lost = !pending().isEmpty();
                proxy.swallow(false);
                proxy.cut();
                String last = n + " 1";
                eventually().until(() -> seen.contains(last));
            }

            eventually().untilAsserted(() -> assertThat(pending()).isEmpty());
            assertThat(seen)
                    .containsExactlyElementsOf(
                            IntStream.rangeClosed(1, n).mapToObj(i -> i + " 1").toList());
        }
    }

    @Test
    void fault_14_a_dead_letter_that_redis_has_no_room_for_is_written_later() {
        try (CapturedLog log = new CapturedLog()) {
            App app = consuming(
                    (entry, ctx) -> {
                        seen.add("begun");
                        pass(gate);
                        throw new HttpException(422, "no use");
                    },
                    QUICK);
            add(1);
            eventually().until(() -> seen.contains("begun"));
            redis.command("CONFIG", "SET", "maxmemory", "1");
            gate.countDown();

            eventually().until(() -> !app.status().isReady());
            assertThat(redis.command("EXISTS", DEAD)).isEqualTo("0");
            assertThat(pending()).isNotEmpty();
            redis.command("CONFIG", "SET", "maxmemory", "0");

            eventually().until(() -> redis.command("EXISTS", DEAD).equals("1"));
            eventually().untilAsserted(() -> assertThat(pending()).isEmpty());
            eventually().until(() -> app.status().isReady());
            assertThat(redis.command("XLEN", DEAD)).isEqualTo("1");
            assertThat(seen).containsExactly("begun");
            assertThat(log.lines("WARN stream orders/stock: what"))
                    .singleElement()
                    .asString()
                    .startsWith("WARN stream orders/stock: what became of entries can't be noted, and is tried again: ")
                    // Redis 6.2 says before it that it was in a script.
                    .contains("OOM command not allowed when used memory > 'maxmemory'.");
        }
    }

    @Test
    void an_app_whose_stream_is_something_else_does_not_start() {
        redis.command("SET", STREAM, "no stream");
        App app = App.named("shop")
                .discovery(false)
                .consume(STREAM, GROUP, JsonNode.class, (entry, ctx) -> seen.add("never"))
                .transport(TestBus.at(redis.url()).startTimeout(Duration.ofSeconds(1)))
                .build();

        assertThatThrownBy(app::start)
                .isInstanceOf(TransportException.class)
                .hasMessage("transport 'redis' of app 'shop' could not start: stream orders/stock: redis at 127.0.0.1:"
                        + redis.port()
                        + " can't be used: WRONGTYPE Operation against a key holding the wrong kind of value");
    }
}
