/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.pubsub.redis;

import dev.cyanotype.pubsub.redis.RedisOptions.Protocol;
import dev.cyanotype.spi.TransportProvider;
import dev.cyanotype.testkit.TestRedis;
import dev.cyanotype.testkit.contract.MessageBusContract;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;

/** What every bus does alike, where Redis is not the plain one. */
class FormsMessagingIT {

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

    @Nested
    class Protocol_2 extends MessageBusContract {

        @Override
        protected TransportProvider provider() {
            return RedisPubSub.with(RedisOptions.builder()
                    .url(redis.url())
                    .protocol(Protocol.RESP2)
                    .build());
        }
    }

    @Nested
    class Sharded_channels extends MessageBusContract {

        @BeforeAll
        static void assumeSharding() {
            ClusterIT.assumeSharding(cluster.master(0));
        }

        @Override
        protected TransportProvider provider() {
            return RedisPubSub.with(ClusterIT.options(cluster.url(), true));
        }
    }

    @Nested
    class Cluster extends MessageBusContract {

        @Override
        protected TransportProvider provider() {
            return RedisPubSub.with(ClusterIT.options(cluster.url(), false));
        }
    }
}
