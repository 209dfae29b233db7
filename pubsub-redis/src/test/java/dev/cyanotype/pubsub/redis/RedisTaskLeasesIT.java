/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.pubsub.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cyanotype.App;
import dev.cyanotype.pubsub.redis.RedisOptions.Protocol;
import dev.cyanotype.spi.TaskLeases;
import dev.cyanotype.testkit.TestRedis;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Tasks that replicas share, on Redis in each of its forms. */
class RedisTaskLeasesIT {

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
    class Protocol_2 extends TaskLeasesContract {
        @Override
        App.Builder on(App.Builder builder) {
            return RedisTaskLeasesIT.on(builder, protocol(Protocol.RESP2));
        }
    }

    @Nested
    class Protocol_3 extends TaskLeasesContract {
        @Override
        App.Builder on(App.Builder builder) {
            return RedisTaskLeasesIT.on(builder, protocol(Protocol.RESP3));
        }
    }

    @Nested
    class Cluster extends TaskLeasesContract {
        @Override
        App.Builder on(App.Builder builder) {
            return RedisTaskLeasesIT.on(builder, ClusterIT.options(cluster.url(), false));
        }

        @Test
        void a_lease_and_its_plan_move_together() {
            String app = own("moving");
            TaskLeases leases = start(on(App.named(app))).as(TaskLeases.class);
            leases.plan("t", HOUR, HOUR);
            long token = leases.begin("t", "a", MINUTE, null).fencingToken();
            String tag = app + ":t";
            int slot = TestCluster.slot(tag);
            TestRedis from = cluster.owner(tag);
            TestRedis to = cluster.other(tag);
            assertThat(from.command("CLUSTER", "COUNTKEYSINSLOT", Integer.toString(slot)))
                    .isEqualTo("2");

            cluster.beginToMove(slot, from, to);
            try {
                assertThat(leases.renew("t", "a", MINUTE)).isTrue();
                cluster.moveKeys(slot, from, to);
                assertThat(leases.renew("t", "a", MINUTE)).isTrue();
            } finally {
                cluster.endMove(slot, from, to);
            }

            assertThat(leases.begin("t", "b", MINUTE, null).isGranted()).isFalse();
            leases.end("t", "a");
            assertThat(leases.begin("t", "b", MINUTE, null).fencingToken()).isGreaterThan(token);
            assertThat(leases.plan("t", MINUTE, HOUR)).isGreaterThan(MINUTE);
        }
    }
}
