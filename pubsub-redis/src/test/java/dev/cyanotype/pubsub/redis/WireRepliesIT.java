/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.pubsub.redis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cyanotype.App;
import dev.cyanotype.message.Caller;
import dev.cyanotype.message.ErrorReplyException;
import dev.cyanotype.testkit.TestRedis;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/**
 * What an app sends to a service in Python, byte by byte, and what it makes of the replies: {@code wire/sent.json} and
 * {@code wire/replies.json}.
 */
class WireRepliesIT {

    private static final String GOOD =
            "{\"status\": \"success\", \"payload\": \"good\", \"request_id\": \"$id\", \"final\": true}";

    private static TestRedis redis;
    private static App app;
    private static RawPeer service;

    @BeforeAll
    static void start() throws IOException {
        redis = TestRedis.start();
        app = App.named("java")
                .discovery(false)
                .transport(TestBus.at(redis.url()))
                .action(
                        "pass",
                        ctx -> ctx.caller("py").callAsync("ping", ctx.payload()).thenApply(reply -> reply))
                .build();
        app.start();
        service = RawPeer.on(redis.host(), redis.port(), "py");
    }

    @AfterAll
    static void stop() throws IOException {
        service.close();
        app.stop();
        redis.close();
    }

    private static Stream<Arguments> cases(String file) {
        return WireVectors.of(file).stream()
                .map(vector -> Arguments.of(vector.get("name").asString(), vector));
    }

    static Stream<Arguments> replies() {
        return cases("replies.json");
    }

    static Stream<Arguments> sent() {
        return cases("sent.json");
    }

    private static List<byte[]> messages(JsonNode vector, String id) {
        List<byte[]> messages = new ArrayList<>();
        if (vector.has("hex")) {
            messages.add(WireVectors.sent(vector, ""));
        }
        List<String> texts = new ArrayList<>();
        vector.path("texts").forEach(text -> texts.add(text.asString()));
        vector.path("replies").forEach(reply -> texts.add(WireVectors.python(reply)));
        texts.forEach(text -> messages.add(text.replace("$id", id)
                .replace("$ID", id.toUpperCase(Locale.ROOT))
                .getBytes(UTF_8)));
        return messages;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("replies")
    void each_reply_is_taken_as_the_wire_says(String name, JsonNode vector) throws Exception {
        List<JsonNode> progress = new CopyOnWriteArrayList<>();
        long stray = stray();
        try (CapturedLog log = new CapturedLog()) {
            CompletableFuture<JsonNode> call = app.caller("py")
                    .timeout(Duration.ofSeconds(20))
                    .onProgress(progress::add)
                    .callAsync("ping", List.of());
            JsonNode request = WireVectors.read(service.next().text());
            String inbox = request.get("reply_to").asString();
            String id = request.get("request_id").asString();
            List<byte[]> messages = messages(vector, id);
            messages.forEach(message -> service.publish(inbox, message));
            boolean ignored = vector.path("ignored").booleanValue(false);
            boolean unreadable = vector.path("unreadable").booleanValue(false);
            if (ignored) {
                service.publish(inbox, GOOD.replace("$id", id));
            }

            if (vector.has("error")) {
                assertThat(failure(call)).isEqualTo(vector.get("error"));
            } else {
                JsonNode expected = ignored ? WireVectors.read("\"good\"") : vector.get("result");
                assertThat(WireVectors.compact(call.get(20, TimeUnit.SECONDS)))
                        .isEqualTo(WireVectors.compact(expected));
            }
            List<JsonNode> steps = new ArrayList<>();
            vector.path("progress").forEach(steps::add);
            assertThat(List.copyOf(progress)).isEqualTo(steps);
            assertThat(log.lines("WARN a reply of " + messages.get(0).length + " bytes is no JSON: "))
                    .hasSize(unreadable ? 1 : 0);
            long strange = unreadable ? 0 : ignored ? messages.size() : messages.size() - steps.size() - 1;
            await().atMost(Duration.ofSeconds(10)).until(() -> stray() == stray + strange);
        }
    }

    private static long stray() {
        return app.status().counters().get("redis.replies.stray");
    }

    private static JsonNode failure(CompletableFuture<JsonNode> call) throws Exception {
        try {
            call.get(20, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            ErrorReplyException error = (ErrorReplyException) e.getCause();
            return WireVectors.read("{\"status\": " + error.status() + ", \"text\": "
                    + WireVectors.python(WireVectors.text(error.getMessage())) + ", \"payload\": " + error.payload()
                    + "}");
        }
        throw new AssertionError("no error");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("sent")
    void each_request_is_sent_as_the_wire_says(String name, JsonNode vector) throws Exception {
        if (vector.has("traceparent")) {
            service.publish(
                    "java",
                    "{\"action\":\"pass\",\"payload\":{},\"request_id\":\"trace-1\",\"traceparent\":\""
                            + vector.get("traceparent").asString() + "\"}");
            JsonNode request = assertSent(vector);
            service.publish(
                    request.get("reply_to").asString(),
                    GOOD.replace("$id", request.get("request_id").asString()));
            return;
        }
        Caller caller = app.caller("py").timeout(Duration.ofSeconds(20));
        Caller used =
                vector.has("key") ? caller.idempotencyKey(vector.get("key").asString()) : caller;
        CompletableFuture<JsonNode> call = used.callAsync(vector.get("call").asString(), vector.get("payload"));
        String id = assertSent(vector).get("request_id").asString();
        call.cancel(true);

        assertThat(service.next().text()).isEqualTo("{\"cancel\":\"" + id + "\",\"service\":\"py\"}");
    }

    private static JsonNode assertSent(JsonNode vector) throws InterruptedException {
        long before = System.currentTimeMillis();
        String text = service.next().text();
        JsonNode request = WireVectors.read(text);
        String id = request.get("request_id").asString();
        String inbox = request.get("reply_to").asString();
        long deadline = request.get("deadline").asLong();
        assertThat(text)
                .isEqualTo(vector.get("text")
                        .asString()
                        .replace("$inbox", inbox)
                        .replace("$id", id)
                        .replace("$deadline", Long.toString(deadline)));
        assertThat(id).matches("[0-9a-f]{32}");
        assertThat(inbox).matches("caller:[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}");
        assertThat(deadline).isBetween(before, before + 20_001);
        return request;
    }

    @Test
    void a_call_that_times_out_is_cancelled_on_the_wire() throws Exception {
        CompletableFuture<JsonNode> call =
                app.caller("py").timeout(Duration.ofMillis(50)).callAsync("ping", List.of());
        String id = WireVectors.read(service.next().text()).get("request_id").asString();

        assertThat(service.next().text()).isEqualTo("{\"cancel\":\"" + id + "\",\"service\":\"py\"}");
        assertThat(call).failsWithin(Duration.ofSeconds(10));
    }
}
