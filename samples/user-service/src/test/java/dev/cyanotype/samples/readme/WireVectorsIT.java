/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.samples.readme;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cyanotype.App;
import dev.cyanotype.exchange.NotFoundException;
import dev.cyanotype.pubsub.redis.RedisOptions;
import dev.cyanotype.pubsub.redis.RedisPubSub;
import dev.cyanotype.testkit.TestRedis;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.JedisPubSub;

/** Plays the test vectors of docs/wire.md. */
class WireVectorsIT {

    private static final Pattern BLOCK = Pattern.compile("```wire\\n(.*?)```", Pattern.DOTALL);

    /** Marks the end; what would have come before its answer is seen. */
    private static final String END = "vectors:end";

    private static TestRedis redis;
    private static App service;

    @BeforeAll
    static void start() {
        redis = TestRedis.start();
        service = App.named("svc")
                .discovery(false)
                .transport(RedisPubSub.with(RedisOptions.at(redis.url())))
                .action("echo", ctx -> ctx.payload())
                .action("find", ctx -> {
                    throw new NotFoundException("No such thing");
                })
                .action("steps", ctx -> {
                    ctx.progress(Map.of("step", 1));
                    return "done";
                })
                .build();
        service.start();
    }

    @AfterAll
    static void stop() {
        try (TestRedis closed = redis) {
            service.stop();
        }
    }

    /** A line of a block: what is published, or has to come. */
    private record Line(boolean published, String channel, String message) {

        static Line of(String text) {
            String[] parts = text.split(" ", 3);
            return new Line(parts[0].equals(">"), parts[1], parts[2]);
        }
    }

    /** Hears channels until it is closed. */
    private static final class Ear extends JedisPubSub implements AutoCloseable {

        private final BlockingQueue<Line> heard = new LinkedBlockingQueue<>();
        private final CountDownLatch subscribed;
        private final Thread thread;

        Ear(Set<String> channels) throws InterruptedException {
            subscribed = new CountDownLatch(channels.size());
            thread = new Thread(
                    () -> {
                        try (Jedis jedis = new Jedis(redis.host(), redis.port())) {
                            jedis.subscribe(this, channels.toArray(String[]::new));
                        }
                    },
                    "ear");
            thread.start();
            assertThat(subscribed.await(20, TimeUnit.SECONDS)).isTrue();
        }

        @Override
        public void onSubscribe(String channel, int count) {
            subscribed.countDown();
        }

        @Override
        public void onMessage(String channel, String message) {
            heard.add(new Line(false, channel, message));
        }

        Line next() throws InterruptedException {
            return heard.poll(20, TimeUnit.SECONDS);
        }

        @Override
        public void close() throws Exception {
            unsubscribe();
            thread.join();
        }
    }

    @TestFactory
    List<DynamicTest> the_vectors_hold() throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        Matcher block = BLOCK.matcher(Files.readString(Path.of("../../docs/wire.md")));
        while (block.find()) {
            List<Line> lines = block.group(1).lines().map(Line::of).toList();
            tests.add(DynamicTest.dynamicTest(lines.get(0).message(), () -> play(lines)));
        }
        assertThat(tests).hasSize(5);
        return tests;
    }

    private static void play(List<Line> lines) throws Exception {
        Set<String> channels = new LinkedHashSet<>(List.of(END));
        lines.stream().filter(line -> !line.published()).forEach(line -> channels.add(line.channel()));
        try (Ear ear = new Ear(channels)) {
            for (Line line : lines) {
                if (line.published()) {
                    redis.command("PUBLISH", line.channel(), line.message());
                } else {
                    assertThat(ear.next()).isEqualTo(line);
                }
            }
            String id = UUID.randomUUID().toString();
            redis.command(
                    "PUBLISH",
                    "svc",
                    "{\"action\":\"echo\",\"reply_to\":\"" + END + "\",\"request_id\":\"" + id + "\"}");
            assertThat(ear.next()).extracting(Line::channel).isEqualTo(END);
        }
    }
}
