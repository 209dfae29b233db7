/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import dev.cyanotype.exchange.HttpException;
import dev.cyanotype.exchange.NotFoundException;
import dev.cyanotype.exchange.Problem;
import dev.cyanotype.exchange.Response;
import dev.cyanotype.message.Action;
import dev.cyanotype.message.CallException;
import dev.cyanotype.message.CallTimeoutException;
import dev.cyanotype.message.Caller;
import dev.cyanotype.message.ErrorReplyException;
import dev.cyanotype.message.NoResponderException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Actions over the bus that every app has within its process. */
class ActionsTest {

    record NewUser(String name, int age) {}

    record User(int id, String name) {}

    private static final Action<NewUser, User> CREATE = Action.named("create_user", NewUser.class, User.class);
    private static final Action<NewUser, User> WRONG = Action.named("wrong", NewUser.class, User.class);

    private final List<App> started = new ArrayList<>();

    @AfterEach
    void stop() {
        started.forEach(App::close);
    }

    private App start(Blueprint.Builder blueprint) {
        App app = App.named("shop").discovery(false).register(blueprint.build()).build();
        started.add(app);
        app.start();
        return app;
    }

    private Caller caller(Blueprint.Builder blueprint) {
        return start(blueprint).caller("shop");
    }

    @Nested
    class An_action {

        @Test
        void is_called_by_its_name() {
            Caller caller = caller(Blueprint.named("users")
                    .action(
                            "echo",
                            ctx -> Map.of(
                                    "payload", ctx.payload(), "action", ctx.action(), "operation", ctx.operation())));

            JsonNode reply = caller.call("echo", Map.of("a", 1));

            assertThat(reply.path("payload").path("a").asInt()).isEqualTo(1);
            assertThat(reply.path("action").asString()).isEqualTo("echo");
            assertThat(reply.path("operation").asString()).isEqualTo("users.echo");
        }

        @Test
        void is_called_by_its_typed_constant() {
            Caller caller = caller(Blueprint.named("users")
                    .action(CREATE, (user, ctx) -> new User(1, user.name() + user.age())));

            assertThat(caller.call(CREATE, new NewUser("Ada", 36))).isEqualTo(new User(1, "Ada36"));
            assertThat(caller.callAsync(CREATE, new NewUser("Bob", 1)).join()).isEqualTo(new User(1, "Bob1"));
            assertThat(caller.callAsync("create_user", Map.of("name", "C")).join())
                    .hasToString("{\"id\":1,\"name\":\"C0\"}");
        }

        @Test
        void may_be_declared_with_the_type_of_its_payload_alone() {
            Caller caller = caller(Blueprint.named("users")
                    .action("greet", NewUser.class, (user, ctx) -> Response.json("hello " + user.name())));

            assertThat(caller.call("greet", new NewUser("Ada", 1)).asString()).isEqualTo("hello Ada");
        }

        @Test
        void may_return_what_any_handler_may() {
            Caller caller = caller(Blueprint.named("a")
                    .action("null", ctx -> null)
                    .action("text", ctx -> Response.text("plain"))
                    .action("later", ctx -> CompletableFuture.supplyAsync(() -> 7))
                    .action("optional", ctx -> Optional.of("there"))
                    .action("list", ctx -> List.of(1, 2)));

            assertThat(caller.call("null", Map.of())).hasToString("{}");
            assertThat(caller.call("text", Map.of())).hasToString("\"plain\"");
            assertThat(caller.call("later", Map.of())).hasToString("7");
            assertThat(caller.call("optional", Map.of())).hasToString("\"there\"");
            assertThat(caller.call("list", Map.of())).hasToString("[1,2]");
        }

        @Test
        void does_not_run_on_the_thread_of_its_caller() {
            Caller caller = caller(Blueprint.named("a")
                    .action("thread", ctx -> Thread.currentThread().getName()));

            assertThat(caller.call("thread", Map.of()).asString())
                    .isNotEqualTo(Thread.currentThread().getName())
                    .startsWith("cyanotype-shop-");
        }

        @Test
        void may_call_another_and_itself() {
            App[] app = new App[1];
            app[0] = start(Blueprint.named("a").action("count_down", ctx -> {
                int n = ctx.payload().asInt();
                return n == 0
                        ? 0
                        : 1 + app[0].caller("shop").call("count_down", n - 1).asInt();
            }));

            assertThat(app[0].caller("shop").call("count_down", 20).asInt()).isEqualTo(20);
        }

        @Test
        void gets_a_payload_that_later_changes_do_not_reach() throws Exception {
            CountDownLatch changed = new CountDownLatch(1);
            Caller caller = caller(Blueprint.named("a").action("echo", ctx -> {
                changed.await(10, SECONDS);
                return ctx.payload();
            }));
            Map<String, Object> payload = new HashMap<>(Map.of("a", 1));

            CompletableFuture<JsonNode> reply = caller.callAsync("echo", payload);
            payload.put("a", 2);
            changed.countDown();

            assertThat(reply.get(10, SECONDS)).hasToString("{\"a\":1}");
        }

        @Test
        void may_tell_of_its_progress() {
            List<String> progress = new CopyOnWriteArrayList<>();
            Caller caller = caller(Blueprint.named("a").action("work", ctx -> {
                        ctx.progress(Map.of("percent", 10));
                        ctx.progress(50);
                        return "done";
                    }))
                    .onProgress(payload -> progress.add(payload.toString()));

            assertThat(caller.call("work", Map.of()).asString()).isEqualTo("done");
            assertThat(progress).containsExactly("{\"percent\":10}", "50");
        }
    }

    @Nested
    class An_error_of_an_action {

        private final Caller caller = caller(Blueprint.named("a")
                .error(409, (exchange, e) -> Map.of("error", "exists", "hint", "rename"))
                .action("not_found", ctx -> {
                    throw new NotFoundException("no user 3");
                })
                .action("handled", ctx -> {
                    throw new HttpException(409, "x");
                })
                .action("secret", ctx -> {
                    throw new IllegalStateException("secret");
                })
                .action("response", ctx -> Response.of(422, Map.of("error", "too young")))
                .action("other_response", ctx -> Response.of(422, Map.of("fields", List.of("age"))))
                .action("text_response", ctx -> Response.text("too old").status(422))
                .action("empty_response", ctx -> Response.of(503))
                .action("problem", ctx -> Response.problem(Problem.of(403).detail("not you")))
                .action("optional", ctx -> Optional.empty())
                .action("bytes", ctx -> Response.bytes("image/png", new byte[1]))
                .action("broken", ctx -> new Object() {
                    public String getSecret() {
                        throw new IllegalStateException("secret");
                    }
                })
                .action("hopeless", ctx -> new Object() {
                    public String getSecret() {
                        throw new AssertionError("secret");
                    }
                })
                .action(CREATE, (user, ctx) -> null)
                .action("later", ctx -> CompletableFuture.failedFuture(new NotFoundException("later"))));

        @Test
        void is_a_reply_with_a_text() {
            assertThat(payloadOf("not_found")).hasToString("{\"error\":\"no user 3\"}");
            assertThat(payloadOf("later")).hasToString("{\"error\":\"later\"}");
            assertThat(payloadOf("optional")).hasToString("{\"error\":\"There is no such thing here\"}");
            assertThatThrownBy(() -> caller.call("not_found", Map.of()))
                    .isInstanceOf(ErrorReplyException.class)
                    .hasMessage("no user 3");
        }

        @Test
        void is_answered_by_the_error_handlers_of_its_scope() {
            JsonNode payload = payloadOf("handled");

            assertThat(payload.path("error").asString()).isEqualTo("exists");
            assertThat(payload.path("hint").asString()).isEqualTo("rename");
        }

        @Test
        void may_be_a_response_whose_body_is_kept() {
            assertThat(payloadOf("response")).hasToString("{\"error\":\"too young\"}");
            assertThat(payloadOf("problem")).hasToString("{\"error\":\"not you\"}");
        }

        @Test
        void gets_a_text_if_its_body_has_none() {
            JsonNode other = payloadOf("other_response");
            assertThat(other.path("error").asString()).isEqualTo("Error 422");
            assertThat(other.path("details")).hasToString("{\"fields\":[\"age\"]}");
            assertThat(payloadOf("text_response").path("error").asString()).isEqualTo("too old");
            assertThat(payloadOf("empty_response").path("error").asString()).isEqualTo("Error 503");
        }

        @Test
        void tells_the_caller_nothing_but_the_correlation_id_if_it_is_not_meant_for_it() {
            try (CapturedLog log = CapturedLog.from(Level.ERROR)) {
                assertThat(payloadOf("secret").path("error").asString())
                        .matches("Internal Server Error \\(correlation id [0-9a-f]{16}\\)");
                assertThat(payloadOf("broken").path("error").asString())
                        .matches("Internal Server Error \\(correlation id [0-9a-f]{16}\\)");
                assertThat(payloadOf("hopeless").path("error").asString())
                        .matches("Internal Server Error \\(correlation id [0-9a-f]{16}\\)");
                assertThat(payloadOf("bytes").path("error").asString())
                        .matches("Internal Server Error \\(correlation id [0-9a-f]{16}\\)");
                assertThat(log.lines())
                        .hasSize(4)
                        .allMatch(
                                line -> line.matches(
                                        "ERROR action a\\.(secret|broken|hopeless|bytes) failed \\(correlation id [0-9a-f]{16}\\)"));
            }
        }

        @Test
        void is_the_one_of_a_payload_of_another_type() {
            assertThatThrownBy(() -> caller.call("create_user", Map.of("age", "old")))
                    .isInstanceOf(ErrorReplyException.class)
                    .hasMessage("the payload does not have the expected form: see 'age'");
        }

        @Test
        void is_the_one_of_an_unknown_action() {
            assertThatThrownBy(() -> caller.call("unknown", Map.of()))
                    .isInstanceOf(ErrorReplyException.class)
                    .hasMessage("Unknown action 'unknown'");
        }

        private JsonNode payloadOf(String action) {
            try {
                caller.call(action, Map.of());
                throw new AssertionError("no error");
            } catch (ErrorReplyException e) {
                return e.payload();
            }
        }
    }

    @Nested
    class A_caller {

        @Test
        void of_a_service_that_nobody_is_gets_that_at_once() {
            App app = start(Blueprint.named("a").action("x", ctx -> "x"));

            assertThatThrownBy(() -> app.caller("nobody").call("x", Map.of()))
                    .isInstanceOf(NoResponderException.class)
                    .hasMessage("call of 'x' at 'nobody': nobody listens");
            assertThat(app.caller("nobody").callAsync("x", Map.of()))
                    .failsWithin(Duration.ofSeconds(10))
                    .withThrowableThat()
                    .havingCause()
                    .isInstanceOf(NoResponderException.class);
        }

        @Test
        void of_an_app_without_actions_gets_that_too() {
            App app = start(Blueprint.named("a"));

            assertThatThrownBy(() -> app.caller("shop").call("x", Map.of())).isInstanceOf(NoResponderException.class);
        }

        @Test
        void of_a_stopped_app_is_told_so() {
            App app = start(Blueprint.named("a").action("x", ctx -> "x"));
            Caller caller = app.caller("shop");
            app.stop();

            assertThatThrownBy(() -> caller.call("x", Map.of()))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("app 'shop' is stopped, so it can't send messages");
            assertThat(caller.callAsync("x", Map.of()))
                    .failsWithin(Duration.ofSeconds(10))
                    .withThrowableThat()
                    .havingCause()
                    .isInstanceOf(IllegalStateException.class)
                    .withMessage("app 'shop' is stopped, so it can't send messages");
            assertThatThrownBy(() -> app.caller("shop"))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("app 'shop' is stopped, so it can't send messages");
        }

        @Test
        void does_not_wait_longer_than_its_timeout() {
            CountDownLatch done = new CountDownLatch(1);
            Caller caller = caller(Blueprint.named("a").action("slow", ctx -> {
                done.await();
                return "late";
            }));
            try {
                assertThatThrownBy(() -> caller.timeout(Duration.ofMillis(50)).call("slow", Map.of()))
                        .isInstanceOf(CallTimeoutException.class)
                        .hasMessage("call of 'slow' at 'shop': no reply within 50 ms");
                assertThatThrownBy(() -> caller.timeout(Duration.ofMillis(50))
                                .callAsync(CREATE, new NewUser("x", 1))
                                .join())
                        .isInstanceOf(CompletionException.class)
                        .hasCauseInstanceOf(CallException.class);
            } finally {
                done.countDown();
            }
        }

        @Test
        void is_a_value() {
            Caller caller = caller(Blueprint.named("a").action("progress", ctx -> {
                ctx.progress(1);
                return "x";
            }));
            List<String> heard = new CopyOnWriteArrayList<>();

            Caller changed = caller.timeout(Duration.ofSeconds(1)).onProgress(payload -> heard.add("x"));
            caller.call("progress", Map.of());

            assertThat(heard).isEmpty();
            assertThat(changed.service()).isEqualTo("shop");
            changed.call("progress", Map.of());
            assertThat(heard).containsExactly("x");
        }

        @Test
        void is_refused_without_a_service_or_with_a_timeout_that_is_none() {
            App app = start(Blueprint.named("a"));

            assertThatThrownBy(() -> app.caller(""))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("caller: service is empty (expected: a service's name)");
            assertThatThrownBy(() -> app.caller("x").timeout(Duration.ZERO))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("caller of 'x': timeout PT0S (expected: more than zero)");
            assertThatThrownBy(() -> app.caller("x").timeout(Duration.ofSeconds(-1)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("caller of 'x': timeout PT-1S (expected: more than zero)");
        }

        @Test
        void is_refused_before_the_start() {
            App app = App.named("shop").discovery(false).build();

            assertThatThrownBy(() -> app.caller("shop"))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("app 'shop' is not started. Start it first.");
        }

        @Test
        void a_reply_of_another_type_is_a_call_exception() {
            try (App app = App.named("shop")
                    .discovery(false)
                    .action("wrong", ctx -> "no user")
                    .build()) {
                app.start();

                CompletableFuture<User> reply = app.caller("shop").callAsync(WRONG, new NewUser("x", 1));

                assertThat(reply)
                        .failsWithin(Duration.ofSeconds(10))
                        .withThrowableThat()
                        .withCauseInstanceOf(CallException.class);
            }
        }

        @Test
        void a_payload_that_can_not_be_encoded_fails_the_call_and_not_its_caller() {
            Object broken = new Object() {
                public String getName() {
                    throw new IllegalStateException("broken");
                }
            };
            try (App app =
                    App.named("shop").discovery(false).action("x", ctx -> "x").build()) {
                app.start();

                assertThat(app.caller("shop").callAsync("x", broken))
                        .failsWithin(Duration.ofSeconds(10))
                        .withThrowableThat()
                        .withCauseInstanceOf(CallException.class);
                assertThatThrownBy(() -> app.caller("shop").call("x", broken)).isInstanceOf(CallException.class);
            }
        }

        @Test
        void an_executor_that_rejects_work_fails_the_call_and_not_the_drain() {
            try (App app = App.named("shop")
                    .discovery(false)
                    .executor(task -> {
                        throw new RejectedExecutionException("full");
                    })
                    .action("x", ctx -> "x")
                    .build()) {
                app.start();

                assertThat(app.caller("shop").callAsync("x", Map.of()))
                        .failsWithin(Duration.ofSeconds(10))
                        .withThrowableThat()
                        .withCauseInstanceOf(CallException.class);
                long before = System.nanoTime();
                app.stop(Duration.ofSeconds(5));
                assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(4));
            }
        }
    }
}
