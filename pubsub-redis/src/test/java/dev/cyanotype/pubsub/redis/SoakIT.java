/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.pubsub.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cyanotype.App;
import dev.cyanotype.message.CallException;
import dev.cyanotype.message.CallTimeoutException;
import dev.cyanotype.message.Caller;
import dev.cyanotype.message.NoResponderException;
import dev.cyanotype.testkit.TestRedis;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import redis.clients.jedis.RedisClient;
import tools.jackson.databind.JsonNode;

/** Many requests, while the replicas that run them are killed and started. */
class SoakIT {

    private static final int REPLICAS = 4;
    private static final int IN_FLIGHT = 64;

    /** How many requests come before a kill. */
    private static final int BEFORE_KILL = 300;

    private static final Duration TIMEOUT = Duration.ofSeconds(3);

    /** A call may take a little longer than its time where the machine is busy. */
    private static final Duration LATE = Duration.ofSeconds(2);

    /** What became of the requests. */
    private final LongAdder right = new LongAdder();

    private final Map<String, LongAdder> failures = new ConcurrentHashMap<>();
    private final Map<Integer, String> failed = new ConcurrentHashMap<>();
    private final List<String> wrong = Collections.synchronizedList(new ArrayList<>());
    private final AtomicLong longest = new AtomicLong();
    private final Random random = new Random(4);
    private final Semaphore free = new Semaphore(IN_FLIGHT);

    private void call(Caller caller, int n) throws InterruptedException {
        free.acquire();
        long begin = System.nanoTime();
        caller.callAsync("double", Map.of("id", "r" + n, "n", n)).whenComplete((reply, error) -> {
            try {
                took(System.nanoTime() - begin);
                if (error == null) {
                    replied(n, reply);
                } else {
                    failed(n, error);
                }
            } finally {
                free.release();
            }
        });
    }

    private void took(long nanos) {
        longest.accumulateAndGet(nanos, Math::max);
    }

    private void replied(int n, JsonNode reply) {
        if (reply.path("double").asInt(-1) == 2 * n) {
            right.increment();
        } else {
            wrong.add("request " + n + ": " + reply);
        }
    }

    private void failed(int n, Throwable error) {
        String type = error.getClass().getSimpleName();
        failures.computeIfAbsent(type, name -> new LongAdder()).increment();
        failed.put(n, type);
        if (!(error instanceof CallTimeoutException || error instanceof NoResponderException)) {
            wrong.add("request " + n + ": " + error + " of " + error.getCause());
        }
        if (!(error instanceof CallException)) {
            wrong.add("request " + n + ": " + type + " is not typed");
        }
    }

    private void soak(int requests, int kills) throws Exception {
        List<ChildJvm> replicas = new ArrayList<>();
        AtomicInteger names = new AtomicInteger();
        long start = System.nanoTime();
        App app = null;
        try (TestRedis redis = TestRedis.start()) {
            try {
                for (int i = 0; i < REPLICAS; i++) {
                    replicas.add(begin(redis, names));
                }
                replicas.forEach(replica -> replica.awaitLine("ready"));
                app = App.named("caller")
                        .discovery(false)
                        .transport(TestBus.at(redis.url()))
                        .build();
                app.start();
                Caller caller = app.caller(ServiceReplica.SERVICE).timeout(TIMEOUT);
                start = System.nanoTime();
                for (int n = 0; n < requests; n++) {
                    int since = n % (requests / (kills + 1));
                    if (since == 0) {
                        // What was started at the last kill has to be there, so that three always are.
                        replicas.get(REPLICAS - 1).awaitLine("ready");
                    } else if (since == BEFORE_KILL && n > BEFORE_KILL) {
                        // By now as many requests as there may be are under way.
                        replicas.remove(random.nextInt(REPLICAS)).kill();
                        replicas.add(begin(redis, names));
                    }
                    call(caller, n);
                }
                assertThat(free.tryAcquire(IN_FLIGHT, TIMEOUT.plus(LATE).toMillis(), TimeUnit.MILLISECONDS))
                        .as("every call has ended")
                        .isTrue();
            } finally {
                if (app != null) {
                    app.stop();
                }
                replicas.forEach(ChildJvm::close);
            }
            report(requests, kills, System.nanoTime() - start, redis.version());
            check(requests, kills, runs(redis));
        }
    }

    private static ChildJvm begin(TestRedis redis, AtomicInteger names) throws Exception {
        return ServiceReplica.begin(redis.url(), "replica-" + names.incrementAndGet(), 10_000);
    }

    private static Map<String, String> runs(TestRedis redis) {
        try (RedisClient client = RedisClient.create(redis.host(), redis.port())) {
            return client.hgetAll(ServiceReplica.RUNS);
        }
    }

    private void report(int requests, int kills, long nanos, String version) {
        System.out.printf(
                "%d requests, %d kills, %d right, failed %s, longest call %d ms, %d s, %d processors, Java %s, Redis %s%n",
                requests,
                kills,
                right.sum(),
                new TreeMap<>(failures),
                TimeUnit.NANOSECONDS.toMillis(longest.get()),
                TimeUnit.NANOSECONDS.toSeconds(nanos),
                Runtime.getRuntime().availableProcessors(),
                System.getProperty("java.version"),
                version);
    }

    private void check(int requests, int kills, Map<String, String> runs) {
        assertThat(wrong).isEmpty();
        assertThat(right.sum() + failed.size()).isEqualTo(requests);
        assertThat(runs.values()).as("no request ran twice").containsOnly("1");
        for (int n = 0; n < requests; n++) {
            assertThat(failed.containsKey(n) || runs.containsKey("r" + n))
                    .as("request %s was answered without being run", n)
                    .isTrue();
        }
        assertThat(Duration.ofNanos(longest.get())).isLessThan(TIMEOUT.plus(LATE));
        // What a replica had claimed when it died is all that may be lost.
        assertThat(failed.size()).isLessThanOrEqualTo(kills * IN_FLIGHT);
    }

    @Test
    void two_thousand_requests_over_replicas_that_are_killed_run_at_most_once_and_all_end() throws Exception {
        soak(2_000, 2);
    }

    @Test
    @Tag("soak")
    @Timeout(value = 20, unit = TimeUnit.MINUTES)
    void a_hundred_thousand_requests_over_replicas_that_are_killed_run_at_most_once_and_all_end() throws Exception {
        soak(100_000, 40);
    }
}
