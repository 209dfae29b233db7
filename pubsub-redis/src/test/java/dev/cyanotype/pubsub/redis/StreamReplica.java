/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.pubsub.redis;

import dev.cyanotype.App;
import dev.cyanotype.exchange.HttpException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import tools.jackson.databind.JsonNode;

/**
 * A replica in a JVM of its own, which writes what it does: {@code begin} and {@code end} with the number of the entry and how
 * often it was delivered. An entry may have it halt, hang, or wait until it is told to go on, and then fail; the second argument
 * is {@code reclaimAfter} in milliseconds.
 */
final class StreamReplica {

    private static final CountDownLatch GO = new CountDownLatch(1);

    private StreamReplica() {}

    public static void main(String[] args) throws Exception {
        App app = StreamApps.on(App.named("shop"), args[0])
                .consume(
                        StreamApps.STREAM,
                        StreamApps.GROUP,
                        JsonNode.class,
                        (entry, ctx) -> {
                            String what = entry.path("n") + " " + ctx.deliveries();
                            System.out.println("begin " + what);
                            switch (entry.path("do").asString("")) {
                                case "halt" -> Runtime.getRuntime().halt(1);
                                case "hang" -> Thread.sleep(Long.MAX_VALUE);
                                case "wait" -> GO.await();
                                case "wait and fail" -> {
                                    GO.await();
                                    System.out.println("fail " + what);
                                    throw new HttpException(422, "no use");
                                }
                                default -> {}
                            }
                            System.out.println("end " + what);
                        },
                        options -> options.reclaimAfter(Duration.ofMillis(Long.parseLong(args[1])))
                                .maxDeliveries(3)
                                .retries(Duration.ofMillis(20), Duration.ofMillis(40)))
                .build();
        app.start();
        System.out.println("ready");
        while (System.in.read() >= 0) {
            // Ends with whoever started it.
            GO.countDown();
        }
        Runtime.getRuntime().halt(0);
    }
}
