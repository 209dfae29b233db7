/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.testkit;

import static dev.cyanotype.testkit.CyanotypeAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import dev.cyanotype.Blueprint;
import dev.cyanotype.exchange.Exchange;
import dev.cyanotype.exchange.HttpException;
import dev.cyanotype.exchange.Response;
import dev.cyanotype.http.HttpContext;
import dev.cyanotype.message.ActionContext;
import dev.cyanotype.socket.SocketContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Other handlers in the place of an app's own. */
class ReplacementsTest {

    private final List<String> seen = new ArrayList<>();

    private final TestApp app = TestApp.of(Blueprint.named("users")
            .prefix("/users")
            .before(ctx -> {
                seen.add("before");
                return null;
            })
            .intercept((exchange, next) -> {
                seen.add("around " + exchange.operation());
                return next.proceed();
            })
            .error(IllegalStateException.class, (ctx, e) -> Response.of(409, Map.of("error", "state")))
            .get("/{id}", ctx -> "own " + ctx.pathParam("id"), r -> r.name("show"))
            .get("/nameless", ctx -> "own")
            .action("get", ctx -> "own")
            .socket("get", ctx -> "own")
            .listen("events", (message, ctx) -> seen.add("own"))
            .background("sweep", Duration.ofHours(1), ctx -> seen.add("own"))
            .build());

    @AfterEach
    void stop() {
        app.close();
    }

    @Test
    void another_handler_answers_within_the_same_hooks() {
        app.replace("users.show", HttpContext.class, ctx -> "other " + ctx.pathParam("id"));

        assertThat(app.get("/users/7")).hasStatus(200).hasJson("\"other 7\"");
        assertThat(seen).containsExactly("before", "around users.show");
    }

    @Test
    void its_failures_go_to_the_same_error_handlers() {
        app.replace("users.show", ctx -> {
            throw new IllegalStateException("broken");
        });

        assertThat(app.get("/users/7")).hasStatus(409).hasJson("{\"error\": \"state\"}");
        assertThat(app.events(TestEvent.Kind.FAILURE))
                .extracting(TestEvent::subject, TestEvent::detail)
                .containsExactly(tuple("users.show", "java.lang.IllegalStateException: broken"));
    }

    @Test
    void a_mock_can_stand_in() throws Exception {
        Replacement<Exchange> handler = mock();
        when(handler.handle(any())).thenThrow(new HttpException(503, "later")).thenReturn(Map.of("id", 7));
        app.replace("users.show", handler);

        assertThat(app.get("/users/7")).isProblem(503);
        assertThat(app.get("/users/7")).hasStatus(200).hasJson("{\"id\": 7}");
        verify(handler, times(2)).handle(any());
    }

    @Test
    void an_operation_without_a_name_goes_by_its_address() {
        app.replace("GET /users/nameless", ctx -> "other");

        assertThat(app.get("/users/nameless")).hasJson("\"other\"");
        assertThat(app.get("/users/7")).hasJson("\"own 7\"");
    }

    @Test
    void all_that_share_a_name_are_replaced_unless_a_context_is_named() {
        app.replace("users.get", ctx -> "both");
        assertThat(app.call("get", Map.of())).hasPayload("\"both\"");
        assertThat(socket()).hasData("\"both\"");

        app.replace("users.get", SocketContext.class, ctx -> "socket");
        assertThat(app.call("get", Map.of())).hasPayload("\"both\"");
        assertThat(socket()).hasData("\"socket\"");

        app.replace("users.get", ActionContext.class, ctx -> "action");
        assertThat(app.call("get", Map.of())).hasPayload("\"action\"");

        app.restore("users.get");
        assertThat(app.call("get", Map.of())).hasPayload("\"own\"");
        assertThat(socket()).hasData("\"own\"");
    }

    private TestFrame socket() {
        return app.open("/ws").send("get", null).next();
    }

    @Test
    void listeners_and_tasks_can_be_replaced() {
        app.replace("users.events", ctx -> seen.add("heard by another"))
                .replace("users.sweep", ctx -> seen.add("swept by another"));

        app.broadcast("events", Map.of());
        app.clock().advance(Duration.ofHours(1));

        assertThat(seen)
                .containsExactly("around users.events", "heard by another", "around users.sweep", "swept by another");
    }

    @Test
    void what_is_not_there_is_said_with_what_is() {
        assertThatThrownBy(() -> app.replace("users.shw", ctx -> "other"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("replace: 'users.shw' is no operation of app 'test' (expected: GET /users/nameless,"
                        + " users.events, users.get, users.show, users.sweep)");
        assertThatThrownBy(() -> app.restore("users.shw")).isInstanceOf(IllegalArgumentException.class);
    }
}
