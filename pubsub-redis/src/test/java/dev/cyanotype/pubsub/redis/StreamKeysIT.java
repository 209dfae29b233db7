/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.pubsub.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cyanotype.App;
import dev.cyanotype.exchange.HttpException;
import dev.cyanotype.message.ConsumerOptions;
import dev.cyanotype.message.StreamConsumer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Entries of one key that two replicas have at the same time. */
class StreamKeysIT extends StreamApps {

    private static final Duration SECOND = Duration.ofSeconds(1);

    /** Reads nothing ahead, and takes nothing over. */
    private static final Consumer<ConsumerOptions.Builder> ONE_BY_ONE =
            options -> options.maxDeliveries(1).reclaimAfter(LONG.multipliedBy(9));

    private final CountDownLatch gate = gate();

    /** A replica that says what it begins; it stops at the gate with entry 1, and fails as an entry says. */
    private App replica(String name, Consumer<ConsumerOptions.Builder> options) {
        return consuming(
                (entry, ctx) -> {
                    seen.add(name + " " + entry.path("n") + " " + ctx.deliveries());
                    if (entry.path("n").asInt() == 1) {
                        pass(gate);
                    }
                    if (entry.path("fail").asInt() >= ctx.deliveries()) {
                        throw new HttpException(entry.path("status").asInt(), "no");
                    }
                },
                options);
    }

    /** How often Redis has counted a delivery of a pending entry; -1 if it is not pending. */
    private int deliveries(String id) {
        List<String> pending = lines("XPENDING", STREAM, GROUP, id, id, "1");
        return pending.size() < 4 ? -1 : Integer.parseInt(pending.get(3));
    }

    /** Waits until an entry was found to have the key of another one, or more was begun than what is said. */
    private void awaitWaiting(String id, String... begun) {
        eventually().until(() -> deliveries(id) == 0 || seen.size() > begun.length);
        assertThat(seen).containsExactly(begun);
    }

    private void awaitEnd() {
        eventually().untilAsserted(() -> assertThat(pending()).isEmpty());
    }

    @Test
    void one_waits_for_the_other_and_is_left_out() {
        App one = replica("one", ONE_BY_ONE);
        String first = addOnce("order-1", "{\"n\":1}");
        eventually().until(() -> seen.contains("one 1 1"));
        App two = replica("two", ONE_BY_ONE);
        String second = addOnce("order-1", "{\"n\":2}");

        awaitWaiting(second, "one 1 1");
        assertThat(redis.command("GET", "cyanotype:{orders}:handled:orders:stock:order-1"))
                .isEqualTo("running " + first);
        // Others of another key, or of none, go on meanwhile.
        addOnce("order-2", "{\"n\":3}");
        add(4);
        eventually().until(() -> seen.contains("two 4 1"));
        gate.countDown();

        awaitEnd();
        assertThat(seen).containsExactly("one 1 1", "two 3 1", "two 4 1");
        eventually().untilAsserted(() -> assertThat(counter(two, "repeated")).isEqualTo(1));
        assertThat(counter(one, "repeated")).isZero();
        assertThat(redis.command("GET", "cyanotype:{orders}:handled:orders:stock:order-1"))
                .isEqualTo(first);
        assertThat(redis.command("EXISTS", DEAD)).isEqualTo("0");
    }

    @Test
    void one_takes_the_place_of_the_other_that_failed_for_good() {
        replica("one", ONE_BY_ONE);
        addOnce("order-1", "{\"n\":1,\"fail\":1,\"status\":422}");
        eventually().until(() -> seen.contains("one 1 1"));
        replica("two", ONE_BY_ONE);
        String second = addOnce("order-1", "{\"n\":2}");

        awaitWaiting(second, "one 1 1");
        gate.countDown();

        awaitEnd();
        assertThat(seen).containsExactly("one 1 1", "two 2 1");
        assertThat(redis.command("XLEN", DEAD)).isEqualTo("1");
        assertThat(redis.command("GET", "cyanotype:{orders}:handled:orders:stock:order-1"))
                .isEqualTo(second);
    }

    @Test
    void one_waits_while_the_other_is_tried_again() {
        replica("one", QUICK);
        addOnce("order-1", "{\"n\":1,\"fail\":2,\"status\":503}");
        eventually().until(() -> seen.contains("one 1 1"));
        // Reads ahead, and has no room for more.
        addJson("{\"n\":3}");
        eventually().until(() -> pending().size() == 2);
        App two = replica("two", QUICK);
        String second = addOnce("order-1", "{\"n\":2}");

        awaitWaiting(second, "one 1 1");
        gate.countDown();

        awaitEnd();
        assertThat(seen).hasSize(4).contains("one 3 1").containsSubsequence("one 1 1", "one 1 2", "one 1 3");
        assertThat(counter(two, "repeated")).isEqualTo(1);
    }

    @Test
    void one_takes_the_place_of_the_other_whose_replica_died() throws Exception {
        ChildJvm dying = child(SECOND);
        addOnce("order-1", "{\"n\":5,\"do\":\"hang\"}");
        dying.awaitLine("begin 5 1");
        // Reads ahead, and has no room for more.
        add(6);
        eventually().until(() -> pending().size() == 2);
        App other = replica("other", QUICK);
        String second = addOnce("order-1", "{\"n\":7}");

        awaitWaiting(second);
        dying.kill();
        Instant died = Instant.now();
        eventually().until(() -> seen.contains("other 5 2") || seen.contains("other 7 1"));
        assertThat(Duration.between(died, Instant.now())).isLessThan(SECOND.multipliedBy(10));

        awaitEnd();
        assertThat(seen).hasSize(2).anyMatch(begun -> begun.startsWith("other 6"));
        assertThat(counter(other, "repeated")).isEqualTo(1);
    }

    @Test
    void a_key_of_an_entry_that_nobody_has_any_more_is_free() {
        replica("one", ONE_BY_ONE);
        String first = addOnce("order-1", "{\"n\":1}");
        eventually().until(() -> seen.contains("one 1 1"));
        replica("two", ONE_BY_ONE);
        String second = addOnce("order-1", "{\"n\":2}");

        awaitWaiting(second, "one 1 1");
        redis.command("XACK", STREAM, GROUP, first);

        eventually().until(() -> seen.contains("two 2 1"));
        awaitEnd();
    }

    @Test
    void each_key_is_handled_once_by_replicas_that_fail_and_come_and_go() {
        int keys = 60;
        Map<String, Integer> handled = new ConcurrentHashMap<>();
        Set<String> inside = ConcurrentHashMap.newKeySet();
        StreamConsumer<JsonNode> consumer = (entry, ctx) -> {
            String key = entry.path("key").asString();
            if (!inside.add(key)) {
                seen.add(key + " twice at once");
            }
            try {
                int n = entry.path("n").asInt();
                if (n % 5 == 0) {
                    throw new HttpException(422, "never");
                }
                if (n % 3 == 0 && ctx.deliveries() == 1) {
                    throw new HttpException(503, "not now");
                }
                handled.merge(key, 1, Integer::sum);
            } finally {
                inside.remove(key);
            }
        };
        Consumer<ConsumerOptions.Builder> options = QUICK.andThen(several -> several.concurrency(4));
        consuming(consumer, options);
        App leaving = consuming(consumer, options);
        // Those of one key come one after the other, so that replicas have them at the same time.
        for (int n = 0; n < 6 * keys; n++) {
            String key = "key-" + n / 6;
            addOnce(key, "{\"n\":" + n + ",\"key\":\"" + key + "\"}");
            if (n == 2 * keys) {
                consuming(consumer, options);
            }
            if (n == 4 * keys) {
                leaving.stop();
            }
        }

        eventually().until(() -> handled.size() == keys);
        awaitEnd();
        assertThat(seen).isEmpty();
        assertThat(handled.values()).containsOnly(1);
    }
}
