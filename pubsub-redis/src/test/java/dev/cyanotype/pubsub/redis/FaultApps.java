/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.pubsub.redis;

import static org.awaitility.Awaitility.await;

import dev.cyanotype.App;
import dev.cyanotype.message.Caller;
import dev.cyanotype.testkit.TestRedis;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A Redis of one's own for each test, apps and replicas on it, and an end of all of them. */
abstract class FaultApps {

    /** What was seen, in the order it was. */
    final List<String> seen = new CopyOnWriteArrayList<>();

    private final List<AutoCloseable> open = new ArrayList<>();

    TestRedis redis;

    @BeforeEach
    void startRedis() {
        redis = TestRedis.start();
    }

    @AfterEach
    void endAll() throws Exception {
        for (int i = open.size() - 1; i >= 0; i--) {
            open.get(i).close();
        }
        redis.close();
    }

    /** Closes something at the end of the test, before what was opened earlier. */
    final <T extends AutoCloseable> T closing(T opened) {
        open.add(opened);
        return opened;
    }

    /** An app on the Redis of the test. */
    final App.Builder app(String name) {
        return app(name, TestBus.at(redis.url()));
    }

    static App.Builder app(String name, TestBus bus) {
        return App.named(name).discovery(false).transport(bus);
    }

    final App start(App.Builder builder) {
        App app = builder.build();
        closing(() -> app.stop(Duration.ofSeconds(2)));
        app.start();
        return app;
    }

    /** Somebody who calls the service of {@link ServiceReplica}. */
    final Caller caller() {
        return start(app("caller")).caller(ServiceReplica.SERVICE).timeout(Duration.ofSeconds(10));
    }

    /** A replica of that service that is ready. */
    final ChildJvm replica(String name) throws IOException {
        ChildJvm replica = beginReplica(name, Duration.ofSeconds(10));
        replica.awaitLine("ready");
        return replica;
    }

    final ChildJvm beginReplica(String name, Duration claimLife) throws IOException {
        return closing(ServiceReplica.begin(redis.url(), name, claimLife.toMillis()));
    }

    final RawPeer peer(String... channels) throws IOException {
        return closing(RawPeer.on(redis.host(), redis.port(), channels));
    }

    /** How often a request ran; the empty text for never. */
    final String runs(String id) {
        return redis.command("HGET", ServiceReplica.RUNS, id);
    }

    /** How often each request ran. */
    final Map<String, String> runs() {
        Map<String, String> runs = new HashMap<>();
        Iterator<String> lines =
                redis.command("HGETALL", ServiceReplica.RUNS).lines().iterator();
        while (lines.hasNext()) {
            runs.put(lines.next(), lines.next());
        }
        return runs;
    }

    final long subscribers(String channel) {
        return Long.parseLong(
                redis.command("PUBSUB", "NUMSUB", channel).lines().toList().get(1));
    }

    static long counter(App app, String name) {
        return app.status().counters().get("redis." + name);
    }

    /** Closed until it is counted down, at the end of the test at the latest. */
    final CountDownLatch gate() {
        CountDownLatch gate = new CountDownLatch(1);
        closing(gate::countDown);
        return gate;
    }

    /** Waits for a gate, but not for ever. */
    static void pass(CountDownLatch gate) throws InterruptedException {
        if (!gate.await(30, TimeUnit.SECONDS)) {
            throw new IllegalStateException("the gate stayed closed");
        }
    }

    static ConditionFactory eventually() {
        return await().atMost(Duration.ofSeconds(20)).pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(5));
    }
}
