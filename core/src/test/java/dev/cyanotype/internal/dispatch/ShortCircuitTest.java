/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cyanotype.App;
import dev.cyanotype.Assembled;
import dev.cyanotype.Blueprint;
import dev.cyanotype.exchange.HttpException;
import dev.cyanotype.exchange.NotFoundException;
import dev.cyanotype.exchange.Response;
import dev.cyanotype.spi.RenderedResponse;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class ShortCircuitTest {

    private final List<String> record = new ArrayList<>();

    @Nested
    class A_before_hook {

        @Test
        void that_answers_skips_what_is_further_in_but_no_after_hook_and_no_teardown() {
            Assembled app = Assembled.of(App.named("shop")
                    .after((ctx, response) -> note("app after", response))
                    .register(Blueprint.named("a")
                            .before(ctx -> note("one", null))
                            .before(ctx -> note("halt", Response.of(401, "halted")))
                            .before(ctx -> note("three", null))
                            .intercept((exchange, next) -> note("around", next.proceed()))
                            .after((ctx, response) -> note("after 1", response))
                            .after((ctx, response) -> note("after 2", response))
                            .teardown((ctx, unhandled) -> record.add("teardown " + unhandled))
                            .get("/x", ctx -> note("handler", "x"))
                            .build()));

            Answer answer = app.get("/x");

            assertThat(answer).hasToString("401 \"halted\"");
            assertThat(record).containsExactly("one", "halt", "after 2", "after 1", "app after", "teardown null");
        }

        @Test
        void of_the_app_answers_for_a_route_of_a_blueprint_whose_after_hooks_still_run() {
            Assembled app = Assembled.of(App.named("shop")
                    .before(ctx -> Response.of(401))
                    .register(Blueprint.named("a")
                            .before(ctx -> note("before", null))
                            .after((ctx, response) -> note("after", response))
                            .get("/x", ctx -> note("handler", "x"))
                            .build()));

            assertThat(app.get("/x").status()).isEqualTo(401);
            assertThat(record).containsExactly("after");
        }

        @Test
        void of_the_app_answers_where_no_route_matches() {
            Assembled app = Assembled.of(App.named("shop").before(ctx -> Response.text("maintenance")));

            assertThat(app.get("/none")).hasToString("200 maintenance");
        }

        @Test
        void that_fails_is_an_error_of_the_route_whose_after_hooks_run() {
            Assembled app = Assembled.of(Blueprint.named("a")
                    .before(ctx -> {
                        throw new IllegalStateException("broken");
                    })
                    .before(ctx -> note("second", null))
                    .error(IllegalStateException.class, (exchange, e) -> Response.of(500, e.getMessage()))
                    .after((ctx, response) -> note("after", response))
                    .get("/x", ctx -> note("handler", "x"))
                    .build());

            assertThat(app.get("/x")).hasToString("500 \"broken\"");
            assertThat(record).containsExactly("after");
        }
    }

    @Nested
    class An_after_hook {

        @Test
        void changes_the_response_and_the_next_gets_the_change() {
            Assembled app = Assembled.of(App.named("shop")
                    .after((ctx, response) -> response.header("X-App", response.body() + "!"))
                    .register(Blueprint.named("a")
                            .after((ctx, response) -> Response.text("replaced"))
                            .get("/x", ctx -> "x")
                            .build()));

            Answer answer = app.get("/x");

            assertThat(answer.text()).isEqualTo("replaced");
            assertThat(answer.header("X-App")).isEqualTo("replaced!");
        }

        @Test
        void that_replaces_the_response_does_not_end_the_chain() {
            Assembled app = Assembled.of(Blueprint.named("a")
                    .after((ctx, response) -> note("1", response))
                    .after((ctx, response) -> note("2", Response.text("replaced")))
                    .after((ctx, response) -> note("3", response))
                    .get("/x", ctx -> "x")
                    .build());

            assertThat(app.get("/x").text()).isEqualTo("replaced");
            assertThat(record).containsExactly("3", "2", "1");
        }

        @Test
        void runs_for_a_handled_and_for_an_unhandled_error() {
            Assembled app = Assembled.of(Blueprint.named("a")
                    .before(ctx -> note("before", null))
                    .after((ctx, response) -> note("after " + response.status(), response))
                    .error(409, (exchange, e) -> note("error", "handled"))
                    .get("/handled", ctx -> {
                        throw new HttpException(409, "x");
                    })
                    .get("/unhandled", ctx -> {
                        throw new NotFoundException("x");
                    })
                    .build());

            app.get("/handled");
            app.get("/unhandled");

            assertThat(record).containsExactly("before", "error", "after 409", "before", "after 404");
        }

        @Test
        void that_fails_gives_the_request_to_the_error_handlers_once() {
            Assembled app = Assembled.of(Blueprint.named("a")
                    .after((ctx, response) -> note("1", response))
                    .after((ctx, response) -> {
                        record.add("2");
                        throw new IllegalStateException("broken");
                    })
                    .after((ctx, response) -> note("3", response))
                    .error(500, (exchange, e) -> note("error", Response.of(500, "handled")))
                    .teardown((ctx, unhandled) -> record.add("teardown " + unhandled))
                    .get("/x", ctx -> note("handler", "x"))
                    .build());

            assertThat(app.get("/x")).hasToString("500 \"handled\"");
            assertThat(record).containsExactly("handler", "3", "2", "error", "teardown null");
        }

        @Test
        void that_returns_nothing_is_a_failure() {
            List<String> messages = new ArrayList<>();
            Assembled app = Assembled.of(Blueprint.named("a")
                    .after((ctx, response) -> null)
                    .error(Exception.class, (exchange, e) -> {
                        messages.add(e.getMessage());
                        return Response.of(500);
                    })
                    .get("/x", ctx -> "x", route -> route.name("show"))
                    .build());

            assertThat(app.get("/x").status()).isEqualTo(500);
            assertThat(messages).containsExactly("http a.show: an after hook returned null. Return the response.");
        }
    }

    @Nested
    class Teardown {

        @Test
        void gets_the_error_that_nobody_handled_or_nothing() {
            Assembled app = Assembled.of(Blueprint.named("a")
                    .after((ctx, response) -> note("after " + response.status(), response))
                    .teardown((ctx, unhandled) -> record.add("teardown " + unhandled))
                    .error(403, (exchange, e) -> Response.of(403))
                    .get("/unhandled", ctx -> {
                        throw new IllegalArgumentException("value");
                    })
                    .get("/handled", ctx -> {
                        throw new HttpException(403, "no");
                    })
                    .get("/fine", ctx -> "x")
                    .build());

            app.get("/unhandled");
            app.get("/handled");
            app.get("/fine");

            assertThat(record)
                    .containsExactly(
                            "after 500",
                            "teardown java.lang.IllegalArgumentException: value",
                            "after 403",
                            "teardown null",
                            "after 200",
                            "teardown null");
        }

        @Test
        void gets_the_error_of_an_asynchronous_handler_itself() {
            Assembled app = Assembled.of(Blueprint.named("a")
                    .teardown((ctx, unhandled) -> record.add("teardown " + unhandled))
                    .get(
                            "/x",
                            ctx -> CompletableFuture.supplyAsync(() -> {
                                throw new IllegalArgumentException("later");
                            }))
                    .build());

            app.get("/x");

            assertThat(record).containsExactly("teardown java.lang.IllegalArgumentException: later");
        }

        @Test
        void runs_for_all_even_if_some_fail() {
            Assembled app = Assembled.of(App.named("shop")
                    .teardown((ctx, unhandled) -> record.add("app"))
                    .register(Blueprint.named("a")
                            .teardown((ctx, unhandled) -> record.add("1"))
                            .teardown((ctx, unhandled) -> {
                                record.add("2");
                                throw new AssertionError("broken");
                            })
                            .teardown((ctx, unhandled) -> {
                                record.add("3");
                                throw new IllegalStateException("broken");
                            })
                            .get("/x", ctx -> "x")
                            .build()));

            assertThat(app.get("/x")).hasToString("200 \"x\"");
            assertThat(record).containsExactly("3", "2", "1", "app");
        }

        @Test
        void runs_after_an_early_failure_too() {
            Assembled app = Assembled.of(Blueprint.named("a")
                    .urlValues((ctx, values) -> {
                        throw new IllegalStateException("early");
                    })
                    .before(ctx -> note("before", null))
                    .teardown((ctx, unhandled) -> record.add("teardown " + unhandled))
                    .get("/x", ctx -> note("handler", "x"))
                    .build());

            assertThat(app.get("/x").status()).isEqualTo(500);
            assertThat(record).containsExactly("teardown java.lang.IllegalStateException: early");
        }

        @Test
        void runs_before_a_finished_body_is_sent() {
            Assembled app = Assembled.of(Blueprint.named("a")
                    .teardown((ctx, unhandled) -> record.add("teardown"))
                    .get("/x", ctx -> "x")
                    .build());

            RenderedResponse response = app.rendered(InMemoryRequest.get("/x"));

            assertThat(record).containsExactly("teardown");
            response.close();
            assertThat(record).containsExactly("teardown");
        }

        @Test
        void waits_for_the_end_of_a_stream() throws Exception {
            Assembled app = Assembled.of(Blueprint.named("a")
                    .teardown((ctx, unhandled) -> record.add("teardown"))
                    .get(
                            "/x",
                            ctx -> Response.stream("text/plain", out -> {
                                record.add("written");
                                out.write('x');
                            }))
                    .build());

            RenderedResponse response = app.rendered(InMemoryRequest.get("/x"));
            assertThat(record).isEmpty();
            response.stream().writeTo(new ByteArrayOutputStream());
            assertThat(record).containsExactly("written");
            response.close();

            assertThat(record).containsExactly("written", "teardown");
        }

        @Test
        void runs_at_the_close_of_a_stream_that_was_never_sent() {
            Assembled app = Assembled.of(Blueprint.named("a")
                    .teardown((ctx, unhandled) -> record.add("teardown"))
                    .get("/x", ctx -> Response.events(events -> record.add("sent")))
                    .build());

            app.rendered(InMemoryRequest.get("/x")).close();

            assertThat(record).containsExactly("teardown");
        }

        @Test
        void of_a_stream_is_not_put_off_when_the_body_is_dropped() {
            Assembled app = Assembled.of(Blueprint.named("a")
                    .teardown((ctx, unhandled) -> record.add("teardown"))
                    .get("/x", ctx -> Response.stream("text/plain", out -> record.add("written")))
                    .build());

            RenderedResponse response = app.rendered(InMemoryRequest.of("HEAD", "/x"));

            assertThat(response.stream()).isNull();
            assertThat(record).containsExactly("teardown");
        }

        @Test
        void gets_the_error_that_even_the_answer_to_it_could_not_handle() {
            List<Throwable> unhandled = new ArrayList<>();
            Assembled app = Assembled.of(App.named("shop")
                    .error(Throwable.class, (exchange, e) -> new Object() {
                        public String getBroken() {
                            throw new IllegalStateException("can't be encoded");
                        }
                    })
                    .teardown((ctx, error) -> unhandled.add(error))
                    .get("/x", ctx -> {
                        throw new IllegalStateException("first");
                    }));

            assertThat(app.get("/x").status()).isEqualTo(500);
            assertThat(unhandled).hasSize(1).doesNotContainNull();
        }
    }

    private <T> T note(String text, T result) {
        record.add(text);
        return result;
    }
}
