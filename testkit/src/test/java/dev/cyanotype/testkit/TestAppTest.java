/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.testkit;

import static dev.cyanotype.testkit.CyanotypeAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cyanotype.App;
import dev.cyanotype.AppBuildException;
import dev.cyanotype.Blueprint;
import dev.cyanotype.exchange.HttpException;
import dev.cyanotype.exchange.Response;
import dev.cyanotype.message.Action;
import dev.cyanotype.message.ErrorReplyException;
import dev.cyanotype.message.NoResponderException;
import dev.cyanotype.spi.OperationKind;
import dev.cyanotype.spi.Transport;
import dev.cyanotype.spi.TransportContext;
import dev.cyanotype.spi.TransportProvider;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class TestAppTest {

    private static final Blueprint HELLO = Blueprint.named("hello")
            .get("/hello", ctx -> Map.of("app", ctx.app()))
            .build();

    @Nested
    class Made_of_blueprints {

        @Test
        void mounts_all_of_them_on_an_app_named_test() {
            Blueprint other =
                    Blueprint.named("other").get("/other", ctx -> "other").build();
            try (TestApp app = TestApp.of(HELLO, other)) {
                assertThat(app.get("/hello")).hasStatus(200).hasJson("{\"app\": \"test\"}");
                assertThat(app.get("/other")).hasJson("\"other\"");
                assertThat(app.app().name()).isEqualTo("test");
                assertThat(app.app().isRunning()).isTrue();
            }
        }

        @Test
        void works_without_any() {
            try (TestApp app = TestApp.of()) {
                assertThat(app.get("/")).isProblem(404);
            }
        }

        @Test
        void reports_what_does_not_fit_together() {
            assertThatThrownBy(() -> TestApp.of(HELLO, HELLO.copy("hello2").build()))
                    .isInstanceOf(AppBuildException.class)
                    .hasMessageContaining("GET /hello: declared by 'hello' (TestAppTest.java:")
                    .hasMessageContaining("and 'hello2' (TestAppTest.java:");
        }

        @Test
        void mounts_one_blueprint_on_many_apps_independently() {
            try (TestApp one = TestApp.of(HELLO);
                    TestApp two = TestApp.of(App.named("two").register(HELLO).build())) {
                assertThat(one.get("/hello")).hasJsonAt("/app", "test");
                assertThat(two.get("/hello")).hasJsonAt("/app", "two");
            }
        }
    }

    @Nested
    class Made_of_an_app {

        /** A transport that must not be touched. */
        private final class Forbidden implements TransportProvider {

            private final List<String> calls = new ArrayList<>();

            @Override
            public String id() {
                return "http";
            }

            @Override
            public Set<OperationKind> carries() {
                return Set.of(OperationKind.HTTP);
            }

            @Override
            public Set<String> settings() {
                return Set.of("http.port");
            }

            @Override
            public Transport create(TransportContext context) {
                calls.add("create");
                throw new IllegalStateException("must not be made");
            }
        }

        @Test
        void does_not_make_the_transports_of_the_app() {
            Forbidden forbidden = new Forbidden();
            App app = App.named("shop").transport(forbidden).register(HELLO).build();

            try (TestApp test = TestApp.of(app)) {
                assertThat(test.get("/hello")).hasJsonAt("/app", "shop");
            }
            assertThat(forbidden.calls).isEmpty();
        }

        @Test
        void leaves_the_app_itself_alone() {
            App app = App.named("shop").register(HELLO).build();

            try (TestApp test = TestApp.of(app)) {
                assertThat(test.app()).isNotSameAs(app);
                assertThat(app.isRunning()).isFalse();
            }
            try (TestApp again = TestApp.of(app)) {
                assertThat(again.get("/hello")).hasStatus(200);
            }
        }

        @Test
        void keeps_hooks_error_handlers_and_options_of_the_app() {
            App app = App.named("shop")
                    .prefix("/shop")
                    .after((ctx, response) -> response.header("X-After", "app"))
                    .error(404, (exchange, error) -> Map.of("error", "nothing"))
                    .register(HELLO)
                    .build();
            try (TestApp test = TestApp.of(app)) {
                assertThat(test.get("/shop/hello")).hasStatus(200).hasHeader("X-After", "app");
                assertThat(test.get("/hello")).hasStatus(404).hasJson("{\"error\": \"nothing\"}");
            }
        }

        @Test
        void takes_settings_of_transports_that_are_not_there() {
            App app = App.named("shop")
                    .setting("http.port", "8081")
                    .setting("redis.url", "redis://localhost")
                    .setting("http.maxBodyBytes", "10")
                    .post("/", ctx -> ctx.body().text())
                    .build();
            try (TestApp test = TestApp.of(app)) {
                assertThat(test.request("POST", "/").body("text/plain", "short").send())
                        .hasStatus(200);
                assertThat(test.request("POST", "/")
                                .body("text/plain", "far too long")
                                .send())
                        .isProblem(413);
            }
        }

        @Test
        void is_not_disturbed_by_settings_in_the_environment() {
            String property = "cyanotype.http.port";
            String before = System.getProperty(property);
            System.setProperty(property, "8081");
            try (TestApp test = TestApp.of(HELLO)) {
                assertThat(test.get("/hello")).hasStatus(200);
            } finally {
                if (before == null) {
                    System.clearProperty(property);
                } else {
                    System.setProperty(property, before);
                }
            }
        }
    }

    @Nested
    class Asked_over_http {

        @Test
        void answers_on_the_calling_thread() {
            List<Thread> threads = new ArrayList<>();
            Blueprint blueprint = Blueprint.named("thread")
                    .get("/", ctx -> {
                        threads.add(Thread.currentThread());
                        return null;
                    })
                    .build();
            try (TestApp app = TestApp.of(blueprint)) {
                app.get("/");
            }
            assertThat(threads).containsExactly(Thread.currentThread());
        }

        @Test
        void waits_for_a_result_that_comes_later() {
            Blueprint blueprint = Blueprint.named("later")
                    .get("/", ctx -> CompletableFuture.supplyAsync(() -> Response.text("late")))
                    .build();
            try (TestApp app = TestApp.of(blueprint)) {
                assertThat(app.get("/")).hasText("late");
            }
        }

        @Test
        void sends_the_short_forms() {
            Blueprint blueprint = Blueprint.named("methods")
                    .get("/", ctx -> Response.text("GET"))
                    .delete("/", ctx -> Response.text("DELETE"))
                    .post("/", ctx -> Response.text("POST " + ctx.body().json()))
                    .put("/", ctx -> Response.text("PUT " + ctx.body().json()))
                    .patch("/", ctx -> Response.text("PATCH " + ctx.body().json()))
                    .build();
            try (TestApp app = TestApp.of(blueprint)) {
                assertThat(app.get("/")).hasText("GET");
                assertThat(app.delete("/")).hasText("DELETE");
                assertThat(app.post("/", "{\"a\": 1}")).hasText("POST {\"a\":1}");
                assertThat(app.put("/", Map.of("a", 2))).hasText("PUT {\"a\":2}");
                assertThat(app.patch("/", List.of(1, 2))).hasText("PATCH [1,2]");
            }
        }

        @Test
        void has_run_teardown_hooks_when_the_call_returns() {
            List<String> log = new ArrayList<>();
            Blueprint blueprint = Blueprint.named("teardown")
                    .get(
                            "/",
                            ctx -> Response.stream("text/plain", out -> {
                                out.write('x');
                                log.add("streamed");
                            }))
                    .teardown((ctx, error) -> log.add("teardown"))
                    .build();
            try (TestApp app = TestApp.of(blueprint)) {
                assertThat(app.get("/")).hasText("x");
            }
            assertThat(log).containsExactly("streamed", "teardown");
        }

        @Test
        void has_no_remote_address_and_no_object_of_a_transport() {
            Blueprint blueprint = Blueprint.named("bare")
                    .get("/address", ctx -> Response.text(String.valueOf(ctx.remoteAddress())))
                    .get("/as", ctx -> ctx.as(Thread.class))
                    .error(IllegalStateException.class, (exchange, e) -> Response.text(e.getMessage()))
                    .build();
            try (TestApp app = TestApp.of(blueprint)) {
                assertThat(app.get("/address")).hasText("null");
                assertThat(app.get("/as"))
                        .hasText("GET /as: there is no java.lang.Thread here. Ask for it only where its transport"
                                + " carries it.");
            }
        }
    }

    @Nested
    class Asked_for_actions {

        record Id(int id) {}

        record User(int id, String name) {}

        private static final Action<Id, User> GET_USER = Action.named("get_user", Id.class, User.class);

        private final Blueprint users = Blueprint.named("users")
                .action(GET_USER, (id, ctx) -> {
                    if (id.id() > 9) {
                        throw new HttpException(404, "No user " + id.id());
                    }
                    return new User(id.id(), "Ann");
                })
                .action("slow", ctx -> {
                    ctx.progress(Map.of("done", 1));
                    ctx.progress(Map.of("done", 2));
                    return Map.of("result", ctx.payload().path("a"));
                })
                .action("fail", ctx -> {
                    throw new IllegalStateException("secret");
                })
                .action("nothing", ctx -> null)
                .build();

        @Test
        void replies_with_the_payload() {
            try (TestApp app = TestApp.of(users)) {
                TestReply reply = app.call("get_user", "{\"id\": 3}");

                assertThat(reply).isSuccess().hasPayload(new User(3, "Ann")).hasPayloadAt("/name", "Ann");
                assertThat(reply.isError()).isFalse();
                assertThat(reply.error()).isEmpty();
                assertThat(reply.progress()).isEmpty();
                assertThat(reply).hasToString("reply {\"id\":3,\"name\":\"Ann\"}");
            }
        }

        @Test
        void replies_with_the_error() {
            try (TestApp app = TestApp.of(users)) {
                TestReply reply = app.call("get_user", new Id(10));

                assertThat(reply).isError("No user 10").hasPayload("{\"error\": \"No user 10\"}");
                assertThat(reply.isError()).isTrue();
                assertThat(reply.error()).isEqualTo("No user 10");
                assertThat(reply).hasToString("error reply {\"error\":\"No user 10\"}");
            }
        }

        @Test
        void keeps_the_replies_before_the_last() {
            try (TestApp app = TestApp.of(users)) {
                TestReply reply = app.call("slow", Map.of("a", 5));

                assertThat(reply).isSuccess().hasPayload("{\"result\": 5}");
                assertThat(reply.progress())
                        .extracting(Object::toString)
                        .containsExactly("{\"done\":1}", "{\"done\":2}");
            }
        }

        @Test
        void shows_no_message_of_an_unexpected_error() {
            try (TestApp app = TestApp.of(users)) {
                assertThat(app.call("fail", Map.of()).error())
                        .matches("Internal Server Error \\(correlation id [0-9a-f]{16}\\)");
            }
        }

        @Test
        void replies_to_null_with_an_empty_object() {
            try (TestApp app = TestApp.of(users)) {
                assertThat(app.call("nothing", Map.of())).isSuccess().hasPayload("{}");
            }
        }

        @Test
        void knows_no_other_action() {
            try (TestApp app = TestApp.of(users)) {
                assertThat(app.call("get_users", Map.of())).isError("Unknown action 'get_users'");
            }
        }

        @Test
        void decodes_the_reply_of_a_typed_call() {
            try (TestApp app = TestApp.of(users)) {
                assertThat(app.call(GET_USER, new Id(3))).isEqualTo(new User(3, "Ann"));
            }
        }

        @Test
        void throws_the_error_of_a_typed_call() {
            try (TestApp app = TestApp.of(users)) {
                assertThatThrownBy(() -> app.call(GET_USER, new Id(10)))
                        .isInstanceOf(ErrorReplyException.class)
                        .hasMessage("No user 10");
            }
        }

        @Test
        void can_be_called_with_a_caller_too() {
            try (TestApp app = TestApp.of(users)) {
                assertThat(app.app()
                                .caller("test")
                                .call("get_user", new Id(1))
                                .path("name")
                                .stringValue())
                        .isEqualTo("Ann");
                assertThatThrownBy(() -> app.app().caller("other").call("get_user", new Id(1)))
                        .isInstanceOf(NoResponderException.class)
                        .hasMessage("call of 'get_user' at 'other': nobody listens");
            }
        }

        @Test
        void wants_a_payload() {
            try (TestApp app = TestApp.of(users)) {
                assertThatThrownBy(() -> app.call("get_user", (Object) null))
                        .isInstanceOf(NullPointerException.class)
                        .hasMessage("payload");
                assertThatIllegalArgumentException()
                        .isThrownBy(() -> app.call("get_user", "no json"))
                        .withMessage("this is no JSON: no json");
            }
        }
    }

    @Nested
    class Asked_for_tasks {

        private final List<String> log = new ArrayList<>();

        private final Blueprint cleaning = Blueprint.named("cleaning")
                .background("clean", Duration.ofHours(1), ctx -> log.add(ctx.task() + " " + ctx.operation()))
                .background("break", Duration.ofHours(1), ctx -> {
                    throw new IllegalStateException("broken");
                })
                .error(IllegalStateException.class, (exchange, e) -> log.add("handled " + e.getMessage()))
                .build();

        @Test
        void runs_one_when_told_to() {
            try (TestApp app = TestApp.of(cleaning)) {
                assertThat(log).isEmpty();

                app.runTask("clean");
                app.runTask("clean");

                assertThat(log).containsExactly("clean cleaning.clean", "clean cleaning.clean");
            }
        }

        @Test
        void hands_what_it_throws_to_the_error_handlers() {
            try (TestApp app = TestApp.of(cleaning)) {
                app.runTask("break");
                app.runTask("clean");

                assertThat(log).containsExactly("handled broken", "clean cleaning.clean");
            }
        }

        @Test
        void finds_it_by_its_full_name() {
            try (TestApp app = TestApp.of(cleaning)) {
                app.runTask("cleaning.clean");

                assertThat(log).hasSize(1);
            }
        }

        @Test
        void says_which_ones_there_are() {
            try (TestApp app = TestApp.of(cleaning)) {
                assertThatIllegalArgumentException()
                        .isThrownBy(() -> app.runTask("cleam"))
                        .withMessage("task 'cleam' is unknown (expected: one of [cleaning.clean, cleaning.break]).");
            }
        }
    }

    @Nested
    class Closed {

        @Test
        void is_stopped() {
            TestApp app = TestApp.of(HELLO);

            app.close();

            assertThat(app.app().isRunning()).isFalse();
        }

        @Test
        void may_be_closed_again() {
            TestApp app = TestApp.of(HELLO);
            app.close();

            app.close();

            assertThat(app.app().isRunning()).isFalse();
        }

        @Test
        void can_not_be_started_again() {
            TestApp app = TestApp.of(HELLO);
            app.close();

            assertThatIllegalStateException()
                    .isThrownBy(() -> app.app().start())
                    .withMessage("app 'test' is stopped, and an app runs once. Use toBuilder().build() for another.");
        }

        @Test
        void leaves_no_thread() {
            Set<String> before = threads();

            try (TestApp app = TestApp.of(HELLO)) {
                app.get("/hello");
            }

            assertThat(threads()).isSubsetOf(before);
        }

        private static Set<String> threads() {
            return Thread.getAllStackTraces().keySet().stream()
                    .filter(Thread::isAlive)
                    .map(Thread::getName)
                    .filter(name -> name.contains("cyanotype"))
                    .collect(Collectors.toSet());
        }
    }
}
