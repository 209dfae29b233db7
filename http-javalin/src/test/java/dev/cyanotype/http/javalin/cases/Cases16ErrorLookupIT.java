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

import dev.cyanotype.App;
import dev.cyanotype.Blueprint;
import dev.cyanotype.exchange.ErrorHandler;
import dev.cyanotype.exchange.HttpException;
import dev.cyanotype.exchange.NotFoundException;
import dev.cyanotype.exchange.Response;
import dev.cyanotype.http.javalin.BothWays;
import java.io.IOException;
import java.util.InputMismatchException;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Behaviour cases 257 to 274: which error handler is asked. */
class Cases16ErrorLookupIT {

    @Test
    @DisplayName("case 257: default handlers of blueprint and app")
    void default_handlers() throws Exception {
        Blueprint bp = Blueprint.named("bp")
                .prefix("/bp")
                .error(HttpException.class, answer(200, "bp-default"))
                .error(ForbiddenException.class, answer(200, "bp-forbidden"))
                .get("/undefined", raise(() -> new NotFoundException("raised")))
                .get("/forbidden", raise(ForbiddenException::new))
                .build();
        BothWays.with(App.named("test")
                        .error(HttpException.class, answer(200, "default"))
                        .error(ForbiddenException.class, answer(200, "forbidden"))
                        .register(bp)
                        .get("/forbidden", raise(ForbiddenException::new))
                        .get("/slash/", text("slash")))
                .run(client -> {
                    is(client.get("/bp/undefined"), 200, "bp-default");
                    is(client.get("/bp/forbidden"), 200, "bp-forbidden");
                    is(client.get("/undefined"), 200, "default");
                    is(client.get("/forbidden"), 200, "forbidden");
                    // There are no redirects here: both forms of the path are answered.
                    is(client.get("/slash/"), 200, "slash");
                    is(client.get("/slash"), 200, "slash");
                });
    }

    @Test
    @DisplayName("case 259: HTTP subclass and code")
    void subclass_and_code() throws Exception {
        Blueprint bp = Blueprint.named("bp")
                .error(403, answer(200, "forbidden"))
                .error(RegisteredException.class, answer(200, "forbidden-registered"))
                .get("/forbidden", raise(ForbiddenException::new))
                .get("/registered", raise(RegisteredException::new))
                .get("/unregistered", raise(UnregisteredException::new))
                .build();
        BothWays.with(bp).run(client -> {
            is(client.get("/forbidden"), 200, "forbidden");
            is(client.get("/unregistered"), 200, "forbidden");
            is(client.get("/registered"), 200, "forbidden-registered");
        });
    }

    // Flask: E3 has two base types; here: one class has one, so the types are a chain.
    @Test
    @DisplayName("case 261: nearest of a chain of types, and catch-all")
    void chain_of_types() throws Exception {
        Blueprint bp = Blueprint.named("bp")
                .error(Second.class, answer(200, "E2"))
                .error(Exception.class, answer(200, "Exception"))
                .get("/e1", raise(First::new))
                .get("/e2", raise(Second::new))
                .get("/e3", raise(Third::new))
                .get("/error", ctx -> {
                    throw new AssertionError("no Exception");
                })
                .build();
        BothWays.with(bp).run(client -> {
            is(client.get("/e1"), 200, "Exception");
            is(client.get("/e2"), 200, "E2");
            is(client.get("/e3"), 200, "E2");
            isDefault(client.get("/error"), 500, "Internal Server Error");
        });
    }

    @Test
    @DisplayName("case 262: lookup table, asked twice")
    void lookup_table() throws Exception {
        Blueprint bp = Blueprint.named("bp")
                .error(NoSuchElementException.class, answer(200, "I"))
                .error(First.class, answer(200, "C"))
                .error(ServerErrorException.class, answer(200, "S"))
                .get("/i", raise(NoSuchElementException::new))
                .get("/m", raise(InputMismatchException::new))
                .get("/c", raise(First::new))
                .get("/s", raise(ServerErrorException::new))
                .get("/cs", raise(BrokenException::new))
                .get("/other", raise(IOException::new))
                .build();
        BothWays.with(bp).run(client -> {
            for (int i = 0; i < 2; i++) {
                is(client.get("/i"), 200, "I");
                is(client.get("/m"), 200, "I");
                is(client.get("/c"), 200, "C");
                is(client.get("/s"), 200, "S");
                is(client.get("/cs"), 200, "S");
                isDefault(client.get("/other"), 500, "Internal Server Error");
            }
        });
    }

    // Kyoukai: an unmatched path is the root's; here: it belongs to the blueprint that owns the prefix, and to those
    // around it.
    @Test
    @DisplayName("case 264: nearest blueprint first (here: also for unmatched paths under its prefix)")
    void nearest_blueprint_first() throws Exception {
        Blueprint c = Blueprint.named("c")
                .prefix("/c")
                .error(403, answer(403, "c403"))
                .get("/e/{n:int}", ctx -> {
                    throw new HttpException(ctx.pathParam("n", Integer.class), "asked for");
                })
                .build();
        Blueprint p = Blueprint.named("p")
                .prefix("/p")
                .error(404, answer(404, "p404"))
                .error(403, answer(403, "p403"))
                .error(500, answer(500, "p500"))
                .register(c)
                .get("/e", abort(403))
                .build();
        BothWays.with(App.named("test")
                        .error(404, answer(404, "root404"))
                        .error(405, answer(405, "root405"))
                        .register(p))
                .run(client -> {
                    is(client.get("/p/c/e/404"), 404, "p404");
                    is(client.get("/p/c/e/403"), 403, "c403");
                    is(client.get("/p/c/e/500"), 500, "p500");
                    isDefault(client.get("/p/c/e/409"), 409, "Conflict", "asked for");
                    is(client.get("/p/e"), 403, "p403");
                    is(client.get("/p/none"), 404, "p404");
                    is(client.get("/p/c/none"), 404, "p404");
                    is(client.get("/none"), 404, "root404");
                    is(client.send("POST", "/p/c/e/403", ""), 405, "root405");
                });
    }

    @Test
    @DisplayName("case 266: 500 handler of a parent gets the original as the cause")
    void wrapped_error() throws Exception {
        Blueprint child = Blueprint.named("child")
                .get("/x", raise(() -> new IllegalArgumentException("bad value")))
                .build();
        Blueprint parent = Blueprint.named("parent")
                .error(
                        500,
                        (exchange, error) -> Response.text(error.getClass().getSimpleName() + " " + error.status()
                                        + " of " + error.getCause())
                                .status(500))
                .register(child)
                .build();
        BothWays.with(parent)
                .run(client -> is(
                        client.get("/x"), 500, "HttpException 500 of java.lang.IllegalArgumentException: bad value"));
    }

    @Test
    @DisplayName("case 268: handler for the common HTTP type")
    void common_http_type() throws Exception {
        BothWays.with(App.named("test")
                        .error(
                                HttpException.class,
                                (exchange, error) -> Response.text(Integer.toString(error.status()))
                                        .status(error.status()))
                        .get("/error", raise(() -> new NoSuchElementException("key")))
                        .get("/abort", abort(500)))
                .run(client -> {
                    is(client.get("/error"), 500, "500");
                    is(client.get("/abort"), 500, "500");
                    is(client.get("/not-found"), 404, "404");
                    is(client.send("POST", "/abort", ""), 405, "405");
                });
    }

    @Test
    @DisplayName("case 270: specific handler without match")
    void specific_handler_without_match() throws Exception {
        BothWays.with(App.named("test")
                        .error(First.class, answer(200, "custom"))
                        .error(500, wrappedOrDirect())
                        .get("/custom", raise(First::new))
                        .get("/keyerror", raise(() -> new NoSuchElementException("key")))
                        .get("/abort", abort(500)))
                .run(client -> {
                    is(client.get("/custom"), 200, "custom");
                    is(client.get("/keyerror"), 500, "wrapped NoSuchElementException");
                    is(client.get("/abort"), 500, "direct");
                });
    }

    // Sanic: an exact type anywhere comes before base types, so Child → "app-child"; here: the nearest scope first,
    // so that an app can't take away what a blueprint handles.
    @Test
    @DisplayName(
            "case 273: app handler for the exact type against blueprint handler for a base type (here: the blueprint's)")
    void exact_type_further_out() throws Exception {
        Blueprint bp = Blueprint.named("bp")
                .error(Second.class, answer(200, "bp-base"))
                .get("/child", raise(Third::new))
                .get("/base", raise(Second::new))
                .get("/other", raise(First::new))
                .build();
        BothWays.with(App.named("test")
                        .error(Third.class, answer(200, "app-child"))
                        .error(Exception.class, answer(200, "app-all"))
                        .register(bp)
                        .get("/child-of-app", raise(Third::new)))
                .run(client -> {
                    is(client.get("/child"), 200, "bp-base");
                    is(client.get("/base"), 200, "bp-base");
                    is(client.get("/other"), 200, "app-all");
                    is(client.get("/child-of-app"), 200, "app-child");
                });
    }

    @Test
    @DisplayName("case 274: blueprint catch-all against app handler for a base type")
    void catch_all_further_in() throws Exception {
        Blueprint bp = Blueprint.named("bp")
                .error(Exception.class, answer(200, "bp-exc"))
                .get("/", raise(Third::new))
                .build();
        BothWays.with(App.named("test")
                        .error(Second.class, answer(200, "app-base"))
                        .error(500, answer(200, "app-500"))
                        .register(bp)
                        .get("/app", raise(Third::new)))
                .run(client -> {
                    is(client.get("/"), 200, "bp-exc");
                    is(client.get("/app"), 200, "app-base");
                });
    }

    @Test
    @DisplayName(
            "cases 257 to 274, near: in one scope the type, the code, the common HTTP type, a range, then catch-all")
    void order_within_a_scope() throws Exception {
        Blueprint bp = Blueprint.named("bp")
                .error(Throwable.class, answer(200, "throwable"))
                .error(RuntimeException.class, answer(200, "runtime"))
                .errors(400, 600, answer(200, "range"))
                .error(403, answer(200, "code"))
                .error(ForbiddenException.class, answer(200, "type"))
                .get("/type", raise(ForbiddenException::new))
                .get("/code", abort(403))
                .get("/range", abort(404))
                .get("/wrapped", raise(First::new))
                .build();
        Blueprint general = Blueprint.named("general")
                .prefix("/general")
                .error(Throwable.class, answer(200, "throwable"))
                .error(RuntimeException.class, answer(200, "runtime"))
                .get("/runtime", abort(404))
                .get("/throwable", raise(First::new))
                .build();
        Blueprint http = Blueprint.named("http")
                .prefix("/http")
                .errors(400, 600, answer(200, "range"))
                .error(HttpException.class, answer(200, "http"))
                .get("/abort", abort(404))
                .get("/wrapped", raise(First::new))
                .build();
        BothWays.with(bp, general, http).run(client -> {
            is(client.get("/type"), 200, "type");
            is(client.get("/code"), 200, "code");
            is(client.get("/range"), 200, "range");
            is(client.get("/wrapped"), 200, "range");
            is(client.get("/general/runtime"), 200, "runtime");
            is(client.get("/general/throwable"), 200, "throwable");
            is(client.get("/http/abort"), 200, "http");
            is(client.get("/http/wrapped"), 200, "http");
        });
    }

    private static ErrorHandler<HttpException> wrappedOrDirect() {
        return (exchange, error) -> Response.text(
                        error.getCause() == null
                                ? "direct"
                                : "wrapped " + error.getCause().getClass().getSimpleName())
                .status(500);
    }

    private static final class RegisteredException extends ForbiddenException {

        private static final long serialVersionUID = 1L;
    }

    private static final class UnregisteredException extends ForbiddenException {

        private static final long serialVersionUID = 1L;
    }

    private static final class BrokenException extends ServerErrorException {

        private static final long serialVersionUID = 1L;
    }

    private static class First extends Exception {

        private static final long serialVersionUID = 1L;
    }

    private static class Second extends First {

        private static final long serialVersionUID = 1L;
    }

    private static final class Third extends Second {

        private static final long serialVersionUID = 1L;
    }
}
