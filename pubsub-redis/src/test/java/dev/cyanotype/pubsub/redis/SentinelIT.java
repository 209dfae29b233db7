/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.pubsub.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.cyanotype.message.MessagingException;
import dev.cyanotype.spi.TransportException;
import dev.cyanotype.testkit.TestRedis;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.RedisSentinelClient;

/** A master that sentinels name, and the next one. */
class SentinelIT {

    private static TestSentinels sentinels;

    @BeforeAll
    static void startSentinels() {
        sentinels = TestSentinels.start(
                List.of("--requirepass", "node-pass", "--masterauth", "node-pass"),
                List.of(
                        "sentinel auth-pass " + TestSentinels.MASTER + " node-pass",
                        "requirepass sentinel-pass",
                        "sentinel sentinel-pass sentinel-pass"),
                DefaultJedisClientConfig.builder().password("sentinel-pass").build());
    }

    @AfterAll
    static void stopSentinels() {
        sentinels.close();
    }

    private static RedisOptions.Builder options(String url) {
        return RedisOptions.builder().url(url).sentinel(null, "sentinel-pass");
    }

    private static void awaitMaster(TestRedis node) {
        await().atMost(Shop.LONG)
                .untilAsserted(() -> assertThat(sentinels.masterPorts()).containsOnly(node.port()));
    }

    private static void awaitSubscribers(TestRedis node, String channel, int number) {
        await().atMost(Shop.LONG)
                .untilAsserted(() ->
                        assertThat(node.command("PUBSUB", "NUMSUB", channel)).isEqualTo(channel + "\n" + number));
    }

    @Test
    void everything_goes_through_the_master_and_through_the_next_one_when_it_is_demoted_or_dies() {
        TestRedis first = sentinels.first();
        TestRedis second = sentinels.second();
        try (Shop shop = Shop.start(options(sentinels.url(":node-pass@")).build())) {
            shop.works(1);
            RedisAccess.client(shop.app()).set("key", "value");
            assertThat(RedisAccess.client(shop.app())).isExactlyInstanceOf(RedisSentinelClient.class);
            assertThat(first.command("GET", "key")).isEqualTo("value");

            sentinels.failover();
            awaitMaster(second);
            awaitSubscribers(first, shop.channel(), 0);
            awaitSubscribers(second, shop.channel(), 1);
            shop.worksAgain(100);
            shop.works(1_000);
            await().atMost(Shop.LONG)
                    .until(() -> first.command("INFO", "replication").contains("master_link_status:up"));

            // Just after a fail-over, sentinels do not begin another one.
            second.kill();
            awaitMaster(first);
            awaitSubscribers(first, shop.channel(), 1);
            shop.worksAgain(2_000);
            shop.works(3_000);
            await().atMost(Shop.LONG)
                    .ignoreExceptions()
                    .untilAsserted(() -> RedisAccess.client(shop.app()).set("key", "new value"));
            assertThat(first.command("GET", "key")).isEqualTo("new value");
        }
    }

    @Test
    void a_sentinel_that_is_gone_is_passed_over() {
        String url = sentinels.url(":node-pass@127.0.0.1:" + RedisChild.freePort() + ",");
        try (Shop shop = Shop.start(options(url).build())) {
            shop.works(1);
        }
    }

    @Test
    void a_master_that_is_not_watched_fails_the_start() {
        Shop other = Shop.of(options(sentinels.url(":node-pass@").replace(TestSentinels.MASTER, "other"))
                .startTimeout(Duration.ofMillis(300))
                .build());

        assertThatThrownBy(() -> other.app().start())
                .isInstanceOf(TransportException.class)
                .rootCause()
                .hasMessage("Can connect to sentinel, but other seems to be not monitored.");
    }

    @Test
    void a_start_without_sentinels_fails_with_their_addresses() {
        int port = RedisChild.freePort();
        Shop shop = Shop.of(RedisOptions.builder()
                .url("redis-sentinel://:secret@127.0.0.1:" + port + "#m")
                .startTimeout(Duration.ofMillis(300))
                .build());

        assertThatThrownBy(() -> shop.app().start())
                .isInstanceOf(TransportException.class)
                .cause()
                .isInstanceOfSatisfying(
                        MessagingException.class,
                        e -> assertThat(e.reason()).isEqualTo(MessagingException.Reason.UNREACHABLE))
                .hasMessage("redis at 'm' of the sentinels 127.0.0.1:" + port
                        + " can't be used: All sentinels down, cannot determine where m is running.");
    }
}
