/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.http.javalin;

import static java.util.concurrent.TimeUnit.SECONDS;
import static net.javacrumbs.jsonunit.assertj.JsonAssertions.assertThatJson;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cyanotype.App;
import dev.cyanotype.exchange.Response;
import dev.cyanotype.internal.testkit.wire.Answer;
import dev.cyanotype.internal.testkit.wire.RawClient;
import io.javalin.compression.CompressionStrategy;
import io.javalin.config.JavalinConfig;
import io.javalin.plugin.bundled.CorsPluginConfig;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Javalin's own abilities around the routes of an app. */
class ConfiguredJavalinIT {

    private static final String LARGE = "blueprint ".repeat(2000);

    private static App.Builder app() {
        return App.named("test")
                .get("/small", ctx -> Response.text("small"))
                .get("/large", ctx -> Response.text(LARGE))
                .get("/large/coded", ctx -> Response.text(LARGE).header("Content-Encoding", "identity"))
                .get("/stream", ctx -> Response.stream("text/plain", out -> out.write(LARGE.getBytes())))
                .get("/empty", ctx -> null)
                .get("/fail", ctx -> {
                    throw new IllegalStateException("secret");
                })
                .post("/post", ctx -> Response.text(ctx.body().text()));
    }

    private static RunningApp running(Consumer<JavalinConfig> configuration) {
        JavalinOptions options =
                JavalinAccess.configure(JavalinOptions.builder().port(0).build(), configuration);
        return RunningApp.of(app(), options);
    }

    @Nested
    class Compression {

        private String unzipped(Answer answer) throws IOException {
            try (var in = new GZIPInputStream(new ByteArrayInputStream(answer.body()))) {
                return new String(in.readAllBytes(), StandardCharsets.UTF_8);
            }
        }

        @Test
        void packs_large_bodies_where_the_client_accepts_it() throws IOException {
            try (RunningApp app = running(config -> {})) {
                Answer answer = app.get("/large", "Accept-Encoding", "gzip");

                assertThat(answer.header("Content-Encoding")).isEqualTo("gzip");
                assertThat(answer.header("Content-Type")).isEqualTo("text/plain;charset=utf-8");
                assertThat(answer.body()).hasSizeLessThan(LARGE.length() / 10);
                assertThat(unzipped(answer)).isEqualTo(LARGE);
            }
        }

        @Test
        void leaves_the_connection_usable() throws IOException {
            try (RunningApp app = running(config -> {});
                    RawClient client = app.connect()) {
                for (int i = 0; i < 3; i++) {
                    assertThat(unzipped(client.exchange("GET", "/large", "Accept-Encoding: gzip")))
                            .isEqualTo(LARGE);
                    assertThat(client.exchange("GET", "/small").text()).isEqualTo("small");
                }
            }
        }

        @ParameterizedTest
        @CsvSource({"/large, identity", "/large, br", "/small, gzip", "/stream, gzip"})
        void leaves_others_alone(String path, String accepted) {
            try (RunningApp app = running(config -> {})) {
                Answer answer = app.get(path, "Accept-Encoding", accepted);

                assertThat(answer.header("Content-Encoding")).isNull();
                assertThat(answer.text()).isIn(LARGE, "small");
            }
        }

        @Test
        void leaves_alone_what_has_a_coding_already() {
            try (RunningApp app = running(config -> {})) {
                Answer answer = app.get("/large/coded", "Accept-Encoding", "gzip");

                assertThat(answer.headers("Content-Encoding")).containsExactly("identity");
                assertThat(answer.text()).isEqualTo(LARGE);
            }
        }

        @Test
        void can_be_switched_off() {
            try (RunningApp app = running(config -> config.http.compressionStrategy = CompressionStrategy.NONE)) {
                Answer answer = app.get("/large", "Accept-Encoding", "gzip");

                assertThat(answer.header("Content-Encoding")).isNull();
                assertThat(answer.header("Content-Length")).isEqualTo("20000");
            }
        }
    }

    @Nested
    class Cross_origin_requests {

        private RunningApp allowing(String origin) {
            return running(config -> config.bundledPlugins.enableCors(
                    cors -> cors.addRule((CorsPluginConfig.CorsRule rule) -> rule.allowHost(origin))));
        }

        @ParameterizedTest
        @ValueSource(strings = {"/small", "/large", "/stream", "/empty", "/fail", "/nowhere"})
        void get_their_header_on_every_answer(String path) {
            try (RunningApp app = allowing("https://shop.example")) {
                Answer answer = app.get(path, "Origin", "https://shop.example");

                assertThat(answer.headers("Access-Control-Allow-Origin")).containsExactly("https://shop.example");
                assertThat(answer.header("Vary")).isEqualTo("Origin");
            }
        }

        @Test
        void may_ask_before() {
            try (RunningApp app = allowing("https://shop.example")) {
                Answer answer = app.send(
                        "OPTIONS",
                        "/post",
                        BodyPublishers.noBody(),
                        "Origin",
                        "https://shop.example",
                        "Access-Control-Request-Method",
                        "POST",
                        "Access-Control-Request-Headers",
                        "X-Own");

                assertThat(answer.status()).isBetween(200, 204);
                assertThat(answer.headers("Access-Control-Allow-Origin")).containsExactly("https://shop.example");
                assertThat(answer.header("Access-Control-Allow-Methods")).contains("POST");
                assertThat(answer.header("Access-Control-Allow-Headers")).isEqualTo("X-Own");
            }
        }

        @Test
        void of_others_get_no_header() {
            try (RunningApp app = allowing("https://shop.example")) {
                Answer answer = app.get("/small", "Origin", "https://evil.example");

                assertThat(answer.header("Access-Control-Allow-Origin")).isNull();
            }
        }
    }

    @Nested
    class The_request_log {

        record Line(String method, String path, int status, int size) {}

        private final BlockingQueue<Line> lines = new LinkedBlockingQueue<>();

        private RunningApp logging() {
            return running(config -> config.requestLogger.http((ctx, millis) -> {
                assertThat(millis).isNotNegative();
                lines.add(new Line(
                        ctx.req().getMethod(),
                        ctx.path(),
                        ctx.statusCode(),
                        ctx.result().length()));
            }));
        }

        @ParameterizedTest
        @CsvSource({"/small, 200, 5", "/large, 200, 20000", "/empty, 204, 0"})
        void sees_status_and_size(String path, int status, int size) throws Exception {
            try (RunningApp app = logging()) {
                app.get(path);

                assertThat(lines.poll(10, SECONDS)).isEqualTo(new Line("GET", path, status, size));
            }
        }

        @Test
        void sees_errors_and_unusual_methods() throws Exception {
            try (RunningApp app = logging()) {
                app.get("/nowhere");
                assertThat(lines.poll(10, SECONDS))
                        .extracting(Line::path, Line::status)
                        .containsExactly("/nowhere", 404);
                app.get("/fail");
                assertThat(lines.poll(10, SECONDS))
                        .extracting(Line::path, Line::status)
                        .containsExactly("/fail", 500);
                app.send("PROPFIND", "/small", BodyPublishers.noBody());
                assertThat(lines.poll(10, SECONDS))
                        .extracting(Line::method, Line::status)
                        .containsExactly("PROPFIND", 405);
            }
        }
    }

    @Nested
    class Handlers {

        @ParameterizedTest
        @ValueSource(strings = {"/small", "/large", "/stream", "/empty", "/fail", "/nowhere"})
        void that_run_afterwards_can_add_headers(String path) {
            try (RunningApp app = running(config -> config.routes.after(ctx -> ctx.header("X-After", "javalin")))) {
                assertThat(app.get(path).headers("X-After")).containsExactly("javalin");
            }
        }

        @Test
        void that_run_before_see_the_request_first() {
            AtomicReference<String> seen = new AtomicReference<>();
            try (RunningApp app = running(config -> config.routes.before(ctx -> {
                seen.set(ctx.path());
                ctx.header("X-Before", "javalin");
            }))) {
                assertThat(app.get("/small").header("X-Before")).isEqualTo("javalin");
                assertThat(seen).hasValue("/small");
            }
        }

        @Test
        void of_javalin_itself_answer_beside_ours() {
            try (RunningApp app = running(
                    config -> config.routes.get("/native/{id}", ctx -> ctx.result("native " + ctx.pathParam("id"))))) {
                assertThat(app.get("/native/7").text()).isEqualTo("native 7");
                assertThat(app.get("/small").text()).isEqualTo("small");
                assertThat(app.get("/native").status()).isEqualTo(404);
            }
        }

        @Test
        void may_be_declared_in_several_steps() {
            JavalinOptions one = JavalinAccess.configure(
                    JavalinOptions.builder().port(0).build(),
                    config -> config.routes.get("/one", ctx -> ctx.result("1")));
            JavalinOptions two =
                    JavalinAccess.configure(one, config -> config.routes.get("/two", ctx -> ctx.result("2")));

            try (RunningApp app = RunningApp.of(app(), two)) {
                assertThat(app.get("/one").text()).isEqualTo("1");
                assertThat(app.get("/two").text()).isEqualTo("2");
            }
            try (RunningApp app = RunningApp.of(app(), one)) {
                assertThat(app.get("/two").status()).isEqualTo(404);
            }
        }
    }

    @Nested
    class Entity_tags {

        private RunningApp tagging() {
            return running(config -> config.http.generateEtags = true);
        }

        @Test
        void are_made_of_bodies_in_memory() {
            try (RunningApp app = tagging()) {
                Answer first = app.get("/large");
                assertThat(first.text()).isEqualTo(LARGE);
                assertThat(first.header("ETag")).isNotEqualTo(app.get("/small").header("ETag"));

                Answer second = app.get("/large", "If-None-Match", first.header("ETag"));
                assertThat(second.status()).isEqualTo(304);
                assertThat(second.body()).isEmpty();
            }
        }

        @Test
        void are_not_made_of_streams() {
            try (RunningApp app = tagging()) {
                Answer answer = app.get("/stream");

                assertThat(answer.header("ETag")).isNull();
                assertThat(answer.text()).isEqualTo(LARGE);
            }
        }
    }

    @Nested
    class The_context {

        @Test
        void of_javalin_is_at_hand() {
            App.Builder asking = App.named("test").get("/{id}", ctx -> {
                var context = JavalinAccess.context(ctx);
                return List.of(context.path(), context.ip(), context.method().name());
            });
            try (RunningApp app = RunningApp.of(asking)) {
                assertThatJson(app.get("/7").text()).isEqualTo("['/7', '127.0.0.1', 'GET']");
            }
        }

        @Test
        void carries_what_a_javalin_handler_left() {
            JavalinOptions options = JavalinAccess.configure(
                    JavalinOptions.builder().port(0).build(),
                    config -> config.routes.before(ctx -> ctx.attribute("tenant", "blue")));
            App.Builder asking = App.named("test")
                    .get(
                            "/",
                            ctx -> Response.text(String.valueOf(
                                    (String) JavalinAccess.context(ctx).attribute("tenant"))));
            try (RunningApp app = RunningApp.of(asking, options)) {
                assertThat(app.get("/").text()).isEqualTo("blue");
            }
        }
    }
}
