/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.pubsub.redis;

import dev.cyanotype.App;
import dev.cyanotype.message.ConsumerOptions;
import dev.cyanotype.message.StreamConsumer;
import dev.cyanotype.testkit.TestRedis;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import tools.jackson.databind.JsonNode;

/** Apps that consume the stream {@code orders} as the group {@code stock}, on a Redis of each test's own. */
abstract class StreamApps extends StartedApps {

    static final String STREAM = "orders";
    static final String GROUP = "stock";
    static final String DEAD = "{orders}:dead";

    /** Tries again soon, and takes over soon. */
    static final Consumer<ConsumerOptions.Builder> QUICK = options ->
            options.retries(Duration.ofMillis(20), Duration.ofMillis(40)).reclaimAfter(Duration.ofSeconds(1));

    TestRedis redis;
    private final List<ChildJvm> children = new ArrayList<>();

    @BeforeEach
    void startRedis() {
        redis = TestRedis.start();
    }

    @AfterEach
    void stopAll() {
        children.forEach(ChildJvm::close);
        redis.resume();
        stopApps();
        redis.close();
    }

    App.Builder on(App.Builder builder) {
        return on(builder, redis.url());
    }

    static App.Builder on(App.Builder builder, String url) {
        return builder.discovery(false).transport(RedisPubSub.with(RedisOptions.at(url)));
    }

    /** A replica that consumes. */
    final App consuming(StreamConsumer<JsonNode> consumer, Consumer<ConsumerOptions.Builder> options) {
        return start(on(App.named("shop")).consume(STREAM, GROUP, JsonNode.class, consumer, options));
    }

    /** A replica that notes the number of each entry it has handled. */
    final App noting(Consumer<ConsumerOptions.Builder> options) {
        return consuming((entry, ctx) -> seen.add(entry.path("n").asString()), options);
    }

    /** A replica in a JVM of its own; see {@link StreamReplica}. */
    final ChildJvm child(Duration reclaimAfter) throws Exception {
        return child(StreamReplica.class, Long.toString(reclaimAfter.toMillis()));
    }

    /** Another program, which is told the URL of Redis, and says when it is ready. */
    final ChildJvm child(Class<?> program, String... arguments) throws Exception {
        ChildJvm child = startChild(program, arguments);
        child.awaitLine("ready");
        return child;
    }

    final ChildJvm startChild(Class<?> program, String... arguments) throws Exception {
        List<String> all = new ArrayList<>(List.of(redis.url()));
        all.addAll(List.of(arguments));
        ChildJvm child = ChildJvm.start(program, List.of(), all.toArray(String[]::new));
        children.add(child);
        return child;
    }

    final String add(int n) {
        return addJson("{\"n\":" + n + "}");
    }

    final String addJson(String json) {
        return redis.command("XADD", STREAM, "*", "data", json);
    }

    final String addOnce(String key, String json) {
        return redis.command("XADD", STREAM, "*", "data", json, "key", key);
    }

    /** The identifier of each entry that is pending. */
    final List<String> pending() {
        List<String> pending = lines("XPENDING", STREAM, GROUP, "-", "+", "1000");
        // Also the consumer, the idle time and the deliveries.
        return IntStream.range(0, pending.size() / 4)
                .mapToObj(i -> pending.get(4 * i))
                .toList();
    }

    final List<String> lines(String... command) {
        String reply = redis.command(command);
        return reply.isEmpty() ? List.of() : Arrays.asList(reply.split("\n", -1));
    }

    /** A property of the group, such as {@code lag}. */
    final String group(String property) {
        List<String> info = lines("XINFO", "GROUPS", STREAM);
        return info.get(info.indexOf(property) + 1);
    }

    /** The names of the group's consumers. */
    final List<String> consumers() {
        List<String> info = lines("XINFO", "CONSUMERS", STREAM, GROUP);
        List<String> names = new ArrayList<>();
        for (int i = 0; i + 1 < info.size(); i++) {
            if (info.get(i).equals("name")) {
                names.add(info.get(i + 1));
            }
        }
        return names;
    }

    /** How often Redis has run a command. */
    final long calls(String command) {
        return lines("INFO", "commandstats").stream()
                .filter(line -> line.startsWith("cmdstat_" + command + ":"))
                .mapToLong(line -> Long.parseLong(
                        line.replaceAll("[^:]+:calls=([0-9]+),.*", "$1").strip()))
                .sum();
    }

    static long counter(App app, String name) {
        return app.status().counters().get("redis.stream." + STREAM + "/" + GROUP + "." + name);
    }
}
