/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.pubsub.redis;

import dev.cyanotype.App;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import redis.clients.jedis.Jedis;
import tools.jackson.databind.JsonNode;

/**
 * A replica whose effect is in Redis: it counts in the hash {@code runs} how often each entry was run. Poison always fails, and
 * a few others fail in their first delivery.
 */
final class StreamSoakReplica {

    static final String RUNS = "runs";
    private static final int CONCURRENCY = 8;

    private StreamSoakReplica() {}

    static boolean isPoison(int n) {
        return n % 500 == 7;
    }

    private static boolean failsAtFirst(int n) {
        return n % 97 == 1;
    }

    public static void main(String[] args) throws Exception {
        BlockingQueue<Jedis> clients = new LinkedBlockingQueue<>();
        for (int i = 0; i < CONCURRENCY; i++) {
            clients.add(new Jedis(args[0]));
        }
        App app = StreamApps.on(App.named("shop"), args[0])
                .consume(
                        StreamApps.STREAM,
                        StreamApps.GROUP,
                        JsonNode.class,
                        (entry, ctx) -> {
                            int n = entry.path("n").asInt();
                            if (isPoison(n) || (failsAtFirst(n) && ctx.deliveries() == 1)) {
                                throw new IllegalStateException("not now");
                            }
                            // So that there is something to kill.
                            TimeUnit.MICROSECONDS.sleep(
                                    ThreadLocalRandom.current().nextInt(3_000));
                            Jedis client = clients.take();
                            client.hincrBy(RUNS, Integer.toString(n), 1);
                            clients.add(client);
                        },
                        options -> options.concurrency(CONCURRENCY)
                                .reclaimAfter(Duration.ofSeconds(2))
                                .retries(Duration.ofMillis(50), Duration.ofMillis(200)))
                .build();
        app.start();
        System.out.println("ready");
        while (System.in.read() >= 0) {
            // Ends with whoever started it.
        }
        Runtime.getRuntime().halt(0);
    }
}
