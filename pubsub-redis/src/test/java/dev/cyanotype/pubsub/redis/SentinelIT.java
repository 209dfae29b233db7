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
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.RedisSentinelClient;

/** A master that sentinels name, and the next one. */
class SentinelIT {

    @Test
    void everything_goes_through_the_master_and_through_the_next_one_when_it_dies() {
        try (TestSentinels sentinels = TestSentinels.start();
                Shop shop = Shop.start(sentinels.url(""))) {
            shop.works(1);
            RedisAccess.client(shop.app()).set("key", "value");
            assertThat(RedisAccess.client(shop.app())).isExactlyInstanceOf(RedisSentinelClient.class);
            assertThat(sentinels.master().command("GET", "key")).isEqualTo("value");

            sentinels.master().kill();

            await().atMost(Shop.LONG)
                    .untilAsserted(() -> assertThat(sentinels.masterPorts())
                            .containsOnly(sentinels.replica().port()));
            shop.worksAgain(100);
            shop.works(1_000);
            await().atMost(Shop.LONG)
                    .ignoreExceptions()
                    .untilAsserted(() -> RedisAccess.client(shop.app()).set("key", "new value"));
            assertThat(sentinels.replica().command("GET", "key")).isEqualTo("new value");
            assertThat(sentinels.replica().command("PUBSUB", "NUMSUB", shop.channel()))
                    .isEqualTo(shop.channel() + "\n1");
        }
    }

    @Test
    void a_master_that_is_demoted_while_it_lives_is_left() {
        try (TestSentinels sentinels = TestSentinels.start();
                Shop shop = Shop.start(sentinels.url(""))) {
            shop.works(1);

            sentinels.failover();

            await().atMost(Shop.LONG)
                    .untilAsserted(() -> assertThat(sentinels.masterPorts())
                            .containsOnly(sentinels.replica().port()));
            shop.worksAgain(100);
            shop.works(1_000);
            await().atMost(Shop.LONG).untilAsserted(() -> {
                assertThat(sentinels.master().command("PUBSUB", "NUMSUB", shop.channel()))
                        .isEqualTo(shop.channel() + "\n0");
                assertThat(sentinels.replica().command("PUBSUB", "NUMSUB", shop.channel()))
                        .isEqualTo(shop.channel() + "\n1");
            });
        }
    }

    @Test
    void a_sentinel_that_is_gone_is_passed_over_and_a_master_that_is_not_watched_is_not_found() {
        try (TestSentinels sentinels = TestSentinels.start()) {
            sentinels.killSentinel(0);

            try (Shop shop = Shop.start(sentinels.url(""))) {
                shop.works(1);
            }
            Shop other = Shop.of(RedisOptions.builder()
                    .url(sentinels.url("").replace(TestSentinels.MASTER, "other"))
                    .startTimeout(Duration.ofMillis(300))
                    .build());
            assertThatThrownBy(() -> other.app().start())
                    .isInstanceOf(TransportException.class)
                    .rootCause()
                    .hasMessage("Can connect to sentinel, but other seems to be not monitored.");
        }
    }

    @Test
    void sentinels_and_nodes_have_passwords_of_their_own() {
        String settings = "sentinel auth-pass " + TestSentinels.MASTER + " node-pass";
        try (TestSentinels sentinels = TestSentinels.start(
                        List.of("--requirepass", "node-pass", "--masterauth", "node-pass"),
                        List.of(settings, "requirepass sentinel-pass", "sentinel sentinel-pass sentinel-pass"),
                        DefaultJedisClientConfig.builder()
                                .password("sentinel-pass")
                                .build());
                Shop shop = Shop.start(RedisOptions.builder()
                        .url(sentinels.url(":node-pass@"))
                        .sentinel(null, "sentinel-pass")
                        .build())) {
            shop.works(1);

            sentinels.master().kill();

            await().atMost(Shop.LONG)
                    .untilAsserted(() -> assertThat(sentinels.masterPorts())
                            .containsOnly(sentinels.replica().port()));
            shop.worksAgain(100);
        }
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
