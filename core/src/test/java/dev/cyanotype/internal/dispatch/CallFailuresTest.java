/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.dispatch;

import static net.javacrumbs.jsonunit.assertj.JsonAssertions.assertThatJson;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import ch.qos.logback.classic.Level;
import dev.cyanotype.Assembled;
import dev.cyanotype.Blueprint;
import dev.cyanotype.CapturedLog;
import dev.cyanotype.message.CallException;
import dev.cyanotype.message.CallTimeoutException;
import dev.cyanotype.message.ErrorReplyException;
import dev.cyanotype.message.MessagingException;
import dev.cyanotype.message.MessagingException.Reason;
import dev.cyanotype.message.NoResponderException;
import dev.cyanotype.message.TooManyCallsException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.node.JsonNodeFactory;

/** What a client gets when a handler lets pass what a call of another service failed of. */
class CallFailuresTest {

    static Stream<Arguments> failures() {
        return Stream.of(
                arguments(new NoResponderException("users", "get"), 503, "Service Unavailable"),
                arguments(new TooManyCallsException("users", "get", 7), 503, "Service Unavailable"),
                arguments(new CallTimeoutException("users", "get", Duration.ofSeconds(5)), 504, "Gateway Timeout"),
                arguments(error(404), 502, "Bad Gateway"),
                arguments(error(500), 502, "Bad Gateway"),
                arguments(new CallException("secret", null), 500, "Internal Server Error"),
                arguments(new CallException("secret", failure(Reason.UNREACHABLE)), 503, "Service Unavailable"),
                arguments(new CallException("secret", failure(Reason.PERMISSION)), 500, "Internal Server Error"),
                arguments(failure(Reason.UNREACHABLE), 503, "Service Unavailable"),
                arguments(failure(Reason.READ_ONLY), 503, "Service Unavailable"),
                arguments(failure(Reason.FULL), 503, "Service Unavailable"),
                arguments(failure(Reason.QUEUE_FULL), 503, "Service Unavailable"),
                arguments(failure(Reason.AUTHENTICATION), 500, "Internal Server Error"),
                arguments(failure(Reason.PERMISSION), 500, "Internal Server Error"),
                arguments(failure(Reason.OTHER), 500, "Internal Server Error"),
                arguments(
                        new IllegalStateException(new NoResponderException("users", "get")),
                        500,
                        "Internal Server Error"));
    }

    private static ErrorReplyException error(int status) {
        return new ErrorReplyException(
                status, "secret", JsonNodeFactory.instance.objectNode().put("error", "secret"));
    }

    private static MessagingException failure(Reason reason) {
        return new MessagingException(reason, "secret", null);
    }

    @ParameterizedTest
    @MethodSource("failures")
    void has_a_status_of_its_own_and_tells_nothing_else(RuntimeException failure, int status, String title) {
        Assembled app = Assembled.of(Blueprint.named("a")
                .get("/now", ctx -> {
                    throw failure;
                })
                .get("/later", ctx -> CompletableFuture.failedFuture(failure))
                .build());

        for (String path : new String[] {"/now", "/later"}) {
            assertThat(app.get(path).status()).isEqualTo(status);
            assertThatJson(app.get(path).text())
                    .isEqualTo("{\"title\":\"" + title + "\",\"status\":" + status
                            + ",\"correlationId\":\"${json-unit.any-string}\"}");
            assertThat(app.get(path).text()).doesNotContain("secret").doesNotContain("users");
        }
    }

    @Test
    void is_taken_by_its_type_or_by_its_status() {
        Assembled app = Assembled.of(Blueprint.named("a")
                .get("/nobody", ctx -> {
                    throw new NoResponderException("users", "get");
                })
                .get("/late", ctx -> {
                    throw new CallTimeoutException("users", "get", Duration.ofSeconds(5));
                })
                .error(NoResponderException.class, (ctx, e) -> Map.of("said", e.getMessage()))
                .error(504, (ctx, e) -> Map.of("said", "too late"))
                .build());

        assertThat(app.get("/nobody").status()).isEqualTo(503);
        assertThatJson(app.get("/nobody").text()).isEqualTo("{\"said\":\"call of 'get' at 'users': nobody listens\"}");
        assertThat(app.get("/late").status()).isEqualTo(504);
        assertThatJson(app.get("/late").text()).isEqualTo("{\"said\":\"too late\"}");
    }

    @Test
    void is_logged_in_one_line_where_it_is_the_fault_of_another_service() {
        Assembled app = Assembled.of(Blueprint.named("a")
                .get("/nobody", ctx -> {
                    throw new NoResponderException("users", "get");
                })
                .get("/forbidden", ctx -> {
                    throw new CallException("not allowed", failure(Reason.PERMISSION));
                })
                .build());

        try (CapturedLog log = CapturedLog.from(Level.INFO)) {
            app.get("/nobody");
            app.get("/forbidden");

            assertThat(log.lines())
                    .satisfiesExactly(
                            line -> assertThat(line)
                                    .startsWith("WARN ")
                                    .contains("call of 'get' at 'users': nobody listens (correlation id "),
                            line -> assertThat(line).startsWith("ERROR "));
            assertThat(log.events().get(0).getThrowableProxy()).isNull();
            assertThat(log.events().get(1).getThrowableProxy()).isNotNull();
        }
    }
}
