/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.pubsub.redis;

import dev.cyanotype.App;
import dev.cyanotype.pubsub.redis.RedisOptions.Protocol;
import dev.cyanotype.testkit.TestRedis;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;

/** Who is there, on Redis in each of its forms. */
class RedisPresenceIT {

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

    private static App.Builder on(App.Builder builder, RedisOptions options) {
        return builder.discovery(false).transport(RedisPubSub.with(options));
    }

    private static RedisOptions protocol(Protocol protocol) {
        return RedisOptions.builder().url(redis.url()).protocol(protocol).build();
    }

    @Nested
    class Protocol_2 extends PresenceContract {
        @Override
        App.Builder on(App.Builder builder) {
            return RedisPresenceIT.on(builder, protocol(Protocol.RESP2));
        }
    }

    @Nested
    class Protocol_3 extends PresenceContract {
        @Override
        App.Builder on(App.Builder builder) {
            return RedisPresenceIT.on(builder, protocol(Protocol.RESP3));
        }
    }

    @Nested
    class Cluster extends PresenceContract {
        @Override
        App.Builder on(App.Builder builder) {
            return RedisPresenceIT.on(builder, ClusterIT.options(cluster.url(), false));
        }
    }
}
