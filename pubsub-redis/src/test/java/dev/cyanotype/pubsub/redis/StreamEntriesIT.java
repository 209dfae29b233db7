/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.pubsub.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cyanotype.App;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Entries that others than this library have added, changed or removed, and how long entries stay. */
class StreamEntriesIT extends StreamApps {

    private final CountDownLatch gate = gate();

    /** The fields of the only dead letter. */
    private List<String> letter() {
        eventually().until(() -> redis.command("XLEN", DEAD).equals("1"));
        eventually().untilAsserted(() -> assertThat(pending()).isEmpty());
        List<String> letter = lines("XRANGE", DEAD, "-", "+");
        return letter.subList(1, letter.size());
    }

    @Test
    void fault_06_an_entry_without_data_is_a_dead_letter_with_all_of_its_fields() {
        noting(QUICK);
        String id = redis.command("XADD", STREAM, "*", "name", "ann", "age", "7");
        add(2);

        assertThat(letter())
                .startsWith(
                        "data",
                        "{\"stream\":\"orders\",\"group\":\"stock\",\"id\":\"" + id
                                + "\",\"deliveries\":1,\"reason\":\"the entry has no field 'data'\",\"entry\":null}",
                        "reason",
                        "the entry has no field 'data'")
                .endsWith("raw:name", "ann", "raw:age", "7");
        eventually().until(() -> seen.contains("2"));
    }

    @Test
    void fault_06_an_entry_that_is_no_json_object_is_a_dead_letter_as_it_is() {
        noting(QUICK);
        redis.command("XADD", STREAM, "*", "data", "[1, 2", "key", "k");

        assertThat(letter()).endsWith("raw:data", "[1, 2", "raw:key", "k");
        assertThat(seen).isEmpty();
    }

    @Test
    void keys_of_any_bytes_are_told_apart() {
        noting(QUICK);
        // Neither is text.
        addOnce("\\xff", 1);
        addOnce("\\xfe", 2);
        addOnce("\\xff", 3);
        addOnce("é", 4);
        add(5);

        eventually().until(() -> seen.contains("5"));
        assertThat(seen).containsExactly("1", "2", "4", "5");
    }

    /** Redis reads a key with escapes, as no argument can hold other bytes than those of texts. */
    private void addOnce(String key, int n) {
        String script = "return redis.call('XADD', KEYS[1], '*', 'data', ARGV[1], 'key', '%s')".formatted(key);
        redis.command(
                "EVAL", script.replace("\\xff", "\\255").replace("\\xfe", "\\254"), "1", STREAM, "{\"n\":" + n + "}");
    }

    @Test
    void an_empty_key_is_none() {
        noting(QUICK);
        addOnce("", "{\"n\":1}");
        addOnce("", "{\"n\":2}");

        eventually().until(() -> seen.contains("2"));
        assertThat(seen).containsExactly("1", "2");
    }

    @Test
    void a_handled_key_is_kept_for_a_day() {
        noting(QUICK);
        addOnce("order-1", "{\"n\":1}");
        eventually().until(() -> seen.contains("1"));
        String note = "cyanotype:{orders}:handled:orders:stock:order-1";

        eventually().until(() -> redis.command("EXISTS", note).equals("1"));
        assertThat(Long.parseLong(redis.command("TTL", note))).isBetween(86_300L, 86_400L);
    }

    @Test
    void an_entry_that_was_deleted_while_it_rested_is_let_go() {
        try (CapturedLog log = new CapturedLog()) {
            App app = consuming(
                    (entry, ctx) -> {
                        seen.add(entry.path("n") + " " + ctx.deliveries());
                        if (entry.path("n").asInt() == 1) {
                            pass(gate);
                            throw new IllegalStateException("not now");
                        }
                    },
                    QUICK);
            String id = add(1);
            eventually().until(() -> seen.contains("1 1"));
            redis.command("XDEL", STREAM, id);
            gate.countDown();
            add(2);

            eventually().until(() -> seen.contains("2 1") && counter(app, "held") == 0);
            eventually().untilAsserted(() -> assertThat(pending()).isEmpty());
            assertThat(seen).containsExactly("1 1", "2 1");
            // It is logged after Redis and the app have let it go.
            eventually()
                    .untilAsserted(() -> assertThat(log.lines("WARN stream orders/stock"))
                            .containsExactly(
                                    "WARN stream orders/stock: entry " + id + " was deleted before it was handled"));
        }
    }

    @Test
    void an_entry_that_was_deleted_before_it_is_taken_over_is_let_go() {
        redis.command("XGROUP", "CREATE", STREAM, GROUP, "0", "MKSTREAM");
        String id = add(1);
        redis.command("XREADGROUP", "GROUP", GROUP, "dead", "STREAMS", STREAM, ">");
        redis.command("XDEL", STREAM, id);
        try (CapturedLog log = new CapturedLog()) {
            noting(QUICK);

            eventually().untilAsserted(() -> assertThat(pending()).isEmpty());
            eventually().until(() -> !log.lines("WARN stream").isEmpty());
            assertThat(log.lines("WARN stream"))
                    .singleElement()
                    .isIn(
                            "WARN stream orders/stock: entries [" + id + "] were deleted before they were handled",
                            // Of Redis 6.2.
                            "WARN stream orders/stock: entry " + id + " was deleted before it was handled");
        }
    }

    @Test
    void what_a_dead_consumer_has_left_is_taken_over_in_one_go() {
        redis.command("XGROUP", "CREATE", STREAM, GROUP, "0", "MKSTREAM");
        redis.command("EVAL", """
                for n = 1, 1500 do
                  redis.call('XADD', KEYS[1], '*', 'data', '{"n":' .. n .. '}')
                end
                """, "1", STREAM);
        redis.command("XREADGROUP", "GROUP", GROUP, "dead", "STREAMS", STREAM, ">");
        Queue<String> handled = new ConcurrentLinkedQueue<>();
        App app = consuming(
                (entry, ctx) -> handled.add(entry.path("n") + " " + ctx.deliveries()),
                options -> options.reclaimAfter(Duration.ofSeconds(3)));

        eventually().until(() -> !handled.isEmpty());
        Instant begun = Instant.now();
        eventually().until(() -> handled.size() == 1_500);
        // A look in each second would not do.
        assertThat(Duration.between(begun, Instant.now())).isLessThan(Duration.ofSeconds(7));
        assertThat(handled)
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.rangeClosed(1, 1_500).mapToObj(n -> n + " 2").toList());
        eventually().untilAsserted(() -> assertThat(pending()).isEmpty());
        assertThat(counter(app, "takenOver")).isEqualTo(1_500);
    }

    private App consumingOld(String group, int stopAt) {
        return start(App.named("shop")
                .discovery(false)
                .transport(RedisPubSub.with(RedisOptions.builder()
                        .url(redis.url())
                        .entryLife(Duration.ofSeconds(1))
                        .build()))
                .consume(STREAM, group, JsonNode.class, (entry, ctx) -> {
                    int n = entry.path("n").asInt();
                    if (n == stopAt) {
                        seen.add(group + " stops");
                        pass(gate);
                    }
                    if (n == 1_000) {
                        seen.add(group + " is at the end");
                    }
                }));
    }

    private int length() {
        return Integer.parseInt(redis.command("XLEN", STREAM));
    }

    @Test
    void entries_that_are_old_and_handled_by_all_groups_are_removed() {
        IntStream.rangeClosed(1, 1_000).forEach(this::add);
        consumingOld("quick", 0);
        consumingOld("slow", 501);
        eventually().until(() -> seen.contains("quick is at the end") && seen.contains("slow stops"));

        // Whole blocks of about a hundred.
        eventually().until(() -> length() < 700);
        assertThat(length()).isBetween(500, 699);
        gate.countDown();
        eventually().until(() -> seen.contains("slow is at the end"));
        eventually().until(() -> length() < 200);
    }
}
