/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.http.javalin;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.cyanotype.App;
import dev.cyanotype.StopReport;
import dev.cyanotype.exchange.Response;
import dev.cyanotype.internal.testkit.wire.Answer;
import dev.cyanotype.internal.testkit.wire.RawClient;
import dev.cyanotype.spi.OperationKind;
import dev.cyanotype.spi.Transport;
import dev.cyanotype.spi.TransportContext;
import dev.cyanotype.spi.TransportException;
import dev.cyanotype.spi.TransportProvider;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** How a server begins and ends, and what it leaves behind. */
class LifecycleIT {

    /** Threads that the JVM, its HTTP client in other tests and Awaitility start when they like. */
    private static final List<String> OF_OTHERS = List.of(
            "Attach Listener",
            "Common-Cleaner",
            "CompletableFutureDelayScheduler",
            "ForkJoinPool",
            "HttpClient-",
            "Read-Poller",
            "VirtualThread-",
            "Write-Poller",
            "awaitility");

    private static App.Builder app(JavalinOptions.Builder options) {
        return App.named("test").get("/", ctx -> Response.text("here")).transport(JavalinHttp.with(options.build()));
    }

    private static Set<Thread> threads() {
        return Thread.getAllStackTraces().keySet();
    }

    /** Waits until all threads that are younger than some have ended. */
    private static void noThreadsBut(Set<Thread> before) {
        await().untilAsserted(() -> assertThat(threads().stream()
                        .filter(thread -> !before.contains(thread))
                        .map(Thread::getName)
                        .filter(name -> OF_OTHERS.stream().noneMatch(name::startsWith)))
                .isEmpty());
    }

    @Nested
    class A_start {

        @Test
        void on_a_taken_port_fails_and_leaves_nothing() throws IOException {
            Set<Thread> before = threads();
            try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
                App app =
                        app(JavalinOptions.builder().port(taken.getLocalPort())).build();

                assertThatThrownBy(app::start)
                        .isInstanceOf(TransportException.class)
                        .hasMessage(
                                "transport 'http' of app 'test' could not listen on port %d of '127.0.0.1':"
                                        + " Address already in use. Free the port, or set http.port or http.host.",
                                taken.getLocalPort());

                assertThat(app.isRunning()).isFalse();
                noThreadsBut(before);
                assertThatIllegalStateException()
                        .isThrownBy(app::start)
                        .withMessage(
                                "app 'test' is stopped, and an app runs once. Use toBuilder().build() for another.");
            }
        }

        @Test
        void on_a_port_that_has_become_free_works() throws IOException {
            ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
            int port = taken.getLocalPort();
            App app = app(JavalinOptions.builder().port(port)).build();
            assertThatThrownBy(app::start).isInstanceOf(TransportException.class);
            taken.close();

            App second = app.toBuilder().build();
            second.start();

            assertThat(second.address("http").getPort()).isEqualTo(port);
            second.stop(Duration.ZERO);
        }

        @Test
        void on_another_machines_address_fails_and_leaves_nothing() {
            Set<Thread> before = threads();
            App app = app(JavalinOptions.builder().host("203.0.113.7").port(0)).build();

            assertThatThrownBy(app::start)
                    .isInstanceOf(TransportException.class)
                    .hasMessageStartingWith(
                            "transport 'http' of app 'test' could not listen on port 0 of '203.0.113.7': ");
            noThreadsBut(before);
        }

        @Test
        void on_a_host_that_nobody_knows_fails_and_leaves_nothing() {
            Set<Thread> before = threads();
            App app = app(JavalinOptions.builder().host("no-such-host.invalid").port(0))
                    .build();

            assertThatThrownBy(app::start)
                    .isInstanceOf(TransportException.class)
                    .hasMessageContaining("transport 'http' of app 'test' could not")
                    .hasMessageContaining("no-such-host.invalid");
            noThreadsBut(before);
        }

        @Test
        void whose_configuration_throws_fails_and_leaves_nothing() {
            Set<Thread> before = threads();
            JavalinOptions options =
                    JavalinAccess.configure(JavalinOptions.builder().port(0).build(), config -> {
                        throw new IllegalStateException("wrong plug-in");
                    });
            App app = App.named("test").transport(JavalinHttp.with(options)).build();

            assertThatThrownBy(app::start)
                    .isInstanceOf(TransportException.class)
                    .hasMessage("transport 'http' of app 'test' could not start: wrong plug-in");
            noThreadsBut(before);
        }

        @Test
        void that_fails_closes_the_transports_that_were_started() throws IOException {
            List<String> log = new ArrayList<>();
            try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
                App app = app(JavalinOptions.builder().port(taken.getLocalPort()))
                        .transport(new Logging(log, -1))
                        .build();

                assertThatThrownBy(app::start).isInstanceOf(TransportException.class);
            }
            assertThat(log).containsExactly("start", "drain", "close");
        }

        @Test
        void that_fails_later_closes_the_server() {
            Set<Thread> before = threads();
            List<String> log = new ArrayList<>();
            App app = app(JavalinOptions.builder().port(0))
                    .transport(new Logging(log, 1) {
                        @Override
                        public void start() {
                            throw new IllegalStateException("broken");
                        }
                    })
                    .build();

            assertThatThrownBy(app::start)
                    .isInstanceOf(TransportException.class)
                    .hasMessage("transport 'logging' of app 'test' could not start: broken");
            noThreadsBut(before);
        }
    }

    @Nested
    class A_stop {

        @Test
        void leaves_no_thread_and_no_socket() throws IOException {
            Set<Thread> before = threads();
            App app = app(JavalinOptions.builder().port(0)).build();
            app.start();
            URI address = app.address("http");
            try (RawClient client = RawClient.connect(address)) {
                assertThat(client.exchange("GET", "/").text()).isEqualTo("here");
            }

            app.stop(Duration.ofSeconds(10));

            assertThatThrownBy(() -> RawClient.connect(address)).isInstanceOf(ConnectException.class);
            noThreadsBut(before);
            assertThatIllegalStateException()
                    .isThrownBy(() -> app.address("http"))
                    .withMessage("app 'test': transport 'http' is not running (running: [])");
        }

        @Test
        void may_come_again_and_again() throws IOException {
            Set<Thread> before = threads();
            App app = app(JavalinOptions.builder().port(0)).build();
            for (int i = 0; i < 5; i++) {
                App next = app.toBuilder().build();
                next.start();
                try (RawClient client = RawClient.connect(next.address("http"))) {
                    assertThat(client.exchange("GET", "/").status()).isEqualTo(200);
                }
                next.stop(Duration.ZERO);
                next.stop();
            }
            noThreadsBut(before);
        }

        @Test
        void lets_a_request_finish_and_answers_it() throws Exception {
            CountDownLatch inside = new CountDownLatch(1);
            CountDownLatch go = new CountDownLatch(1);
            App app = App.named("test")
                    .get("/slow", ctx -> {
                        inside.countDown();
                        go.await();
                        return Response.text("finished");
                    })
                    .transport(JavalinHttp.with(JavalinOptions.builder().port(0).build()))
                    .build();
            app.start();
            URI address = app.address("http");
            try (RawClient client = RawClient.connect(address)) {
                client.send(RawClient.request("GET", "/slow"));
                assertThat(inside.await(10, SECONDS)).isTrue();

                CompletableFuture<Void> stopped = CompletableFuture.runAsync(() -> app.stop(Duration.ofSeconds(30)));
                await().untilAsserted(() -> assertThatThrownBy(
                                () -> RawClient.connect(address).close())
                        .isInstanceOf(ConnectException.class));
                assertThat(app.isRunning()).isFalse();
                assertThat(stopped).isNotDone();
                go.countDown();

                Answer answer = client.answer();
                assertThat(answer.status()).isEqualTo(200);
                assertThat(answer.text()).isEqualTo("finished");
                stopped.get(20, SECONDS);
            }
        }

        @Test
        void lets_a_result_that_comes_later_finish_and_answers_it() throws Exception {
            CountDownLatch inside = new CountDownLatch(1);
            CompletableFuture<String> later = new CompletableFuture<>();
            App app = App.named("test")
                    .get("/later", ctx -> {
                        inside.countDown();
                        return later;
                    })
                    .transport(JavalinHttp.with(JavalinOptions.builder().port(0).build()))
                    .build();
            app.start();
            URI address = app.address("http");
            try (RawClient client = RawClient.connect(address)) {
                client.send(RawClient.request("GET", "/later"));
                assertThat(inside.await(10, SECONDS)).isTrue();

                CompletableFuture<Void> stopped = CompletableFuture.runAsync(() -> app.stop(Duration.ofSeconds(30)));
                await().untilAsserted(() -> assertThatThrownBy(
                                () -> RawClient.connect(address).close())
                        .isInstanceOf(ConnectException.class));
                later.complete("finished");

                assertThat(client.answer().text()).isEqualTo("\"finished\"");
                stopped.get(20, SECONDS);
            }
        }

        @Test
        void cuts_off_what_is_not_finished_in_time() throws Exception {
            Set<Thread> before = threads();
            CountDownLatch inside = new CountDownLatch(1);
            CountDownLatch never = new CountDownLatch(1);
            App app = App.named("test")
                    .get("/slow", ctx -> {
                        inside.countDown();
                        never.await();
                        return "never";
                    })
                    .transport(JavalinHttp.with(JavalinOptions.builder().port(0).build()))
                    .build();
            app.start();
            try (RawClient client = RawClient.connect(app.address("http"))) {
                client.send(RawClient.request("GET", "/slow"));
                assertThat(inside.await(10, SECONDS)).isTrue();

                app.stop(Duration.ofMillis(100));

                assertThat(client.rest()).doesNotContain("never");
            } finally {
                never.countDown();
            }
            noThreadsBut(before);
        }

        @Test
        void waits_neither_for_streams_of_events_nor_for_clients_that_keep_their_connection() throws Exception {
            CountDownLatch inside = new CountDownLatch(1);
            App app = App.named("test")
                    .get(
                            "/events",
                            ctx -> Response.events(events -> {
                                while (true) {
                                    events.send("tick");
                                    inside.countDown();
                                    new CountDownLatch(1).await(10, MILLISECONDS);
                                }
                            }))
                    .get("/", ctx -> "kept")
                    .transport(JavalinHttp.with(JavalinOptions.builder().port(0).build()))
                    .build();
            app.start();
            try (RawClient client = RawClient.connect(app.address("http"));
                    RawClient idle = RawClient.connect(app.address("http"))) {
                idle.send(RawClient.request("GET", "/"));
                assertThat(idle.answer().status()).isEqualTo(200);
                client.send(RawClient.request("GET", "/events"));
                assertThat(inside.await(10, SECONDS)).isTrue();

                app.stop(Duration.ofSeconds(60));

                StopReport report = app.stopReport().orElseThrow();
                assertThat(report.isClean()).as(report.toString()).isTrue();
                assertThat(report.finished()).isEqualTo(1);
                // The last chunk, and so the client knows that it has it all.
                assertThat(client.rest()).endsWith("data: tick\n\n\r\n0\r\n\r\n");
                assertThat(report.took()).isLessThan(Duration.ofSeconds(20));
            }
        }

        @Test
        void ends_streams_that_have_no_end() throws Exception {
            Set<Thread> before = threads();
            CountDownLatch inside = new CountDownLatch(1);
            App app = App.named("test")
                    .get(
                            "/events",
                            ctx -> Response.events(events -> {
                                while (true) {
                                    events.comment("still here");
                                    inside.countDown();
                                }
                            }))
                    .transport(JavalinHttp.with(JavalinOptions.builder().port(0).build()))
                    .build();
            app.start();
            try (RawClient client = RawClient.connect(app.address("http"))) {
                client.send(RawClient.request("GET", "/events"));
                assertThat(inside.await(10, SECONDS)).isTrue();

                app.stop(Duration.ofMillis(100));

                assertThat(app.isRunning()).isFalse();
                noThreadsBut(before);
            }
        }

        @Test
        void comes_to_an_app_in_a_try_block() {
            App app = app(JavalinOptions.builder().port(0)).build();
            try (app) {
                app.start();
            }
            assertThat(app.isRunning()).isFalse();
        }
    }

    /** A transport beside HTTP that writes down what happens to it. */
    private static class Logging implements TransportProvider, Transport {

        private final List<String> log;
        private final int order;

        Logging(List<String> log, int order) {
            this.log = log;
            this.order = order;
        }

        @Override
        public String id() {
            return "logging";
        }

        @Override
        public int order() {
            return order;
        }

        @Override
        public Set<OperationKind> carries() {
            return Set.of(OperationKind.SOCKET_MESSAGE);
        }

        @Override
        public Transport create(TransportContext context) {
            return this;
        }

        @Override
        public void start() {
            log.add("start");
        }

        @Override
        public void drain(Duration budget) {
            log.add("drain");
        }

        @Override
        public void close() {
            log.add("close");
        }
    }
}
