/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.http.javalin.cases;

import static dev.cyanotype.http.javalin.cases.Answers.is;
import static dev.cyanotype.http.javalin.cases.Answers.isDefault;
import static dev.cyanotype.http.javalin.cases.Handlers.abort;
import static dev.cyanotype.http.javalin.cases.Handlers.answer;
import static dev.cyanotype.http.javalin.cases.Handlers.raise;
import static dev.cyanotype.http.javalin.cases.Handlers.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cyanotype.App;
import dev.cyanotype.Blueprint;
import dev.cyanotype.exchange.Attribute;
import dev.cyanotype.exchange.ErrorHandler;
import dev.cyanotype.exchange.HttpException;
import dev.cyanotype.exchange.NotFoundException;
import dev.cyanotype.exchange.Response;
import dev.cyanotype.http.HttpContext;
import dev.cyanotype.http.javalin.BothWays;
import dev.cyanotype.internal.testkit.wire.Answer;
import java.util.Map;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Behaviour cases 277 to 289: unmatched requests, results of error handlers, error handlers that fail. */
class Cases17ErrorOutcomesIT {

    private static final Attribute<String> FORMAT = Attribute.named("format", String.class);
    private static final Attribute<String> VALUE = Attribute.named("value", String.class);

    private final Trace trace = new Trace();

    @Test
    @DisplayName(
            "case 277: 404 raised by a handler of the blueprint (here: an unmatched path under its prefix is alike)")
    void not_found_raised() throws Exception {
        Blueprint bp = Blueprint.named("bp")
                .prefix("/p")
                .error(404, answer(404, "bp404"))
                .get("/x", abort(404))
                .build();
        BothWays.with(bp).run(client -> {
            is(client.get("/p/x"), 404, "bp404");
            is(client.get("/p/none"), 404, "bp404");
            isDefault(client.get("/none"), 404, "Not Found", "There is nothing at this address");
        });
    }

    @Test
    @DisplayName("case 279: prefix-based treatment on the app")
    void prefix_based_treatment() throws Exception {
        ErrorHandler<HttpException> handler = (exchange, error) ->
                exchange.as(HttpContext.class).path().startsWith("/api/") ? Map.of("error", error.status()) : null;
        BothWays.with(App.named("test")
                        .error(404, handler)
                        .error(405, handler)
                        .get("/api/x", text("x"))
                        .get("/x", text("x")))
                .run(client -> {
                    is(client.get("/api/none"), 404, "{\"error\":404}");
                    assertThat(client.get("/api/none").header("Content-Type")).isEqualTo("application/json");
                    isDefault(client.get("/none"), 404, "Not Found", "There is nothing at this address");
                    is(client.send("POST", "/api/x", ""), 405, "{\"error\":405}");
                    Answer byDefault = client.send("POST", "/x", "");
                    isDefault(byDefault, 405, "Method Not Allowed", "Allowed here: GET, HEAD, OPTIONS");
                    assertThat(byDefault.header("Allow")).isEqualTo("GET, HEAD, OPTIONS");
                });
    }

    @Test
    @DisplayName("case 281: handler gives up: the next outer scope is asked, then the default answer is given")
    void handler_gives_up() throws Exception {
        ErrorHandler<NotFoundException> nothing = (exchange, error) -> {
            trace.add("asked");
            return null;
        };
        Blueprint bp = Blueprint.named("bp")
                .error(NotFoundException.class, nothing)
                .get("/bp", raise(() -> new NotFoundException("no such thing")))
                .build();
        Blueprint inner = Blueprint.named("inner")
                .error(NotFoundException.class, nothing)
                .get("/inner", raise(() -> new NotFoundException("no such thing")))
                .build();
        Blueprint outer = Blueprint.named("outer")
                .error(404, answer(404, "outer"))
                .register(inner)
                .build();
        BothWays.with(bp, outer).run(client -> {
            isDefault(client.get("/bp"), 404, "Not Found", "no such thing");
            assertThat(trace.taken()).containsExactly("asked");
            is(client.get("/inner"), 404, "outer");
            assertThat(trace.taken()).containsExactly("asked");
        });
    }

    // Flask: "500 KeyError" comes from the 500 handler of the same blueprint; here: what an error handler throws goes
    // to the next outer scope, so that no handler can be asked about what it or its neighbours did.
    @Test
    @DisplayName("case 283: handler raises, 500 handler present (here: the next outer scope's)")
    void handler_raises() throws Exception {
        Blueprint bp = failing().build();
        Blueprint around = Blueprint.named("around")
                .prefix("/around")
                .error(500, name500("500"))
                .error(IllegalArgumentException.class, answer(200, "not asked: the error is another one now"))
                .register(failing().build())
                .build();
        BothWays.with(App.named("test").register(bp).register(around)).run(client -> {
            is(client.get("/around/x"), 500, "500 NoSuchElementException");
            isDefault(client.get("/x"), 500, "Internal Server Error");
        });
    }

    @Test
    @DisplayName("case 283, near: an error handler that raises an HTTP error changes the answer")
    void handler_raises_an_http_error() throws Exception {
        Blueprint bp = Blueprint.named("bp")
                .error(NoSuchElementException.class, (exchange, error) -> {
                    throw new NotFoundException("no such thing");
                })
                .error(404, answer(200, "not asked"))
                .get("/x", raise(NoSuchElementException::new))
                .build();
        BothWays.with(bp).run(client -> isDefault(client.get("/x"), 404, "Not Found", "no such thing"));
    }

    @Test
    @DisplayName("case 283, near: an answer that can't be encoded goes to the error handlers")
    void answer_that_cannot_be_encoded() throws Exception {
        Blueprint bp = Blueprint.named("bp")
                .error(500, answer(500, "sorry"))
                .get("/x", ctx -> new Object() {
                    @SuppressWarnings("unused")
                    public String getName() {
                        throw new IllegalStateException("secret");
                    }
                })
                .build();
        BothWays.with(bp).run(client -> is(client.get("/x"), 500, "sorry"));
    }

    @Test
    @DisplayName("case 286: before hooks ran before the error handler")
    void before_hooks_ran() throws Exception {
        BothWays.with(App.named("test")
                        .before(ctx -> {
                            ctx.attribute(VALUE, "Done.");
                            return null;
                        })
                        .error(
                                IllegalStateException.class,
                                (exchange, error) -> Response.text(String.valueOf(exchange.attribute(VALUE))))
                        .get("/8", raise(IllegalStateException::new)))
                .run(client -> is(client.get("/8"), 200, "Done."));
    }

    // Sanic: a route option and three formats of its own; here: what a route says in an attribute, read by an error
    // handler, because the formats of errors are the service's matter.
    @Test
    @DisplayName("case 288: error format of a route (here: an attribute and one error handler)")
    void error_format_of_a_route() throws Exception {
        Blueprint bp = Blueprint.named("MyBlueprint")
                .get("/text", abort(418), r -> r.attribute(FORMAT, "json"))
                .get("/json", abort(418), r -> r.attribute(FORMAT, "text"))
                .get("/default", abort(418))
                .error(HttpException.class, (exchange, error) -> {
                    String format = String.valueOf(exchange.attribute(FORMAT));
                    return switch (format) {
                        case "json" -> Map.of("error", error.getMessage());
                        case "text" -> Response.text(error.getMessage()).status(error.status());
                        default -> null;
                    };
                })
                .build();
        BothWays.with(bp).run(client -> {
            Answer json = client.get("/text");
            is(json, 418, "{\"error\":\"aborted\"}");
            assertThat(json.header("Content-Type")).isEqualTo("application/json");
            Answer text = client.get("/json");
            is(text, 418, "aborted");
            assertThat(text.header("Content-Type")).isEqualTo("text/plain;charset=utf-8");
            isDefault(client.get("/default"), 418, "I'm a teapot", "aborted");
        });
    }

    @Test
    @DisplayName("case 289: app handlers by code and by type")
    void by_code_and_by_type() throws Exception {
        BothWays.with(App.named("test")
                        .error(404, answer(404, "not found"))
                        .error(500, answer(500, "internal server error"))
                        .error(ForbiddenException.class, answer(403, "forbidden"))
                        .get("/", abort(404))
                        .get("/error", raise(() -> new ArithmeticException("/ by zero")))
                        .get("/forbidden", raise(ForbiddenException::new)))
                .run(client -> {
                    is(client.get("/"), 404, "not found");
                    is(client.get("/none"), 404, "not found");
                    is(client.get("/error"), 500, "internal server error");
                    is(client.get("/forbidden"), 403, "forbidden");
                });
    }

    @Test
    @DisplayName("cases 277 to 289, near: a plain value of an error handler gets the error's status")
    void plain_values() throws Exception {
        Blueprint bp = Blueprint.named("bp")
                .error(ForbiddenException.class, (exchange, error) -> Map.of("error", "forbidden"))
                .error(IllegalStateException.class, (exchange, error) -> "wrong state")
                .errors(404, 410, (exchange, error) -> error.status())
                .get("/type", raise(ForbiddenException::new))
                .get("/other", raise(IllegalStateException::new))
                .get("/range", abort(409))
                .build();
        BothWays.with(bp).run(client -> {
            is(client.get("/type"), 403, "{\"error\":\"forbidden\"}");
            is(client.get("/other"), 500, "\"wrong state\"");
            is(client.get("/range"), 409, "409");
        });
    }

    /** Its handler for one error raises another one, for which it has handlers too. */
    private static Blueprint.Builder failing() {
        return Blueprint.named("failing")
                .error(IllegalArgumentException.class, (exchange, error) -> {
                    throw new NoSuchElementException("key");
                })
                .error(NoSuchElementException.class, answer(200, "kk"))
                .error(500, name500("own 500"))
                .get("/x", raise(() -> new IllegalArgumentException("bad value")));
    }

    private static ErrorHandler<HttpException> name500(String name) {
        return (exchange, error) -> Response.text(
                        name + " " + error.getCause().getClass().getSimpleName())
                .status(500);
    }
}
