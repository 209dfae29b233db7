/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.pubsub.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cyanotype.App;
import dev.cyanotype.message.CallTimeoutException;
import dev.cyanotype.message.Caller;
import dev.cyanotype.message.NoResponderException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Several replicas, in processes of their own, which are frozen, killed and stopped. */
class ReplicaFaultsIT extends FaultApps {

    private static final Duration LIFE = Duration.ofMillis(1_000);

    private static Map<String, Object> slow(String id, long millis) {
        return Map.of("id", id, "millis", millis);
    }

    @Test
    void fault_10_a_call_whose_replica_dies_ends_with_its_time() throws Exception {
        ChildJvm only = replica("only");
        Caller caller = caller().timeout(Duration.ofSeconds(2));

        Instant before = Instant.now();
        CompletableFuture<JsonNode> call = caller.callAsync("slow", slow("a", 60_000));
        only.awaitLine("slow a");
        only.kill();

        assertThat(call)
                .failsWithin(Duration.ofSeconds(10))
                .withThrowableThat()
                .havingCause()
                .isInstanceOf(CallTimeoutException.class)
                .withMessage("call of 'slow' at 'svc': no reply within 2000 ms");
        assertThat(Duration.between(before, Instant.now())).isBetween(Duration.ofSeconds(2), Duration.ofSeconds(4));
        assertThatThrownBy(() -> caller.call("slow", slow("b", 0))).isInstanceOf(NoResponderException.class);
    }

    @Test
    void fault_11_of_three_replicas_one_runs_a_request_and_all_run_what_is_for_all() throws Exception {
        for (int i = 0; i < 3; i++) {
            beginReplica("replica-" + i, Duration.ofSeconds(10));
        }
        Caller caller = caller();
        eventually().until(() -> subscribers("svc") == 3);

        List<CompletableFuture<JsonNode>> replies = new ArrayList<>();
        for (int n = 0; n < 1_000; n++) {
            replies.add(caller.callAsync("double", Map.of("id", "one-" + n, "n", n)));
        }
        Set<String> by = new HashSet<>();
        for (int n = 0; n < 1_000; n++) {
            JsonNode reply = replies.get(n).get(20, TimeUnit.SECONDS);
            assertThat(reply.path("double").asInt()).isEqualTo(2 * n);
            by.add(reply.path("by").asString());
        }
        for (int n = 0; n < 100; n++) {
            caller.call("all", Map.of("id", "all-" + n));
        }

        eventually().untilAsserted(() -> {
            Map<String, String> runs = runs();
            assertThat(runs).hasSize(1_100);
            runs.forEach((id, times) -> assertThat(times).as(id).isEqualTo(id.startsWith("one-") ? "1" : "3"));
        });
        assertThat(by).as("the work is shared").hasSizeGreaterThan(1);
    }

    private static String request(String id) {
        return "{\"action\":\"double\",\"payload\":{\"id\":\"" + id
                + "\",\"n\":4},\"reply_to\":\"caller:1\",\"request_id\":\"" + id.repeat(16) + "\"}";
    }

    @Test
    void fault_11_a_replica_that_was_frozen_does_not_run_what_another_one_has_run() throws Exception {
        ChildJvm frozen = beginReplica("frozen", LIFE);
        frozen.awaitLine("ready");
        frozen.signal("STOP");
        try {
            ChildJvm other = beginReplica("other", LIFE);
            other.awaitLine("ready");
            RawPeer peer = peer("caller:1");
            peer.publish("svc", request("a"));
            assertThat(peer.next().text())
                    .isEqualTo("{\"status\":\"success\",\"payload\":{\"double\":8,\"by\":\"other\"},"
                            + "\"request_id\":\"aaaaaaaaaaaaaaaa\",\"final\":true}");
            eventually()
                    .until(() -> redis.command("KEYS", "cyanotype:*:claim:*").isEmpty());

            frozen.signal("CONT");
            other.kill();
            // Once it answers again, it has read all that was before.
            eventually().until(() -> {
                String id = "probe" + System.nanoTime();
                peer.publish("svc", request(id));
                RawPeer.Heard heard = peer.next(Duration.ofMillis(200));
                return heard != null
                        && heard.text().contains(id)
                        && heard.text().contains("\"by\":\"frozen\"");
            });
            assertThat(runs("a")).isEqualTo("1");
        } finally {
            frozen.signal("CONT");
        }
    }

    @Test
    void fault_11_replicas_that_freeze_again_and_again_run_nothing_twice() throws Exception {
        List<ChildJvm> replicas = List.of(
                beginReplica("a", Duration.ofMillis(300)),
                beginReplica("b", Duration.ofMillis(300)),
                beginReplica("c", Duration.ofMillis(300)));
        replicas.forEach(replica -> replica.awaitLine("ready"));
        Caller caller = caller().timeout(Duration.ofMillis(1_500));
        List<CompletableFuture<JsonNode>> replies = new ArrayList<>();
        int n = 0;
        for (int round = 0; round < 6; round++) {
            ChildJvm frozen = replicas.get(round % 3);
            frozen.signal("STOP");
            try {
                long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(700);
                while (System.nanoTime() < until) {
                    for (int i = 0; i < 20; i++, n++) {
                        replies.add(caller.callAsync("double", Map.of("id", "f" + n, "n", n)));
                    }
                    replies.get(n - 1).handle((reply, error) -> reply).get(20, TimeUnit.SECONDS);
                }
            } finally {
                frozen.signal("CONT");
            }
        }

        int right = 0;
        for (int i = 0; i < n; i++) {
            try {
                assertThat(replies.get(i)
                                .get(20, TimeUnit.SECONDS)
                                .path("double")
                                .asInt())
                        .isEqualTo(2 * i);
                right++;
            } catch (ExecutionException e) {
                assertThat(e).hasCauseInstanceOf(CallTimeoutException.class);
            }
        }
        assertThat(right).isGreaterThan(0);
        assertThat(runs().values()).containsOnly("1").hasSizeBetween(right, n);
    }

    @Test
    void fault_12_a_replica_that_was_frozen_at_work_answers_too_late_and_nobody_takes_it() throws Exception {
        ChildJvm only = replica("only");
        App app = start(app("caller"));
        Caller caller = app.caller("svc");

        CompletableFuture<JsonNode> call =
                caller.timeout(Duration.ofMillis(700)).callAsync("slow", slow("a", 300));
        only.awaitLine("slow a");
        only.signal("STOP");
        try {
            assertThat(call)
                    .failsWithin(Duration.ofSeconds(10))
                    .withThrowableThat()
                    .havingCause()
                    .isInstanceOf(CallTimeoutException.class);
        } finally {
            only.signal("CONT");
        }

        JsonNode next = caller.timeout(Duration.ofSeconds(10)).call("double", Map.of("id", "b", "n", 21));
        assertThat(next.path("double").asInt()).isEqualTo(42);
        eventually().until(() -> counter(app, "replies.stray") == 1);
        assertThat(runs("a")).isEqualTo("1");
    }

    @Test
    void fault_16_what_a_replica_hears_after_the_callers_time_is_not_begun() throws Exception {
        ChildJvm only = replica("only");
        Caller caller = caller();
        only.signal("STOP");
        try {
            assertThatThrownBy(() -> caller.timeout(Duration.ofMillis(300)).call("slow", slow("late", 0)))
                    .isInstanceOf(CallTimeoutException.class);
        } finally {
            only.signal("CONT");
        }

        assertThat(caller.call("slow", slow("in time", 0)).asString()).isEqualTo("only");
        assertThat(only.output()).doesNotContain("slow late");
        assertThat(runs("late")).isEmpty();
    }

    /** The connections that hear channels, by their ids. */
    private List<String> hearing() {
        return redis.command("CLIENT", "LIST", "TYPE", "PUBSUB")
                .lines()
                .map(client -> client.substring(0, client.indexOf(' ')))
                .sorted()
                .toList();
    }

    @Test
    void a_replica_that_stood_still_keeps_its_connections_and_hears_what_was_said_meanwhile() throws Exception {
        ChildJvm only = replica("only");
        RawPeer peer = peer("probed");
        List<String> before = hearing();
        only.signal("STOP");
        try {
            peer.publish("probe", "{\"n\":1}");
            // For longer than Redis may be silent.
            assertThat(peer.next(Duration.ofSeconds(3))).isNull();
        } finally {
            only.signal("CONT");
        }

        assertThat(peer.next().text()).contains("\"n\":1");
        assertThat(hearing()).isEqualTo(before);
    }

    @Test
    void fault_22_what_a_replica_is_at_when_it_is_told_to_end_is_finished_and_answered() throws Exception {
        ChildJvm only = replica("only");
        App app = start(app("caller"));
        Caller caller = app.caller("svc").timeout(Duration.ofSeconds(10));

        CompletableFuture<JsonNode> call = caller.callAsync("slow", slow("a", 1_500));
        only.awaitLine("slow a");
        peer().publish("slow", "{\"n\":1,\"millis\":1500}");
        only.awaitLine("hears 1");
        only.signal("TERM");
        eventually().until(() -> subscribers("svc") == 0);

        Instant before = Instant.now();
        assertThatThrownBy(() -> caller.call("double", Map.of("id", "b", "n", 1)))
                .isInstanceOf(NoResponderException.class);
        assertThat(Duration.between(before, Instant.now())).isLessThan(Duration.ofSeconds(5));
        assertThat(call).isNotDone();
        assertThat(call.get(10, TimeUnit.SECONDS).asString()).isEqualTo("only");
        assertThat(only.awaitExit()).isZero();
        assertThat(only.output()).contains("heard 1");
        assertThat(runs("b")).isEmpty();
    }

    @Test
    void fault_22_replicas_are_replaced_one_by_one_and_no_call_fails() throws Exception {
        ChildJvm old = replica("old");
        Caller caller = caller();
        List<CompletableFuture<JsonNode>> replies = new ArrayList<>();
        for (int round = 0; round < 2; round++) {
            replica("new-" + round);
            for (int n = 0; n < 200; n++) {
                int number = replies.size();
                replies.add(caller.callAsync("double", Map.of("id", "r" + number, "n", number)));
                if (n == 50 && round == 0) {
                    old.signal("TERM");
                }
                if (n % 10 == 9) {
                    replies.get(number).get(20, TimeUnit.SECONDS);
                }
            }
        }

        assertThat(old.awaitExit()).isZero();
        for (int n = 0; n < replies.size(); n++) {
            assertThat(replies.get(n).get(20, TimeUnit.SECONDS).path("double").asInt())
                    .isEqualTo(2 * n);
            assertThat(runs("r" + n)).isEqualTo("1");
        }
    }
}
