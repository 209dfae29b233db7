/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.testkit.api;

import static dev.cyanotype.testkit.CyanotypeAssertions.assertThat;

import dev.cyanotype.App;
import dev.cyanotype.Blueprint;
import dev.cyanotype.exchange.Headers;
import dev.cyanotype.http.HttpMethod;
import dev.cyanotype.message.Action;
import dev.cyanotype.spi.AppClock;
import dev.cyanotype.task.TaskRun;
import dev.cyanotype.testkit.CyanotypeAssertions;
import dev.cyanotype.testkit.TestApp;
import dev.cyanotype.testkit.TestClock;
import dev.cyanotype.testkit.TestFrame;
import dev.cyanotype.testkit.TestFrameAssert;
import dev.cyanotype.testkit.TestMessage;
import dev.cyanotype.testkit.TestMessageAssert;
import dev.cyanotype.testkit.TestRedis;
import dev.cyanotype.testkit.TestReply;
import dev.cyanotype.testkit.TestReplyAssert;
import dev.cyanotype.testkit.TestRequest;
import dev.cyanotype.testkit.TestResponse;
import dev.cyanotype.testkit.TestResponseAssert;
import dev.cyanotype.testkit.TestSocket;
import dev.cyanotype.testkit.TestSocketAssert;
import dev.cyanotype.testkit.TestSocketRequest;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.assertj.core.api.AbstractAssert;
import tools.jackson.databind.JsonNode;

/** All that users may call, from outside. Never run: if this compiles, their code does too. */
final class PublicApiCompiles {

    static final Action<String, Integer> LENGTH = Action.named("length", String.class, Integer.class);

    private PublicApiCompiles() {}

    static void app(Blueprint one, Blueprint two, App production) {
        try (TestApp none = TestApp.of();
                TestApp some = TestApp.of(one, two);
                TestApp whole = TestApp.of(production);
                TestApp someAtATime = TestApp.of(TestClock.create(), one, two);
                TestApp wholeAtATime = TestApp.of(production, TestClock.create())) {
            use(someAtATime.clock(), wholeAtATime.clock());
            App running = whole.app();
            TestResponse got = some.get("/");
            TestResponse deleted = some.delete("/");
            TestResponse posted = some.post("/", Map.of());
            TestResponse put = some.put("/", List.of());
            TestResponse patched = some.patch("/", "{}");
            TestRequest known = some.request(HttpMethod.GET, "/");
            TestRequest unknown = some.request("PROPFIND", "/");
            TestReply reply = some.call("action", Map.of());
            int length = some.call(LENGTH, "text");
            long reached = some.broadcast("channel", Map.of());
            List<TestMessage> all = some.broadcasts();
            List<TestMessage> ofOne = some.broadcasts("channel");
            String id = some.append("stream", Map.of());
            List<TestMessage> entries = some.appended();
            List<TestMessage> entriesOfOne = some.appended("stream");
            use(id, entries, entriesOfOne);
            TaskRun run = some.runTask("task");
            none.close();
            use(run.result());
            use(running, got, deleted, posted, put, patched, known, unknown, reply, length, reached, all, ofOne);
        }
    }

    static void clock() throws Exception {
        TestClock clock = TestClock.create();
        Clock other = TestClock.at(Instant.EPOCH).withZone(ZoneOffset.UTC);
        clock.advance(Duration.ofSeconds(1));
        clock.advanceTo(clock.instant());
        clock.elapse(Duration.ofSeconds(1));
        clock.jump(Duration.ofHours(-1));
        AppClock.Timeout timeout = clock.schedule(Duration.ZERO, () -> {});
        clock.settle(Thread.currentThread(), () -> true, () -> true);
        String done = clock.await(CompletableFuture.completedFuture("done"), Duration.ZERO);
        use(other, clock.pending(), clock.nanoTime(), clock.millis(), clock.getZone(), timeout.cancel(), done);
        use(clock.jitter(Duration.ofSeconds(1)));
    }

    static void request(TestRequest request) {
        TestResponse response = request.header("X-A", "1")
                .host("example.com")
                .json(Map.of())
                .body("text/plain", "text")
                .body("application/octet-stream", new byte[0])
                .form(Map.of("a", "1"))
                .part("title", "text")
                .part("file", "a.txt", "text/plain", new byte[0])
                .send();
        int status = response.status();
        Headers headers = response.headers();
        String header = response.header("X-A");
        byte[] bytes = response.bytes();
        String text = response.text();
        JsonNode json = response.json();
        use(status, headers, header, bytes, text, json);
    }

    static void reply(TestReply reply) {
        boolean isError = reply.isError();
        String error = reply.error();
        JsonNode payload = reply.payload();
        List<JsonNode> progress = reply.progress();
        use(isError, error, payload, progress);
    }

    static void message(TestMessage message) {
        String channel = message.channel();
        JsonNode json = message.message();
        use(new TestMessage(channel, json));
    }

    static void websocket(TestApp app) {
        TestSocketRequest request = app.websocket("/ws")
                .header("X-A", "1")
                .host("example.com")
                .origin("https://example.com")
                .subprotocols("v1")
                .remoteAddress(new InetSocketAddress(0));
        app.request("GET", "/").remoteAddress(new InetSocketAddress(0));
        TestResponse refused = request.refused();
        try (TestSocket opened = request.open();
                TestSocket socket = app.open("/ws")) {
            TestSocket sent = socket.send("type", Map.of())
                    .send("type", "{}", 1)
                    .sendJson("{}")
                    .sendText("text")
                    .sendBinary(new byte[0])
                    .pause()
                    .resume();
            TestFrame frame = sent.next();
            List<TestFrame> frames = socket.frames();
            use(frame.isText(), frame.text(), frame.bytes(), frame.json(), frame.type(), frame.data());
            use(refused, opened, frames, socket.closed(), socket.pings(), socket.subprotocol());
            TestFrameAssert onFrame = assertThat(frame)
                    .isText("text")
                    .isBinary(new byte[0])
                    .hasJson("{}")
                    .hasType("type")
                    .hasData("{}")
                    .isError("text");
            TestSocketAssert onSocket = assertThat(socket)
                    .isOpen()
                    .wasClosedWith(1000)
                    .wasClosedWith(1000, "")
                    .hasSubprotocol("v1")
                    .hasGot("text");
            use(onFrame, onSocket);
            socket.close(1000, "");
            socket.vanish();
        }
    }

    static void redis() {
        try (TestRedis own = TestRedis.start();
                TestRedis small = TestRedis.start("--maxmemory", "1mb");
                TestRedis given = TestRedis.open()) {
            String url = own.url();
            String host = own.host();
            int port = own.port();
            String version = own.version();
            boolean hasFunctions = own.isAtLeast(7, 0);
            String reply = own.command("GET", "key");
            own.kill();
            own.restart();
            own.pause();
            own.resume();
            small.close();
            use(url, host, port, version, hasFunctions, reply, given);
        }
    }

    static void assertions(TestResponse response, TestReply reply, TestMessage message) {
        TestResponseAssert onResponse = assertThat(response)
                .hasStatus(200)
                .hasHeader("X-A", "1")
                .hasNoHeader("X-B")
                .hasContentType("text/plain")
                .hasText("text")
                .hasNoBody()
                .hasJson("{}")
                .hasJsonAt("/a", 1)
                .isProblem(404);
        TestReplyAssert onReply =
                assertThat(reply).isSuccess().isError("text").hasPayload("{}").hasPayloadAt("/a", 1);
        TestMessageAssert onMessage =
                CyanotypeAssertions.assertThat(message).isOn("channel").hasJson("{}");
        List<AbstractAssert<?, ?>> all = List.of(onResponse, onReply, onMessage);
        use(all);
    }

    private static void use(Object... values) {}
}
