/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cyanotype.App;
import dev.cyanotype.Assembled;
import dev.cyanotype.Blueprint;
import dev.cyanotype.exchange.Attribute;
import dev.cyanotype.exchange.NotFoundException;
import dev.cyanotype.exchange.Response;
import dev.cyanotype.spi.RenderedResponse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.JsonNodeFactory;

class ResultsTest {

    record User(int id, String name) {}

    /** Has no end. */
    public static final class Cyclic {
        public Cyclic getSelf() {
            return this;
        }
    }

    @Nested
    class A_handler_may_return {

        @Test
        void a_plain_value_that_is_written_as_json() {
            Answer answer = answer("/x", new User(3, "Ada"));

            assertThat(answer).hasToString("200 {\"id\":3,\"name\":\"Ada\"}");
            assertThat(answer.contentType()).isEqualTo("application/json");
            assertThat(answer.length()).isEqualTo(21);
        }

        @Test
        void a_text_that_is_a_json_text() {
            assertThat(answer("/x", "é\"").text()).isEqualTo("\"é\\\"\"");
        }

        @Test
        void a_map_whose_order_shows() {
            Map<String, Object> map = new LinkedHashMap<>();
            map.put("z", 1);
            map.put("a", List.of(true));

            assertThat(answer("/x", map).text()).isEqualTo("{\"z\":1,\"a\":[true]}");
        }

        @Test
        void null_which_is_no_content() {
            Answer answer = answer("/x", null);

            assertThat(answer).hasToString("204 ");
            assertThat(answer.contentType()).isNull();
        }

        @Test
        void an_optional_whose_emptiness_is_not_found() {
            assertThat(answer("/x", Optional.of(new User(1, "A"))).text()).isEqualTo("{\"id\":1,\"name\":\"A\"}");
            assertThat(answer("/x", Optional.of(Response.text("inner")))).hasToString("200 inner");
            assertThat(answer("/x", Optional.empty()).status()).isEqualTo(404);
        }

        @Test
        void an_empty_optional_that_an_error_handler_answers() {
            Assembled app = Assembled.of(Blueprint.named("a")
                    .error(NotFoundException.class, (exchange, e) -> "none")
                    .get("/x", ctx -> Optional.empty())
                    .get("/later", ctx -> CompletableFuture.completedFuture(Optional.empty()))
                    .build());

            assertThat(app.get("/x")).hasToString("404 \"none\"");
            assertThat(app.get("/later")).hasToString("404 \"none\"");
        }

        @Test
        void a_response() {
            Answer answer = answer("/x", Response.of(202, List.of()).header("X-A", "1"));

            assertThat(answer).hasToString("202 []");
            assertThat(answer.header("x-a")).isEqualTo("1");
        }

        @Test
        void the_json_null() {
            assertThat(answer("/x", Response.json(null))).hasToString("200 null");
        }

        @Test
        void bytes_and_texts() {
            Answer bytes = answer("/x", Response.bytes("image/png", new byte[] {1, 2}));
            Answer html = answer("/x", Response.html("<p>é</p>"));

            assertThat(bytes.bytes()).containsExactly(1, 2);
            assertThat(bytes.contentType()).isEqualTo("image/png");
            assertThat(html.text()).isEqualTo("<p>é</p>");
            assertThat(html.length()).isEqualTo(9);
        }

        @Test
        void a_stream_without_a_known_length() {
            Answer answer = answer("/x", Response.stream("text/csv", out -> out.write(new byte[] {'a', ',', 'b'})));

            assertThat(answer).hasToString("200 a,b");
            assertThat(answer.length()).isEqualTo(-1);
        }

        @ParameterizedTest
        @ValueSource(ints = {204, 205, 304})
        void a_status_that_has_no_body_which_drops_it(int status) {
            Answer answer = answer("/x", Response.of(status, "dropped").header("X-A", "1"));

            assertThat(answer).hasToString(status + " ");
            assertThat(answer.contentType()).isNull();
            assertThat(answer.header("X-A")).isEqualTo("1");
        }

        @Test
        void headers_that_frame_the_body_which_are_left_to_the_transport() {
            Answer answer = answer(
                    "/x", Response.text("x").header("Content-Length", "99").header("transfer-encoding", "chunked"));

            assertThat(answer.headers().isEmpty()).isTrue();
            assertThat(answer.length()).isEqualTo(1);
        }

        @Test
        void what_can_not_be_encoded_which_is_no_fault_of_the_client() {
            assertThat(answer("/x", Map.of("self", new Cyclic())).status()).isEqualTo(500);
        }
    }

    @Nested
    class A_file {

        @TempDir
        private Path folder;

        @Test
        void is_sent_with_its_length_and_the_type_of_its_name() throws Exception {
            Path file = Files.writeString(folder.resolve("a.html"), "<p>x</p>");

            RenderedResponse response = rendered(Response.file(file));

            assertThat(response.contentLength()).isEqualTo(8);
            assertThat(response.contentType()).isEqualTo("text/html;charset=utf-8");
            assertThat(response.bytes()).isNull();
            assertThat(Answer.of(response).text()).isEqualTo("<p>x</p>");
        }

        @Test
        void has_the_type_it_is_given() throws Exception {
            Path file = Files.writeString(folder.resolve("a.html"), "x");

            try (RenderedResponse response = rendered(Response.file(file).contentType("text/plain"))) {
                assertThat(response.contentType()).isEqualTo("text/plain");
            }
        }

        @Test
        void of_an_unknown_type_is_bytes() throws Exception {
            Path file = Files.writeString(folder.resolve("a.unknown"), "x");

            try (RenderedResponse response = rendered(Response.file(file))) {
                assertThat(response.contentType()).isEqualTo("application/octet-stream");
            }
        }

        @Test
        void that_is_not_there_is_not_found() {
            Assembled app = Assembled.of(Blueprint.named("a")
                    .error(NotFoundException.class, (exchange, e) -> Response.of(404, e.getMessage()))
                    .get("/none", ctx -> Response.file(folder.resolve("none")))
                    .get("/folder", ctx -> Response.file(folder))
                    .build());

            assertThat(app.get("/none")).hasToString("404 \"There is no such file\"");
            assertThat(app.get("/folder")).hasToString("404 \"There is no such file\"");
        }

        private RenderedResponse rendered(Response response) {
            return Assembled.of(App.named("a").get("/x", ctx -> response)).rendered(InMemoryRequest.get("/x"));
        }
    }

    @Nested
    class A_completion_stage {

        @Test
        void that_is_complete_is_answered_at_once() {
            assertThat(answer("/x", CompletableFuture.completedFuture(new User(1, "A")))
                            .text())
                    .isEqualTo("{\"id\":1,\"name\":\"A\"}");
            assertThat(answer("/x", CompletableFuture.completedFuture(null))).hasToString("204 ");
            assertThat(answer("/x", CompletableFuture.completedStage(Response.of(202))))
                    .hasToString("202 ");
            assertThat(answer("/x", CompletableFuture.completedFuture(Optional.of(1))))
                    .hasToString("200 1");
        }

        @Test
        void that_completes_later_does_not_hold_the_thread() {
            CompletableFuture<Object> result = new CompletableFuture<>();
            List<String> record = new ArrayList<>();
            Assembled app = Assembled.of(Blueprint.named("a")
                    .after((ctx, response) -> {
                        record.add("after");
                        return response;
                    })
                    .teardown((ctx, unhandled) -> record.add("teardown"))
                    .get("/x", ctx -> result)
                    .build());

            CompletableFuture<RenderedResponse> response = app.start(InMemoryRequest.get("/x"));
            assertThat(response).isNotDone();
            assertThat(record).isEmpty();
            result.complete("late");

            assertThat(Answer.of(response.join())).hasToString("200 \"late\"");
            assertThat(record).containsExactly("after", "teardown");
        }

        @Test
        void that_fails_is_an_error() {
            Assembled app = Assembled.of(Blueprint.named("a")
                    .get("/x", ctx -> CompletableFuture.failedFuture(new NotFoundException("no such user")))
                    .build());

            Answer answer = app.get("/x");

            assertThat(answer.status()).isEqualTo(404);
            assertThat(answer.text()).contains("no such user");
        }

        @Test
        void that_was_cancelled_is_an_error() {
            CompletableFuture<Object> result = new CompletableFuture<>();
            result.cancel(true);

            assertThat(answer("/x", result).status()).isEqualTo(500);
        }
    }

    @Nested
    class An_interceptor {

        @Test
        void may_change_the_result() {
            Assembled app = Assembled.of(App.named("shop")
                    .intercept((exchange, next) -> "outer(" + next.proceed() + ")")
                    .register(Blueprint.named("a")
                            .intercept((exchange, next) -> "inner(" + next.proceed() + ")")
                            .get("/x", ctx -> "x")
                            .build()));

            assertThat(app.get("/x").text()).isEqualTo("\"outer(inner(x))\"");
        }

        @Test
        void may_answer_itself() {
            Assembled app = Assembled.of(Blueprint.named("a")
                    .intercept((exchange, next) -> Response.of(403))
                    .get("/x", ctx -> {
                        throw new AssertionError("must not run");
                    })
                    .build());

            assertThat(app.get("/x").status()).isEqualTo(403);
        }

        @Test
        void may_proceed_more_than_once() {
            int[] runs = {0};
            Assembled app = Assembled.of(Blueprint.named("a")
                    .intercept((exchange, next) -> {
                        try {
                            return next.proceed();
                        } catch (IllegalStateException e) {
                            return next.proceed();
                        }
                    })
                    .get("/x", ctx -> {
                        if (++runs[0] == 1) {
                            throw new IllegalStateException("first time");
                        }
                        return runs[0];
                    })
                    .build());

            assertThat(app.get("/x")).hasToString("200 2");
        }

        @Test
        void sees_exactly_what_the_handler_returned() {
            CompletableFuture<String> stage = CompletableFuture.completedFuture("x");
            List<Object> seen = new ArrayList<>();
            Assembled app = Assembled.of(Blueprint.named("a")
                    .intercept((exchange, next) -> {
                        Object result = next.proceed();
                        seen.add(result);
                        return result;
                    })
                    .get("/stage", ctx -> stage)
                    .get("/optional", ctx -> Optional.of("y"))
                    .build());

            assertThat(app.get("/stage").text()).isEqualTo("\"x\"");
            assertThat(app.get("/optional").text()).isEqualTo("\"y\"");
            assertThat(seen).containsExactly(stage, Optional.of("y"));
        }

        @Test
        void may_make_the_result_asynchronous() {
            Assembled app = Assembled.of(Blueprint.named("a")
                    .intercept((exchange, next) -> {
                        Object result = next.proceed();
                        return CompletableFuture.supplyAsync(() -> "late " + result);
                    })
                    .get("/x", ctx -> "x")
                    .build());

            assertThat(app.get("/x").text()).isEqualTo("\"late x\"");
        }

        @Test
        void may_take_what_the_handler_throws() {
            Assembled app = Assembled.of(Blueprint.named("a")
                    .intercept((exchange, next) -> {
                        try {
                            return next.proceed();
                        } catch (IOException e) {
                            return Response.of(502, e.getMessage());
                        }
                    })
                    .get("/x", ctx -> {
                        throw new IOException("gone");
                    })
                    .build());

            assertThat(app.get("/x")).hasToString("502 \"gone\"");
        }

        @Test
        void that_throws_is_an_error() {
            Assembled app = Assembled.of(Blueprint.named("a")
                    .intercept((exchange, next) -> {
                        throw new NotFoundException("hidden");
                    })
                    .error(404, (exchange, e) -> e.getMessage())
                    .get("/x", ctx -> "x")
                    .build());

            assertThat(app.get("/x")).hasToString("404 \"hidden\"");
        }

        @Test
        void shares_attributes_with_hooks_and_handler() {
            Attribute<User> user = Attribute.named("user", User.class);
            Assembled app = Assembled.of(App.named("shop")
                    .before(ctx -> {
                        ctx.attribute(user, new User(1, "Ada"));
                        return null;
                    })
                    .intercept((exchange, next) -> {
                        assertThat(exchange.attribute(user)).isEqualTo(new User(1, "Ada"));
                        exchange.attribute(user, new User(2, "Bob"));
                        return next.proceed();
                    })
                    .get("/x", ctx -> ctx.attribute(user))
                    .after((ctx, response) -> {
                        ctx.attribute(user, null);
                        return response.header("X-Gone", String.valueOf(ctx.attribute(user)));
                    }));

            Answer answer = app.get("/x");

            assertThat(answer.text()).isEqualTo("{\"id\":2,\"name\":\"Bob\"}");
            assertThat(answer.header("X-Gone")).isEqualTo("null");
        }

        @Test
        void sees_actions_and_messages_too() {
            List<String> seen = new ArrayList<>();
            Assembled app = Assembled.of(Blueprint.named("a")
                    .intercept((exchange, next) -> {
                        seen.add(exchange.operation());
                        return next.proceed();
                    })
                    .get("/x", ctx -> "x", route -> route.name("show"))
                    .get("/y/{id}", ctx -> "y")
                    .action("do_it", ctx -> "done")
                    .listen("channel", (message, ctx) -> {})
                    .build());

            app.get("/x");
            app.get("/y/1");
            app.action("do_it");
            app.message("channel", JsonNodeFactory.instance.objectNode());

            assertThat(seen).containsExactly("a.show", "GET /y/{id}", "a.do_it", "a.channel");
        }
    }

    private static Answer answer(String path, Object result) {
        return Assembled.of(App.named("a").get(path, ctx -> result)).get(path);
    }
}
