/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.pubsub.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.cyanotype.message.MessagingException;
import dev.cyanotype.message.NoResponderException;
import dev.cyanotype.spi.TransportException;
import dev.cyanotype.testkit.TestRedis;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import redis.clients.jedis.RedisClusterClient;

/** A cluster whose nodes all live, while slots move. */
class ClusterIT {

    private static TestCluster cluster;

    @BeforeAll
    static void startCluster() {
        cluster = TestCluster.start(false);
    }

    @AfterAll
    static void stopCluster() {
        cluster.close();
    }

    static RedisOptions options(String url, boolean sharded) {
        return RedisOptions.builder().url(url).sharded(sharded).build();
    }

    static void assumeSharding(TestRedis node) {
        assumeTrue(node.isAtLeast(7, 0), "sharded channels need Redis 7, and this is " + node.version());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void everything_goes_through_a_cluster(boolean sharded) {
        if (sharded) {
            assumeSharding(cluster.master(0));
        }
        try (Shop shop = Shop.start(options(cluster.url(), sharded));
                Shop other = Shop.start(options(cluster.url(), sharded))) {
            for (int n = 1; n < 10; n++) {
                shop.works(n);
                other.works(n);
            }
            assertThat(shop.app()
                            .caller(other.app().name())
                            .timeout(Shop.LONG)
                            .call("echo", Map.of("n", 77))
                            .path("n")
                            .asInt())
                    .isEqualTo(77);
        }
    }

    @Test
    void sharded_channels_are_on_the_node_of_their_slot_only() {
        assumeSharding(cluster.master(0));
        try (Shop shop = Shop.start(options(cluster.url(), true))) {
            TestRedis owner = cluster.owner(shop.channel());

            assertThat(owner.command("PUBSUB", "SHARDNUMSUB", shop.channel())).isEqualTo(shop.channel() + "\n1");
            assertThat(owner.command("SPUBLISH", shop.channel(), "{\"n\":5}")).isEqualTo("1");
            for (TestRedis node : cluster.nodes()) {
                assertThat(node.command("PUBSUB", "CHANNELS")).isEmpty();
            }
        }
    }

    @Test
    void a_call_of_nobody_fails_at_once_where_channels_are_sharded() {
        assumeSharding(cluster.master(0));
        try (Shop shop = Shop.start(options(cluster.url(), true))) {
            assertThatThrownBy(() -> shop.app()
                            .caller("nobody")
                            .timeout(Duration.ofSeconds(20))
                            .call("x", Map.of()))
                    .isInstanceOf(NoResponderException.class);
        }
    }

    @Test
    void the_client_is_one_of_the_cluster() {
        try (Shop shop = Shop.start(cluster.url())) {
            for (int i = 0; i < 20; i++) {
                RedisAccess.client(shop.app()).set("key" + i, "value" + i);
            }
            assertThat(RedisAccess.client(shop.app())).isExactlyInstanceOf(RedisClusterClient.class);
            assertThat(RedisAccess.client(shop.app()).get("key7")).isEqualTo("value7");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void slots_may_move_to_other_nodes(boolean sharded) {
        if (sharded) {
            assumeSharding(cluster.master(0));
        }
        try (Shop shop = Shop.start(options(cluster.url(), sharded))) {
            shop.works(1);
            // All claims and stored replies, and the stream.
            for (String key : new String[] {shop.app().name(), shop.stream(), shop.channel()}) {
                int slot = TestCluster.slot(key);
                TestRedis from = cluster.owner(key);
                TestRedis to = cluster.other(key);
                cluster.beginToMove(slot, from, to);
                try {
                    if (!key.equals(shop.stream())) {
                        // New keys are answered by ASK now.
                        shop.works(10 + slot);
                    }
                    cluster.moveKeys(slot, from, to);
                } finally {
                    cluster.endMove(slot, from, to);
                }
                // What knows the old node is answered by MOVED.
                shop.worksAgain(100_000 + slot);
            }
            shop.works(2);
        }
    }

    @Test
    void a_key_on_its_way_is_found_where_it_is() {
        try (Shop shop = Shop.start(cluster.url())) {
            shop.works(1);
            String key = shop.stream();
            int slot = TestCluster.slot(key);
            TestRedis from = cluster.owner(key);
            TestRedis to = cluster.other(key);
            cluster.beginToMove(slot, from, to);
            cluster.moveKeys(slot, from, to);

            // The node that has the slot says ASK.
            String id = shop.self().call("add", Map.of("n", 5)).asString();
            assertThat(id).contains("-");

            cluster.endMove(slot, from, to);
            await().atMost(Shop.LONG)
                    .untilAsserted(() -> assertThat(shop.handled()).contains(5));
            shop.worksAgain(100);
        }
    }

    @Test
    void a_start_without_a_cluster_fails_with_its_addresses() {
        int port = RedisChild.freePort();
        Shop shop = Shop.of(RedisOptions.builder()
                .url("redis-cluster://:secret@127.0.0.1:" + port)
                .startTimeout(Duration.ofMillis(300))
                .build());

        assertThatThrownBy(() -> shop.app().start())
                .isInstanceOf(TransportException.class)
                .cause()
                .isInstanceOfSatisfying(
                        MessagingException.class,
                        e -> assertThat(e.reason()).isEqualTo(MessagingException.Reason.UNREACHABLE))
                .hasMessageStartingWith("redis at the cluster of 127.0.0.1:" + port
                        + " can't be used: Could not initialize cluster slots cache. (Failed to connect to ");
    }

    @Test
    void a_redis_that_is_no_cluster_fails_the_start() {
        try (TestRedis single = TestRedis.start()) {
            Shop shop = Shop.of(RedisOptions.builder()
                    .url("redis-cluster://" + single.host() + ":" + single.port())
                    .startTimeout(Duration.ofMillis(300))
                    .build());

            assertThatThrownBy(() -> shop.app().start())
                    .isInstanceOf(TransportException.class)
                    .cause()
                    .hasMessage("redis at the cluster of 127.0.0.1:" + single.port()
                            + " can't be used: Could not initialize cluster slots cache. "
                            + "(ERR This instance has cluster support disabled)");
        }
    }

    @Test
    void a_wrong_password_of_a_cluster_fails_the_start_at_once() {
        Shop shop = Shop.of(RedisOptions.at(cluster.url().replace("://", "://nobody:wrong-pass@")));

        assertThatThrownBy(() -> shop.app().start())
                .isInstanceOf(TransportException.class)
                .cause()
                .isInstanceOfSatisfying(
                        MessagingException.class,
                        e -> assertThat(e.reason()).isEqualTo(MessagingException.Reason.AUTHENTICATION))
                .hasMessageNotContaining("wrong-pass");
    }
}
