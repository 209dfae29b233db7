/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cyanotype.App;
import dev.cyanotype.Assembled;
import dev.cyanotype.Blueprint;
import dev.cyanotype.HooksBuilder;
import dev.cyanotype.exchange.BadRequestException;
import dev.cyanotype.exchange.ErrorHandler;
import dev.cyanotype.exchange.HttpException;
import dev.cyanotype.exchange.NotFoundException;
import dev.cyanotype.exchange.Response;
import dev.cyanotype.http.HttpContext;
import dev.cyanotype.spi.RenderedResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ErrorHandlersTest {

    private final List<String> record = new ArrayList<>();

    static class Base extends Exception {}

    static class Middle extends Base {}

    static class Leaf extends Middle {}

    static class Registered extends HttpException {
        Registered() {
            super(403, "registered");
        }
    }

    static class Unregistered extends HttpException {
        Unregistered() {
            super(403, "unregistered");
        }
    }

    @Nested
    class In_one_scope {

        @ParameterizedTest(name = "{0} goes to the handler of {2}, of {1}")
        @CsvSource({
            "base,    base middle,                       base",
            "middle,  base middle,                       middle",
            "leaf,    base middle,                       middle",
            "leaf,    base exception throwable 500,      base",
            "leaf,    exception throwable 500,           500",
            "leaf,    exception throwable http,          http",
            "leaf,    exception throwable range,         range",
            "leaf,    exception throwable,               exception",
            "leaf,    throwable,                         throwable",
            "leaf,    runtime throwable,                 throwable",
            "state,   runtime exception throwable,       runtime",
            "state,   500 runtime exception,             500",
            "state,   http range runtime,                http",
            "error,   exception error throwable,         error",
            "error,   exception throwable,               throwable",
            "error,   500 error,                         500",
            "io,      io 500 http range exception,       io",
            "404,     notfound 404 http exception,       notfound",
            "404,     404 http range exception,          404",
            "404,     http range exception,              http",
            "404,     range runtime exception,           range",
            "404,     runtime exception throwable,       runtime",
            "404,     exception throwable,               exception",
            "404,     500,                               none",
            "registered,   registered 403 http,          registered",
            "unregistered, registered 403 http,          403",
            "unregistered, registered http,              http"
        })
        void the_nearest_type_beats_the_status_that_beats_ranges_that_beat_the_catch_all(
                String thrown, String handlers, String winner) {
            Blueprint.Builder blueprint = Blueprint.named("a").get("/x", ctx -> raise(thrown));
            handle(blueprint, handlers.split(" "));

            Answer answer = Assembled.of(blueprint.build()).get("/x");

            if (winner.equals("none")) {
                assertThat(answer.contentType()).isEqualTo("application/problem+json");
            } else {
                assertThat(answer.text()).isEqualTo(winner);
            }
        }

        @Test
        void the_order_of_declaration_does_not_matter() {
            Blueprint.Builder blueprint = Blueprint.named("a");
            handle(blueprint, "throwable", "exception", "range", "http", "404", "notfound");
            Blueprint built = blueprint.get("/x", ctx -> raise("404")).build();

            assertThat(Assembled.of(built).get("/x").text()).isEqualTo("notfound");
        }

        @Test
        void a_handler_for_a_status_gets_an_error_with_that_status_and_its_cause() {
            Blueprint blueprint = Blueprint.named("a")
                    .error(
                            500,
                            (exchange, e) -> Response.text(e.status() + " "
                                    + (e.getCause() == null
                                            ? "direct"
                                            : e.getCause().getClass().getSimpleName())))
                    .get("/wrapped", ctx -> raise("state"))
                    .get("/direct", ctx -> {
                        throw new HttpException(500, "direct");
                    })
                    .build();

            assertThat(Assembled.of(blueprint).get("/wrapped").text()).isEqualTo("500 IllegalStateException");
            assertThat(Assembled.of(blueprint).get("/direct").text()).isEqualTo("500 direct");
        }

        @ParameterizedTest
        @CsvSource({"400,single", "401,range", "413,range", "414,default", "500,even", "501,default", "502,even"})
        void a_range_ends_before_its_end_and_a_single_status_beats_it(int status, String winner) {
            Blueprint blueprint = Blueprint.named("a")
                    .errors(400, 414, (exchange, e) -> Response.text("range"))
                    .error(400, (exchange, e) -> Response.text("single"))
                    .errors(500, 504, 2, (exchange, e) -> Response.text("even"))
                    .error(Exception.class, (exchange, e) -> Response.text("default"))
                    .get("/x", ctx -> {
                        throw new HttpException(status, "x");
                    })
                    .build();

            assertThat(Assembled.of(blueprint).get("/x").text()).isEqualTo(winner);
        }

        @Test
        void a_second_request_finds_the_same_handler() {
            Blueprint.Builder builder = Blueprint.named("a").get("/x", ctx -> raise("leaf"));
            handle(builder, "base", "exception");
            Assembled app = Assembled.of(builder.build());

            assertThat(app.get("/x").text()).isEqualTo("base");
            assertThat(app.get("/x").text()).isEqualTo("base");
        }

        private void handle(HooksBuilder<?> hooks, String... keys) {
            for (String key : keys) {
                ErrorHandler<Throwable> handler = (exchange, e) -> Response.text(key);
                switch (key) {
                    case "base" -> hooks.error(Base.class, handler);
                    case "middle" -> hooks.error(Middle.class, handler);
                    case "io" -> hooks.error(IOException.class, handler);
                    case "notfound" -> hooks.error(NotFoundException.class, handler);
                    case "registered" -> hooks.error(Registered.class, handler);
                    case "http" -> hooks.error(HttpException.class, handler);
                    case "runtime" -> hooks.error(RuntimeException.class, handler);
                    case "exception" -> hooks.error(Exception.class, handler);
                    case "error" -> hooks.error(Error.class, handler);
                    case "throwable" -> hooks.error(Throwable.class, handler);
                    case "range" -> hooks.errors(402, 600, 1, handler);
                    default -> hooks.error(Integer.parseInt(key), handler);
                }
            }
        }
    }

    @Nested
    class Over_several_scopes {

        @Test
        void the_nearest_one_that_has_any_handler_for_it_answers() {
            Blueprint child = Blueprint.named("child")
                    .prefix("/c")
                    .error(403, (exchange, e) -> Response.of(403, "child"))
                    .get("/{status}", ctx -> {
                        throw new HttpException(ctx.pathParam("status", Integer.class), "x");
                    })
                    .build();
            Blueprint parent = Blueprint.named("parent")
                    .prefix("/p")
                    .error(404, (exchange, e) -> Response.of(404, "parent 404"))
                    .error(403, (exchange, e) -> Response.of(403, "parent 403"))
                    .register(child)
                    .build();
            Assembled app = Assembled.of(App.named("shop")
                    .error(404, (exchange, e) -> Response.of(404, "app 404"))
                    .error(410, (exchange, e) -> Response.of(410, "app 410"))
                    .register(parent));

            assertThat(app.get("/p/c/403")).hasToString("403 \"child\"");
            assertThat(app.get("/p/c/404")).hasToString("404 \"parent 404\"");
            assertThat(app.get("/p/c/410")).hasToString("410 \"app 410\"");
            assertThat(app.get("/none")).hasToString("404 \"app 404\"");
        }

        @Test
        void a_catch_all_near_by_beats_a_specific_handler_further_out() {
            Assembled app = Assembled.of(App.named("shop")
                    .error(Leaf.class, (exchange, e) -> "app leaf")
                    .error(404, (exchange, e) -> "app 404")
                    .register(Blueprint.named("a")
                            .error(Base.class, (exchange, e) -> "a base")
                            .error(Exception.class, (exchange, e) -> "a exception")
                            .get("/leaf", ctx -> raise("leaf"))
                            .get("/404", ctx -> raise("404"))
                            .build()));

            assertThat(app.get("/leaf").text()).isEqualTo("\"a base\"");
            assertThat(app.get("/404").text()).isEqualTo("\"a exception\"");
        }

        @Test
        void a_group_is_a_scope_around_its_members() {
            Blueprint member = Blueprint.named("member")
                    .error(Base.class, (exchange, e) -> "member")
                    .get("/base", ctx -> raise("base"))
                    .get("/404", ctx -> raise("404"))
                    .build();
            Assembled app = Assembled.of(App.named("shop")
                    .register(Blueprint.group(member)
                            .error(Base.class, (exchange, e) -> "group")
                            .error(404, (exchange, e) -> "group 404")
                            .build()));

            assertThat(app.get("/base").text()).isEqualTo("\"member\"");
            assertThat(app.get("/404").text()).isEqualTo("\"group 404\"");
        }

        @Test
        void handlers_of_siblings_are_not_asked() {
            Assembled app = Assembled.of(
                    Blueprint.named("handles")
                            .error(Base.class, (exchange, e) -> "handled")
                            .build(),
                    Blueprint.named("raises").get("/x", ctx -> raise("base")).build());

            assertThat(app.get("/x").status()).isEqualTo(500);
        }

        @Test
        void an_app_wide_one_of_a_blueprint_is_one_of_the_app() {
            Blueprint errors = Blueprint.named("errors")
                    .appWide(hooks -> hooks.error(403, (exchange, e) -> Response.of(403, "you shall not pass")))
                    .build();
            Blueprint nope = Blueprint.named("nope")
                    .get("/nope", ctx -> {
                        throw new HttpException(403, "x");
                    })
                    .build();
            Assembled app = Assembled.of(
                    App.named("shop").register(nope).register(errors).get("/forbidden", ctx -> {
                        throw new HttpException(403, "x");
                    }));

            assertThat(app.get("/nope")).hasToString("403 \"you shall not pass\"");
            assertThat(app.get("/forbidden")).hasToString("403 \"you shall not pass\"");
        }
    }

    @Nested
    class What_a_handler_returns {

        @Test
        void is_sent_with_the_status_of_the_error_if_it_is_a_plain_value() {
            Assembled app = Assembled.of(Blueprint.named("a")
                    .error(Base.class, (exchange, e) -> "base")
                    .error(422, (exchange, e) -> "checked")
                    .get("/base", ctx -> raise("base"))
                    .get("/422", ctx -> {
                        throw new HttpException(422, "x");
                    })
                    .build());

            assertThat(app.get("/base")).hasToString("500 \"base\"");
            assertThat(app.get("/422")).hasToString("422 \"checked\"");
        }

        @Test
        void is_sent_as_it_is_if_it_is_a_response() {
            Assembled app = Assembled.of(Blueprint.named("a")
                    .error(404, (exchange, e) -> Response.text("fine"))
                    .get("/x", ctx -> raise("404"))
                    .build());

            assertThat(app.get("/x")).hasToString("200 fine");
        }

        @Test
        void passes_the_error_on_to_the_next_outer_scope_if_it_is_null() {
            Assembled app = Assembled.of(App.named("shop")
                    .error(404, (exchange, e) -> note("app", null))
                    .register(Blueprint.named("outer")
                            .error(404, (exchange, e) -> note("outer", "outer"))
                            .register(Blueprint.named("inner")
                                    .error(404, (exchange, e) -> note("inner", null))
                                    .get("/x", ctx -> raise("404"))
                                    .build())
                            .build()));

            assertThat(app.get("/x")).hasToString("404 \"outer\"");
            assertThat(record).containsExactly("inner", "outer");
        }

        @Test
        void ends_in_the_default_answer_if_all_return_null() {
            Assembled app = Assembled.of(App.named("shop")
                    .error(404, (exchange, e) -> note("app", null))
                    .register(Blueprint.named("a")
                            .error(404, (exchange, e) -> note("a", null))
                            .teardown((ctx, unhandled) -> record.add(
                                    unhandled == null
                                            ? "none"
                                            : unhandled.getClass().getSimpleName()))
                            .get("/x", ctx -> raise("404"))
                            .build()));

            Answer answer = app.get("/x");

            assertThat(answer.status()).isEqualTo(404);
            assertThat(answer.contentType()).isEqualTo("application/problem+json");
            assertThat(record).containsExactly("a", "app", "NotFoundException");
        }
    }

    @Nested
    class A_handler_that_fails {

        @Test
        void hands_its_own_error_to_the_next_outer_scope_once() {
            Assembled app = Assembled.of(App.named("shop")
                    .error(IllegalStateException.class, (exchange, e) -> note("app", e.getMessage()))
                    .register(Blueprint.named("a")
                            .error(Base.class, (exchange, e) -> {
                                record.add("a base");
                                throw new IllegalStateException("second");
                            })
                            .error(IllegalStateException.class, (exchange, e) -> note("a state", "never"))
                            .get("/x", ctx -> raise("base"))
                            .build()));

            assertThat(app.get("/x")).hasToString("500 \"second\"");
            assertThat(record).containsExactly("a base", "app");
        }

        @Test
        void ends_in_the_default_answer_and_keeps_the_first_error() {
            List<Throwable> unhandled = new ArrayList<>();
            Assembled app = Assembled.of(App.named("shop")
                    .error(Throwable.class, (exchange, e) -> {
                        throw new IllegalStateException("third");
                    })
                    .register(Blueprint.named("a")
                            .error(Base.class, (exchange, e) -> {
                                throw new IllegalStateException("second");
                            })
                            .teardown((ctx, e) -> unhandled.add(e))
                            .get("/x", ctx -> raise("base"))
                            .build()));

            Answer answer = app.get("/x");

            assertThat(answer.status()).isEqualTo(500);
            assertThat(answer.text()).doesNotContain("second", "third");
            assertThat(unhandled).hasSize(1);
            assertThat(unhandled.get(0)).hasMessage("third");
            assertThat(unhandled.get(0).getSuppressed()).hasSize(1);
            assertThat(unhandled.get(0).getSuppressed()[0]).hasMessage("second");
            assertThat(unhandled.get(0).getSuppressed()[0].getSuppressed()[0]).isInstanceOf(Base.class);
        }

        @Test
        void may_throw_the_error_again() {
            Assembled app = Assembled.of(App.named("shop")
                    .error(404, (exchange, e) -> "app " + e.getSuppressed().length)
                    .register(Blueprint.named("a")
                            .error(404, (exchange, e) -> {
                                throw e;
                            })
                            .get("/x", ctx -> raise("404"))
                            .build()));

            assertThat(app.get("/x")).hasToString("404 \"app 0\"");
        }

        @Test
        void may_turn_the_error_into_one_with_a_status() {
            Assembled app = Assembled.of(App.named("shop")
                    .error(400, (exchange, e) -> e.getMessage())
                    .register(Blueprint.named("a")
                            .error(Base.class, (exchange, e) -> {
                                throw new BadRequestException("your fault", e);
                            })
                            .get("/x", ctx -> raise("base"))
                            .build()));

            assertThat(app.get("/x")).hasToString("400 \"your fault\"");
        }

        @Test
        void by_an_answer_that_can_not_be_encoded_ends_in_an_error_without_details() {
            Assembled app = Assembled.of(App.named("shop")
                    .error(Throwable.class, (exchange, e) -> new Object() {
                        public String getSecret() {
                            throw new IllegalStateException("inner secret");
                        }
                    })
                    .get("/x", ctx -> raise("base")));

            Answer answer = app.send(InMemoryRequest.get("/x").header("X-Request-Id", "r-1"));

            assertThat(answer).hasToString("500 Internal Server Error (correlation id r-1)");
            assertThat(answer.contentType()).isEqualTo("text/plain;charset=utf-8");
        }
    }

    @Nested
    class Errors_from_elsewhere {

        @Test
        void of_a_completion_stage_are_found_by_what_caused_them() {
            Assembled app = Assembled.of(Blueprint.named("a")
                    .error(Base.class, (exchange, e) -> "base")
                    .get("/failed", ctx -> CompletableFuture.failedFuture(new Leaf()))
                    .get("/wrapped", ctx -> CompletableFuture.failedFuture(new CompletionException(new Leaf())))
                    .get("/thrown", ctx -> {
                        throw new CompletionException(new Leaf());
                    })
                    .get(
                            "/chained",
                            ctx -> CompletableFuture.failedFuture(new Leaf()).thenApply(x -> x))
                    .build());

            for (String path : List.of("/failed", "/wrapped", "/thrown", "/chained")) {
                assertThat(app.get(path)).as(path).hasToString("500 \"base\"");
            }
        }

        @Test
        void of_a_stack_overflow_are_answered() {
            Assembled app = Assembled.of(Blueprint.named("a")
                    .get("/x", ErrorHandlersTest.this::endless)
                    .error(StackOverflowError.class, (exchange, e) -> "deep")
                    .build());

            assertThat(app.get("/x")).hasToString("500 \"deep\"");
        }

        @Test
        void of_the_encoding_of_a_result_reach_the_handlers() {
            Assembled app = Assembled.of(Blueprint.named("a")
                    .get("/x", ctx -> new Object() {
                        public String getName() {
                            throw new IllegalStateException("broken");
                        }
                    })
                    .error(Exception.class, (exchange, e) -> Response.of(500, "not encoded"))
                    .build());

            assertThat(app.get("/x")).hasToString("500 \"not encoded\"");
        }

        @Test
        void of_a_converter_are_errors_of_the_request_and_the_dispatcher_never_fails() {
            Assembled app = Assembled.of(App.named("a").get("/{code:hex}", ctx -> "x"), Map.of("hex", s -> {
                throw new IllegalStateException("broken converter");
            }));

            CompletableFuture<RenderedResponse> response = app.start(InMemoryRequest.get("/1"));

            assertThat(response.join().status()).isEqualTo(500);
        }

        @Test
        void of_an_interrupted_thread_leave_it_interrupted() {
            Assembled app = Assembled.of(Blueprint.named("a")
                    .error(InterruptedException.class, (exchange, e) -> "interrupted")
                    .get("/x", ctx -> {
                        throw new InterruptedException();
                    })
                    .build());

            assertThat(app.get("/x")).hasToString("500 \"interrupted\"");
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    private Object endless(HttpContext ctx) {
        return endless(ctx) + "x";
    }

    private <T> T note(String text, T result) {
        record.add(text);
        return result;
    }

    private static Object raise(String what) throws Exception {
        throw switch (what) {
            case "base" -> new Base();
            case "middle" -> new Middle();
            case "leaf" -> new Leaf();
            case "io" -> new IOException("io");
            case "state" -> new IllegalStateException("state");
            case "error" -> throw new AssertionError("error");
            case "registered" -> new Registered();
            case "unregistered" -> new Unregistered();
            default -> new NotFoundException("nothing");
        };
    }
}
