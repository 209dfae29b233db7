/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.pubsub.redis;

import dev.cyanotype.pubsub.redis.RedisOptions.Protocol;
import dev.cyanotype.spi.TransportProvider;
import dev.cyanotype.testkit.TestRedis;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;

/** Subscriptions on Redis in each of its forms. */
class RedisSubscriptionsIT {

    private static TestRedis redis;
    private static TestCluster cluster;

    @BeforeAll
    static void startServers() {
        redis = TestRedis.start();
        cluster = TestCluster.start(false);
    }

    @AfterAll
    static void stopServers() {
        redis.close();
        cluster.close();
    }

    private static TransportProvider with(Protocol protocol) {
        return RedisPubSub.with(
                RedisOptions.builder().url(redis.url()).protocol(protocol).build());
    }

    @Nested
    class Protocol_2 extends SubscriptionsContract {
        @Override
        TransportProvider provider() {
            return with(Protocol.RESP2);
        }
    }

    @Nested
    class Protocol_3 extends SubscriptionsContract {
        @Override
        TransportProvider provider() {
            return with(Protocol.RESP3);
        }
    }

    @Nested
    class Cluster extends SubscriptionsContract {
        @Override
        TransportProvider provider() {
            return RedisPubSub.with(ClusterIT.options(cluster.url(), false));
        }
    }

    @Nested
    class Sharded_channels extends SubscriptionsContract {

        @BeforeAll
        static void assumeSharding() {
            ClusterIT.assumeSharding(cluster.master(0));
        }

        @Override
        TransportProvider provider() {
            return RedisPubSub.with(ClusterIT.options(cluster.url(), true));
        }
    }
}
