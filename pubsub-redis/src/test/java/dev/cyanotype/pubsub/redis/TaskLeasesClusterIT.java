/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.pubsub.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cyanotype.App;
import dev.cyanotype.spi.TaskLeases;
import dev.cyanotype.testkit.TestRedis;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Tasks that replicas share in a cluster whose slots change their places. */
class TaskLeasesClusterIT extends StartedApps {

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration HOUR = Duration.ofHours(1);

    private static TestCluster cluster;

    @BeforeAll
    static void startCluster() {
        cluster = TestCluster.start(false);
    }

    @AfterAll
    static void stopCluster() {
        cluster.close();
    }

    @Test
    void a_lease_and_its_plan_move_together() {
        TaskLeases leases = start(App.named("moving")
                        .discovery(false)
                        .transport(RedisPubSub.with(ClusterIT.options(cluster.url(), false))))
                .as(TaskLeases.class);
        leases.plan("t", HOUR, HOUR);
        long token = leases.begin("t", "a", MINUTE, null).fencingToken();
        String tag = "moving:t";
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
