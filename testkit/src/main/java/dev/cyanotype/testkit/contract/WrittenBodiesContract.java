/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cyanotype.exchange.Headers;
import dev.cyanotype.exchange.StreamWriter;
import dev.cyanotype.internal.testkit.wire.Answer;
import dev.cyanotype.internal.testkit.wire.RawClient;
import dev.cyanotype.spi.RenderedResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a client gets of a body that is written while it is sent. */
@Rule(13)
abstract class WrittenBodiesContract extends HttpApps {

    private static final byte[] BLOCK = "0123456789abcdef".repeat(1 << 12).getBytes(StandardCharsets.US_ASCII);

    private final AtomicInteger calls = new AtomicInteger();

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private RenderedResponse written(long length, StreamWriter writer) {
        StreamWriter counting = out -> {
            calls.incrementAndGet();
            writer.writeTo(out);
        };
        return length < 0
                ? RenderedResponse.ofStream(200, Headers.empty(), "text/plain", counting)
                : RenderedResponse.ofStream(200, Headers.empty(), "text/plain", length, counting);
    }

    private String written(String path, long length, StreamWriter writer) {
        calls.set(0);
        probe.answer(path, request -> written(length, writer));
        return path;
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 20})
    void what_is_written_arrives_and_the_writer_is_called_once(int blocks) throws Exception {
        String path = written(path(), -1, out -> {
            for (int n = 0; n < blocks; n++) {
                out.write(BLOCK, 0, BLOCK.length - 1);
                out.write(BLOCK[BLOCK.length - 1]);
            }
        });

        Answer answer = whole(site().send("GET", path, NOTHING));

        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (int n = 0; n < blocks; n++) {
            all.writeBytes(BLOCK);
        }
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.headers("Content-Type")).containsExactly("text/plain");
        assertThat(answer.body()).isEqualTo(all.toByteArray());
        assertThat(calls).hasValue(1);
    }

    @Rule({11, 13})
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 20})
    void a_length_that_is_known_is_announced(int blocks) throws Exception {
        long length = (long) blocks * BLOCK.length;
        String path = written(path(), length, out -> {
            for (int n = 0; n < blocks; n++) {
                out.write(BLOCK);
                out.flush();
            }
        });

        Answer answer = whole(site().send("GET", path, NOTHING));

        assertThat(answer.headers("Content-Length")).containsExactly(Long.toString(length));
        assertThat(answer.header("Transfer-Encoding")).isNull();
        assertThat(answer.body()).hasSize((int) length);
        assertThat(calls).hasValue(1);
    }

    @Test
    void what_a_client_would_rather_have_is_the_apps_to_decide() throws Exception {
        for (long length : new long[] {-1, BLOCK.length}) {
            Answer answer = whole(get(
                    written(length, out -> out.write(BLOCK)),
                    "Accept-Encoding: gzip, deflate, br",
                    "Range: bytes=0-1",
                    "If-None-Match: *"));

            ResponsesContract.checkUntouched(answer, BLOCK);
        }
    }

    @Rule({13, 14})
    @ParameterizedTest
    @ValueSource(longs = {-1, 1 << 20})
    void a_writer_that_throws_cuts_the_response_off(long length) throws Exception {
        String path = written(path(), length, out -> {
            out.write(BLOCK);
            out.flush();
            throw new IllegalStateException("secret of the house");
        });

        HttpSite.Received received = site().send("GET", path, NOTHING);

        assertThat(received.isCut()).as("%s", received.answer().fields()).isTrue();
        eventually().until(() -> probe.closes(path) > 0);
        assertThat(whole(site().send("GET", "/fine", NOTHING)).text()).isEqualTo("fine");
        assertThat(probe.closes(path)).isEqualTo(1);
        assertThat(calls).hasValue(1);
    }

    @Rule({13, 14})
    @ParameterizedTest
    @ValueSource(longs = {-1, 7})
    void a_writer_that_throws_before_it_has_written_makes_no_success(long length) throws Exception {
        String path = written(path(), length, out -> {
            throw new IOException("secret of the house");
        });

        HttpSite.Received received = site().send("GET", path, NOTHING);

        // Where nothing is sent yet, there may still be an answer that says so.
        assertThat(received.isCut() || received.answer().status() == 500)
                .as("%s", received.answer())
                .isTrue();
        assertThat(received.answer().toString()).doesNotContain("secret");
        eventually().until(() -> probe.closes(path) > 0);
        assertThat(whole(site().send("GET", "/fine", NOTHING)).text()).isEqualTo("fine");
        assertThat(probe.closes(path)).isEqualTo(1);
    }

    @Test
    void what_is_flushed_goes_out_at_once() throws Exception {
        CountDownLatch read = new CountDownLatch(1);
        String path = written(path(), -1, out -> {
            out.write(bytes("first"));
            out.flush();
            if (!read.await(LONG.toSeconds(), TimeUnit.SECONDS)) {
                throw new IOException("nobody has read it");
            }
            out.write(bytes("last"));
        });
        try (RawClient client = connect()) {
            client.send(RawClient.request("GET", path));
            Answer head = client.head();
            assertThat(head.status()).isEqualTo(200);
            assertThat(head.header("Content-Length")).isNull();
            assertThat(new String(client.chunk(), StandardCharsets.UTF_8)).isEqualTo("first");

            read.countDown();

            assertThat(new String(client.chunk(), StandardCharsets.UTF_8)).isEqualTo("last");
            assertThat(client.chunk()).isEmpty();
            assertThat(client.exchange("GET", "/fine").text()).isEqualTo("fine");
        }
    }

    @Test
    void what_is_flushed_of_a_known_length_goes_out_at_once_too() throws Exception {
        CountDownLatch read = new CountDownLatch(1);
        String path = written(path(), 9, out -> {
            out.write(bytes("first"));
            out.flush();
            if (!read.await(LONG.toSeconds(), TimeUnit.SECONDS)) {
                throw new IOException("nobody has read it");
            }
            out.write(bytes("last"));
        });
        try (RawClient client = connect()) {
            client.send(RawClient.request("GET", path));
            assertThat(client.head().header("Content-Length")).isEqualTo("9");
            assertThat(client.text(5)).isEqualTo("first");

            read.countDown();

            assertThat(client.text(4)).isEqualTo("last");
            assertThat(client.exchange("GET", "/fine").text()).isEqualTo("fine");
        }
    }

    @Rule({13, 14})
    @Test
    void a_client_that_leaves_ends_the_writer() throws Exception {
        uri();
        AtomicReference<Exception> end = new AtomicReference<>();
        String path = written(path(), -1, out -> {
            try {
                // Endless, and so it is seen at once that nothing of it is gathered.
                while (true) {
                    out.write(BLOCK);
                    out.flush();
                }
            } catch (IOException e) {
                end.set(e);
                throw e;
            }
        });
        try (RawClient client = connect()) {
            client.send(RawClient.request("GET", path));
            client.head();
            client.text(100_000);
            client.reset();
        }

        eventually().until(() -> probe.closes(path) > 0);
        assertThat(end.get()).isInstanceOf(IOException.class);
        assertThat(whole(site().send("GET", "/fine", NOTHING)).text()).isEqualTo("fine");
        assertThat(probe.closes(path)).isEqualTo(1);
    }
}
