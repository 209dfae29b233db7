/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cyanotype.exchange.Headers;
import dev.cyanotype.internal.testkit.wire.Answer;
import dev.cyanotype.spi.HttpRequest;
import dev.cyanotype.spi.RenderedResponse;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the dispatcher is given of a request. */
@Rule(7)
abstract class RequestsContract extends HttpApps {

    /** Shows what was handed over. */
    private interface Showing {

        String show(HttpRequest request) throws Exception;
    }

    @BeforeEach
    void forget() {
        seen.clear();
    }

    private String handedOver(String method, String path, String target, Showing showing, byte[] body, String... lines)
            throws Exception {
        probe.answer(path, request -> {
            seen.add(showing.show(request));
            return RenderedResponse.empty(204, Headers.empty());
        });
        Answer answer = whole(site().send(method, target, body, lines));
        assertThat(answer.status()).as(answer.toString()).isEqualTo(204);
        assertThat(seen).hasSize(1);
        return seen.get(0);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            nullValues = "none",
            value = {
                "/a none",
                "/%C3%A4%20%2B/%7E none",
                "/a/./b/../c none",
                "/a//b/ none",
                "/a;v=1/b?x=1 x=1",
                "/A/b?q=a+b&q=%26&bare&= q=a+b&q=%26&bare&=",
                "/q?a=/b?c=%25 a=/b?c=%25",
            })
    void path_and_query_are_handed_over_as_sent(String target, String query) throws Exception {
        String path = target.split("\\?", 2)[0];

        String shown = handedOver("GET", path, target, r -> r.path() + " " + r.query(), NOTHING);

        assertThat(shown).isEqualTo(path + " " + query);
    }

    @Test
    void a_query_may_be_empty() throws Exception {
        String path = path();

        assertThat(handedOver("GET", path, path + "?", r -> "'" + r.query() + "'", NOTHING))
                .isIn("''", "'null'");
    }

    @Rule({7, 9})
    @ParameterizedTest
    @ValueSource(strings = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "PROPFIND", "M-SEARCH"})
    void the_method_is_handed_over_as_sent(String method) throws Exception {
        String path = path();

        assertThat(handedOver(method, path, path, HttpRequest::method, NOTHING)).isEqualTo(method);
    }

    @Test
    void no_field_overrides_anything_of_a_request() throws Exception {
        String path = path();

        String shown = handedOver(
                "POST",
                path,
                path,
                r -> r.method() + " " + r.scheme() + " " + r.header("Host"),
                NOTHING,
                "X-HTTP-Method-Override: DELETE",
                "X-HTTP-Method: DELETE",
                "X-Method-Override: DELETE",
                "X-Forwarded-Proto: https",
                "X-Forwarded-Host: elsewhere",
                "Forwarded: for=203.0.113.7;proto=https;host=elsewhere");

        assertThat(shown).isEqualTo("POST http localhost");
    }

    @Test
    void fields_are_handed_over_with_all_their_values_in_their_order() throws Exception {
        String path = path();

        String shown = handedOver(
                "GET",
                path,
                path,
                r -> String.join("|", r.headers("x-MANY")) + " " + r.header("X-Many") + " " + r.header("x-one") + " "
                        + r.headers("X-None") + " " + r.header("X-None"),
                NOTHING,
                "X-Many: a, b",
                "X-One: =\"1\";%20",
                "x-many: c");

        assertThat(shown).isEqualTo("a, b|c a, b =\"1\";%20 [] null");
    }

    @Rule(8)
    @Test
    void all_byte_values_of_a_body_come_through_and_its_length_is_known() throws Exception {
        String path = path();
        byte[] all = new byte[256];
        for (int i = 0; i < all.length; i++) {
            all[i] = (byte) i;
        }

        String shown = handedOver(
                "POST",
                path,
                path,
                r -> r.contentLength() + " " + Arrays.equals(r.body().readAllBytes(), all),
                all,
                "Content-Type: application/octet-stream");

        assertThat(shown).isEqualTo("256 true");
    }

    @Rule(8)
    @Test
    void a_large_body_comes_through() throws Exception {
        String path = path();
        byte[] large = "0123456789abcdef".repeat(3 << 16).getBytes(StandardCharsets.US_ASCII);

        String shown = handedOver(
                "PUT",
                path,
                path,
                r -> String.valueOf(Arrays.equals(r.body().readAllBytes(), large)),
                large,
                "Content-Type: text/plain");

        assertThat(shown).isEqualTo("true");
    }

    @Rule(10)
    @Test
    void the_same_stream_is_given_each_time() throws Exception {
        String path = path();

        String shown = handedOver(
                "POST",
                path,
                path,
                r -> {
                    InputStream first = r.body();
                    InputStream again = r.body();
                    return (char) first.read() + "" + (char) again.read() + (first == again);
                },
                "ab".getBytes(StandardCharsets.US_ASCII),
                "Content-Type: text/plain");

        assertThat(shown).isEqualTo("abtrue");
    }

    @Rule(8)
    @Test
    void a_body_that_is_not_there_is_empty() throws Exception {
        String path = path();

        assertThat(handedOver("GET", path, path, r -> r.body().read() + "", NOTHING))
                .isEqualTo("-1");
    }

    @Rule(9)
    @Test
    void the_dispatcher_may_block_without_holding_other_requests_up() throws Exception {
        int together = 6;
        CyclicBarrier barrier = new CyclicBarrier(together);
        String path = path();
        probe.answer(path, request -> {
            barrier.await(LONG.toSeconds(), TimeUnit.SECONDS);
            return RenderedResponse.empty(204, Headers.empty());
        });

        List<CompletableFuture<Integer>> answers = new ArrayList<>();
        IntStream.range(0, together).forEach(n -> {
            CompletableFuture<Integer> answer = new CompletableFuture<>();
            answers.add(answer);
            new Thread(() -> {
                        try {
                            answer.complete(
                                    site().send("GET", path, NOTHING).answer().status());
                        } catch (Exception e) {
                            answer.completeExceptionally(e);
                        }
                    })
                    .start();
        });

        for (CompletableFuture<Integer> answer : answers) {
            assertThat(answer.get(40, TimeUnit.SECONDS)).isEqualTo(204);
        }
    }

    @Rule(9)
    @Test
    void the_dispatcher_answers_what_no_route_does() throws Exception {
        Answer head = whole(site().send("HEAD", "/fine", NOTHING));
        Answer options = whole(site().send("OPTIONS", "/fine", NOTHING));
        Answer method = whole(site().send("DELETE", "/fine", NOTHING, "X-Request-Id: r1"));
        Answer unknown = whole(site().send("FOO", "/fine", NOTHING, "X-Request-Id: r1"));
        Answer missing = whole(site().send("GET", "/nowhere", NOTHING, "X-Request-Id: r1"));

        assertThat(head.status()).isEqualTo(200);
        assertThat(head.header("Content-Length")).isEqualTo("4");
        assertThat(options.status()).isEqualTo(204);
        assertThat(options.headers("Allow")).containsExactly("GET, HEAD, OPTIONS");
        String notAllowed =
                "{\"title\":\"Method Not Allowed\",\"status\":405,\"detail\":\"Allowed here: GET, HEAD, OPTIONS\",\"correlationId\":\"r1\"}";
        assertThat(method.text()).isEqualTo(notAllowed);
        assertThat(unknown.text()).isEqualTo(notAllowed);
        assertThat(missing.text())
                .isEqualTo(
                        "{\"title\":\"Not Found\",\"status\":404,\"detail\":\"There is nothing at this address\",\"correlationId\":\"r1\"}");
    }
}
