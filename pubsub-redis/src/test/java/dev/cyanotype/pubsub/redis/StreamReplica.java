/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.pubsub.redis;

import dev.cyanotype.App;
import java.time.Duration;
import tools.jackson.databind.JsonNode;

/**
 * A replica in a JVM of its own, which writes what it does: {@code begin} and {@code end} with the number of the entry and how
 * often it was delivered. An entry may have it halt or hang; the second argument is {@code reclaimAfter} in milliseconds.
 */
final class StreamReplica {

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
                                default -> System.out.println("end " + what);
                            }
                        },
                        options -> options.reclaimAfter(Duration.ofMillis(Long.parseLong(args[1])))
                                .maxDeliveries(3)
                                .retries(Duration.ofMillis(20), Duration.ofMillis(40)))
                .build();
        app.start();
        System.out.println("ready");
        while (System.in.read() >= 0) {
            // Ends with whoever started it.
        }
        Runtime.getRuntime().halt(0);
    }
}
