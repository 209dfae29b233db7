/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.http.javalin;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cyanotype.Blueprint;
import dev.cyanotype.exchange.EventStream;
import dev.cyanotype.exchange.Response;
import dev.cyanotype.internal.testkit.wire.Answer;
import dev.cyanotype.internal.testkit.wire.RawClient;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Bodies that a client reads while they are still written. */
class StreamingIT {

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    @Nested
    class Streams {

        @Test
        void teardown_hooks_run_when_the_stream_has_ended() throws Exception {
            CountDownLatch inTheMiddle = new CountDownLatch(1);
            BlockingQueue<String> log = new LinkedBlockingQueue<>();
            Blueprint blueprint = Blueprint.named("stream")
                    .get(
                            "/",
                            ctx -> Response.stream("text/plain", out -> {
                                out.write('1');
                                out.flush();
                                inTheMiddle.await();
                                log.add("written");
                            }))
                    .teardown((ctx, error) -> log.add("teardown " + error))
                    .build();
            try (RunningApp app = RunningApp.of(blueprint);
                    RawClient client = app.connect()) {
                client.send(RawClient.request("GET", "/"));
                client.head();
                client.chunk();
                assertThat(log).isEmpty();

                inTheMiddle.countDown();

                assertThat(log.poll(10, SECONDS)).isEqualTo("written");
                assertThat(log.poll(10, SECONDS)).isEqualTo("teardown null");
            }
        }

        @Test
        void a_writer_that_fails_cuts_the_response_off() throws Exception {
            BlockingQueue<String> log = new LinkedBlockingQueue<>();
            Blueprint blueprint = Blueprint.named("stream")
                    .get(
                            "/",
                            ctx -> Response.stream("text/plain", out -> {
                                out.write("part".getBytes(StandardCharsets.UTF_8));
                                out.flush();
                                throw new IllegalStateException("secret");
                            }))
                    .get("/fine", ctx -> "fine")
                    .teardown((ctx, error) -> log.add("teardown"))
                    .build();
            try (RunningApp app = RunningApp.of(blueprint)) {
                try (RawClient client = app.connect()) {
                    client.send(RawClient.request("GET", "/"));
                    client.head();
                    assertThat(text(client.chunk())).isEqualTo("part");

                    // No last chunk: so the client knows that something is missing.
                    assertThat(client.rest()).isIn("", "\r\n");
                    assertThat(log.poll(10, SECONDS)).isEqualTo("teardown");
                }
                assertThat(app.get("/fine").text()).isEqualTo("\"fine\"");
            }
        }

        @Test
        void a_writer_that_fails_before_anything_is_sent_is_an_error() throws Exception {
            Blueprint blueprint = Blueprint.named("stream")
                    .get(
                            "/",
                            ctx -> Response.stream("text/plain", out -> {
                                        out.write("part".getBytes(StandardCharsets.UTF_8));
                                        throw new IllegalStateException("secret");
                                    })
                                    .header("X-Own", "1"))
                    .get("/fine", ctx -> "fine")
                    .build();
            try (RunningApp app = RunningApp.of(blueprint);
                    RawClient client = app.connect()) {
                Answer answer = client.exchange("GET", "/", "X-Request-Id: r1");

                assertThat(answer.status()).isEqualTo(500);
                assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
                assertThat(answer.header("X-Own")).isNull();
                assertThat(answer.text())
                        .isEqualTo("{\"title\":\"Internal Server Error\",\"status\":500,\"correlationId\":\"r1\"}");
                assertThat(client.exchange("GET", "/fine").text()).isEqualTo("\"fine\"");
            }
        }

        @Test
        void a_client_that_leaves_ends_the_writer() throws Exception {
            AtomicReference<Exception> end = new AtomicReference<>();
            BlockingQueue<String> log = new LinkedBlockingQueue<>();
            Blueprint blueprint = Blueprint.named("stream")
                    .get(
                            "/",
                            ctx -> Response.stream("application/octet-stream", out -> {
                                byte[] much = new byte[64 << 10];
                                try {
                                    while (true) {
                                        out.write(much);
                                        out.flush();
                                    }
                                } catch (IOException e) {
                                    end.set(e);
                                    throw e;
                                }
                            }))
                    .teardown((ctx, error) -> log.add("teardown"))
                    .build();
            try (RunningApp app = RunningApp.of(blueprint);
                    RawClient client = app.connect()) {
                client.send(RawClient.request("GET", "/"));
                client.head();
                client.chunk();

                client.reset();

                await().untilAsserted(() -> assertThat(end).hasValueMatching(IOException.class::isInstance));
                assertThat(log.poll(10, SECONDS)).isEqualTo("teardown");
            }
        }
    }

    @Nested
    class Server_sent_events {

        @Test
        void arrive_one_by_one() throws Exception {
            SynchronousQueue<Integer> numbers = new SynchronousQueue<>();
            Blueprint blueprint = Blueprint.named("events")
                    .get(
                            "/",
                            ctx -> Response.events(events -> {
                                for (int n = numbers.take(); n > 0; n = numbers.take()) {
                                    events.send("number", Map.of("n", n), "id-" + n);
                                }
                            }))
                    .build();
            try (RunningApp app = RunningApp.of(blueprint);
                    RawClient client = app.connect()) {
                client.send(RawClient.request("GET", "/", "Accept: text/event-stream"));
                for (int n = 1; n <= 3; n++) {
                    assertThat(numbers.offer(n, 10, SECONDS)).isTrue();
                    if (n == 1) {
                        Answer head = client.head();
                        assertThat(head.header("Content-Type")).isEqualTo("text/event-stream");
                        assertThat(head.header("Cache-Control")).isEqualTo("no-cache");
                        assertThat(head.header("X-Accel-Buffering")).isEqualTo("no");
                    }
                    assertThat(text(client.chunk()))
                            .isEqualTo("id: id-%d\nevent: number\ndata: {\"n\":%d}\n\n".formatted(n, n));
                }
                assertThat(numbers.offer(0, 10, SECONDS)).isTrue();
                assertThat(client.chunk()).isEmpty();
            }
        }

        @Test
        void the_response_starts_before_the_first_event() throws Exception {
            CountDownLatch never = new CountDownLatch(1);
            Blueprint blueprint = Blueprint.named("events")
                    .get("/", ctx -> Response.events(events -> never.await()))
                    .build();
            try (RunningApp app = RunningApp.of(blueprint);
                    RawClient client = app.connect()) {
                client.send(RawClient.request("GET", "/"));
                try {
                    assertThat(client.head().header("Content-Type")).isEqualTo("text/event-stream");
                } finally {
                    never.countDown();
                }
            }
        }

        @Test
        void have_all_their_forms() throws IOException {
            Blueprint blueprint = Blueprint.named("events")
                    .get(
                            "/",
                            ctx -> Response.events(events -> {
                                events.retry(Duration.ofSeconds(2));
                                events.comment("still here");
                                events.send("two\nlines");
                                events.send("named", "text");
                            }))
                    .build();
            try (RunningApp app = RunningApp.of(blueprint)) {
                assertThat(app.get("/").text())
                        .isEqualTo(
                                "retry: 2000\n\n: still here\n\ndata: two\ndata: lines\n\nevent: named\ndata: text\n\n");
            }
        }

        @Test
        void know_the_last_event_of_a_client_that_comes_back() throws IOException {
            Blueprint blueprint = Blueprint.named("events")
                    .get("/", ctx -> Response.events(events -> events.send(String.valueOf(events.lastEventId()))))
                    .build();
            try (RunningApp app = RunningApp.of(blueprint)) {
                assertThat(app.get("/", "Last-Event-ID", "id-7").text()).isEqualTo("data: id-7\n\n");
                assertThat(app.get("/").text()).isEqualTo("data: null\n\n");
            }
        }

        @Test
        void end_when_the_client_leaves() throws Exception {
            AtomicReference<Exception> end = new AtomicReference<>();
            BlockingQueue<String> log = new LinkedBlockingQueue<>();
            Blueprint blueprint = Blueprint.named("events")
                    .get(
                            "/",
                            ctx -> Response.events(events -> {
                                try {
                                    sendForEver(events);
                                } catch (IOException e) {
                                    end.set(e);
                                    throw e;
                                }
                            }))
                    .teardown((ctx, error) -> log.add("teardown"))
                    .build();
            try (RunningApp app = RunningApp.of(blueprint);
                    RawClient client = app.connect()) {
                client.send(RawClient.request("GET", "/"));
                client.head();
                client.chunk();

                client.reset();

                await().untilAsserted(() -> assertThat(end).hasValueMatching(IOException.class::isInstance));
                assertThat(log.poll(10, SECONDS)).isEqualTo("teardown");
            }
        }

        private void sendForEver(EventStream events) throws IOException {
            while (true) {
                events.comment("x".repeat(1000));
            }
        }

        @Test
        void a_name_with_a_line_break_is_refused() throws IOException {
            AtomicReference<String> message = new AtomicReference<>();
            Blueprint blueprint = Blueprint.named("events")
                    .get(
                            "/",
                            ctx -> Response.events(events -> {
                                try {
                                    events.send("a\ndata: b", "c");
                                } catch (IllegalArgumentException e) {
                                    message.set(e.getMessage());
                                }
                            }))
                    .build();
            try (RunningApp app = RunningApp.of(blueprint)) {
                assertThat(app.get("/").text()).isEmpty();
                assertThat(message).hasValue("event of an event has a line break or a NUL (expected: one line)");
            }
        }
    }
}
