/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.pubsub.redis;

import static org.awaitility.Awaitility.await;

import dev.cyanotype.testkit.TestRedis;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;

/** A master, a replica and the sentinels that watch them; all of this test. */
final class TestSentinels implements AutoCloseable {

    static final String MASTER = "my-master";

    private final List<TestRedis> nodes = new ArrayList<>();
    private final List<RedisChild> sentinels = new ArrayList<>();
    private final List<HostAndPort> addresses = new ArrayList<>();
    private final DefaultJedisClientConfig config;

    private TestSentinels(DefaultJedisClientConfig config) {
        this.config = config;
    }

    /**
     * Sentinels and nodes.
     *
     * @param nodeArguments of both nodes
     * @param sentinelSettings of each sentinel
     * @param config how sentinels are asked
     */
    static TestSentinels start(
            List<String> nodeArguments, List<String> sentinelSettings, DefaultJedisClientConfig config) {
        TestSentinels all = new TestSentinels(config);
        try {
            TestRedis master = TestRedis.start(nodeArguments.toArray(String[]::new));
            all.nodes.add(master);
            List<String> arguments = new ArrayList<>(nodeArguments);
            arguments.addAll(List.of(
                    "--replicaof", master.host(), Integer.toString(master.port()), "--repl-diskless-sync-delay", "0"));
            TestRedis replica = TestRedis.start(arguments.toArray(String[]::new));
            all.nodes.add(replica);
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> replica.command("INFO", "replication").contains("master_link_status:up"));
            for (int i = 0; i < 2; i++) {
                all.watch(master, sentinelSettings);
            }
            await().atMost(Duration.ofSeconds(20)).ignoreExceptions().until(all::isWatched);
            return all;
        } catch (RuntimeException | Error e) {
            all.close();
            throw e;
        }
    }

    private void watch(TestRedis master, List<String> settings) {
        String program = master.command("INFO", "server")
                .lines()
                .filter(line -> line.startsWith("executable:"))
                .map(line -> line.substring("executable:".length()).strip())
                .findFirst()
                .orElseThrow();
        int port = RedisChild.freePort();
        Path directory = RedisChild.newDirectory();
        List<String> lines = new ArrayList<>(List.of(
                "port " + port,
                "bind 127.0.0.1",
                "dir $DIR",
                "sentinel monitor " + MASTER + " " + master.host() + " " + master.port() + " 2",
                "sentinel down-after-milliseconds " + MASTER + " 500",
                "sentinel failover-timeout " + MASTER + " 1000"));
        lines.addAll(settings);
        sentinels.add(new RedisChild(program, directory, lines, "--sentinel"));
        addresses.add(new HostAndPort("127.0.0.1", port));
    }

    /** Whether each sentinel knows the replica and the other sentinel. */
    private boolean isWatched() {
        for (HostAndPort address : addresses) {
            try (Jedis sentinel = new Jedis(address, config)) {
                if (sentinel.sentinelReplicas(MASTER).isEmpty()
                        || !"1".equals(sentinel.sentinelMaster(MASTER).get("num-other-sentinels"))) {
                    return false;
                }
            }
        }
        return true;
    }

    /** The master to begin with. */
    TestRedis first() {
        return nodes.get(0);
    }

    /** Its replica. */
    TestRedis second() {
        return nodes.get(1);
    }

    /** What each sentinel takes for the master. */
    List<Integer> masterPorts() {
        List<Integer> ports = new ArrayList<>();
        for (HostAndPort address : addresses) {
            try (Jedis sentinel = new Jedis(address, config)) {
                ports.add(Integer.parseInt(
                        sentinel.sentinelGetMasterAddrByName(MASTER).get(1)));
            }
        }
        return ports;
    }

    /** Makes the replica the master while all live. */
    void failover() {
        try (Jedis sentinel = new Jedis(addresses.get(0), config)) {
            sentinel.sentinelFailover(MASTER);
        }
    }

    /**
     * Where they are.
     *
     * @param before what comes before their addresses, such as {@code :password@}
     */
    String url(String before) {
        return "redis-sentinel://" + before
                + String.join(",", addresses.stream().map(HostAndPort::toString).toList()) + "#" + MASTER;
    }

    @Override
    public void close() {
        sentinels.forEach(RedisChild::close);
        nodes.forEach(TestRedis::close);
    }
}
