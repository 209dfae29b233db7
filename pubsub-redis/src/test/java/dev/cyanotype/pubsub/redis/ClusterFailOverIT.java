/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.pubsub.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cyanotype.testkit.TestRedis;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A cluster whose masters die, and are followed by their replicas. */
class ClusterFailOverIT {

    private TestCluster cluster;

    @BeforeEach
    void startCluster() {
        cluster = TestCluster.start(true);
    }

    @AfterEach
    void stopCluster() {
        cluster.close();
    }

    private void awaitMaster(TestRedis node) {
        await().atMost(Shop.LONG)
                .until(() -> node.command("ROLE").startsWith("master")
                        && node.command("CLUSTER", "INFO").contains("cluster_state:ok"));
    }

    @Test
    void the_replica_of_a_master_that_died_takes_over() {
        boolean sharding = cluster.master(0).isAtLeast(7, 0);
        try (Shop shop = Shop.start(ClusterIT.options(cluster.url(), false));
                Shop other = Shop.start(ClusterIT.options(cluster.url(), sharding))) {
            shop.works(1);
            other.works(1);
            // The other's stream may be there, or not.
            int owner = cluster.index(shop.stream());

            cluster.master(owner).kill();

            awaitMaster(cluster.replica(owner));
            shop.worksAgain(100);
            other.worksAgain(100);
            shop.works(1_000);
            other.works(1_000);
            assertThat(cluster.replica(owner).command("TYPE", shop.stream())).isEqualTo("stream");
        }
    }

    @Test
    void a_master_may_make_way_for_its_replica_and_all_may_be_gone_for_a_while() {
        try (Shop shop = Shop.start(cluster.url())) {
            shop.works(1);
            int owner = cluster.index(shop.stream());

            cluster.replica(owner).command("CLUSTER", "FAILOVER");
            awaitMaster(cluster.replica(owner));
            shop.worksAgain(100);
            shop.works(1_000);

            cluster.nodes().forEach(TestRedis::kill);
            await().atMost(Shop.LONG).until(() -> !shop.app().status().isReady());
            cluster.nodes().forEach(TestRedis::restart);
            shop.worksAgain(2_000);
        }
    }
}
