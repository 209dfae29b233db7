/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.pubsub.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cyanotype.App;
import dev.cyanotype.spi.MessageBus;
import dev.cyanotype.spi.PresenceStore;
import dev.cyanotype.testkit.TestRedis;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.DefaultJedisClientConfig;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Subscriptions and presence where servers change their places. */
class SubscriptionFormsIT {

    private static final Duration LONG = Duration.ofSeconds(30);

    private final List<String> seen = new CopyOnWriteArrayList<>();
    private final List<AutoCloseable> open = new ArrayList<>();
    private App app;

    @AfterEach
    void endAll() throws Exception {
        for (int i = open.size() - 1; i >= 0; i--) {
            open.get(i).close();
        }
    }

    private MessageBus bus(RedisOptions options) {
        BusProbe probe = new BusProbe(RedisPubSub.with(options));
        app = App.named("svc").discovery(false).transport(probe).build();
        open.add(() -> app.stop(Duration.ofSeconds(5)));
        app.start();
        return probe.bus();
    }

    private Consumer<JsonNode> as(String name) {
        return message -> seen.add(name + " " + message.path("n"));
    }

    /** Publishes until it is heard; what is published while it is not is lost. */
    private void awaitHeard(MessageBus bus, String channel, String name) {
        int[] n = {0};
        seen.clear();
        await().atMost(LONG).ignoreExceptions().untilAsserted(() -> {
            bus.publish(channel, JsonNodeFactory.instance.objectNode().put("n", ++n[0]));
            await().atMost(Duration.ofSeconds(1)).until(() -> seen.contains(name + " " + n[0]));
        });
        assertThat(seen).doesNotHaveDuplicates();
    }

    @Test
    void the_next_master_is_followed() {
        TestSentinels sentinels = TestSentinels.start(
                List.of(), List.of(), DefaultJedisClientConfig.builder().build());
        open.add(sentinels);
        MessageBus bus = bus(RedisOptions.at(sentinels.url("")));
        PresenceStore store = app.as(PresenceStore.class);
        bus.subscribe("more", as("a"));
        bus.subscribe("gone", as("never")).close();
        store.put("room", Map.of("ada", JsonNodeFactory.instance.booleanNode(true)), Duration.ofMinutes(5));
        awaitHeard(bus, "more", "a");

        sentinels.failover();
        await().atMost(LONG)
                .untilAsserted(() -> assertThat(sentinels.second().command("PUBSUB", "NUMSUB", "more", "gone"))
                        .isEqualTo("more\n1\ngone\n0"));

        awaitHeard(bus, "more", "a");
        assertThat(store.entries("room")).containsOnlyKeys("ada");
    }

    @Test
    void a_sharded_channel_is_heard_where_its_slot_is() {
        TestCluster cluster = TestCluster.start(false);
        open.add(cluster);
        ClusterIT.assumeSharding(cluster.master(0));
        MessageBus bus = bus(ClusterIT.options(cluster.url(), true));
        TestRedis from = cluster.owner("witness");
        String moved = IntStream.range(0, 10_000)
                .mapToObj(n -> "channel" + n)
                .filter(name -> cluster.owner(name) == from)
                .findFirst()
                .orElseThrow();
        TestRedis to = cluster.other(moved);
        bus.subscribe("witness", as("w"));
        int slot = TestCluster.slot(moved);

        // The app does not know of that when it subscribes, and is told by the node that had it.
        cluster.beginToMove(slot, from, to);
        cluster.endMove(slot, from, to);
        bus.subscribe(moved, as("a"));
        awaitHeard(bus, moved, "a");
        awaitHeard(bus, "witness", "w");

        cluster.beginToMove(slot, to, from);
        cluster.endMove(slot, to, from);
        awaitHeard(bus, moved, "a");
        awaitHeard(bus, "witness", "w");
        await().atMost(LONG).until(() -> app.status().isReady());
        assertThat(from.command("PUBSUB", "SHARDNUMSUB", moved)).isEqualTo(moved + "\n1");
    }

    @Test
    void a_set_whose_slot_moves_is_found_again() {
        TestCluster cluster = TestCluster.start(false);
        open.add(cluster);
        bus(ClusterIT.options(cluster.url(), false));
        PresenceStore store = app.as(PresenceStore.class);
        JsonNode here = JsonNodeFactory.instance.booleanNode(true);
        store.put("room", Map.of("ada", here), Duration.ofMinutes(5));
        TestRedis from = cluster.owner("room");
        TestRedis to = cluster.other("room");
        assertThat(from.command("EXISTS", "cyanotype:presence:{room}:until", "cyanotype:presence:{room}:value"))
                .isEqualTo("2");
        int slot = TestCluster.slot("room");

        cluster.beginToMove(slot, from, to);
        cluster.moveKeys(slot, from, to);
        cluster.endMove(slot, from, to);

        assertThat(store.entries("room")).containsOnlyKeys("ada");
        store.put("room", Map.of("bob", here), Duration.ofMinutes(5));
        assertThat(store.entries("room")).containsOnlyKeys("ada", "bob");
    }
}
