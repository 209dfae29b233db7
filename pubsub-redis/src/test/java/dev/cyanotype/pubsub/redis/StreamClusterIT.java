/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.pubsub.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cyanotype.App;
import dev.cyanotype.exchange.HttpException;
import dev.cyanotype.message.ConsumerOptions;
import dev.cyanotype.testkit.TestRedis;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Streams in a cluster: what one step changes has to lie in one slot, or else takes several steps. */
class StreamClusterIT extends StreamApps {

    private static final int SLOTS = 16_384;

    @BeforeEach
    void startCluster() {
        redis.close();
        redis = TestRedis.start("--cluster-enabled", "yes");
        List<String> assign = new ArrayList<>(List.of("CLUSTER", "ADDSLOTS"));
        IntStream.range(0, SLOTS).forEach(slot -> assign.add(Integer.toString(slot)));
        redis.command(assign.toArray(String[]::new));
        eventually().until(() -> redis.command("CLUSTER", "INFO").contains("cluster_state:ok"));
    }

    @Override
    App.Builder on(App.Builder builder) {
        return on(builder, redis.url().replace("redis://", "redis-cluster://"));
    }

    /** Handles what has an even number, each key once; the rest are dead letters. */
    private void consume(String stream, String dead, Consumer<ConsumerOptions.Builder> options) {
        start(on(App.named("shop"))
                .consume(
                        stream,
                        GROUP,
                        JsonNode.class,
                        (entry, ctx) -> {
                            seen.add(entry.path("n").asString());
                            if (entry.path("n").asInt() % 2 != 0) {
                                throw new HttpException(422, "odd");
                            }
                        },
                        QUICK.andThen(options)));
        for (int n = 1; n <= 4; n++) {
            redis.command("XADD", stream, "*", "data", "{\"n\":" + n + "}", "key", "key-" + n);
        }
        redis.command("XADD", stream, "*", "data", "{\"n\":6}", "key", "key-2");
        redis.command("XADD", stream, "*", "data", "{\"n\":8}");

        eventually().until(() -> seen.contains("8"));
        eventually()
                .untilAsserted(() -> assertThat(redis.command("XPENDING", stream, GROUP, "-", "+", "10"))
                        .isEmpty());
        assertThat(seen).containsExactly("1", "2", "3", "4", "8");
        assertThat(redis.command("XLEN", dead)).isEqualTo("2");
    }

    /** How often keys of one command were not in one slot. */
    private String crossed() {
        return lines("INFO", "errorstats").stream()
                .filter(line -> line.startsWith("errorstat_CROSSSLOT"))
                .map(String::strip)
                .findFirst()
                .orElse("never");
    }

    @Test
    void keys_and_dead_letters_are_on_the_node_of_their_stream() {
        consume(STREAM, DEAD, options -> {});

        assertThat(crossed()).isEqualTo("never");
        assertThat(redis.command("CLUSTER", "KEYSLOT", "cyanotype:{orders}:handled:orders:stock:key-2"))
                .isEqualTo(redis.command("CLUSTER", "KEYSLOT", STREAM))
                .isEqualTo(redis.command("CLUSTER", "KEYSLOT", DEAD));
        assertThat(redis.command("EXISTS", "cyanotype:{orders}:handled:orders:stock:key-2"))
                .isEqualTo("1");
    }

    @Test
    void a_stream_of_a_slot_of_its_own_choice_has_its_keys_there() {
        consume("{shop}:orders", "{shop}:graves", options -> options.deadLetters("{shop}:graves"));

        assertThat(crossed()).isEqualTo("never");
    }

    @Test
    void dead_letters_may_be_on_another_node() {
        consume(STREAM, "graves", options -> options.deadLetters("graves"));

        assertThat(crossed()).startsWith("errorstat_CROSSSLOT:");
    }

    @Test
    void a_stream_may_have_braces_that_lead_nowhere() {
        consume("a}b{c", "graves", options -> options.deadLetters("graves"));

        assertThat(crossed()).startsWith("errorstat_CROSSSLOT:");
    }
}
