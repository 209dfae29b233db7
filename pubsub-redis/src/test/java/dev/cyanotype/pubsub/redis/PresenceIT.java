/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.pubsub.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cyanotype.App;
import dev.cyanotype.message.MessagingException;
import dev.cyanotype.spi.PresenceStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** What Redis keeps of who is there, and for how long. */
class PresenceIT extends FaultApps {

    private static final int MAX_ENTRIES = 100_000;
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final JsonNode HERE = JsonNodeFactory.instance.booleanNode(true);
    private static final String UNTIL = "cyanotype:presence:{room}:until";
    private static final String VALUE = "cyanotype:presence:{room}:value";

    private PresenceStore store() {
        return start(app("svc")).as(PresenceStore.class);
    }

    @Test
    void a_set_is_two_keys_that_last_as_long_as_its_last_member() {
        PresenceStore store = store();
        store.put("room", Map.of("ada", HERE), MINUTE);
        store.put("room", Map.of("bob", HERE), Duration.ofSeconds(5));

        assertThat(redis.command("KEYS", "*").lines()).containsExactlyInAnyOrder(UNTIL, VALUE);
        for (String key : List.of(UNTIL, VALUE)) {
            assertThat(Long.parseLong(redis.command("PTTL", key))).isBetween(50_000L, 60_000L);
        }

        store.put("room", Map.of("ada", HERE), Duration.ofMillis(100));
        store.put("room", Map.of("bob", HERE), Duration.ofMillis(100));
        eventually().untilAsserted(() -> assertThat(redis.command("KEYS", "*")).isEmpty());
        assertThat(store.entries("room")).isEmpty();
    }

    @Test
    void a_set_without_members_is_no_key() {
        PresenceStore store = store();
        store.put("room", Map.of("ada", HERE, "bob", HERE), MINUTE);

        store.remove("room", List.of("ada", "bob"));

        assertThat(redis.command("KEYS", "*")).isEmpty();
    }

    @Test
    void who_is_gone_is_removed_while_others_stay() {
        PresenceStore store = store();
        Map<String, JsonNode> many = new HashMap<>();
        IntStream.range(0, 2500).forEach(n -> many.put("gone" + n, HERE));
        store.put("room", many, Duration.ofMillis(300));

        eventually().untilAsserted(() -> {
            store.put("room", Map.of("ada", HERE), MINUTE);
            assertThat(redis.command("HLEN", VALUE)).isEqualTo("1");
            assertThat(redis.command("ZCARD", UNTIL)).isEqualTo("1");
        });
    }

    @Test
    void what_redis_has_evicted_half_is_put_anew() {
        PresenceStore store = store();
        store.put("room", Map.of("ada", HERE), MINUTE);
        redis.command("DEL", UNTIL);
        store.put("room", Map.of("bob", HERE), MINUTE);
        assertThat(redis.command("HKEYS", VALUE)).isEqualTo("bob");

        redis.command("DEL", VALUE);
        assertThat(store.entries("room")).isEmpty();
        store.put("room", Map.of("bob", HERE), MINUTE);
        assertThat(store.entries("room")).containsOnlyKeys("bob");
    }

    @Test
    void members_of_one_moment_are_seen_together() {
        PresenceStore store = store();
        String moment = Long.toString(System.currentTimeMillis() + MINUTE.toMillis());
        List<String> until = new ArrayList<>(List.of("ZADD", UNTIL));
        List<String> value = new ArrayList<>(List.of("HSET", VALUE));
        for (int n = 0; n < 1000; n++) {
            until.addAll(List.of(moment, "m" + n));
            value.addAll(List.of("m" + n, "true"));
        }
        redis.command(until.toArray(String[]::new));
        redis.command(value.toArray(String[]::new));
        redis.command("ZADD", UNTIL, moment + "0", "last");
        redis.command("HSET", VALUE, "last", "true");

        assertThat(store.entries("room"))
                .hasSize(1001)
                .containsEntry("m999", HERE)
                .containsEntry("last", HERE);
    }

    @Test
    void of_more_members_than_fit_some_are_seen() {
        PresenceStore store = store();
        Map<String, JsonNode> many = new HashMap<>();
        IntStream.range(0, MAX_ENTRIES + 300).forEach(n -> many.put("m" + n, HERE));

        store.put("room", many, MINUTE);

        assertThat(redis.command("ZCARD", UNTIL)).isEqualTo(Integer.toString(MAX_ENTRIES + 300));
        assertThat(store.entries("room")).hasSize(MAX_ENTRIES);
    }

    @Test
    void large_values_are_put_in_parts() {
        PresenceStore store = store();
        JsonNode large = JsonNodeFactory.instance.stringNode("x".repeat(200_000));
        Map<String, JsonNode> many = new HashMap<>();
        IntStream.range(0, 20).forEach(n -> many.put("m" + n, large));

        store.put("room", many, MINUTE);

        assertThat(store.entries("room")).hasSize(20).containsEntry("m19", large);
        long calls = redis.command("INFO", "commandstats")
                .lines()
                .filter(line -> line.startsWith("cmdstat_eval:calls="))
                .mapToLong(line -> Long.parseLong(line.replaceAll("cmdstat_eval:calls=(\\d+).*", "$1")))
                .sum();
        assertThat(calls).isGreaterThanOrEqualTo(20);
    }

    @Test
    void what_cannot_be_read_is_left_out() {
        PresenceStore store = store();
        store.put("room", Map.of("ada", HERE, "bob", HERE), MINUTE);
        redis.command("HSET", VALUE, "bob", "{oops");
        try (CapturedLog log = new CapturedLog()) {
            assertThat(store.entries("room")).containsOnlyKeys("ada");

            assertThat(log.lines("WARN presence in 'room': what was put for 1 members can't be read"))
                    .hasSize(1);
        }
    }

    @Test
    void a_redis_that_was_killed_forgets_and_is_told_again() {
        App app = start(app("svc"));
        PresenceStore store = app.as(PresenceStore.class);
        store.put("room", Map.of("ada", HERE), MINUTE);

        redis.kill();
        eventually().until(() -> !app.status().isReady());
        assertThatThrownBy(() -> store.put("room", Map.of("ada", HERE), MINUTE))
                .isInstanceOfSatisfying(
                        MessagingException.class,
                        e -> assertThat(e.reason()).isEqualTo(MessagingException.Reason.UNREACHABLE));
        assertThatThrownBy(() -> store.entries("room")).isInstanceOf(MessagingException.class);
        redis.restart();
        eventually().until(() -> app.status().isReady());

        assertThat(store.entries("room")).isEmpty();
        store.put("room", Map.of("ada", HERE), MINUTE);
        assertThat(store.entries("room")).containsOnlyKeys("ada");
    }

    @Test
    void an_error_of_redis_is_told() {
        PresenceStore store = store();
        redis.command("SET", UNTIL, "a text");

        assertThatThrownBy(() -> store.put("room", Map.of("ada", HERE), MINUTE))
                .isInstanceOf(MessagingException.class)
                .hasMessageStartingWith("put presence in 'room': ")
                .hasMessageContaining("WRONGTYPE");
    }

    @Test
    void a_user_with_few_rights_is_enough() {
        redis.command(
                ("ACL SETUSER least on >pass resetkeys resetchannels &svc &caller:* ~cyanotype:* -@all +@connection"
                                + " +publish +subscribe +unsubscribe +pubsub|numsub +ping +time +del +exists +eval +zadd +zrem"
                                + " +zscore +zrangebyscore +zrevrange +hset +hget +hdel +pexpireat")
                        .split(" "));
        PresenceStore store = start(app("svc", TestBus.at("redis://least:pass@" + redis.host() + ":" + redis.port())))
                .as(PresenceStore.class);

        store.put("room", Map.of("ada", HERE, "bob", HERE), MINUTE);
        store.put("room", Map.of("ada", HERE), MINUTE);
        store.remove("room", List.of("bob"));

        assertThat(store.entries("room")).containsOnlyKeys("ada");
        assertThat(redis.command("ACL", "LOG")).isEmpty();
    }

    @Test
    void an_app_without_a_broker_has_no_such_store() {
        App app = start(App.named("alone").discovery(false));

        assertThatThrownBy(() -> app.as(PresenceStore.class)).isInstanceOf(RuntimeException.class);
    }
}
