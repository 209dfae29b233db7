/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.cyanotype.FakeTransports.Fake;
import dev.cyanotype.internal.dispatch.InMemoryRequest;
import dev.cyanotype.message.CallTimeoutException;
import dev.cyanotype.message.TooManyCallsException;
import dev.cyanotype.spi.ActionRequest;
import dev.cyanotype.spi.OperationKind;
import dev.cyanotype.spi.Reply;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** What a call has of what it is made for, and how many an app may make. */
class InheritanceOfCallsTest {

    private static final String TRACE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    private final FakeTransports transports = new FakeTransports();
    private final Fake bus = transports
            .fake("bus", OperationKind.ACTION, OperationKind.LISTENER, OperationKind.STREAM)
            .bus();

    private App start(App.Builder builder) {
        // Some of what it runs never ends.
        App app = builder.discovery(false)
                .transport(bus)
                .stopBudget(Duration.ofMillis(100))
                .build();
        app.start();
        return app;
    }

    private static App.Builder calling() {
        return App.named("shop")
                .action("outer", ctx -> ctx.caller("other").call("inner", Map.of()))
                .action(
                        "patient",
                        ctx -> ctx.caller("other").timeout(Duration.ofHours(1)).call("inner", Map.of()))
                .action(
                        "hasty",
                        ctx -> ctx.caller("other")
                                .timeout(Duration.ofMillis(500))
                                .call("inner", Map.of()));
    }

    private Reply act(String action, @Nullable Instant deadline, @Nullable String trace) {
        return transports
                .dispatcher("bus")
                .action(ActionRequest.builder(action, JsonNodeFactory.instance.objectNode())
                        .deadline(deadline)
                        .traceparent(trace)
                        .build())
                .join();
    }

    private ActionRequest sent() {
        return bus.requests.get(bus.requests.size() - 1);
    }

    @Nested
    class A_call_of_an_action {

        @Test
        void has_its_trace_and_its_deadline() {
            Instant deadline = Instant.now().plusSeconds(3);
            try (App app = start(calling())) {
                act("outer", deadline, TRACE);
                assertThat(sent().traceparent()).isEqualTo(TRACE);
                assertThat(sent().deadline()).isBetween(deadline.minusMillis(50), deadline.plusMillis(50));

                act("patient", deadline, null);
                assertThat(sent().traceparent()).isNull();
                assertThat(sent().deadline()).isBetween(deadline.minusMillis(50), deadline.plusMillis(50));
            }
        }

        @Test
        void has_a_deadline_of_its_own_where_that_is_earlier() {
            try (App app = start(calling())) {
                Instant before = Instant.now();
                act("hasty", before.plusSeconds(60), null);
                assertThat(sent().deadline())
                        .isBetween(before.plusMillis(500), Instant.now().plusMillis(500));

                act("outer", null, null);
                assertThat(sent().deadline())
                        .isBetween(before.plusSeconds(5), Instant.now().plusSeconds(5));
            }
        }

        @Test
        void is_not_made_once_its_deadline_has_passed() {
            try (App app = start(calling().error(CallTimeoutException.class, (exchange, e) -> e.getMessage()))) {
                Reply reply = act("outer", Instant.now().minusSeconds(1), null);

                assertThat(reply.payload().path("error").asString())
                        .isEqualTo("call of 'inner' at 'other': no reply within 0 ms");
                assertThat(bus.requests).isEmpty();
            }
        }
    }

    @Nested
    class A_call_of_a_route {

        private final Fake http = transports.fake("http", OperationKind.HTTP);

        private void get(Map<String, String> headers) {
            try (App app = start(App.named("shop")
                    .transport(http)
                    .get("/x", ctx -> ctx.caller("other").call("inner", Map.of())))) {
                InMemoryRequest request = InMemoryRequest.get("/x");
                headers.forEach(request::header);
                transports.dispatcher("http").http(request).join();
            }
        }

        @ParameterizedTest
        @ValueSource(
                strings = {TRACE, "cc-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-what-the-Future-will-be-like"
                })
        void has_the_trace_of_its_request(String trace) {
            get(Map.of("traceparent", trace));

            assertThat(sent().traceparent()).isEqualTo(trace);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "",
                    "none",
                    "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-0",
                    "00-0AF7651916CD43DD8448EB211C80319C-b7ad6b7169203331-01",
                    "00 0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
                    "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-\n",
                    "00-0af7651916cd43dd8448eb211c80319cb7ad6b7169203331--01"
                })
        void has_none_where_that_is_none(String trace) {
            get(Map.of("traceparent", trace));

            assertThat(sent().traceparent()).isNull();
        }

        @Test
        void has_none_where_there_is_none_or_far_too_much() {
            get(Map.of());
            assertThat(sent().traceparent()).isNull();
            get(Map.of("traceparent", TRACE + "-" + "a".repeat(1000)));
            assertThat(sent().traceparent()).isNull();
        }
    }

    @Nested
    class A_call_of_anything_else {

        @Test
        void has_nothing_of_it_but_its_own_time() {
            List<String> ends = new CopyOnWriteArrayList<>();
            Instant before = Instant.now();
            try (App app = start(App.named("shop")
                    .background("tick", Duration.ofMillis(1), ctx -> {
                        ctx.caller("other").call("from_task", Map.of());
                        ends.add("task");
                    })
                    .onStart(ctx -> ctx.caller("other").call("from_hook", Map.of())))) {
                await().until(() -> !ends.isEmpty());
            }

            assertThat(bus.requests).extracting(ActionRequest::action).contains("from_hook", "from_task");
            assertThat(bus.requests).allSatisfy(request -> {
                assertThat(request.traceparent()).isNull();
                assertThat(request.deadline()).isAfterOrEqualTo(before.plusSeconds(5));
            });
        }
    }

    @Nested
    class As_many_calls_as_the_setting_allows {

        @Test
        void may_wait_at_once() throws Exception {
            CountDownLatch gate = new CountDownLatch(1);
            try (App app = App.named("shop")
                    .discovery(false)
                    .setting("messages.maxCalls", "2")
                    .action("slow", ctx -> gate.await(30, TimeUnit.SECONDS))
                    .build()) {
                app.start();
                CompletableFuture<JsonNode> first = app.caller("shop").callAsync("slow", Map.of());
                CompletableFuture<JsonNode> second = app.caller("shop").callAsync("slow", Map.of());

                assertThatThrownBy(() -> app.caller("shop").call("slow", Map.of()))
                        .isInstanceOf(TooManyCallsException.class)
                        .hasMessage("call of 'slow' at 'shop': 2 calls wait for their replies already (setting"
                                + " 'messages.maxCalls')");
                gate.countDown();
                first.get(20, TimeUnit.SECONDS);
                second.get(20, TimeUnit.SECONDS);
                assertThat(app.caller("shop").call("slow", Map.of()).asBoolean())
                        .isTrue();
            }
        }

        @ParameterizedTest
        @ValueSource(strings = {"0", "many"})
        void is_a_number(String value) {
            App app = App.named("shop")
                    .discovery(false)
                    .setting("messages.maxCalls", value)
                    .build();

            assertThatThrownBy(app::start)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("setting 'messages.maxCalls' (given to the app's builder): '" + value
                            + "' (expected: a whole number from 1 to ");
        }
    }
}
