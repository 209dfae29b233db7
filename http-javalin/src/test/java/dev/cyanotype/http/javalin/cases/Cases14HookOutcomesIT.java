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
import dev.cyanotype.exchange.Response;
import dev.cyanotype.http.javalin.BothWays;
import dev.cyanotype.internal.testkit.wire.Answer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Behaviour cases 217 to 238: short-circuit, errors, teardown. */
class Cases14HookOutcomesIT {

    private final Trace trace = new Trace();

    @Test
    @DisplayName("case 217: after hook replaces the response")
    void after_hook_replaces_the_response() throws Exception {
        BothWays.with(App.named("test")
                        .after((ctx, response) -> Response.text("OK"))
                        .get("/", ctx -> Response.text("FAIL").status(202).header("X-Own", "1")))
                .run(client -> {
                    Answer answer = client.get("/");
                    assertThat(answer.status()).isEqualTo(200);
                    assertThat(answer.text()).isEqualTo("OK");
                    assertThat(answer.header("X-Own")).isNull();
                });
    }

    @Test
    @DisplayName("case 219: after hooks run after a short-circuit")
    void after_hooks_after_a_short_circuit() throws Exception {
        Blueprint bp = Blueprint.named("bp")
                .before(trace.before("bp1"))
                .before(trace.halt("halt", 401, "halted"))
                .before(trace.before("bp3"))
                .after(trace.after("resp1"))
                .after(trace.after("resp2"))
                .teardown(trace.teardown("teardown"))
                .get("/x", trace.handler("handler", "x"))
                .build();
        BothWays.with(App.named("test").after(trace.after("appresp")).register(bp))
                .run(client -> {
                    is(client.get("/x"), 401, "halted");
                    assertThat(trace.taken()).containsExactly("bp1", "halt", "resp2", "resp1", "appresp", "teardown");
                });
    }

    @Test
    @DisplayName("case 221: app before hook answers for a blueprint route")
    void app_answers_for_a_blueprint_route() throws Exception {
        Blueprint bp = Blueprint.named("bp")
                .before(trace.before("bp before"))
                .after(trace.after("bp after"))
                .teardown(trace.teardown("bp teardown"))
                .get("/x", trace.handler("handler", "x"))
                .build();
        BothWays.with(App.named("test")
                        .before(trace.halt("app before", 401, "halted"))
                        .after(trace.after("app after"))
                        .register(bp))
                .run(client -> {
                    assertThat(client.get("/x").status()).isEqualTo(401);
                    assertThat(trace.taken()).containsExactly("app before", "bp after", "app after", "bp teardown");
                });
    }

    @Test
    @DisplayName("case 221, near: a route's own hooks are inside the blueprint's")
    void hooks_of_a_route() throws Exception {
        Blueprint bp = Blueprint.named("bp")
                .before(trace.before("bp before"))
                .after(trace.after("bp after"))
                .get(
                        "/x",
                        trace.handler("handler", "x"),
                        r -> r.before(trace.halt("own before", 403, "no")).after(trace.after("own after")))
                .build();
        BothWays.with(bp).run(client -> {
            assertThat(client.get("/x").status()).isEqualTo(403);
            assertThat(trace.taken()).containsExactly("bp before", "own before", "own after", "bp after");
        });
    }

    // Sanic: a replaced response ends the chain, so resp1 does not run; here: every after hook runs, as in Flask,
    // because a hook that sets a header must not depend on what an inner one does with the body.
    @Test
    @DisplayName("case 223: after hooks and a replaced response (here: every after hook runs)")
    void replaced_response() throws Exception {
        Blueprint bp = Blueprint.named("bp")
                .after(trace.after("resp1"))
                .after((ctx, response) -> {
                    trace.add("resp2");
                    return Response.text("replaced");
                })
                .after((ctx, response) -> {
                    trace.add("resp3");
                    return response.header("X-Resp3", "1");
                })
                .get("/x", text("x"))
                .build();
        BothWays.with(App.named("test")
                        .after((ctx, response) -> response.header("X-Outer", response.body() + "!"))
                        .register(bp))
                .run(client -> {
                    Answer answer = client.get("/x");
                    assertThat(answer.text()).isEqualTo("replaced");
                    assertThat(answer.header("X-Resp3")).isNull();
                    assertThat(answer.header("X-Outer")).isEqualTo("replaced!");
                    assertThat(trace.taken()).containsExactly("resp3", "resp2", "resp1");
                });
    }

    // Kyoukai: the post hook does not run; here: after hooks run, as in Sanic and Flask, because the answer to an
    // error is an answer too.
    @Test
    @DisplayName("case 225: before hook raises (here: after hooks run)")
    void before_hook_raises() throws Exception {
        Blueprint bp = Blueprint.named("bp")
                .before(ctx -> {
                    trace.add("before");
                    throw new IllegalStateException("secret");
                })
                .before(trace.before("before2"))
                .after(trace.after("after"))
                .teardown(trace.teardownWithError("teardown"))
                .get("/x", trace.handler("handler", "x"))
                .build();
        BothWays.with(bp).run(client -> {
            isDefault(client.get("/x"), 500, "Internal Server Error");
            assertThat(trace.taken()).containsExactly("before", "after", "teardown(IllegalStateException)");
        });
    }

    @Test
    @DisplayName("case 225, near: a failing after hook goes to the error handlers once, teardown runs all the same")
    void after_hook_raises() throws Exception {
        Blueprint bp = Blueprint.named("bp")
                .after(trace.after("outer"))
                .after((ctx, response) -> {
                    trace.add("failing");
                    throw new IllegalStateException("secret");
                })
                .after(trace.after("inner"))
                .teardown(trace.teardownWithError("teardown"))
                .error(IllegalStateException.class, answer(503, "sorry"))
                .get("/x", text("x"))
                .build();
        BothWays.with(bp).run(client -> {
            is(client.get("/x"), 503, "sorry");
            assertThat(trace.taken()).containsExactly("inner", "failing", "teardown(none)");
        });
    }

    @Test
    @DisplayName("case 228: after hooks run for handled errors")
    void after_hooks_run_for_handled_errors() throws Exception {
        Blueprint bp = Blueprint.named("bp")
                .before(trace.before("req"))
                .after(trace.after("resp"))
                .error(ServerErrorException.class, (exchange, error) -> {
                    trace.add("error handler");
                    return Response.text("handled").status(599);
                })
                .get("/x", ctx -> {
                    trace.add("handler");
                    throw new ServerErrorException();
                })
                .build();
        BothWays.with(bp).run(client -> {
            is(client.get("/x"), 599, "handled");
            assertThat(trace.taken()).containsExactly("req", "handler", "error handler", "resp");
        });
    }

    @Test
    @DisplayName("case 230: after hook runs on the 500 page")
    void after_hook_runs_on_the_500_page() throws Exception {
        BothWays.with(App.named("test")
                        .error(500, answer(500, "internal server error"))
                        .after((ctx, response) -> response.contentType("text/x-special"))
                        .get("/", raise(() -> new ArithmeticException("/ by zero"))))
                .run(client -> {
                    Answer answer = client.get("/");
                    assertThat(answer.status()).isEqualTo(500);
                    assertThat(answer.header("Content-Type")).isEqualTo("text/x-special");
                    assertThat(answer.text()).isEqualTo("internal server error");
                });
    }

    // Kyoukai: the post hook is skipped when the route failed; here: after hooks run for error responses too, because
    // security and CORS headers belong on them.
    @Test
    @DisplayName("case 231: after hooks and a failed route (here: they run)")
    void after_hook_runs_when_the_route_failed() throws Exception {
        Blueprint bp = Blueprint.named("bp")
                .after((ctx, response) -> {
                    trace.add("after " + response.status());
                    return response.header("X-After", "1");
                })
                .get("/e", abort(403))
                .build();
        BothWays.with(bp).run(client -> {
            Answer answer = client.get("/e");
            assertThat(answer.status()).isEqualTo(403);
            assertThat(answer.header("X-After")).isEqualTo("1");
            assertThat(trace.taken()).containsExactly("after 403");
        });
    }

    @Test
    @DisplayName("case 234: teardown runs once (here: it can't return anything)")
    void teardown_runs_once() throws Exception {
        BothWays.with(App.named("test")
                        .teardown(trace.teardownWithError("teardown"))
                        .get("/", text("Response")))
                .run(client -> {
                    is(client.get("/"), 200, "Response");
                    assertThat(trace.taken()).containsExactly("teardown(none)");
                });
    }

    @Test
    @DisplayName("case 234, near: all teardown hooks run even if some fail, and the answer stays as it is")
    void failing_teardown() throws Exception {
        Blueprint bp = Blueprint.named("bp")
                .teardown(trace.teardown("bp1"))
                .teardown((ctx, unhandled) -> {
                    trace.add("bp2");
                    throw new IllegalStateException("lost");
                })
                .get("/", text("Response"))
                .build();
        BothWays.with(App.named("test").teardown(trace.teardown("app")).register(bp))
                .run(client -> {
                    is(client.get("/"), 200, "Response");
                    assertThat(trace.taken()).containsExactly("bp2", "bp1", "app");
                });
    }

    @Test
    @DisplayName("case 236: teardown of a blueprint, handled and unhandled")
    void teardown_handled_and_unhandled() throws Exception {
        Blueprint bp = Blueprint.named("bp")
                .after(trace.after("after"))
                .teardown(trace.teardownWithError("teardown"))
                .error(403, answer(403, "no"))
                .get("/x", raise(() -> new IllegalArgumentException("bad value")))
                .get("/y", abort(403))
                .build();
        BothWays.with(bp).run(client -> {
            assertThat(client.get("/x").status()).isEqualTo(500);
            assertThat(trace.taken()).containsExactly("after", "teardown(IllegalArgumentException)");
            assertThat(client.get("/y").status()).isEqualTo(403);
            assertThat(trace.taken()).containsExactly("after", "teardown(none)");
        });
    }

    // Flask: only the app-wide one runs; here: the teardown hook of the blueprint that owns the prefix runs too.
    @Test
    @DisplayName("case 238: teardown and unmatched paths (here: the owner's runs too)")
    void teardown_of_unmatched_paths() throws Exception {
        Blueprint bp = Blueprint.named("bp")
                .prefix("/p")
                .teardown(trace.teardown("own"))
                .appWide(hooks -> hooks.teardown(trace.teardown("app-wide")))
                .get("/x", text("x"))
                .build();
        BothWays.with(bp).run(client -> {
            assertThat(client.get("/p/none").status()).isEqualTo(404);
            assertThat(trace.taken()).containsExactly("own", "app-wide");
            assertThat(client.get("/none").status()).isEqualTo(404);
            assertThat(trace.taken()).containsExactly("app-wide");
        });
    }
}
