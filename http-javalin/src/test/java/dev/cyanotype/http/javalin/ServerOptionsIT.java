/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.http.javalin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cyanotype.App;
import dev.cyanotype.exchange.Response;
import dev.cyanotype.internal.testkit.wire.Answer;
import dev.cyanotype.internal.testkit.wire.RawClient;
import dev.cyanotype.spi.TransportException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where options come from, and that they hold. */
class ServerOptionsIT {

    private static final boolean HAS_VIRTUAL_THREADS = Runtime.version().feature() >= 21;

    private static App.Builder app() {
        return App.named("test").get("/", ctx -> Response.text("here"));
    }

    private static App.Builder app(JavalinOptions.Builder options) {
        return app().transport(JavalinHttp.with(options.build()));
    }

    private static Answer get(App app) throws IOException {
        try (RawClient client = RawClient.connect(app.address("http"))) {
            return client.exchange("GET", "/");
        }
    }

    @Nested
    class The_port {

        /** An app that tries to listen on a port says which one, so a taken port shows where the number came from. */
        private void isTaken(App app, ServerSocket taken) {
            assertThatThrownBy(app::start)
                    .isInstanceOf(TransportException.class)
                    .hasMessageStartingWith("transport 'http' of app 'test' could not listen on port "
                            + taken.getLocalPort() + " of '127.0.0.1': ");
        }

        private ServerSocket takePort() throws IOException {
            return new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
        }

        @AfterEach
        void clear() {
            System.clearProperty("cyanotype.http.port");
        }

        @Test
        void comes_from_the_options() throws IOException {
            try (ServerSocket taken = takePort()) {
                isTaken(app(JavalinOptions.builder().port(taken.getLocalPort())).build(), taken);
            }
        }

        @Test
        void comes_from_a_setting_rather_than_from_the_options() throws IOException {
            try (ServerSocket taken = takePort()) {
                isTaken(
                        app(JavalinOptions.builder().port(0))
                                .setting("http.port", Integer.toString(taken.getLocalPort()))
                                .build(),
                        taken);
            }
        }

        @Test
        void comes_from_a_system_property_rather_than_from_a_setting() throws IOException {
            try (ServerSocket taken = takePort()) {
                System.setProperty("cyanotype.http.port", Integer.toString(taken.getLocalPort()));
                isTaken(app().setting("http.port", "0").build(), taken);
            }
        }

        @Test
        void may_be_any_free_one_for_a_found_transport_too() throws IOException {
            App app = app().setting("http.port", "0").build();
            app.start();
            try {
                assertThat(app.address("http").getPort()).isPositive().isNotEqualTo(8080);
                assertThat(get(app).text()).isEqualTo("here");
            } finally {
                app.stop(Duration.ZERO);
            }
        }

        @ParameterizedTest
        @CsvSource({"x", "-1", "65536", "''", "8080.5"})
        void must_be_a_port(String port) {
            App app = app().setting("http.port", port).build();

            assertThatIllegalArgumentException()
                    .isThrownBy(app::start)
                    .withMessage(
                            "setting 'http.port' (given to the app's builder): '%s'"
                                    + " (expected: a whole number from 0 to 65535)",
                            port);
            assertThat(app.isRunning()).isFalse();
        }

        @Test
        void has_one_spelling() {
            App app = app().setting("http.prot", "0").build();

            assertThatIllegalArgumentException()
                    .isThrownBy(app::start)
                    .withMessage(
                            "setting 'http.prot' (given to the app's builder) is unknown. Did you mean 'http.port'?");
        }
    }

    @Nested
    class The_host {

        @Test
        void is_this_machine_unless_said_otherwise() throws IOException {
            App app = app(JavalinOptions.builder().port(0)).build();
            app.start();
            try {
                assertThat(app.address("http"))
                        .isEqualTo(URI.create(
                                "http://127.0.0.1:" + app.address("http").getPort()));
                assertThat(get(app).text()).isEqualTo("here");
            } finally {
                app.stop(Duration.ZERO);
            }
        }

        @Test
        void comes_from_a_setting_rather_than_from_the_options() throws IOException {
            App app = app(JavalinOptions.builder().host("203.0.113.7").port(0))
                    .setting("http.host", "localhost")
                    .build();
            app.start();
            try {
                assertThat(app.address("http").getHost()).isEqualTo("localhost");
                assertThat(get(app).text()).isEqualTo("here");
            } finally {
                app.stop(Duration.ZERO);
            }
        }

        @Test
        void may_be_all_addresses() throws IOException {
            App app = app(JavalinOptions.builder().host("0.0.0.0").port(0)).build();
            app.start();
            try (RawClient client = RawClient.connect(
                    URI.create("http://127.0.0.1:" + app.address("http").getPort()))) {
                assertThat(client.exchange("GET", "/").text()).isEqualTo("here");
            } finally {
                app.stop(Duration.ZERO);
            }
        }
    }

    @Nested
    class The_head {

        @Test
        void may_be_as_large_as_the_options_say() throws IOException {
            try (RunningApp app = RunningApp.of(
                    app(),
                    JavalinOptions.builder().port(0).maxHeaderBytes(64 << 10).build())) {
                assertThat(status(app, 60_000)).isEqualTo(200);
                assertThat(status(app, 66_000)).isEqualTo(431);
            }
        }

        @Test
        void may_be_as_large_as_a_setting_says() throws IOException {
            try (RunningApp app = RunningApp.of(app().setting("http.maxHeaderBytes", "2048"))) {
                assertThat(status(app, 1500)).isEqualTo(200);
                assertThat(status(app, 2500)).isEqualTo(431);
            }
        }

        private int status(RunningApp app, int bytes) throws IOException {
            try (RawClient client = app.connect()) {
                client.sendUnlessRefused(RawClient.request("GET", "/", "X-Large: " + "x".repeat(bytes))
                        .getBytes(StandardCharsets.ISO_8859_1));
                return client.answer().status();
            }
        }
    }

    @Nested
    class Silence {

        @Test
        void ends_a_connection() throws IOException {
            try (RunningApp app = RunningApp.of(app().setting("http.idleSeconds", "1"));
                    RawClient client = app.connect()) {
                assertThat(client.exchange("GET", "/").text()).isEqualTo("here");

                assertThat(client.isEnded()).isTrue();
            }
        }
    }

    @Nested
    class Threads {

        private final App.Builder asking = App.named("test").get("/", ctx -> {
            Thread current = Thread.currentThread();
            return Map.of(
                    "virtual",
                    HAS_VIRTUAL_THREADS
                            && (Boolean) Thread.class.getMethod("isVirtual").invoke(current));
        });

        @Test
        void are_virtual_where_the_jvm_has_them() {
            try (RunningApp app = RunningApp.of(asking)) {
                assertThat(app.get("/").text()).isEqualTo("{\"virtual\":" + HAS_VIRTUAL_THREADS + "}");
            }
        }

        @Test
        void are_not_virtual_if_the_options_say_so() {
            JavalinOptions options =
                    JavalinOptions.builder().port(0).virtualThreads(false).build();
            try (RunningApp app = RunningApp.of(asking, options)) {
                assertThat(app.get("/").text()).isEqualTo("{\"virtual\":false}");
            }
        }

        @Test
        void are_not_virtual_if_a_setting_says_so() {
            try (RunningApp app = RunningApp.of(asking.setting("http.virtualThreads", "false"))) {
                assertThat(app.get("/").text()).isEqualTo("{\"virtual\":false}");
            }
        }

        @Test
        void are_refused_where_the_jvm_has_no_virtual_ones() {
            App app = asking.setting("http.virtualThreads", "true")
                    .transport(JavalinHttp.with(JavalinOptions.builder().port(0).build()))
                    .build();
            if (HAS_VIRTUAL_THREADS) {
                app.start();
                assertThat(app.isRunning()).isTrue();
                app.stop(Duration.ZERO);
            } else {
                assertThatIllegalArgumentException()
                        .isThrownBy(app::start)
                        .withMessage(
                                "virtualThreads: this JVM has none (it is Java %d, they come with 21)."
                                        + " Leave the option unset.",
                                Runtime.version().feature());
            }
        }
    }
}
