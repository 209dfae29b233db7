/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.http.javalin.cases;

import static dev.cyanotype.http.javalin.cases.Answers.is;
import static dev.cyanotype.http.javalin.cases.Answers.isDefault;
import static dev.cyanotype.http.javalin.cases.Handlers.abort;
import static dev.cyanotype.http.javalin.cases.Handlers.answer;
import static dev.cyanotype.http.javalin.cases.Handlers.lineBefore;
import static dev.cyanotype.http.javalin.cases.Handlers.raise;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cyanotype.App;
import dev.cyanotype.AppBuildException;
import dev.cyanotype.Blueprint;
import dev.cyanotype.exchange.BadRequestException;
import dev.cyanotype.exchange.ErrorHandler;
import dev.cyanotype.exchange.HttpException;
import dev.cyanotype.exchange.NotFoundException;
import dev.cyanotype.http.javalin.BothWays;
import dev.cyanotype.internal.testkit.wire.Answer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Behaviour cases 239 to 253: declaring error handlers, and what they cover. */
class Cases15ErrorHandlersIT {

    @Test
    @DisplayName("case 239: own handler before the app's")
    void own_handler_before_the_apps() throws Exception {
        Blueprint frontend = Blueprint.named("frontend")
                .error(403, answer(403, "frontend says no"))
                .get("/frontend-no", abort(403))
                .build();
        Blueprint backend = Blueprint.named("backend")
                .error(403, answer(403, "backend says no"))
                .get("/backend-no", abort(403))
                .build();
        Blueprint sideend =
                Blueprint.named("sideend").get("/what-is-a-sideend", abort(403)).build();
        BothWays.with(App.named("test")
                        .register(frontend)
                        .register(backend)
                        .register(sideend)
                        .error(403, answer(403, "application itself says no")))
                .run(client -> {
                    is(client.get("/frontend-no"), 403, "frontend says no");
                    is(client.get("/backend-no"), 403, "backend says no");
                    is(client.get("/what-is-a-sideend"), 403, "application itself says no");
                });
    }

    @Test
    @DisplayName("case 241: app-wide handler declared on a blueprint")
    void app_wide_handler() throws Exception {
        Blueprint errors = Blueprint.named("errors")
                .appWide(hooks -> hooks.error(403, answer(403, "you shall not pass")))
                .build();
        Blueprint forbidden =
                Blueprint.named("forbidden_bp").get("/nope", abort(403)).build();
        BothWays.with(App.named("test")
                        .get("/forbidden", abort(403))
                        .register(errors)
                        .register(forbidden))
                .run(client -> {
                    is(client.get("/forbidden"), 403, "you shall not pass");
                    is(client.get("/nope"), 403, "you shall not pass");
                });
    }

    @Test
    @DisplayName("case 241, near: two app-wide handlers for one status are an error that names both")
    void two_app_wide_handlers() {
        Blueprint.Builder a = Blueprint.named("a");
        a.appWide(hooks -> hooks.error(403, answer(403, "a")));
        String first = lineBefore();
        Blueprint.Builder b = Blueprint.named("b");
        b.appWide(hooks -> hooks.error(403, answer(403, "b")));
        String second = lineBefore();
        App.Builder app = App.named("shop").register(a.build()).register(b.build());

        assertThatThrownBy(app::build)
                .isInstanceOf(AppBuildException.class)
                .hasMessage(
                        "app 'shop': errors 403: app-wide handlers at " + first + " and at " + second + ". Keep one.");
    }

    @Test
    @DisplayName("case 243: several types for one handler (here: declared once for each)")
    void several_types() throws Exception {
        ErrorHandler<Throwable> ok = answer(200, "OK");
        Blueprint bp = Blueprint.named("bp")
                .get("/1", raise(() -> new BadRequestException("1")))
                .get("/2", raise(ServerErrorException::new))
                .get("/3", raise(() -> new NotFoundException("3")))
                .error(NotFoundException.class, ok)
                .error(ServerErrorException.class, ok)
                .build();
        BothWays.with(bp).run(client -> {
            isDefault(client.get("/1"), 400, "Bad Request", "1");
            is(client.get("/2"), 200, "OK");
            is(client.get("/3"), 200, "OK");
        });
    }

    @Test
    @DisplayName("case 245: handler of a route-less blueprint is not applied elsewhere")
    void handler_without_routes() throws Exception {
        Blueprint handled = Blueprint.named("handled")
                .error(CustomException.class, answer(200, "OK"))
                .build();
        Blueprint nothandled = Blueprint.named("nothandled")
                .get("/notok", raise(CustomException::new))
                .build();
        BothWays.with(handled, nothandled).run(client -> {
            isDefault(client.get("/notok"), 500, "Internal Server Error");
        });
    }

    @Test
    @DisplayName("case 247: group handlers, the nearest first")
    void group_handlers() throws Exception {
        Blueprint b1 = Blueprint.named("b1")
                .prefix("/bp1")
                .get("/invalid", raise(() -> new BadRequestException("invalid")))
                .build();
        Blueprint b2 = Blueprint.named("b2")
                .prefix("/bp2")
                .get("/error", raise(ServerErrorException::new))
                .build();
        Blueprint b3 = Blueprint.named("b3")
                .prefix("/bp3")
                .get("/forbidden", abort(403))
                .build();
        Blueprint group1 = Blueprint.group(b1, b2)
                .prefix("/bp")
                .error(BadRequestException.class, answer(200, "BP1_ERR_OK"))
                .build();
        Blueprint group2 = Blueprint.group(group1, b3)
                .prefix("/api")
                .error(HttpException.class, answer(200, "BP2_ERR_OK"))
                .build();
        BothWays.with(group2).run(client -> {
            is(client.get("/api/bp/bp1/invalid"), 200, "BP1_ERR_OK");
            is(client.get("/api/bp/bp2/error"), 200, "BP2_ERR_OK");
            is(client.get("/api/bp3/forbidden"), 200, "BP2_ERR_OK");
        });
    }

    @Test
    @DisplayName("case 249: second handler for the same type (here: refused in the line that adds it)")
    void second_handler_for_a_type() {
        Blueprint.Builder bp = Blueprint.named("bp").get("/c", raise(CustomException::new));
        bp.error(CustomException.class, answer(200, "one"));
        String first = lineBefore();

        assertThatThrownBy(() -> bp.error(CustomException.class, answer(200, "two")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("blueprint 'bp': errors CustomException already have a handler in this scope, for"
                        + " CustomException (" + first + "). Keep one.");
    }

    @Test
    @DisplayName("case 249, near: second handler for the same status, on the app")
    void second_handler_for_a_status() {
        App.Builder app = App.named("shop");
        app.error(404, answer(404, "one"));
        String first = lineBefore();

        assertThatThrownBy(() -> app.error(404, answer(404, "two")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("app 'shop': errors 404 already have a handler in this scope, for 404 (" + first
                        + "). Keep one.");
    }

    // Sanic: mounting is an error, because it copies the group's handler into the member; here: the group is an outer
    // scope, and the nearer handler answers.
    @Test
    @DisplayName("case 250: group handler and member handler for the same type (here: the member's)")
    void group_and_member_handler() throws Exception {
        Blueprint member = Blueprint.named("member")
                .error(CustomException.class, answer(200, "one"))
                .get("/", raise(CustomException::new))
                .build();
        Blueprint other = Blueprint.named("other")
                .prefix("/other")
                .get("/", raise(CustomException::new))
                .build();
        Blueprint group = Blueprint.group(member, other)
                .error(CustomException.class, answer(200, "two"))
                .build();
        BothWays.with(group).run(client -> {
            is(client.get("/"), 200, "one");
            is(client.get("/other"), 200, "two");
        });
    }

    // Flask: an instance or a type that is no exception is refused too; here: that does not compile.
    @ParameterizedTest(name = "case 251: invalid keys: status {0}")
    @ValueSource(ints = {-1, 0, 200, 399, 600, 999})
    void statuses_that_are_no_errors(int status) {
        String rest = " is no error (expected: 400 to 599). For an error of another kind name its exception type.";
        assertThatThrownBy(() -> App.named("shop").error(status, answer(500, "x")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("app 'shop': status " + status + rest);
        assertThatThrownBy(() -> Blueprint.named("bp").error(status, answer(500, "x")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("blueprint 'bp': status " + status + rest);
        assertThatThrownBy(() -> Blueprint.named("bp").errors(status, 600, answer(500, "x")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("blueprint 'bp': status " + status + rest);
    }

    @Test
    @DisplayName("case 253: range without step, and a single code beside it")
    void range_and_single_code() throws Exception {
        Blueprint bp = anyError("bp")
                .errors(400, 414, answer(200, "range"))
                .error(400, answer(200, "single"))
                .build();
        BothWays.with(bp).run(client -> {
            is(client.get("/400"), 200, "single");
            for (int code = 401; code < 414; code++) {
                is(client.get("/" + code), 200, "range");
            }
            for (int code : new int[] {414, 415, 500, 599}) {
                assertThat(client.get("/" + code).status()).isEqualTo(code);
            }
        });
    }

    @Test
    @DisplayName("case 253, near: the order of declaration does not matter, nor does a range of an outer scope")
    void range_after_single_code() throws Exception {
        Blueprint bp = anyError("bp")
                .error(400, answer(200, "single"))
                .errors(400, 414, answer(200, "range"))
                .build();
        BothWays.with(App.named("test")
                        .error(401, answer(200, "app's single"))
                        .errors(400, 600, answer(200, "app's range"))
                        .register(bp))
                .run(client -> {
                    is(client.get("/400"), 200, "single");
                    is(client.get("/401"), 200, "range");
                    is(client.get("/414"), 200, "app's range");
                    is(client.get("/599"), 200, "app's range");
                });
    }

    @Test
    @DisplayName("case 253, near: range with a step, beside another that fills its gaps")
    void range_with_step() throws Exception {
        Blueprint bp = anyError("bp")
                .errors(400, 410, 3, answer(200, "step"))
                .errors(401, 410, 3, answer(200, "gap"))
                .build();
        BothWays.with(bp).run(client -> {
            for (int code = 400; code < 412; code++) {
                Answer answer = client.get("/" + code);
                if (code < 410 && (code - 400) % 3 == 0) {
                    is(answer, 200, "step");
                } else if (code < 410 && (code - 401) % 3 == 0) {
                    is(answer, 200, "gap");
                } else {
                    assertThat(answer.status()).isEqualTo(code);
                }
            }
        });
    }

    // Kyoukai: an empty range registers nothing, silently, and of two ranges the later wins; here: both are errors,
    // because neither can be meant.
    @Test
    @DisplayName("case 253, near: empty and overlapping ranges (here: refused)")
    void bad_ranges() {
        for (int[] range : new int[][] {{400, 400, 1}, {414, 400, 1}, {400, 414, 0}, {400, 414, -1}}) {
            assertThatThrownBy(() -> Blueprint.named("bp").errors(range[0], range[1], range[2], answer(200, "x")))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("blueprint 'bp': errors from %d to %d by %d is empty (expected: from < to, step >= 1)"
                            .formatted(range[0], range[1], range[2]));
        }
        Blueprint.Builder bp = Blueprint.named("bp");
        bp.errors(400, 414, answer(200, "x"));
        String first = lineBefore();
        assertThatThrownBy(() -> bp.errors(402, 500, 11, answer(200, "y")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "blueprint 'bp': errors 402 to 500 by 11 already have a handler in this scope, for 400 to 414 ("
                                + first + "). Keep one.");
    }

    /** A blueprint whose route aborts with the status that is asked for. */
    private static Blueprint.Builder anyError(String name) {
        return Blueprint.named(name).get("/{code:int}", ctx -> {
            throw new HttpException(ctx.pathParam("code", Integer.class), "asked for");
        });
    }

    private static final class CustomException extends Exception {

        private static final long serialVersionUID = 1L;
    }
}
