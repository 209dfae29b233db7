/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.dispatch;

import static net.javacrumbs.jsonunit.assertj.JsonAssertions.assertThatJson;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cyanotype.App;
import dev.cyanotype.Assembled;
import dev.cyanotype.Blueprint;
import dev.cyanotype.exchange.Headers;
import dev.cyanotype.exchange.HttpException;
import dev.cyanotype.exchange.NotFoundException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.MDC;

class DefaultAnswersTest {

    private final List<String> record = new ArrayList<>();

    static class Custom extends HttpException {
        Custom() {
            super(409, "the name is taken", null, Headers.empty().plus("Retry-After", "5"));
        }
    }

    private final Assembled app = Assembled.of(Blueprint.named("a")
            .get("/http", ctx -> {
                throw new NotFoundException("no user 3", new IllegalStateException("secret cause"));
            })
            .get("/http500", ctx -> {
                throw new HttpException(503, "back soon");
            })
            .get("/custom", ctx -> {
                throw new Custom();
            })
            .get("/other", ctx -> {
                throw new IllegalStateException("secret: jdbc:postgresql://db");
            })
            .get("/caused", ctx -> {
                throw new IllegalStateException(new NotFoundException("secret too"));
            })
            .get("/error", ctx -> {
                throw new AssertionError("secret");
            })
            .get("/id", ctx -> ctx.correlationId())
            .build());

    @Nested
    class An_error_that_is_meant_for_the_client {

        @Test
        void is_a_problem_with_its_message_and_a_correlation_id() {
            Answer answer = send("/http", "req-1");

            assertThat(answer.status()).isEqualTo(404);
            assertThat(answer.contentType()).isEqualTo("application/problem+json");
            assertThatJson(answer.text())
                    .isEqualTo("{\"title\":\"Not Found\",\"status\":404,\"detail\":\"no user 3\","
                            + "\"correlationId\":\"req-1\"}");
        }

        @Test
        void shows_its_message_also_where_the_server_is_at_fault() {
            assertThatJson(send("/http500", "r").text())
                    .isEqualTo("{\"title\":\"Service Unavailable\",\"status\":503,\"detail\":\"back soon\","
                            + "\"correlationId\":\"r\"}");
        }

        @Test
        void brings_its_headers() {
            Answer answer = send("/custom", "r");

            assertThat(answer.status()).isEqualTo(409);
            assertThat(answer.header("Retry-After")).isEqualTo("5");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/other", "/caused", "/error"})
    void any_other_error_tells_the_client_nothing_but_the_correlation_id(String path) {
        Answer answer = send(path, "req-2");

        assertThat(answer.status()).isEqualTo(500);
        assertThat(answer.contentType()).isEqualTo("application/problem+json");
        assertThatJson(answer.text())
                .isEqualTo("{\"title\":\"Internal Server Error\",\"status\":500,\"correlationId\":\"req-2\"}");
    }

    @Nested
    class The_correlation_id {

        @ParameterizedTest
        @ValueSource(strings = {"a", "ABC-123_x.y:z/1+2=", "3f2b1c4e-0000-4000-8000-000000000001"})
        void is_the_one_of_the_client_if_that_is_harmless(String id) {
            assertThat(send("/id", id).text()).isEqualTo("\"" + id + "\"");
        }

        @Test
        void of_the_client_may_have_128_characters() {
            assertThat(send("/id", "x".repeat(128)).text()).isEqualTo("\"" + "x".repeat(128) + "\"");
            assertThat(send("/id", "x".repeat(129)).text()).matches("\"[0-9a-f]{16}\"");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {"", "a b", "a\tb", "a\nb", "a\u001b[31m", "<script>", "a\"b", "a{b}", "é", "%0a", "${x}"})
        void is_made_here_if_that_of_the_client_could_do_harm(String id) {
            assertThat(send("/id", id).text()).matches("\"[0-9a-f]{16}\"");
        }

        @Test
        void is_made_here_if_the_client_sends_none() {
            Set<String> ids = new HashSet<>();
            for (int i = 0; i < 100; i++) {
                ids.add(app.get("/id").text());
            }

            assertThat(ids).hasSize(100).allMatch(id -> id.matches("\"[0-9a-f]{16}\""));
        }

        @Test
        void is_the_same_all_through_the_exchange() {
            Assembled recording = Assembled.of(App.named("a")
                    .before(ctx -> {
                        record.add(ctx.correlationId());
                        return null;
                    })
                    .intercept((exchange, next) -> {
                        record.add(exchange.correlationId());
                        return next.proceed();
                    })
                    .teardown((ctx, unhandled) -> record.add(ctx.correlationId()))
                    .get("/x", ctx -> ctx.correlationId()));

            record.add(recording.get("/x").text().replace("\"", ""));

            assertThat(record).hasSize(4).containsOnly(record.get(0));
        }
    }

    @Nested
    class The_log {

        @Test
        void lines_of_a_request_carry_its_fields_and_those_of_the_thread_come_back() {
            Assembled logging = Assembled.of(Blueprint.named("a")
                    .get(
                            "/x",
                            ctx -> {
                                record.add(MDC.get("correlationId") + " " + MDC.get("operation") + " "
                                        + MDC.get("transport"));
                                return "x";
                            },
                            route -> route.name("show"))
                    .teardown((ctx, unhandled) -> record.add(MDC.get("operation")))
                    .build());
            MDC.put("operation", "mine");
            try {
                logging.send(InMemoryRequest.get("/x").header("X-Request-Id", "r-1"));

                assertThat(record).containsExactly("r-1 a.show http", "a.show");
                assertThat(MDC.get("operation")).isEqualTo("mine");
                assertThat(MDC.get("correlationId")).isNull();
                assertThat(MDC.get("transport")).isNull();
            } finally {
                MDC.clear();
            }
        }

        @Test
        void has_a_name_for_the_app() {
            Assembled logging = Assembled.of(App.named("ignored").get("/x", ctx -> {
                record.add(ctx.log().getName() + " " + ctx.app());
                return "x";
            }));

            logging.get("/x");

            assertThat(record).containsExactly("dev.cyanotype.app.test_app test_app");
        }
    }

    private Answer send(String path, String requestId) {
        return app.send(InMemoryRequest.get(path).header("X-Request-Id", requestId));
    }
}
