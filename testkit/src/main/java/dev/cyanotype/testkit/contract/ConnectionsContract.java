/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cyanotype.exchange.Headers;
import dev.cyanotype.internal.testkit.wire.Answer;
import dev.cyanotype.internal.testkit.wire.RawClient;
import dev.cyanotype.spi.HttpRequest;
import dev.cyanotype.spi.RenderedResponse;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What can only be seen on a connection; all of it is skipped where there are none. */
abstract class ConnectionsContract extends HttpApps {

    @BeforeEach
    void assumeConnections() {
        uri();
        seen.clear();
    }

    private static RenderedResponse text(String text) {
        return RenderedResponse.ofBytes(200, Headers.empty(), "text/plain", text.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static String read(HttpRequest request) throws Exception {
        return request.contentLength() + " " + new String(request.body().readAllBytes(), StandardCharsets.ISO_8859_1);
    }

    @Rule(8)
    @Test
    void a_body_is_handed_over_without_its_transfer_coding() throws Exception {
        String path = path();
        probe.answer(path, request -> text(read(request)));
        try (RawClient client = connect()) {
            client.send(RawClient.request("POST", path, "Transfer-Encoding: chunked")
                    + "4;a=b\r\nfour\r\n3\r\n\r\n!\r\n0\r\n\r\n");

            assertThat(client.answer().text()).isEqualTo("-1 four\r\n!");
            assertThat(client.exchange("GET", "/fine").text()).isEqualTo("fine");
        }
    }

    @Rule(8)
    @Test
    void a_body_is_handed_over_as_it_arrives() throws Exception {
        String path = path();
        CountDownLatch half = new CountDownLatch(1);
        probe.answer(path, request -> {
            InputStream body = request.body();
            String first = new String(body.readNBytes(4), StandardCharsets.ISO_8859_1);
            half.countDown();
            return text(first + "|" + new String(body.readAllBytes(), StandardCharsets.ISO_8859_1));
        });
        try (RawClient client = connect()) {
            client.send(RawClient.request("POST", path, "Content-Length: 8") + "half");
            assertThat(half.await(LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
            client.send("rest");

            assertThat(client.answer().text()).isEqualTo("half|rest");
        }
    }

    /** The sizes are what fits into buffers, and what does not. */
    @Rule(10)
    @ParameterizedTest
    @CsvSource({"0, 10", "0, 100000", "5, 100000", "0, 1100000", "5, 1100000"})
    void a_body_that_was_not_read_is_not_taken_for_the_next_request(int read, int length) throws Exception {
        String path = path();
        probe.answer(path, request -> {
            request.body().readNBytes(read);
            seen.add(request.method());
            return text("some");
        });
        String next = "GET /never HTTP/1.1\r\nHost: localhost\r\n\r\n";
        String body = next.repeat(length / next.length() + 1).substring(0, length);
        try (RawClient client = connect()) {
            client.sendUnlessRefused((RawClient.request("POST", path, "Content-Length: " + length) + body)
                    .getBytes(StandardCharsets.ISO_8859_1));

            Answer answer = client.answer();
            assertThat(answer.text()).isEqualTo("some");
            String connection = answer.header("Connection");
            if (connection != null && connection.toLowerCase(Locale.ROOT).contains("close")) {
                // It may also be the end of the connection.
                assertThat(client.isEnded()).isTrue();
            } else {
                assertThat(client.exchange("GET", "/fine").text()).isEqualTo("fine");
            }
        }
        assertThat(seen).containsExactly("POST");
    }

    @Rule({11, 13})
    @Test
    void requests_sent_ahead_are_answered_in_their_order() throws Exception {
        String bytes = path();
        String empty = path();
        String stream = path();
        probe.answer(bytes, request -> text("bytes"));
        probe.answer(empty, request -> RenderedResponse.empty(204, Headers.empty()));
        probe.answer(
                stream,
                request -> RenderedResponse.ofStream(
                        200,
                        Headers.empty(),
                        "text/plain",
                        out -> out.write("stream".getBytes(StandardCharsets.UTF_8))));
        try (RawClient client = connect()) {
            client.send(RawClient.request("GET", bytes)
                    + RawClient.request("GET", empty)
                    + RawClient.request("GET", stream)
                    + RawClient.request("GET", "/fine"));

            assertThat(client.answer().text()).isEqualTo("bytes");
            assertThat(client.answer().status()).isEqualTo(204);
            assertThat(client.answer().text()).isEqualTo("stream");
            assertThat(client.answer().text()).isEqualTo("fine");
        }
    }

    @Rule(14)
    @Test
    void a_response_that_nobody_waits_for_is_closed_too() throws Exception {
        String path = path();
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch gone = new CountDownLatch(1);
        probe.answer(path, request -> {
            inside.countDown();
            gone.await(LONG.toSeconds(), TimeUnit.SECONDS);
            return text("too late");
        });
        try (RawClient client = connect()) {
            client.send(RawClient.request("GET", path));
            assertThat(inside.await(LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
            client.reset();
        }
        gone.countDown();

        eventually().until(() -> probe.closes(path) > 0);
        assertThat(whole(site().send("GET", "/fine", NOTHING)).text()).isEqualTo("fine");
        assertThat(probe.closes(path)).isEqualTo(1);
    }

    @Rule(15)
    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET",
                "nonsense",
                "G@T /fine HTTP/1.1",
                "GET /fine HTTP/1.1 HTTP/1.1",
                "GET /fine HTTQ/1.1",
                "GET /fine HTTP/1.1\r\nX Y: 1",
                "GET /fine HTTP/1.1\r\nContent-Length: x",
                "GET /fine HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2",
            })
    void a_malformed_head_is_answered_as_problem_details(String head) throws Exception {
        try (RawClient client = connect()) {
            client.send(head + "\r\nHost: localhost\r\n\r\n");

            Answer answer = client.answer();
            assertThat(answer.status()).isBetween(400, 599);
            assertThat(answer.headers("Content-Type")).containsExactly("application/problem+json");
            assertThat(answer.json().path("status").asInt()).isEqualTo(answer.status());
        }
        assertThat(whole(site().send("GET", "/fine", NOTHING)).text()).isEqualTo("fine");
    }
}
