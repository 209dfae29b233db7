/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.pubsub.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cyanotype.App;
import dev.cyanotype.testkit.TestRedis;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** What listeners hear of messages as Daebus and others send them, byte by byte: {@code wire/events.json}. */
class WireEventsIT {

    private static final BlockingQueue<String> HEARD = new LinkedBlockingQueue<>();

    private static TestRedis redis;
    private static App app;
    private static RawPeer peer;

    @BeforeAll
    static void start() throws IOException {
        redis = TestRedis.start();
        app = App.named("ears")
                .discovery(false)
                .transport(TestBus.at(redis.url()))
                .listen("events", JsonNode.class, (message, ctx) -> HEARD.add(WireVectors.compact(message)))
                .listen("evt.*", JsonNode.class, (message, ctx) -> HEARD.add("evt.* " + WireVectors.compact(message)))
                .action("tell", ctx -> ctx.broadcast("told", ctx.payload()))
                .build();
        app.start();
        peer = RawPeer.on(redis.host(), redis.port(), "told", "caller:1");
    }

    @AfterAll
    static void stop() throws IOException {
        peer.close();
        app.stop();
        redis.close();
    }

    static Stream<Arguments> cases() {
        return WireVectors.of("events.json").stream()
                .map(vector -> Arguments.of(vector.get("name").asString(), vector));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void each_message_is_heard_as_the_wire_says(String name, JsonNode vector) throws Exception {
        try (CapturedLog log = new CapturedLog()) {
            assertThat(peer.publish("events", WireVectors.sent(vector, "message")))
                    .isEqualTo(1);
            peer.publish("events", "{\"last\":true}");

            if (vector.has("heard")) {
                assertThat(next()).isEqualTo(WireVectors.compact(vector.get("heard")));
            }
            assertThat(next()).isEqualTo("{\"last\":true}");
            if (vector.has("unreadable")) {
                assertThat(log.lines("WARN"))
                        .singleElement()
                        .asString()
                        .startsWith("WARN a message on 'events' can't be read: "
                                + vector.get("unreadable").asString() + " (");
            } else {
                assertThat(log.lines("WARN")).isEmpty();
            }
        }
    }

    private static String next() throws InterruptedException {
        return HEARD.poll(10, TimeUnit.SECONDS);
    }

    @Test
    void a_star_is_no_pattern() throws Exception {
        assertThat(peer.publish("evt.a", "{}")).isZero();
        assertThat(peer.publish("evt.*", "{}")).isEqualTo(1);

        assertThat(next()).isEqualTo("evt.* {}");
    }

    @Test
    void a_broadcast_is_the_bare_object() throws Exception {
        String message = WireVectors.compact(
                WireVectors.read("{\"type\": \"x\", \"u\": \"h\\u00e9\\ud83d\\ude00\", \"n\": [1, null]}"));
        assertThat(app.caller("ears").call("tell", WireVectors.read(message)).asInt())
                .isEqualTo(1);

        assertThat(peer.next().text()).isEqualTo(message).isEqualTo("{\"type\":\"x\",\"u\":\"hé😀\",\"n\":[1,null]}");
    }

    @Test
    void only_an_object_is_broadcast() {
        assertThat(app.caller("ears").callAsync("tell", 7))
                .failsWithin(Duration.ofSeconds(10))
                .withThrowableThat()
                .havingCause()
                .withMessageMatching("Internal Server Error \\(correlation id [0-9a-f]{32}\\)");
    }
}
