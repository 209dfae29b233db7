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
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Replicas that die, entries that kill, and a Redis that forgets. */
class StreamFaultsIT extends StreamApps {

    private static final Duration SECOND = Duration.ofSeconds(1);

    @Test
    void fault_10_what_a_replica_was_at_when_it_died_is_done_by_another() throws Exception {
        ChildJvm dying = child(SECOND);
        addJson("{\"n\":1,\"do\":\"halt\"}");
        assertThat(dying.awaitExit()).isEqualTo(1);
        assertThat(dying.output()).contains("begin 1 1").doesNotContain("end 1 1");
        Instant died = Instant.now();

        consuming((entry, ctx) -> seen.add(entry.path("n") + " " + ctx.deliveries()), QUICK);

        eventually().until(() -> !seen.isEmpty());
        assertThat(Duration.between(died, Instant.now())).isLessThan(Duration.ofSeconds(5));
        assertThat(seen).containsExactly("1 2");
        eventually().untilAsserted(() -> assertThat(pending()).isEmpty());
    }

    @Test
    void fault_13_an_entry_without_a_key_is_handled_again_after_a_death_between_effect_and_ack() throws Exception {
        ChildJvm dying = child(SECOND);
        addJson("{\"n\":1,\"do\":\"hang\"}");
        // Its effect, after which it never comes to acknowledge the entry.
        dying.awaitLine("begin 1 1");
        App other = consuming((entry, ctx) -> seen.add(entry.path("n") + " " + ctx.deliveries()), QUICK);
        dying.kill();

        eventually().until(() -> !seen.isEmpty());
        eventually().untilAsserted(() -> assertThat(pending()).isEmpty());
        assertThat(seen).containsExactly("1 2");
        assertThat(counter(other, "takenOver")).isEqualTo(1);
    }

    @Test
    void fault_13_an_entry_with_a_key_is_left_out_after_the_death_of_who_handled_that_key() throws Exception {
        ChildJvm dying = child(SECOND);
        addOnce("order-1", "{\"n\":1}");
        dying.awaitLine("end 1 1");
        eventually().until(() -> pending().isEmpty());
        addJson("{\"n\":2,\"do\":\"hang\"}");
        dying.awaitLine("begin 2 1");
        // The attempt to append it once more.
        addOnce("order-1", "{\"n\":1}");
        App other = consuming((entry, ctx) -> seen.add(entry.path("n") + " " + ctx.deliveries()), QUICK);
        dying.kill();

        eventually().until(() -> pending().isEmpty() && !seen.isEmpty());
        assertThat(seen).containsExactly("2 2");
        assertThat(counter(other, "repeated")).isEqualTo(1);
    }

    @Test
    void fault_13_an_entry_with_a_key_is_handled_again_after_a_death_before_that_was_noted() throws Exception {
        ChildJvm dying = child(SECOND);
        addOnce("order-1", "{\"n\":1,\"do\":\"hang\"}");
        dying.awaitLine("begin 1 1");
        consuming((entry, ctx) -> seen.add(entry.path("n") + " " + ctx.deliveries()), QUICK);
        dying.kill();

        eventually().until(() -> !seen.isEmpty());
        eventually().untilAsserted(() -> assertThat(pending()).isEmpty());
        addOnce("order-1", "{\"n\":1}");
        add(2);
        eventually().until(() -> seen.contains("2 1"));
        assertThat(seen).containsExactly("1 2", "2 1");
    }

    @Test
    void fault_14_a_poison_entry_becomes_a_dead_letter_and_the_group_goes_on() {
        consuming(
                (entry, ctx) -> {
                    seen.add(entry.path("n") + " " + ctx.deliveries());
                    if (entry.path("n").asInt() == 2) {
                        throw new IllegalStateException("poison");
                    }
                },
                QUICK.andThen(options -> options.maxDeliveries(3)));
        add(1);
        String poison = add(2);
        add(3);

        eventually().until(() -> redis.command("XLEN", DEAD).equals("1"));
        eventually().untilAsserted(() -> assertThat(pending()).isEmpty());
        assertThat(seen).containsExactlyInAnyOrder("1 1", "2 1", "2 2", "2 3", "3 1");
        List<String> letter = lines("XRANGE", DEAD, "-", "+");
        assertThat(letter.get(2))
                .matches("\\{\"stream\":\"orders\",\"group\":\"stock\",\"id\":\"" + poison
                        + "\",\"deliveries\":3,\"reason\":\"Internal Server Error \\(correlation id [0-9a-f]+\\)\","
                        + "\"entry\":\\{\"n\":2}}");
        assertThat(letter.subList(5, 13))
                .containsExactly("stream", "orders", "group", "stock", "id", poison, "deliveries", "3");
        assertThat(letter.get(13)).isEqualTo("failed_at");
        assertThat(Instant.parse(letter.get(14))).isBetween(Instant.now().minusSeconds(20), Instant.now());
        if (redis.isAtLeast(7, 0)) {
            assertThat(group("lag")).isEqualTo("0");
        }
        add(4);
        eventually().until(() -> seen.contains("4 1"));
    }

    @Test
    void fault_14_an_entry_that_kills_whoever_runs_it_becomes_a_dead_letter_without_another_run() throws Exception {
        String poison = addJson("{\"n\":1,\"do\":\"halt\"}");
        add(2);
        for (int n = 1; n <= 3; n++) {
            ChildJvm dying = child(SECOND);
            assertThat(dying.awaitExit()).isEqualTo(1);
            assertThat(dying.output()).contains("begin 1 " + n);
        }

        consuming(
                (entry, ctx) -> seen.add(entry.path("n") + " " + ctx.deliveries()),
                QUICK.andThen(options -> options.maxDeliveries(3)));

        eventually().until(() -> redis.command("XLEN", DEAD).equals("1"));
        eventually().untilAsserted(() -> assertThat(seen).containsExactly("2 2"));
        eventually().untilAsserted(() -> assertThat(pending()).isEmpty());
        assertThat(lines("XRANGE", DEAD, "-", "+").get(2))
                .isEqualTo("{\"stream\":\"orders\",\"group\":\"stock\",\"id\":\"" + poison
                        + "\",\"deliveries\":3,\"reason\":\"the entry was begun, and whoever ran it ended before it did\","
                        + "\"entry\":{\"n\":1,\"do\":\"halt\"}}");
    }

    @Test
    void fault_15_a_group_that_vanished_is_made_again_and_goes_on() {
        try (CapturedLog log = new CapturedLog()) {
            App app = noting(QUICK);
            add(1);
            eventually().until(() -> seen.contains("1"));

            redis.command("FLUSHALL");
            add(2);
            eventually().until(() -> seen.contains("2"));
            redis.command("DEL", STREAM);
            add(3);
            eventually().until(() -> seen.contains("3"));
            redis.command("XTRIM", STREAM, "MAXLEN", "0");
            redis.command("XGROUP", "DESTROY", STREAM, GROUP);
            add(4);
            eventually().until(() -> seen.contains("4"));

            assertThat(seen).containsExactly("1", "2", "3", "4");
            assertThat(log.lines("WARN"))
                    .hasSize(3)
                    .containsOnly("WARN stream orders/stock: the group had vanished from redis and was made again");
            assertThat(app.status().isReady()).isTrue();
            assertThat(counter(app, "handled")).isEqualTo(4);
        }
    }

    @Test
    void fault_15_a_group_that_vanishes_all_the_time_makes_no_hot_loop() {
        try (CapturedLog log = new CapturedLog()) {
            noting(QUICK);
            add(1);
            eventually().until(() -> seen.contains("1"));
            long before = calls("xreadgroup");
            Instant begun = Instant.now();
            while (Duration.between(begun, Instant.now()).compareTo(Duration.ofSeconds(3)) < 0) {
                redis.command("DEL", STREAM);
            }
            assertThat(calls("xreadgroup") - before).isLessThan(40);
            assertThat(log.lines("WARN")).hasSizeLessThan(6);

            add(2);
            eventually().until(() -> seen.contains("2"));
        }
    }

    @Test
    void fault_15_entries_that_were_running_when_redis_forgot_them_end_in_peace() throws Exception {
        var gate = gate();
        App app = consuming(
                (entry, ctx) -> {
                    if (entry.path("n").asInt() == 1) {
                        seen.add("begun");
                        pass(gate);
                    }
                    seen.add(entry.path("n").asString());
                },
                QUICK);
        IntStream.rangeClosed(1, 3).forEach(this::add);
        eventually().until(() -> seen.contains("begun"));
        redis.command("FLUSHALL");
        gate.countDown();
        add(9);

        eventually().until(() -> seen.contains("9"));
        eventually().until(() -> counter(app, "held") == 0);
        assertThat(seen).startsWith("begun", "1").endsWith("9");
        assertThat(app.status().isReady()).isTrue();
        assertThat(pending()).isEmpty();
    }

    @Test
    void fault_10_what_a_dead_replica_had_only_read_is_no_dead_letter() throws Exception {
        ChildJvm dying = child(SECOND);
        // So that it reads ahead.
        IntStream.rangeClosed(1, 200).forEach(this::add);
        dying.awaitLine("end 200");
        addJson("{\"n\":1000,\"do\":\"hang\"}");
        dying.awaitLine("begin 1000");
        IntStream.rangeClosed(1001, 1005).forEach(this::add);
        eventually().until(() -> pending().size() > 1);
        dying.kill();

        consuming(
                (entry, ctx) -> seen.add(entry.path("n") + " " + ctx.deliveries()),
                QUICK.andThen(options -> options.maxDeliveries(2)));

        eventually().until(() -> seen.size() == 6);
        // What was read counts as delivered: nobody knows whether it was run.
        assertThat(seen)
                .contains("1000 2", "1001 2")
                .allMatch(line -> line.matches("100[0-5] [12]"))
                .doesNotHaveDuplicates();
        eventually().untilAsserted(() -> assertThat(pending()).isEmpty());
        assertThat(redis.command("EXISTS", DEAD)).isEqualTo("0");
    }
}
