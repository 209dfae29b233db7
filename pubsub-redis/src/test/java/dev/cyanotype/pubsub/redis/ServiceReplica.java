/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.pubsub.redis;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.cyanotype.App;
import dev.cyanotype.message.Delivery;
import dev.cyanotype.message.Overflow;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.RedisClient;
import tools.jackson.databind.JsonNode;

/**
 * A replica of a service, which notes each run of a handler on Redis. Its arguments are the URL of Redis, its own name, and how
 * many milliseconds a claim lives.
 */
final class ServiceReplica {

    static final String SERVICE = "svc";

    /** The hash that holds how often each request ran. */
    static final String RUNS = "test:runs";

    record Doubled(@JsonProperty("double") int result, String by) {}

    private ServiceReplica() {}

    public static void main(String[] args) throws Exception {
        HostAndPort node = HostAndPort.from(URI.create(args[0]).getAuthority());
        RedisClient notes = RedisClient.create(node.getHost(), node.getPort());
        AtomicLong heard = new AtomicLong();
        AtomicReference<App> self = new AtomicReference<>();
        App app = App.named(SERVICE)
                .discovery(false)
                .transport(TestBus.at(args[0]).claimLife(Duration.ofMillis(Long.parseLong(args[2]))))
                .action("double", ctx -> {
                    notes.hincrBy(RUNS, ctx.payload().path("id").asString(), 1);
                    return new Doubled(2 * ctx.payload().path("n").asInt(), args[1]);
                })
                .action(
                        "all",
                        ctx -> notes.hincrBy(RUNS, ctx.payload().path("id").asString(), 1),
                        options -> options.delivery(Delivery.ALL))
                .action("slow", ctx -> {
                    notes.hincrBy(RUNS, ctx.payload().path("id").asString(), 1);
                    System.out.println("slow " + ctx.payload().path("id").asString());
                    work(ctx.payload().path("millis").asLong());
                    return args[1];
                })
                .listen(
                        "burst",
                        JsonNode.class,
                        (message, ctx) -> heard.incrementAndGet(),
                        options -> options.capacity(1_000).overflow(Overflow.DROP_OLDEST))
                .listen("probe", JsonNode.class, (message, ctx) -> ctx.broadcast("probed", message))
                .listen("count", JsonNode.class, (message, ctx) -> {
                    long dropped = self.get().status().counters().get("redis.listener.burst.dropped");
                    ctx.broadcast("counted", Map.of("heard", heard.get(), "dropped", dropped));
                })
                .listen("slow", JsonNode.class, (message, ctx) -> {
                    System.out.println("hears " + message.path("n"));
                    work(message.path("millis").asLong());
                    System.out.println("heard " + message.path("n"));
                })
                .onStart(ctx -> System.out.println("ready"))
                .build();
        self.set(app);
        Thread end = new Thread(ServiceReplica::endWithTheTest, "end-with-the-test");
        end.setDaemon(true);
        end.start();
        app.run();
        System.out.println("stopped");
    }

    private static void work(long millis) throws InterruptedException {
        new CountDownLatch(1).await(millis, TimeUnit.MILLISECONDS);
    }

    private static void endWithTheTest() {
        try {
            while (System.in.read() >= 0) {
                // Nobody writes; the end is all there is.
            }
        } catch (IOException e) {
            // It has ended, too.
        }
        Runtime.getRuntime().halt(1);
    }

    /** Starts one, and waits until it is ready. */
    static ChildJvm start(String url, String name) throws IOException {
        ChildJvm replica = begin(url, name, 10_000);
        replica.awaitLine("ready");
        return replica;
    }

    /** Starts one, and does not wait. */
    static ChildJvm begin(String url, String name, long claimLifeMillis) throws IOException {
        return ChildJvm.start(ServiceReplica.class, List.of("-Xmx128m"), url, name, Long.toString(claimLifeMillis));
    }
}
