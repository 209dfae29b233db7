/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.http.javalin;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cyanotype.Blueprint;
import dev.cyanotype.exchange.Response;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;

class StreamingFailingIT {
    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
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
    void head_of_a_stream_announces_no_length() throws Exception {
        Blueprint blueprint = Blueprint.named("stream")
                .get("/stream", ctx -> Response.stream("text/plain", out -> out.write("streamed".getBytes())))
                .build();
        try (RunningApp app = RunningApp.of(blueprint);
                RawClient client = app.connect()) {
            Answer head = client.exchange("HEAD", "/stream");
            assertThat(head.status()).isEqualTo(200);
            assertThat(head.header("Content-Length")).isNull();
            assertThat(head.header("Content-Type")).isEqualTo("text/plain");
            assertThat(client.exchange("GET", "/stream").text()).isEqualTo("streamed");
        }
    }
}
