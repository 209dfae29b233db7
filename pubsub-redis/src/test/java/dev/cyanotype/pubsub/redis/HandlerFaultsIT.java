/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.pubsub.redis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cyanotype.App;
import dev.cyanotype.message.CallTimeoutException;
import dev.cyanotype.message.Caller;
import dev.cyanotype.message.ErrorReplyException;
import dev.cyanotype.message.NoResponderException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Handlers that fail, callers that are gone, replies that are forged, and messages that mean harm. */
class HandlerFaultsIT extends FaultApps {

    private App app;
    private Caller caller;

    @BeforeEach
    void startService() {
        app = start(app("svc")
                .action("echo", ctx -> ctx.payload())
                .action("fail", ctx -> {
                    fail(ctx.payload().asString());
                    return "never";
                })
                .listen("events", JsonNode.class, (message, ctx) -> {
                    seen.add(message.path("n").asString());
                    fail(message.path("fail").asString(""));
                }));
        caller = app.caller("svc").timeout(Duration.ofSeconds(10));
    }

    private static void fail(String how) {
        switch (how) {
            case "exception" -> throw new IllegalStateException("secret-marker");
            case "assertion" -> throw new AssertionError("secret-marker");
            case "overflow" -> fall(0);
            case "memory" -> throw new OutOfMemoryError("secret-marker");
            case "linkage" -> throw new NoClassDefFoundError("secret-marker");
            default -> {}
        }
    }

    private static int fall(int depth) {
        return fall(depth + 1) + 1;
    }

    private void assertAnswers() {
        assertThat(caller.call("echo", 1).asInt()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"exception", "assertion", "overflow", "memory", "linkage"})
    void fault_05_an_action_that_throws_answers_with_an_identifier_and_the_next_one_runs(String how) {
        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(() -> caller.call("fail", how))
                    .isInstanceOf(ErrorReplyException.class)
                    .hasMessageMatching("Internal Server Error \\(correlation id [0-9a-f]{32}\\)");
            assertAnswers();
        }
        assertThat(subscribers("svc")).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"exception", "assertion", "overflow", "memory", "linkage"})
    void fault_05_a_listener_that_throws_hears_the_next_message(String how) throws Exception {
        RawPeer peer = peer();
        for (int n = 1; n <= 4; n++) {
            peer.publish("events", "{\"n\":" + n + ",\"fail\":\"" + (n == 4 ? "" : how) + "\"}");
        }

        eventually().untilAsserted(() -> assertThat(seen).containsExactly("1", "2", "3", "4"));
        assertThat(subscribers("events")).isEqualTo(1);
        assertThat(app.status().isReady()).isTrue();
    }

    @Test
    void fault_06_noise_hurts_nobody() throws Exception {
        Random random = new Random(7);
        RawPeer peer = peer();
        String request = "{\"action\": \"echo\", \"payload\": {\"a\": [1, \"\\u00e9\"]}, \"reply_to\": \"caller:1\"}";
        for (int i = 0; i < 2_000; i++) {
            byte[] noise = request.getBytes(UTF_8);
            for (int changes = random.nextInt(6); changes >= 0; changes--) {
                noise[random.nextInt(noise.length)] = (byte) random.nextInt(256);
            }
            peer.publish(random.nextBoolean() ? "svc" : "events", noise);
        }

        assertAnswers();
        int heard = seen.size();
        peer.publish("events", "{\"n\":\"end\"}");
        eventually().until(() -> seen.contains("end"));
        assertThat(seen.size()).isGreaterThanOrEqualTo(heard);
        assertThat(counter(app, "messages.undecodable")).isGreaterThan(100);
        assertThat(subscribers("svc")).isEqualTo(1);
        assertThat(subscribers("events")).isEqualTo(1);
        assertThat(counter(app, "reconnects")).isZero();
    }

    @Test
    void fault_09_a_service_that_is_not_there_is_known_in_milliseconds() {
        List<Duration> took = new ArrayList<>();
        Caller nobody = app.caller("nobody").timeout(Duration.ofSeconds(5));
        for (int i = 0; i < 50; i++) {
            Instant before = Instant.now();
            assertThatThrownBy(() -> nobody.call("anything", Map.of()))
                    .isInstanceOf(NoResponderException.class)
                    .hasMessage("call of 'anything' at 'nobody': nobody listens");
            took.add(Duration.between(before, Instant.now()));
        }

        assertThat(took.stream().sorted().toList().get(25)).isLessThan(Duration.ofMillis(200));
    }

    @Test
    void fault_12_replies_that_are_late_repeated_or_forged_end_no_other_call() throws Exception {
        RawPeer service = peer("py");
        Caller py = app.caller("py");
        long stray = counter(app, "replies.stray");

        CompletableFuture<JsonNode> gone = py.timeout(Duration.ofMillis(100)).callAsync("x", List.of());
        JsonNode first = WireVectors.read(service.next().text());
        String inbox = first.get("reply_to").asString();
        assertThat(gone).failsWithin(Duration.ofSeconds(10));
        CompletableFuture<JsonNode> waiting = py.timeout(Duration.ofSeconds(20)).callAsync("x", List.of());
        String id;
        do {
            id = WireVectors.read(service.next().text()).path("request_id").asString("");
        } while (id.isEmpty());
        String late = first.get("request_id").asString();
        reply(service, inbox, late, "late");
        reply(service, inbox, late, "late again");
        int last = Integer.parseInt(id.substring(30), 16);
        for (int i = 1; i <= 100; i++) {
            // More than a forger may know, who sees neither the channel nor other identifiers.
            reply(service, inbox, id.substring(0, 30) + String.format("%02x", (last + i) % 256), "forged");
        }
        reply(service, inbox, id.substring(0, 31), "too short");
        reply(service, inbox, id + "0", "too long");
        reply(service, inbox, id, "right");
        reply(service, inbox, id, "right again");

        assertThat(waiting.join().asString()).isEqualTo("right");
        eventually().until(() -> counter(app, "replies.stray") == stray + 105);
        assertAnswers();
    }

    private static void reply(RawPeer service, String inbox, String id, String payload) {
        service.publish(
                inbox,
                "{\"status\":\"success\",\"payload\":\"" + payload + "\",\"request_id\":\"" + id
                        + "\",\"final\":true}");
    }

    @Test
    void fault_16_requests_whose_time_is_over_while_they_wait_are_not_begun() throws Exception {
        CountDownLatch gate = gate();
        App busy = start(app("busy", TestBus.at(redis.url()).running(1))
                .action("hold", ctx -> {
                    seen.add("holds");
                    pass(gate);
                    return "held";
                })
                .action("quick", ctx -> seen.add("quick " + ctx.payload())));
        Caller calls = app.caller("busy");
        CompletableFuture<JsonNode> held = calls.timeout(Duration.ofSeconds(30)).callAsync("hold", Map.of());
        eventually().until(() -> seen.contains("holds"));

        List<CompletableFuture<JsonNode>> late = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            late.add(calls.timeout(Duration.ofMillis(200)).callAsync("quick", i));
        }
        CompletableFuture<JsonNode> patient =
                calls.timeout(Duration.ofSeconds(30)).callAsync("quick", "patient");
        assertThat(late)
                .allSatisfy(call -> assertThat(call)
                        .failsWithin(Duration.ofSeconds(10))
                        .withThrowableThat()
                        .havingCause()
                        .isInstanceOf(CallTimeoutException.class));
        gate.countDown();

        assertThat(held.join().asString()).isEqualTo("held");
        assertThat(patient.join().asBoolean()).isTrue();
        assertThat(seen).containsExactly("holds", "quick \"patient\"");
        assertThat(counter(busy, "actions.expired")).isEqualTo(5);
    }

    @Test
    void fault_16_requests_beyond_what_may_wait_are_refused_at_once() {
        CountDownLatch gate = gate();
        start(app("busy", TestBus.at(redis.url()).running(1).waiting(2)).action("hold", ctx -> {
            seen.add("holds");
            pass(gate);
            return "held";
        }));
        Caller calls = app.caller("busy").timeout(Duration.ofSeconds(30));
        List<CompletableFuture<JsonNode>> taken = new ArrayList<>();
        taken.add(calls.callAsync("hold", Map.of()));
        eventually().until(() -> seen.contains("holds"));
        taken.add(calls.callAsync("hold", Map.of()));
        taken.add(calls.callAsync("hold", Map.of()));

        assertThatThrownBy(() -> calls.call("hold", Map.of()))
                .isInstanceOf(ErrorReplyException.class)
                .hasMessage("The service 'busy' is overloaded. Try again.")
                .extracting(e -> ((ErrorReplyException) e).status())
                .isEqualTo(503);
        gate.countDown();
        assertThat(taken).allSatisfy(call -> assertThat(call.join().asString()).isEqualTo("held"));
    }

    private static String bomb(String kind) {
        return switch (kind) {
            case "depth" -> "[".repeat(200_000) + "]".repeat(200_000);
            case "closed nowhere" -> "{\"a\":".repeat(200_000);
            case "number" -> "9".repeat(1 << 20);
            case "exponent" -> "1e999999999";
            case "string" -> "\"" + "x".repeat(3 << 20) + "\"";
            case "document" -> "[" + "1,".repeat(12 << 20) + "1]";
            case "name" -> "{\"" + "x".repeat(3 << 20) + "\":1}";
            case "keys" ->
                IntStream.range(0, 1_000_000)
                        .mapToObj(i -> "\"k" + i + "\":1")
                        .collect(Collectors.joining(",", "{", "}"));
            default -> throw new IllegalArgumentException(kind);
        };
    }

    @ParameterizedTest
    @CsvSource({
        "depth, true",
        "closed nowhere, true",
        "number, true",
        "exponent, false",
        "string, true",
        "document, true",
        "name, true",
        "keys, false"
    })
    void fault_29_bombs_are_refused_within_limits_and_others_are_served(String kind, boolean refused)
            throws IOException {
        RawPeer peer = peer("caller:1");
        String bomb = bomb(kind);
        String inbox = redis.command("PUBSUB", "CHANNELS", "caller:*")
                .lines()
                .filter(channel -> channel.length() > 20)
                .findFirst()
                .orElseThrow();
        long before = counter(app, "messages.undecodable");
        try (CapturedLog log = new CapturedLog()) {
            peer.publish(
                    "svc", "{\"action\":\"echo\",\"payload\":" + bomb + ",\"reply_to\":\"caller:2\",\"request_id\":1}");
            peer.publish("events", "{\"n\":\"bomb\",\"x\":" + bomb + "}");
            peer.publish(inbox, "{\"payload\":" + bomb + ",\"request_id\":\"x\",\"final\":true}");
            // A million keys are not refused, and take a busy machine their time.
            assertThat(caller.timeout(Duration.ofSeconds(40)).call("echo", 1).asInt())
                    .isEqualTo(1);
            peer.publish("events", "{\"n\":\"end\"}");
            eventually().until(() -> seen.contains("end"));

            eventually()
                    .untilAsserted(() -> assertThat(counter(app, "messages.undecodable") - before)
                            .isEqualTo(refused ? 2 : 0));
            assertThat(seen.contains("bomb")).isEqualTo(!refused);
            assertThat(log.lines()).allSatisfy(line -> assertThat(line).hasSizeLessThan(20_000));
        }
        assertThat(counter(app, "reconnects")).isZero();
    }
}
