/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.samples.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.cyanotype.App;
import dev.cyanotype.exchange.Response;
import dev.cyanotype.spi.OperationKind;
import dev.cyanotype.spi.TransportException;
import dev.cyanotype.spi.TransportProvider;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is particular to the JDK's server, and how it is found, refused and left. */
class JdkHttpIT {

    private final CountDownLatch gate = new CountDownLatch(1);
    private final CountDownLatch reached = new CountDownLatch(1);
    private App app;

    @AfterEach
    void stop() {
        gate.countDown();
        if (app != null) {
            app.stop(Duration.ofSeconds(5));
        }
    }

    private static App.Builder shop() {
        return App.named("shop").discovery(false).transport(new JdkHttp()).setting("jdk-http.port", "0");
    }

    private static String get(String target) {
        return "GET " + target + " HTTP/1.1\r\nHost: localhost\r\n\r\n";
    }

    private RawClient connect(App.Builder builder) throws Exception {
        app = builder.build();
        app.start();
        return new RawClient(app.address("jdk-http"));
    }

    private void pass() throws InterruptedException {
        reached.countDown();
        assertThat(gate.await(20, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void it_is_found_on_the_path_and_carries_http() {
        assertThat(ServiceLoader.load(TransportProvider.class))
                .filteredOn(JdkHttp.class::isInstance)
                .singleElement()
                .satisfies(found -> {
                    assertThat(found.id()).isEqualTo("jdk-http");
                    assertThat(found.carries()).containsExactly(OperationKind.HTTP);
                    assertThat(found.settings()).containsExactlyInAnyOrder("jdk-http.host", "jdk-http.port");
                });
    }

    @Test
    void an_answer_has_its_type_and_length_and_nothing_else() throws Exception {
        try (RawClient client = connect(shop().get("/", ctx -> Map.of("n", 1)))) {
            assertThat(client.send(get("/")).head())
                    .isEqualTo("HTTP/1.1 200 OK\nContent-type: application/json\nContent-length: 7\n");
            assertThat(client.bytes(7)).isEqualTo("{\"n\":1}");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "/a%2Fb/c?x=%20&y, /a%2Fb/c",
        "//a/b?c, //a/b",
        "/a/../b/./c?, /a/../b/./c",
        "/a;b=c/d?e?f, /a;b=c/d",
        "http://other/a/b?c, /a/b"
    })
    void paths_are_handed_over_as_they_were_sent(String target, String path) throws Exception {
        List<String> handed = new CopyOnWriteArrayList<>();
        try (RawClient client = connect(shop().before(ctx -> {
            handed.add(ctx.path());
            return Response.text("seen");
        }))) {
            assertThat(client.send(get(target)).head()).startsWith("HTTP/1.1 200");
        }
        assertThat(handed).containsExactly(path);
    }

    @Test
    void what_the_server_refuses_by_itself_never_reaches_the_app() throws Exception {
        connect(shop().get("/", ctx -> "here")).close();
        for (String refused : List.of("GET", "GET /a|b HTTP/1.1", "OPTIONS * HTTP/1.1")) {
            try (RawClient client = new RawClient(app.address("jdk-http"))) {
                assertThat(client.send(refused + "\r\nHost: localhost\r\n\r\n").rest())
                        .startsWith("HTTP/1.1 40")
                        .contains("<h1>40");
            }
        }
    }

    @Test
    void an_answer_without_a_body_has_neither_type_nor_length() throws Exception {
        try (RawClient client = connect(shop().get("/", ctx -> Response.empty()))) {
            assertThat(client.send(get("/")).head()).isEqualTo("HTTP/1.1 204 No Content\n");
            assertThat(client.send(get("/")).head()).isEqualTo("HTTP/1.1 204 No Content\n");
        }
    }

    @Test
    void the_answer_to_head_announces_the_length_and_keeps_the_connection() throws Exception {
        try (RawClient client = connect(shop().get("/", ctx -> Response.text("12345")))) {
            for (int times = 0; times < 2; times++) {
                assertThat(client.send("HEAD / HTTP/1.1\r\nHost: localhost\r\n\r\n")
                                .head())
                        .contains("Content-length: 5\n");
            }
        }
    }

    @Test
    void what_a_stream_flushes_is_there_at_once() throws Exception {
        try (RawClient client = connect(shop().get(
                        "/",
                        ctx -> Response.stream("text/plain", out -> {
                            out.write('a');
                            out.flush();
                            pass();
                            out.write('b');
                        })))) {
            assertThat(client.send(get("/")).head()).contains("Transfer-encoding: chunked\n");
            assertThat(client.bytes(6)).isEqualTo("1\r\na\r\n");
            gate.countDown();
            assertThat(client.bytes(11)).isEqualTo("1\r\nb\r\n0\r\n\r\n");
        }
    }

    @Test
    void a_stream_that_fails_is_cut_off_where_its_end_would_be() throws Exception {
        try (RawClient client = connect(shop().get(
                        "/",
                        ctx -> Response.stream("text/plain", out -> {
                            out.write('a');
                            out.flush();
                            throw new IllegalStateException("broken");
                        })))) {
            assertThat(client.send(get("/")).rest()).endsWith("1\r\na\r\n");
        }
    }

    @Test
    void a_body_that_nobody_reads_is_not_taken_for_the_next_request() throws Exception {
        try (RawClient client =
                connect(shop().post("/", ctx -> Response.text("posted")).get("/", ctx -> Response.text("got")))) {
            String unread = "x".repeat(1 << 20);
            client.send(
                    "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: " + unread.length() + "\r\n\r\n" + unread);
            assertThat(client.head()).startsWith("HTTP/1.1 200");
            assertThat(client.bytes(6)).isEqualTo("posted");
            assertThat(client.send(get("/")).head()).startsWith("HTTP/1.1 200");
            assertThat(client.bytes(3)).isEqualTo("got");
        }
    }

    @Test
    void a_body_in_chunks_is_handed_over_without_them_and_as_it_arrives() throws Exception {
        try (RawClient client = connect(shop().post("/", ctx -> {
            InputStream body = ctx.body().stream();
            int first = body.read();
            reached.countDown();
            return Response.text((char) first + new String(body.readAllBytes(), StandardCharsets.US_ASCII));
        }))) {
            client.send("POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n1;a=b\r\na\r\n");
            assertThat(reached.await(20, TimeUnit.SECONDS)).isTrue();
            assertThat(client.send("3\r\n\r\nb\r\n0\r\n\r\n").head()).contains("Content-length: 4\n");
            assertThat(client.bytes(4)).isEqualTo("a\r\nb");
        }
    }

    @Test
    void an_answer_may_come_later_and_from_another_thread() throws Exception {
        CompletableFuture<Response> later = new CompletableFuture<>();
        try (RawClient client = connect(shop().get("/", ctx -> {
            reached.countDown();
            return later;
        }))) {
            client.send(get("/"));
            assertThat(reached.await(20, TimeUnit.SECONDS)).isTrue();
            later.complete(Response.text("late"));
            assertThat(client.head()).contains("Content-length: 4\n");
            assertThat(client.bytes(4)).isEqualTo("late");
        }
    }

    @Test
    void a_stop_waits_for_what_is_under_way_and_closes_the_port() throws Exception {
        try (RawClient client = connect(shop().get("/", ctx -> {
            pass();
            return Response.text("done");
        }))) {
            URI address = app.address("jdk-http");
            client.send(get("/"));
            assertThat(reached.await(20, TimeUnit.SECONDS)).isTrue();
            CompletableFuture<Void> stopped = CompletableFuture.runAsync(() -> app.stop(Duration.ofSeconds(20)));
            await().until(() -> !app.isRunning());
            gate.countDown();
            stopped.get(20, TimeUnit.SECONDS);

            assertThat(client.rest()).endsWith("done");
            assertThatThrownBy(() -> new RawClient(address)).isInstanceOf(ConnectException.class);
            await().untilAsserted(() -> assertThat(Thread.getAllStackTraces().keySet())
                    .extracting(Thread::getName)
                    .noneMatch(name -> name.startsWith("HTTP-Dispatcher")
                            || name.startsWith("idle-timeout")
                            || name.startsWith("server-timer")
                            || name.endsWith("-jdk-http")));
        }
    }

    @Test
    void an_answer_that_never_comes_holds_a_stop_only_as_long_as_its_budget() throws Exception {
        try (RawClient client = connect(shop().get("/", ctx -> {
            reached.countDown();
            return new CompletableFuture<>();
        }))) {
            client.send(get("/"));
            assertThat(reached.await(20, TimeUnit.SECONDS)).isTrue();
            Thread waiting = Thread.getAllStackTraces().keySet().stream()
                    .filter(thread -> thread.getName().startsWith("cyanotype-shop-"))
                    .findFirst()
                    .orElse(null);

            app.stop(Duration.ofMillis(100));

            assertThat(client.rest()).isEmpty();
            await().until(() -> waiting == null || !waiting.isAlive());
        }
    }

    @Test
    void a_taken_port_fails_the_start_and_says_what_to_do() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            App second = shop().setting("jdk-http.port", Integer.toString(taken.getLocalPort()))
                    .get("/", ctx -> "here")
                    .build();

            assertThatThrownBy(second::start)
                    .isInstanceOf(TransportException.class)
                    .hasMessage("transport 'jdk-http' of app 'shop' could not listen on port " + taken.getLocalPort()
                            + " of '127.0.0.1': Address already in use."
                            + " Free the port, or set jdk-http.port or jdk-http.host.");
        }
    }
}
