/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.http.javalin;

import static java.util.concurrent.TimeUnit.SECONDS;
import static net.javacrumbs.jsonunit.assertj.JsonAssertions.assertThatJson;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cyanotype.App;
import dev.cyanotype.Blueprint;
import dev.cyanotype.exchange.Response;
import dev.cyanotype.internal.testkit.wire.Answer;
import dev.cyanotype.internal.testkit.wire.RawClient;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.staticfiles.Location;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An app on a Javalin server that belongs to the user. */
class MountedAppIT {

    private final List<Javalin> servers = new ArrayList<>();
    private final AtomicReference<App> running = new AtomicReference<>();

    private final Blueprint shop = Blueprint.named("shop")
            .prefix("/shop")
            .get("/hello", ctx -> Response.text("hello from " + ctx.app()))
            .get("/later", ctx -> CompletableFuture.supplyAsync(() -> "later"))
            .get("/stream", ctx -> Response.stream("text/plain", out -> out.write("streamed".getBytes())))
            .post("/echo", ctx -> Response.text(ctx.body().text()))
            .get("/shared", ctx -> Response.text("ours"))
            .action("add", ctx -> Map.of("sum", ctx.payload().path("a").intValue() + 1))
            .build();

    @AfterEach
    void stop() {
        servers.forEach(Javalin::stop);
    }

    private Javalin create(Consumer<JavalinConfig> configuration) {
        Javalin javalin = Javalin.create(config -> {
            config.startup.showJavalinBanner = false;
            config.startup.startupWatcherEnabled = false;
            config.startup.showOldJavalinVersionWarning = false;
            config.jetty.host = "127.0.0.1";
            config.jetty.port = 0;
            configuration.accept(config);
        });
        servers.add(javalin);
        return javalin;
    }

    private Javalin mounted(Consumer<JavalinConfig> configuration) {
        return create(config -> {
                    running.set(JavalinAccess.mount(
                            config, App.named("mine").register(shop).build()));
                    configuration.accept(config);
                })
                .start();
    }

    private static RawClient connect(Javalin javalin) throws IOException {
        return RawClient.connect(URI.create("http://127.0.0.1:" + javalin.port()));
    }

    @Nested
    class Answers {

        @Test
        void on_its_own_routes() throws IOException {
            try (RawClient client = connect(mounted(config -> {}))) {
                assertThat(client.exchange("GET", "/shop/hello").text()).isEqualTo("hello from mine");
                assertThat(client.exchange("GET", "/shop/later").text()).isEqualTo("\"later\"");
                assertThat(client.exchange("GET", "/shop/stream").text()).isEqualTo("streamed");
                client.send(RawClient.request("POST", "/shop/echo", "Content-Length: 3") + "abc");
                assertThat(client.answer().text()).isEqualTo("abc");
            }
        }

        @Test
        void beside_the_routes_of_the_server_which_come_first() throws IOException {
            Javalin javalin = mounted(config -> config.routes
                    .get("/native", ctx -> ctx.result("native"))
                    .get("/shop/shared", ctx -> ctx.result("native too")));
            try (RawClient client = connect(javalin)) {
                assertThat(client.exchange("GET", "/native").text()).isEqualTo("native");
                assertThat(client.exchange("GET", "/shop/shared").text()).isEqualTo("native too");
                assertThat(client.exchange("GET", "/shop/hello").text()).isEqualTo("hello from mine");
            }
        }

        @Test
        void beside_the_static_files_of_the_server(@TempDir Path folder) throws IOException {
            Files.writeString(folder.resolve("page.html"), "<p>static</p>");
            Javalin javalin = mounted(config -> config.staticFiles.add(folder.toString(), Location.EXTERNAL));
            try (RawClient client = connect(javalin)) {
                assertThat(client.exchange("GET", "/page.html").text()).isEqualTo("<p>static</p>");
                assertThat(client.exchange("GET", "/shop/hello").text()).isEqualTo("hello from mine");
            }
        }

        @Test
        void with_a_problem_where_nobody_else_does() throws IOException {
            try (RawClient client = connect(mounted(config -> config.routes.get("/native", ctx -> ctx.result("x"))))) {
                Answer nowhere = client.exchange("GET", "/nowhere", "X-Request-Id: r1");

                assertThat(nowhere.status()).isEqualTo(404);
                assertThat(nowhere.header("Content-Type")).isEqualTo("application/problem+json");
                assertThatJson(nowhere.text())
                        .isEqualTo("{title: 'Not Found', status: 404, detail: 'There is nothing at this address',"
                                + " correlationId: 'r1'}");
                assertThat(client.exchange("PUT", "/shop/hello").header("Allow"))
                        .isEqualTo("GET, HEAD, OPTIONS");
                assertThat(client.exchange("PROPFIND", "/shop/hello").status()).isEqualTo(405);
            }
        }

        @Test
        void head_requests_without_body() throws IOException {
            try (RawClient client = connect(mounted(config -> {}))) {
                Answer head = client.exchange("HEAD", "/shop/hello");

                assertThat(head.status()).isEqualTo(200);
                assertThat(head.header("Content-Length")).isEqualTo("15");
                assertThat(client.exchange("GET", "/shop/hello").text()).isEqualTo("hello from mine");
            }
        }

        @Test
        void inside_the_filters_of_the_server() throws IOException {
            Javalin javalin = mounted(config ->
                    config.routes.before(ctx -> ctx.header("X-Before", "1")).after(ctx -> ctx.header("X-After", "2")));
            try (RawClient client = connect(javalin)) {
                Answer answer = client.exchange("GET", "/shop/hello");

                assertThat(answer.header("X-Before")).isEqualTo("1");
                assertThat(answer.header("X-After")).isEqualTo("2");
            }
        }

        @Test
        void below_the_context_path_of_the_server() throws IOException {
            try (RawClient client = connect(mounted(config -> config.router.contextPath = "/base"))) {
                assertThat(client.exchange("GET", "/base/shop/hello").text()).isEqualTo("hello from mine");
            }
        }

        @Test
        void with_two_apps_on_two_servers_each_its_own() throws IOException {
            Javalin one = create(config -> JavalinAccess.mount(
                            config, App.named("one").register(shop).build()))
                    .start();
            Javalin two = create(config -> JavalinAccess.mount(
                            config, App.named("two").register(shop).build()))
                    .start();
            try (RawClient first = connect(one);
                    RawClient second = connect(two)) {
                assertThat(first.exchange("GET", "/shop/hello").text()).isEqualTo("hello from one");
                assertThat(second.exchange("GET", "/shop/hello").text()).isEqualTo("hello from two");
            }
        }
    }

    @Nested
    class Starts_and_stops {

        @Test
        void with_the_server() {
            Javalin javalin = create(config -> running.set(
                    JavalinAccess.mount(config, App.named("mine").register(shop).build())));
            assertThat(running.get().isRunning()).isFalse();

            javalin.start();
            assertThat(running.get().isRunning()).isTrue();

            javalin.stop();
            assertThat(running.get().isRunning()).isFalse();
        }

        @Test
        void as_a_copy_of_the_app_that_was_given() {
            App given = App.named("mine").register(shop).build();
            create(config -> running.set(JavalinAccess.mount(config, given))).start();

            assertThat(running.get()).isNotSameAs(given);
            assertThat(given.isRunning()).isFalse();
        }

        @Test
        void so_that_callers_work_meanwhile() {
            mounted(config -> {});

            assertThat(running.get().caller("mine").call("add", Map.of("a", 1))).hasToString("{\"sum\":2}");
        }

        @Test
        void also_when_the_server_fails_to_start() {
            Javalin first = mounted(config -> {});
            Javalin second = create(config -> {
                config.jetty.port = first.port();
                running.set(JavalinAccess.mount(
                        config, App.named("mine").register(shop).build()));
            });

            assertThatThrownBy(second::start).isInstanceOf(RuntimeException.class);

            assertThat(running.get().isRunning()).isFalse();
        }

        @Test
        void and_fails_the_start_of_the_server_if_it_can_not_start() {
            Javalin javalin = create(config -> JavalinAccess.mount(
                    config,
                    App.named("mine")
                            .setting("no.such", "setting")
                            .register(shop)
                            .build()));

            assertThatThrownBy(javalin::start)
                    .hasStackTraceContaining("setting 'no.such' (given to the app's builder) is unknown.");
        }

        @Test
        void letting_requests_finish() throws Exception {
            var inside = new CountDownLatch(1);
            var go = new CountDownLatch(1);
            Javalin javalin = create(config -> {
                        config.jetty.modifyServer(server -> server.setStopTimeout(30_000));
                        JavalinAccess.mount(
                                config,
                                App.named("mine")
                                        .get("/slow", ctx -> {
                                            inside.countDown();
                                            go.await();
                                            return Response.text("finished");
                                        })
                                        .build());
                    })
                    .start();
            try (RawClient client = connect(javalin)) {
                client.send(RawClient.request("GET", "/slow"));
                assertThat(inside.await(10, SECONDS)).isTrue();

                CompletableFuture<Void> stopped = CompletableFuture.runAsync(javalin::stop);
                go.countDown();

                assertThat(client.answer().text()).isEqualTo("finished");
                stopped.get(20, SECONDS);
            }
        }
    }
}
