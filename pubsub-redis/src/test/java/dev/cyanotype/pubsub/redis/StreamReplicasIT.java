/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.pubsub.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cyanotype.App;
import dev.cyanotype.message.ConsumerOptions;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Replicas that share a stream while one of them is slow, frozen or stopping. */
class StreamReplicasIT extends StreamApps {

    private static final Duration SECOND = Duration.ofSeconds(1);

    /** Nothing is taken over while a test runs, unless it was given back. */
    private static final Consumer<ConsumerOptions.Builder> PATIENT =
            options -> options.reclaimAfter(LONG.multipliedBy(9));

    private final CountDownLatch gate = gate();

    /** A replica that stops at the gate with entry 1000, and says who handled what and how often it was delivered. */
    private App replica(String name, Consumer<ConsumerOptions.Builder> options) {
        return consuming(
                (entry, ctx) -> {
                    int n = entry.path("n").asInt();
                    if (n == 1000) {
                        seen.add(name + " begins 1000");
                        pass(gate);
                    }
                    if (n >= 1000) {
                        seen.add(name + " " + n + " " + ctx.deliveries());
                    }
                },
                options);
    }

    /** Makes a replica find its work quick, so that it reads ahead; stops it at the gate with five entries that wait. */
    private void stopAtTheGate(String name) {
        IntStream.rangeClosed(1, 200).forEach(this::add);
        eventually().until(() -> pending().isEmpty());
        IntStream.rangeClosed(1000, 1005).forEach(this::add);
        eventually()
                .until(() -> seen.contains(name + " begins 1000") && pending().size() == 6);
    }

    @Test
    void fault_10_a_slow_entry_is_not_taken_over_while_its_replica_lives() {
        replica("slow", options -> options.reclaimAfter(SECOND.multipliedBy(2)));
        add(1000);
        eventually().until(() -> seen.contains("slow begins 1000"));
        // It looks before the slow one itself would.
        App other = replica("other", options -> options.reclaimAfter(Duration.ofMillis(1_500)));
        Instant begun = Instant.now();
        long looks = calls("xautoclaim");

        eventually()
                .until(() -> Duration.between(begun, Instant.now()).compareTo(SECOND.multipliedBy(4)) > 0
                        && calls("xautoclaim") - looks > 10);
        assertThat(seen).containsExactly("slow begins 1000");
        gate.countDown();

        eventually().untilAsserted(() -> assertThat(pending()).isEmpty());
        assertThat(seen).containsExactly("slow begins 1000", "slow 1000 1");
        assertThat(counter(other, "takenOver")).isZero();
    }

    @Test
    void fault_10_what_a_frozen_replica_was_at_is_taken_over_and_its_late_end_hurts_nothing() throws Exception {
        ChildJvm frozen = child(SECOND);
        addJson("{\"n\":1000,\"do\":\"wait\"}");
        frozen.awaitLine("begin 1000 1");
        frozen.signal("STOP");
        gate.countDown();
        App other = replica("other", QUICK);
        eventually().until(() -> seen.contains("other 1000 2"));
        eventually().untilAsserted(() -> assertThat(pending()).isEmpty());

        frozen.signal("CONT");
        frozen.tell("go");
        frozen.awaitLine("end 1000 1");
        other.stop();
        add(1001);

        frozen.awaitLine("end 1001 1");
        eventually().untilAsserted(() -> assertThat(pending()).isEmpty());
        assertThat(seen).containsExactly("other begins 1000", "other 1000 2");
        assertThat(redis.command("EXISTS", DEAD)).isEqualTo("0");
    }

    @Test
    void fault_10_a_frozen_replica_that_fails_late_makes_no_dead_letter_of_what_another_has() throws Exception {
        ChildJvm frozen = child(SECOND);
        addJson("{\"n\":1000,\"do\":\"wait and fail\"}");
        frozen.awaitLine("begin 1000 1");
        frozen.signal("STOP");
        App other = replica("other", QUICK);
        eventually().until(() -> seen.contains("other begins 1000"));

        frozen.signal("CONT");
        frozen.tell("go");
        frozen.awaitLine("fail 1000 1");
        // What it says of this comes after what it said of the other.
        add(1001);
        frozen.awaitLine("end 1001 1");
        eventually().until(() -> pending().size() == 1);
        assertThat(redis.command("EXISTS", DEAD)).isEqualTo("0");
        gate.countDown();

        eventually().untilAsserted(() -> assertThat(pending()).isEmpty());
        assertThat(seen).containsExactly("other begins 1000", "other 1000 2");
        assertThat(counter(other, "handled")).isEqualTo(1);
        assertThat(redis.command("EXISTS", DEAD)).isEqualTo("0");
    }

    @Test
    void fault_10_a_frozen_replica_does_not_run_what_another_has_taken_over_meanwhile() throws Exception {
        ChildJvm frozen = child(SECOND.multipliedBy(3));
        // So that it reads ahead.
        IntStream.rangeClosed(1, 200).forEach(this::add);
        frozen.awaitLine("end 200");
        addJson("{\"n\":1000,\"do\":\"wait\"}");
        frozen.awaitLine("begin 1000 1");
        String second = add(1001);
        IntStream.rangeClosed(1002, 1005).forEach(this::add);
        eventually().until(() -> pending().size() == 6);
        String frozenName = consumers().get(0);
        frozen.signal("STOP");
        frozen.tell("go");
        replica("other", options -> options.reclaimAfter(SECOND.multipliedBy(3)));
        eventually().until(() -> seen.contains("other begins 1000"));
        // It takes more than it can run now.
        eventually()
                .until(() -> lines("XPENDING", STREAM, GROUP, second, second, "1")
                        .get(1)
                        .equals(otherOf(frozenName)));

        frozen.signal("CONT");
        frozen.awaitLine("end 1000 1");
        // It has left entries out, and goes on with those that are still its own, if the other has not taken them all.
        eventually()
                .until(() -> frozen.output().stream().anyMatch(line -> line.matches("end 100[2-5] 1"))
                        || lines("XPENDING", STREAM, GROUP, "-", "+", "1000", frozenName)
                                .isEmpty());
        gate.countDown();

        eventually().untilAsserted(() -> assertThat(pending()).isEmpty());
        assertThat(seen).startsWith("other begins 1000", "other 1000 2");
        // What waits behind a slow one may be taken back, and then it is a delivery of its own.
        assertThat(frozen.output()).noneMatch(line -> line.equals("begin 1001 1"));
        assertThat(seen.contains("other 1001 2")
                        || frozen.output().stream().anyMatch(line -> line.matches("end 1001 [3-9]")))
                .isTrue();
    }

    private String otherOf(String consumer) {
        return consumers().stream()
                .filter(name -> !name.equals(consumer))
                .findFirst()
                .orElse("none yet");
    }

    @Test
    void fault_10_a_late_acknowledgement_ends_the_attempts_of_others() throws Exception {
        ChildJvm frozen = child(SECOND);
        addJson("{\"n\":1000,\"do\":\"wait\"}");
        frozen.awaitLine("begin 1000 1");
        frozen.signal("STOP");
        App other = consuming(
                (entry, ctx) -> {
                    seen.add("other begins");
                    pass(gate);
                    throw new IllegalStateException("not now");
                },
                QUICK);
        eventually().until(() -> seen.contains("other begins"));

        frozen.signal("CONT");
        frozen.tell("go");
        frozen.awaitLine("end 1000 1");
        eventually().untilAsserted(() -> assertThat(pending()).isEmpty());
        gate.countDown();

        eventually().until(() -> counter(other, "failed") == 1 && counter(other, "held") == 0);
        assertThat(seen).containsExactly("other begins");
        assertThat(redis.command("EXISTS", DEAD)).isEqualTo("0");
    }

    @Test
    void a_replica_that_stops_gives_back_what_it_has_not_begun() throws Exception {
        App stopping = replica("stopping", PATIENT);
        stopAtTheGate("stopping");
        replica("other", PATIENT);
        Instant begun = Instant.now();
        CompletableFuture<Void> stopped = CompletableFuture.runAsync(() -> stopping.stop(LONG));

        eventually().until(() -> seen.size() == 6);
        assertThat(Duration.between(begun, Instant.now())).isLessThan(Duration.ofSeconds(5));
        // They do not count as delivered.
        assertThat(seen)
                .containsExactlyInAnyOrder(
                        "stopping begins 1000",
                        "other 1001 1",
                        "other 1002 1",
                        "other 1003 1",
                        "other 1004 1",
                        "other 1005 1");
        assertThat(stopped).isNotDone();
        gate.countDown();
        stopped.get(20, TimeUnit.SECONDS);

        assertThat(seen).endsWith("stopping 1000 1");
        eventually().untilAsserted(() -> assertThat(pending()).isEmpty());
        assertThat(consumers()).hasSize(1);
    }

    @Test
    void a_replica_that_stops_lets_others_try_again_what_has_failed() {
        App stopping = consuming(
                (entry, ctx) -> {
                    seen.add("stopping " + ctx.deliveries());
                    throw new IllegalStateException("not now");
                },
                PATIENT.andThen(options -> options.retries(Duration.ofSeconds(3), Duration.ofSeconds(3))));
        add(1000);
        eventually().until(() -> counter(stopping, "failed") == 1);
        Instant failed = Instant.now();
        gate.countDown();
        replica("other", PATIENT);
        stopping.stop();

        eventually().until(() -> seen.contains("other 1000 2"));
        assertThat(Duration.between(failed, Instant.now())).isBetween(Duration.ofMillis(2_500), Duration.ofSeconds(8));
        assertThat(seen).containsExactly("stopping 1", "other begins 1000", "other 1000 2");
    }

    @Test
    void entries_do_not_wait_for_ever_behind_a_slow_one() {
        replica("slow", QUICK);
        stopAtTheGate("slow");

        replica("other", QUICK);

        eventually().until(() -> seen.size() == 6);
        assertThat(seen)
                .containsExactlyInAnyOrder(
                        "slow begins 1000",
                        "other 1001 1",
                        "other 1002 1",
                        "other 1003 1",
                        "other 1004 1",
                        "other 1005 1");
        gate.countDown();
        eventually().until(() -> seen.contains("slow 1000 1"));
        eventually().untilAsserted(() -> assertThat(pending()).isEmpty());
    }

    @Test
    void replicas_share_the_work() {
        for (String name : new String[] {"a", "b", "c"}) {
            consuming(
                    (entry, ctx) -> {
                        seen.add(entry.path("n").asString());
                        seen.add(name);
                        TimeUnit.MILLISECONDS.sleep(2);
                    },
                    QUICK);
        }
        IntStream.rangeClosed(1, 300).forEach(this::add);

        eventually().until(() -> seen.size() == 600);
        assertThat(seen)
                .contains("a", "b", "c")
                .containsAll(
                        IntStream.rangeClosed(1, 300).mapToObj(String::valueOf).toList());
        eventually().untilAsserted(() -> assertThat(pending()).isEmpty());
    }
}
