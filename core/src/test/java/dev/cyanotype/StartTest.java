/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import dev.cyanotype.FakeTransports.Fake;
import dev.cyanotype.http.HttpOptions;
import dev.cyanotype.internal.dispatch.Answer;
import dev.cyanotype.internal.dispatch.InMemoryRequest;
import dev.cyanotype.json.JsonOptions;
import dev.cyanotype.spi.OperationKind;
import dev.cyanotype.spi.TransportException;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StartTest {

    private final FakeTransports transports = new FakeTransports();
    private final List<String> record = transports.record;

    private static App.Builder shop() {
        return App.named("shop").discovery(false);
    }

    @Nested
    class Started {

        @Test
        void its_transports_are_created_then_started_in_their_order() {
            try (App app = shop().transport(transports.fake("c").order(1))
                    .transport(transports.fake("b"))
                    .transport(transports.fake("z").order(-1))
                    .transport(transports.fake("a"))
                    .build()) {
                assertThat(record).isEmpty();
                assertThat(app.isRunning()).isFalse();

                app.start();

                assertThat(app.isRunning()).isTrue();
                assertThat(record)
                        .containsExactly(
                                "create z",
                                "create a",
                                "create b",
                                "create c",
                                "start z",
                                "start a",
                                "start b",
                                "start c");
            }
        }

        @Test
        void it_gives_each_transport_what_it_needs() {
            Fake http = transports.fake("http", OperationKind.HTTP).reads("http.port");
            try (App app = shop().transport(http)
                    .setting("http.port", "81")
                    .register(Blueprint.named("a")
                            .get("/x", ctx -> "x")
                            .post("/x", ctx -> "x")
                            .build())
                    .build()) {
                app.start();

                assertThat(http.context.app()).isEqualTo("shop");
                assertThat(http.context.operations(OperationKind.HTTP)).hasSize(2);
                assertThat(http.context.operations(OperationKind.ACTION)).isEmpty();
                assertThat(http.context.settings().text("http.port")).isEqualTo("81");
                assertThat(Answer.of(http.context
                                .dispatcher()
                                .http(InMemoryRequest.get("/x"))
                                .join()))
                        .hasToString("200 \"x\"");
                CompletableFuture<String> ran = new CompletableFuture<>();
                http.context
                        .executor()
                        .execute(() -> ran.complete(Thread.currentThread().getName()));
                assertThat(ran.join()).startsWith("cyanotype-shop-");
            }
        }

        @Test
        void it_can_be_asked_where_it_is() {
            try (App app = shop().transport(
                            transports.fake("http", OperationKind.HTTP).address("http://127.0.0.1:81"))
                    .transport(transports.fake("other"))
                    .build()) {
                assertThatThrownBy(() -> app.address("http"))
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessage("app 'shop': transport 'http' is not running (running: [])");
                app.start();

                assertThat(app.address("http")).isEqualTo(URI.create("http://127.0.0.1:81"));
                assertThatThrownBy(() -> app.address("other"))
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessage("transport 'other' has no address");
                assertThatThrownBy(() -> app.address("htpp"))
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessage("app 'shop': transport 'htpp' is not running (running: [http, local, other])");
            }
        }

        @Test
        void it_says_so_in_few_lines() {
            try (CapturedLog log = CapturedLog.from(Level.INFO);
                    App app = shop().transport(
                                    transports.fake("http", OperationKind.HTTP).address("http://127.0.0.1:81"))
                            .register(Blueprint.named("a")
                                    .get("/x", ctx -> "x")
                                    .action("do_it", ctx -> "x")
                                    .register(Blueprint.named("b").build())
                                    .build())
                            .build()) {
                app.start();

                assertThat(log.lines()).hasSize(3);
                assertThat(log.lines().get(0))
                        .matches("INFO Cyanotype \\S+ on Java \\d+: app 'shop' with 2 blueprints and 2 operations");
                assertThat(log.lines().get(1)).isEqualTo("INFO transport 'http' on http://127.0.0.1:81");
                assertThat(log.lines().get(2))
                        .isEqualTo("INFO actions and messages stay in this process,"
                                + " because there is no transport between services");
            }
        }

        @Test
        void it_says_how_much_there_is_of_it() {
            try (CapturedLog log = CapturedLog.from(Level.INFO);
                    App app = shop().register(Blueprint.named("a")
                                    .action("do_it", ctx -> "x")
                                    .build())
                            .build()) {
                app.start();

                assertThat(log.lines().get(0)).endsWith(" with 1 blueprint and 1 operation");
            }
        }

        @Test
        void it_can_not_be_started_again() {
            App app = shop().build();
            app.start();

            assertThatThrownBy(app::start)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("app 'shop' is running, and an app runs once. Use toBuilder().build() for another.");
            app.stop();
            assertThatThrownBy(app::start)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("app 'shop' is stopped, and an app runs once. Use toBuilder().build() for another.");
        }

        @Test
        void another_can_be_derived_from_it_and_started() {
            App app = shop().transport(transports.fake("x")).build();
            app.start();
            app.stop();
            record.clear();

            try (App again = app.toBuilder().build()) {
                again.start();
                assertThat(record).containsExactly("create x", "start x");
            }
            try (App without = app.toBuilder().noTransports().build()) {
                record.clear();
                without.start();
                assertThat(record).isEmpty();
            }
        }

        @Test
        void its_messages_go_through_the_transport_between_services_if_there_is_one() {
            try (App app = shop().transport(transports
                            .fake("bus", OperationKind.ACTION, OperationKind.LISTENER)
                            .bus())
                    .build()) {
                app.start();

                assertThat(app.caller("other").call("do_it", Map.of("a", 1))).hasToString("{\"a\":1}");
                assertThat(record).contains("request other do_it");
            }
        }

        @Test
        void it_runs_work_on_a_given_executor_which_it_leaves_alone() {
            ExecutorService executor = Executors.newSingleThreadExecutor(task -> new Thread(task, "mine"));
            try {
                App app = shop().executor(executor)
                        .action("thread", ctx -> Thread.currentThread().getName())
                        .build();
                app.start();

                assertThat(app.caller("shop").call("thread", Map.of()).asString())
                        .isEqualTo("mine");
                app.stop();
                assertThat(executor.isShutdown()).isFalse();
            } finally {
                executor.shutdownNow();
            }
        }
    }

    @Nested
    class Not_able_to_start {

        @Test
        void it_closes_everything_in_reverse_and_leaves_nothing_running() {
            App app = shop().transport(transports.fake("a"))
                    .transport(transports.fake("b").order(1).onStart(() -> {
                        throw new IOException("port 80 is taken");
                    }))
                    .transport(transports.fake("c").order(2))
                    .build();

            assertThatThrownBy(app::start)
                    .isInstanceOf(TransportException.class)
                    .hasMessage("transport 'b' of app 'shop' could not start: port 80 is taken")
                    .hasCauseInstanceOf(IOException.class);

            assertThat(record)
                    .containsExactly(
                            "create a",
                            "create b",
                            "create c",
                            "start a",
                            "start b",
                            "drain a",
                            "close c",
                            "close b",
                            "close a");
            assertThat(app.isRunning()).isFalse();
            assertThatThrownBy(app::start)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("app 'shop' is stopped, and an app runs once. Use toBuilder().build() for another.");
        }

        @Test
        void a_failing_close_does_not_keep_the_others_open() {
            App app = shop().transport(transports.fake("a"))
                    .transport(transports.fake("b").onClose(() -> {
                        throw new IllegalStateException("stuck");
                    }))
                    .transport(transports.fake("c").order(1).onStart(() -> {
                        throw new TransportException("own words", null);
                    }))
                    .build();
            try (CapturedLog log = CapturedLog.from(Level.WARN)) {
                assertThatThrownBy(app::start)
                        .isInstanceOf(TransportException.class)
                        .hasMessage("own words");

                assertThat(record).endsWith("close c", "close b", "close a");
                assertThat(log.lines()).containsExactly("WARN transport 'b' of app 'shop' could not be closed");
            }
        }

        @Test
        void a_failing_creation_closes_what_was_created() {
            App app = shop().transport(transports.fake("a"))
                    .transport(transports.fake("b").onCreate(() -> {
                        throw new IllegalStateException("no");
                    }))
                    .build();

            assertThatThrownBy(app::start)
                    .isInstanceOf(TransportException.class)
                    .hasMessage("transport 'b' of app 'shop' could not be made: java.lang.IllegalStateException: no");
            assertThat(record).containsExactly("create a", "create b", "close a");
        }

        @Test
        void its_tasks_never_run() {
            CountDownLatch ran = new CountDownLatch(1);
            App app = shop().background("quick", Duration.ofMillis(1), ctx -> ran.countDown())
                    .transport(transports.fake("b").onStart(() -> {
                        throw new IOException("no");
                    }))
                    .build();

            assertThatThrownBy(app::start).isInstanceOf(TransportException.class);
            await().during(Duration.ofMillis(30)).until(() -> ran.getCount() == 1);
        }

        @Test
        void a_thread_that_waits_for_its_end_goes_on() throws Exception {
            App app = shop().transport(transports.fake("b").onStart(() -> {
                        throw new IOException("no");
                    }))
                    .build();
            CompletableFuture<Void> running = CompletableFuture.runAsync(app::run);

            assertThat(running)
                    .failsWithin(Duration.ofSeconds(10))
                    .withThrowableThat()
                    .withCauseInstanceOf(TransportException.class);
        }
    }

    @Nested
    class With_operations_that_nobody_carries {

        @Test
        void it_does_not_start_and_names_the_artifact_for_http() {
            App app = shop().register(Blueprint.named("users")
                            .get("/x", ctx -> "x")
                            .get("/y", ctx -> "y")
                            .post("/y", ctx -> "y")
                            .build())
                    .transport(transports.fake("redis", OperationKind.ACTION))
                    .build();

            assertThatThrownBy(app::start)
                    .isInstanceOf(TransportException.class)
                    .hasMessage("blueprint 'users' declares 3 routes, but no transport carries HTTP."
                            + " Add dev.cyanotype:cyanotype-http-javalin (found: redis).");
            assertThat(record).isEmpty();
        }

        @Test
        void what_is_missing_is_said_before_its_settings_are_called_unknown() {
            App app = shop().get("/x", ctx -> "x").setting("http.port", "0").build();

            assertThatThrownBy(app::start)
                    .isInstanceOf(TransportException.class)
                    .hasMessage("app 'shop' declares 1 route, but no transport carries HTTP."
                            + " Add dev.cyanotype:cyanotype-http-javalin (found: none).");
        }

        @Test
        void it_does_not_start_and_names_the_artifact_for_sockets() {
            assertThatThrownBy(() -> shop().socket("type", ctx -> "x").build().start())
                    .isInstanceOf(TransportException.class)
                    .hasMessage("app 'shop' declares 1 socket message, but no transport carries websocket messages."
                            + " Add dev.cyanotype:cyanotype-websocket (found: none).");
        }

        @Test
        void it_starts_if_they_can_stay_in_the_process() {
            try (App app = shop().action("a", ctx -> "x")
                    .listen("c", (message, ctx) -> {})
                    .background("t", Duration.ofHours(1), ctx -> {})
                    .build()) {
                app.start();
                assertThat(app.isRunning()).isTrue();
            }
        }

        @Test
        void it_does_not_start_where_two_carry_the_same() {
            App app = shop().transport(transports.fake("a", OperationKind.HTTP))
                    .transport(transports.fake("b", OperationKind.HTTP))
                    .build();

            assertThatThrownBy(app::start)
                    .isInstanceOf(TransportException.class)
                    .hasMessage(
                            "transports 'a' and 'b' both carry HTTP. Remove one, or leave one out: transports.exclude=a.");
        }

        @Test
        void one_of_two_can_be_left_out_by_a_setting() {
            try (App app = shop().transport(
                            transports.fake("a", OperationKind.HTTP).address("a:here"))
                    .transport(transports.fake("b", OperationKind.HTTP).address("b:here"))
                    .setting("transports.exclude", " a ")
                    .build()) {
                app.start();

                assertThat(app.address("b")).hasToString("b:here");
                assertThat(app.status().health()).containsOnlyKeys("b", "local");
            }
        }

        @Test
        void what_is_left_out_has_to_be_there() {
            App app = shop().transport(transports.fake("a", OperationKind.HTTP))
                    .setting("transports.exclude", "a,c")
                    .build();

            assertThatThrownBy(app::start)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("setting 'transports.exclude': there is no transport 'c' (expected: of [a])");
        }

        @Test
        void what_carries_messages_has_to_be_a_bus() {
            App app = shop().transport(transports.fake("a", OperationKind.LISTENER))
                    .listen("c", (message, ctx) -> {})
                    .build();

            assertThatThrownBy(app::start)
                    .isInstanceOf(TransportException.class)
                    .hasMessage("transport 'a' of app 'shop' carries messages, but is no message bus"
                            + " (expected: a MessageBus, because apps send by it too)");
        }

        @Test
        void there_is_one_bus() {
            App app = shop().transport(
                            transports.fake("a", OperationKind.ACTION).bus())
                    .transport(transports.fake("b", OperationKind.STREAM).bus())
                    .build();

            assertThatThrownBy(app::start)
                    .isInstanceOf(TransportException.class)
                    .hasMessage("app 'shop' has two message buses, the second is transport 'b'."
                            + " Leave one out: transports.exclude=b.");
        }

        @Test
        void it_does_not_start_where_two_have_one_id() {
            App app = shop().transport(transports.fake("a"))
                    .transport(transports.fake("a"))
                    .build();

            assertThatThrownBy(app::start)
                    .isInstanceOf(TransportException.class)
                    .hasMessageMatching(
                            "two transports given to the app have the id 'a': dev\\.cyanotype\\.FakeTransports\\$Fake"
                                    + " \\(test-classes/\\), dev\\.cyanotype\\.FakeTransports\\$Fake \\(test-classes/\\)\\."
                                    + " Give one, or start with noTransports\\(\\)\\.");
        }

        @Test
        void it_does_not_start_with_a_transport_of_the_name_of_the_in_process_bus() {
            App app = shop().transport(transports.fake("local", OperationKind.HTTP))
                    .build();

            assertThatThrownBy(app::start)
                    .isInstanceOf(TransportException.class)
                    .hasMessageMatching(
                            "transport provider dev\\.cyanotype\\.FakeTransports\\$Fake \\(test-classes/\\):"
                                    + " the id 'local' is that of the in-process bus");
        }

        @Test
        void it_does_not_start_with_listeners_beside_a_bus_for_actions_only() {
            App app = App.named("shop")
                    .discovery(false)
                    .transport(transports.fake("bus", OperationKind.ACTION).bus())
                    .listen("channel", (message, ctx) -> {})
                    .build();

            assertThatThrownBy(app::start)
                    .isInstanceOf(TransportException.class)
                    .hasMessage("app 'shop' declares 1 listener, but no transport carries messages."
                            + " Add dev.cyanotype:cyanotype-pubsub-redis (found: bus).");
            app.close();
        }
    }

    @Nested
    class With_settings {

        @ParameterizedTest
        @CsvSource({"http.maxPrats,http.maxParts", "json.maxdepth,json.maxDepth"})
        void that_are_unknown_it_does_not_start(String wrong, String closest) {
            assertThatThrownBy(() -> shop().setting(wrong, "1").build().start())
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("setting '%s' (given to the app's builder) is unknown. Did you mean '%s'?"
                            .formatted(wrong, closest));
        }

        @Test
        void of_a_transport_they_are_known() {
            try (App app = shop().setting("x.y", "1")
                    .transport(transports.fake("x").reads("x.y"))
                    .build()) {
                app.start();
            }
            assertThatThrownBy(() -> shop().setting("x.z", "1")
                            .transport(transports.fake("x").reads("x.y"))
                            .build()
                            .start())
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("setting 'x.z' (given to the app's builder) is unknown. Did you mean 'x.y'?");
        }

        @Test
        void a_system_property_beats_the_builder_which_beats_the_options() {
            Fake http = transports.fake("http", OperationKind.HTTP);
            App.Builder builder = shop().transport(http)
                    .http(HttpOptions.builder().maxUrlLength(5).maxBodyBytes(5).build())
                    .json(JsonOptions.builder().maxDepth(1).build())
                    .setting("http.maxUrlLength", "10")
                    .setting("json.maxDepth", "2")
                    .post("/{path*}", ctx -> ctx.body().json());
            System.setProperty("cyanotype.http.maxUrlLength", "20");
            try (App app = builder.build()) {
                app.start();

                assertThat(status(http, "/" + "a".repeat(19), "[]")).isEqualTo(200);
                assertThat(status(http, "/" + "a".repeat(20), "[]")).isEqualTo(414);
                assertThat(status(http, "/a", "[[1]]")).isEqualTo(200);
                assertThat(status(http, "/a", "[[[]]]")).isEqualTo(413);
                assertThat(status(http, "/a", "[[[")).isEqualTo(400);
            } finally {
                System.clearProperty("cyanotype.http.maxUrlLength");
            }
        }

        @Test
        void converters_and_mapper_settings_reach_the_requests() {
            Fake http = transports.fake("http", OperationKind.HTTP);
            try (App app = shop().transport(http)
                    .converter("hex", s -> s.matches("[0-9a-f]+"))
                    .get("/{code:hex}", ctx -> ctx.pathParam("code"))
                    .build()) {
                app.start();

                assertThat(Answer.of(http.context
                                .dispatcher()
                                .http(InMemoryRequest.get("/beef"))
                                .join()))
                        .hasToString("200 \"beef\"");
                assertThat(Answer.of(http.context
                                        .dispatcher()
                                        .http(InMemoryRequest.get("/xyz"))
                                        .join())
                                .status())
                        .isEqualTo(404);
            }
        }

        private int status(Fake http, String path, String json) {
            return Answer.of(http.context
                            .dispatcher()
                            .http(InMemoryRequest.post(path).json(json))
                            .join())
                    .status();
        }
    }
}
