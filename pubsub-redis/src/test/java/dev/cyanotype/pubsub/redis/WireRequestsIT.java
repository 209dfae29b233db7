/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.pubsub.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cyanotype.App;
import dev.cyanotype.exchange.HttpException;
import dev.cyanotype.exchange.Response;
import dev.cyanotype.testkit.TestRedis;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** What an app answers to requests as Daebus and others send them, byte by byte: {@code wire/requests.json}. */
class WireRequestsIT {

    private static final Duration QUIET = Duration.ofMillis(60);

    record Person(int age) {}

    record Opaque(String text) {

        @Override
        public String text() {
            throw new IllegalStateException("never shown");
        }
    }

    private static TestRedis redis;
    private static App app;
    private static RawPeer peer;

    private int probes;

    @BeforeAll
    static void start() throws IOException {
        redis = TestRedis.start();
        AtomicInteger counter = new AtomicInteger();
        app = App.named("svc")
                .discovery(false)
                .transport(TestBus.at(redis.url()))
                .action("echo", ctx -> ctx.payload())
                .action("whole", ctx -> ctx.message())
                .action("steps", ctx -> {
                    ctx.progress(Map.of("step", 1));
                    ctx.progress(2);
                    return Map.of("step", 3);
                })
                .action("nothing", ctx -> null)
                .action("text", ctx -> "a text")
                .action("count", ctx -> counter.incrementAndGet())
                .action("refuse", ctx -> {
                    throw new HttpException(409, "bad thing");
                })
                .action("details", ctx -> Response.of(409, WireVectors.read("{\"error\": \"exists\", \"id\": 7}")))
                .action("break", ctx -> {
                    throw new IllegalStateException("never shown");
                })
                .action("opaque", ctx -> new Opaque("x"))
                .action("typed", Person.class, (person, ctx) -> person)
                .build();
        app.start();
        TreeSet<String> channels = new TreeSet<>();
        channels.add("caller:1");
        channels.add("caller:probe");
        cases().forEach(each -> channels.add(channel((JsonNode) each.get()[1])));
        peer = RawPeer.on(redis.host(), redis.port(), channels.toArray(String[]::new));
    }

    @AfterAll
    static void stop() throws IOException {
        peer.close();
        app.stop();
        redis.close();
    }

    static Stream<Arguments> cases() {
        return WireVectors.of("requests.json").stream()
                .map(vector -> Arguments.of(vector.get("name").asString(), vector));
    }

    private static String channel(JsonNode vector) {
        return vector.path("channel").asString("caller:1");
    }

    private static List<String> replies(JsonNode vector) {
        List<String> replies = new ArrayList<>();
        vector.path("replies").forEach(reply -> replies.add(WireVectors.compact(reply)));
        if (vector.has("reply")) {
            replies.add(WireVectors.compact(vector.get("reply")));
        }
        if (vector.has("replyText")) {
            replies.add(vector.get("replyText").asString());
        }
        return replies;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void each_request_is_answered_as_the_wire_says(String name, JsonNode vector) throws Exception {
        try (CapturedLog log = new CapturedLog()) {
            assertThat(peer.publish("svc", WireVectors.sent(vector, "message"))).isEqualTo(1);

            for (String reply : replies(vector)) {
                RawPeer.Heard heard = peer.next();
                assertThat(heard.text()).isEqualTo(reply);
                assertThat(heard.channel()).isEqualTo(channel(vector));
            }
            assertAnswersOthers();

            assertThat(replies(vector).isEmpty())
                    .isEqualTo(vector.path("silent").booleanValue(false));
            if (vector.has("unreadable")) {
                assertThat(log.lines("WARN a message on 'svc' can't be read: "))
                        .singleElement()
                        .asString()
                        .startsWith("WARN a message on 'svc' can't be read: "
                                + vector.get("unreadable").asString() + " (");
            } else {
                assertThat(log.lines("WARN a message")).isEmpty();
            }
        }
    }

    private void assertAnswersOthers() throws InterruptedException {
        String id = "probe-" + System.nanoTime() + "-" + ++probes;
        peer.publish("svc", "{\"action\":\"text\",\"reply_to\":\"caller:probe\",\"request_id\":\"" + id + "\"}");
        RawPeer.Heard heard = peer.next();
        assertThat(heard.text())
                .isEqualTo(
                        "{\"status\":\"success\",\"payload\":\"a text\",\"request_id\":\"" + id + "\",\"final\":true}");
        assertThat(peer.next(QUIET)).isNull();
    }

    @Test
    void an_action_that_only_another_replica_may_know_is_not_said_to_be_unknown() throws Exception {
        try (RawPeer other = RawPeer.on(redis.host(), redis.port(), "svc")) {
            peer.publish("svc", "{\"action\":\"elsewhere\",\"reply_to\":\"caller:1\",\"request_id\":\"elsewhere-1\"}");
            assertThat(other.next().text()).contains("elsewhere-1");

            assertAnswersOthers();
        }
    }

    @Test
    void the_log_tells_one_unreadable_message_from_another_and_nothing_of_what_is_in_it() throws Exception {
        try (CapturedLog log = new CapturedLog()) {
            peer.publish("svc", "{\"password\": \"secret-marker");
            peer.publish("svc", "{\"password\": \"secret-marker2");
            assertAnswersOthers();

            assertThat(log.lines("WARN"))
                    .containsExactlyInAnyOrder(
                            "WARN a message on 'svc' can't be read: the message is malformed JSON at line 1, column 28 "
                                    + "(27 bytes, SHA-256 653754ebc472bacd…)",
                            "WARN a message on 'svc' can't be read: the message is malformed JSON at line 1, column 29 "
                                    + "(28 bytes, SHA-256 78ddedc86fd98843…)");
            assertThat(log.lines()).noneMatch(line -> line.contains("secret-marker"));
        }
    }

    @Test
    void a_request_that_is_heard_twice_runs_once() throws Exception {
        for (String id : List.of("\"0123456789abcdef0123456789abcdef\"", "\"short\"", "99", "null")) {
            String request = "{\"action\":\"text\",\"reply_to\":\"caller:1\",\"request_id\":" + id + "}";
            peer.publish("svc", request);
            peer.publish("svc", request);

            assertThat(peer.next().text())
                    .isEqualTo(
                            "{\"status\":\"success\",\"payload\":\"a text\",\"request_id\":" + id + ",\"final\":true}");
            assertAnswersOthers();
        }
    }
}
