/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.pubsub.redis;

import static org.awaitility.Awaitility.await;

import dev.cyanotype.testkit.TestRedis;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import redis.clients.jedis.util.JedisClusterCRC16;

/** Three masters that share the keys, with a replica each if wanted. */
final class TestCluster implements AutoCloseable {

    private static final int MASTERS = 3;
    private static final int SLOTS = 16_384;
    private static final Duration LONG = Duration.ofSeconds(30);

    private final List<TestRedis> nodes = new ArrayList<>();
    private final Map<Integer, Integer> moved = new HashMap<>();

    private TestCluster() {}

    static TestCluster start(boolean replicas, String... arguments) {
        TestCluster cluster = new TestCluster();
        try {
            for (int i = 0; i < (replicas ? 2 : 1) * MASTERS; i++) {
                cluster.nodes.add(node(arguments));
            }
            cluster.join();
            return cluster;
        } catch (RuntimeException | Error e) {
            cluster.close();
            throw e;
        }
    }

    private static TestRedis node(String... arguments) {
        List<String> all = new ArrayList<>(List.of("--cluster-enabled", "yes", "--cluster-node-timeout", "1500"));
        all.addAll(Arrays.asList(arguments));
        for (int i = 0; ; i++) {
            try {
                return TestRedis.start(all.toArray(String[]::new));
            } catch (IllegalStateException e) {
                // Nodes talk to each other on a second port, which may be taken.
                if (i == 3) {
                    throw e;
                }
            }
        }
    }

    private void join() {
        for (int i = 0; i < nodes.size(); i++) {
            nodes.get(i).command("CLUSTER", "SET-CONFIG-EPOCH", Integer.toString(i + 1));
            if (i > 0) {
                nodes.get(i)
                        .command(
                                "CLUSTER",
                                "MEET",
                                nodes.get(0).host(),
                                Integer.toString(nodes.get(0).port()));
            }
        }
        for (int i = 0; i < MASTERS; i++) {
            List<String> add = new ArrayList<>(List.of("CLUSTER", "ADDSLOTS"));
            IntStream.range(SLOTS * i / MASTERS, SLOTS * (i + 1) / MASTERS)
                    .forEach(slot -> add.add(Integer.toString(slot)));
            nodes.get(i).command(add.toArray(String[]::new));
        }
        await().atMost(LONG).until(() -> nodes.stream().allMatch(this::knowsAll));
        for (int i = MASTERS; i < nodes.size(); i++) {
            nodes.get(i).command("CLUSTER", "REPLICATE", nodes.get(i - MASTERS).command("CLUSTER", "MYID"));
        }
        for (TestRedis replica : nodes.subList(MASTERS, nodes.size())) {
            await().atMost(LONG)
                    .until(() -> replica.command("INFO", "replication").contains("master_link_status:up"));
        }
        await().atMost(LONG)
                .until(() -> nodes.stream()
                        .allMatch(node -> node.command("CLUSTER", "NODES")
                                        .lines()
                                        .filter(line -> line.contains("slave"))
                                        .count()
                                == nodes.size() - MASTERS));
    }

    private boolean knowsAll(TestRedis node) {
        String info = node.command("CLUSTER", "INFO");
        return info.contains("cluster_state:ok") && info.contains("cluster_known_nodes:" + nodes.size());
    }

    /** All nodes, masters first. */
    List<TestRedis> nodes() {
        return List.copyOf(nodes);
    }

    TestRedis master(int index) {
        return nodes.get(index);
    }

    /** The replica of a master. */
    TestRedis replica(int index) {
        return nodes.get(MASTERS + index);
    }

    static int slot(String key) {
        return JedisClusterCRC16.getSlot(key);
    }

    /** The master that has a key, as long as none died. */
    TestRedis owner(String key) {
        return nodes.get(index(key));
    }

    /** Another master. */
    TestRedis other(String key) {
        return nodes.get((index(key) + 1) % MASTERS);
    }

    /** The number of the master that has a key. */
    int index(String key) {
        int slot = slot(key);
        return moved.getOrDefault(
                slot,
                IntStream.range(0, MASTERS)
                        .filter(i -> slot < SLOTS * (i + 1) / MASTERS)
                        .findFirst()
                        .orElseThrow());
    }

    /** Begins to move a slot; keys are still where they were. */
    void beginToMove(int slot, TestRedis from, TestRedis to) {
        to.command("CLUSTER", "SETSLOT", Integer.toString(slot), "IMPORTING", from.command("CLUSTER", "MYID"));
        from.command("CLUSTER", "SETSLOT", Integer.toString(slot), "MIGRATING", to.command("CLUSTER", "MYID"));
    }

    /** Moves the keys of a slot, which both nodes know. */
    void moveKeys(int slot, TestRedis from, TestRedis to) {
        String keys = from.command("CLUSTER", "GETKEYSINSLOT", Integer.toString(slot), "1000");
        keys.lines()
                .filter(key -> !key.isEmpty())
                .forEach(key -> from.command("MIGRATE", to.host(), Integer.toString(to.port()), key, "0", "5000"));
    }

    /** Tells all masters who has a slot now. */
    void endMove(int slot, TestRedis from, TestRedis to) {
        String id = to.command("CLUSTER", "MYID");
        to.command("CLUSTER", "SETSLOT", Integer.toString(slot), "NODE", id);
        from.command("CLUSTER", "SETSLOT", Integer.toString(slot), "NODE", id);
        moved.put(slot, nodes.indexOf(to));
    }

    /** Where some of its nodes are. */
    String url() {
        return "redis-cluster://"
                + nodes.stream()
                        .limit(2)
                        .map(node -> node.host() + ":" + node.port())
                        .collect(Collectors.joining(","));
    }

    @Override
    public void close() {
        nodes.forEach(TestRedis::close);
    }
}
