/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.redis.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cyanotype.internal.redis.link.Commands;
import dev.cyanotype.internal.redis.link.LinkConfig;
import dev.cyanotype.internal.redis.link.Topology;
import dev.cyanotype.testkit.TestRedis;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;

/** Entries that are removed from a stream, which has 500 that are very old and 500 that are new. */
class TrimmingIT {

    private static final Duration HOUR = Duration.ofHours(1);

    private final TestRedis redis = TestRedis.start("--stream-node-max-entries", "10");
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final Commands commands = new Commands(
            "test",
            Topology.single(new HostAndPort(redis.host(), redis.port())),
            new LinkConfig(
                    DefaultJedisClientConfig.builder().build(),
                    LinkConfig.HEARTBEAT,
                    LinkConfig.SILENCE,
                    Duration.ofSeconds(2),
                    100),
            timer);
    private final GroupCommands group =
            new GroupCommands(commands, new Membership("orders", "stock", "me", "{orders}:dead"));

    @BeforeEach
    void fill() {
        commands.start();
        redis.command("EVAL", """
                for n = 1, 500 do redis.call('XADD', KEYS[1], (1000 + n) .. '-' .. n, 'data', '{}') end
                for n = 1, 500 do redis.call('XADD', KEYS[1], '*', 'data', '{}') end
                """, "1", "orders");
        redis.command("XGROUP", "CREATE", "orders", "stock", "0");
    }

    @AfterEach
    void stop() {
        commands.close();
        timer.shutdownNow();
        redis.close();
    }

    private void handle(String group, int count) {
        String ids = redis.command("EVAL", """
                local ids = {}
                for _, e in ipairs(redis.call('XREADGROUP', 'GROUP', ARGV[1], 'c', 'COUNT', ARGV[2],
                    'STREAMS', KEYS[1], '>')[1][2]) do ids[#ids + 1] = e[1] end
                return redis.call('XACK', KEYS[1], ARGV[1], unpack(ids))
                """, "1", "orders", group, Integer.toString(count));
        assertThat(ids).isEqualTo(Integer.toString(count));
    }

    /** How many are left. */
    private int trim(Duration kept) throws Exception {
        CompletableFuture<Object> trimmed = new CompletableFuture<>();
        group.trim(kept, (removed, error) -> {
            if (error == null) {
                trimmed.complete("done");
            } else {
                trimmed.completeExceptionally(error);
            }
        });
        trimmed.get(10, TimeUnit.SECONDS);
        return Integer.parseInt(redis.command("XLEN", "orders"));
    }

    @Test
    void what_is_handled_stays_for_its_time() throws Exception {
        handle("stock", 1_000);

        assertThat(trim(HOUR)).isBetween(500, 510);
        assertThat(trim(Duration.ZERO)).isBetween(1, 10);
    }

    @Test
    void what_is_not_handled_stays() throws Exception {
        handle("stock", 300);

        assertThat(trim(HOUR)).isBetween(700, 710);
    }

    @Test
    void what_one_group_has_pending_stays_with_all_that_follows() throws Exception {
        handle("stock", 1_000);
        redis.command("XGROUP", "CREATE", "orders", "slow", "0");
        handle("slow", 100);
        redis.command("XREADGROUP", "GROUP", "slow", "c", "COUNT", "1", "STREAMS", "orders", ">");
        handle("slow", 300);

        assertThat(trim(HOUR)).isBetween(900, 910);
    }

    @Test
    void nothing_goes_for_a_group_that_has_vanished_as_it_begins_anew() throws Exception {
        redis.command("XGROUP", "DESTROY", "orders", "stock");
        redis.command("XGROUP", "CREATE", "orders", "other", "0");
        handle("other", 1_000);
        assertThat(trim(HOUR)).isEqualTo(1_000);

        redis.command("XGROUP", "DESTROY", "orders", "other");
        assertThat(trim(HOUR)).isEqualTo(1_000);
    }

    @Test
    void many_entries_are_removed_in_steps() throws Exception {
        redis.command("DEL", "orders");
        redis.command("EVAL", """
                redis.call('XGROUP', 'CREATE', KEYS[1], 'stock', '0', 'MKSTREAM')
                for n = 1, 45000 do redis.call('XADD', KEYS[1], n .. '-1', 'data', '{}') end
                redis.call('XGROUP', 'SETID', KEYS[1], 'stock', '$')
                """, "1", "orders");

        assertThat(trim(HOUR)).isBetween(1, 10);
    }

    @Test
    void a_stream_that_is_not_there_is_left_alone() {
        redis.command("DEL", "orders");

        assertThatThrownBy(() -> trim(HOUR))
                .isInstanceOf(ExecutionException.class)
                .hasMessageContaining("no such key");
        assertThat(redis.command("EXISTS", "orders")).isEqualTo("0");
    }
}
