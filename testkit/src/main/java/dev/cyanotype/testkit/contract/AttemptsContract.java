/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cyanotype.App;
import dev.cyanotype.exchange.HttpException;
import dev.cyanotype.exchange.NotFoundException;
import dev.cyanotype.message.CallTimeoutException;
import dev.cyanotype.message.Caller;
import dev.cyanotype.message.ErrorReplyException;
import dev.cyanotype.spi.ActionRequest;
import dev.cyanotype.spi.Reply;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Calls that are given up, and calls that are repeated. */
@Rule(22)
abstract class AttemptsContract extends ContractApps {

    private final AtomicInteger runs = new AtomicInteger();

    @Test
    void a_call_does_not_wait_longer_than_its_timeout() {
        CountDownLatch gate = gate();
        App app = start(app().action("slow", ctx -> {
            pass(gate);
            return "late";
        }));
        Caller caller = self(app).timeout(Duration.ofMillis(200));
        String expected = "call of 'slow' at '" + own("shop") + "': no reply within 200 ms";

        Instant before = Instant.now();
        assertThatThrownBy(() -> caller.call("slow", Map.of()))
                .isInstanceOf(CallTimeoutException.class)
                .hasMessage(expected);
        assertThat(Duration.between(before, Instant.now())).isBetween(Duration.ofMillis(200), Duration.ofSeconds(10));

        before = Instant.now();
        assertThat(caller.callAsync("slow", Map.of()))
                .failsWithin(LONG)
                .withThrowableThat()
                .havingCause()
                .isInstanceOf(CallTimeoutException.class)
                .withMessage(expected);
        assertThat(Duration.between(before, Instant.now())).isBetween(Duration.ofMillis(200), Duration.ofSeconds(10));
    }

    @Test
    void a_reply_that_comes_late_is_nobody_elses() {
        CountDownLatch gate = gate();
        App app = start(app().action("echo", ctx -> {
            if (ctx.payload().path("slow").asBoolean()) {
                pass(gate);
                runs.incrementAndGet();
            }
            return ctx.payload();
        }));

        assertThatThrownBy(() -> self(app).timeout(Duration.ofMillis(100)).call("echo", Map.of("slow", true)))
                .isInstanceOf(CallTimeoutException.class);
        gate.countDown();
        eventually().until(() -> runs.get() == 1);

        for (int i = 0; i < 20; i++) {
            assertThat(self(app).call("echo", Map.of("n", i)).path("n").asInt()).isEqualTo(i);
        }
    }

    @Test
    void a_handler_knows_until_when_its_caller_waits() {
        AtomicReference<Instant> deadline = new AtomicReference<>();
        App app = start(app().action("look", ctx -> {
            deadline.set(ctx.deadline().orElse(Instant.MAX));
            return "done";
        }));

        Instant before = Instant.now();
        self(app).timeout(Duration.ofSeconds(7)).call("look", Map.of());

        // A wire may know milliseconds only.
        assertThat(deadline.get())
                .isBetween(before.plusMillis(6_990), Instant.now().plusMillis(7_010));
    }

    @Test
    void a_call_for_another_call_does_not_outlive_it() {
        CountDownLatch gate = gate();
        String shop = own("shop");
        App app = start(app().action("slow", ctx -> {
                    pass(gate);
                    return "late";
                })
                .action("outer", ctx -> {
                    Instant before = Instant.now();
                    try {
                        return ctx.caller(shop).timeout(Duration.ofMinutes(1)).call("slow", Map.of());
                    } catch (CallTimeoutException e) {
                        seen.add(
                                Duration.between(before, Instant.now()).compareTo(Duration.ofSeconds(15)) < 0
                                        ? "in time"
                                        : "too late");
                        throw e;
                    }
                }));

        assertThatThrownBy(() -> self(app).timeout(Duration.ofMillis(300)).call("outer", Map.of()))
                // The outer call may have the answer that the inner one took too long, at the same moment.
                .isInstanceOfAny(CallTimeoutException.class, ErrorReplyException.class);

        eventually().untilAsserted(() -> assertThat(seen).containsExactly("in time"));
    }

    @Test
    void a_call_for_another_one_whose_time_is_over_is_not_made() {
        String shop = own("shop");
        CountDownLatch gate = gate();
        App app = start(app().action("inner", ctx -> runs.incrementAndGet()).action("outer", ctx -> {
            Caller inner = ctx.caller(shop);
            pass(gate);
            try {
                return inner.call("inner", Map.of());
            } catch (CallTimeoutException e) {
                seen.add(e.getMessage());
                throw e;
            }
        }));

        assertThatThrownBy(() -> self(app).timeout(Duration.ofMillis(100)).call("outer", Map.of()))
                .isInstanceOf(CallTimeoutException.class);
        gate.countDown();

        eventually()
                .untilAsserted(() ->
                        assertThat(seen).containsExactly("call of 'inner' at '" + shop + "': no reply within 0 ms"));
        assertThat(runs).hasValue(0);
    }

    @Test
    void a_handler_sees_that_its_caller_has_cancelled() {
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch never = gate();
        App app = start(app().action("long", ctx -> {
            running.countDown();
            while (!ctx.isCancelled()) {
                never.await(5, TimeUnit.MILLISECONDS);
            }
            seen.add("cancelled");
            return "whatever";
        }));

        CompletableFuture<JsonNode> reply = self(app).callAsync("long", Map.of());
        eventually().until(() -> running.getCount() == 0);
        reply.cancel(true);

        eventually().untilAsserted(() -> assertThat(seen).containsExactly("cancelled"));
        assertThat(reply).isCancelled();
    }

    @Test
    void a_handler_sees_that_its_caller_waits_no_more() {
        CountDownLatch never = gate();
        App app = start(app().action("long", ctx -> {
            while (!ctx.isCancelled()) {
                never.await(5, TimeUnit.MILLISECONDS);
            }
            seen.add("cancelled");
            // A reply at the very end of the caller's time might still be in time.
            pass(never);
            return "whatever";
        }));

        assertThatThrownBy(() -> self(app).timeout(Duration.ofMillis(200)).call("long", Map.of()))
                .isInstanceOf(CallTimeoutException.class);

        eventually().untilAsserted(() -> assertThat(seen).containsExactly("cancelled"));
    }

    @Test
    void what_belongs_to_a_request_travels_with_it() throws Exception {
        DispatcherProbe handedOver = new DispatcherProbe();
        BusProbe probe = new BusProbe();
        App app = start(probe.show(handedOver.show(app().action("look", ctx -> "looked"))));
        String trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
        Instant deadline = Instant.now().plusSeconds(30);

        probe.bus()
                .request(
                        app.name(),
                        ActionRequest.builder("look", JsonNodeFactory.instance.objectNode())
                                .traceparent(trace)
                                .deadline(deadline)
                                .build())
                .get(20, TimeUnit.SECONDS);

        ActionRequest request = handedOver.action();
        assertThat(request.action()).isEqualTo("look");
        assertThat(request.traceparent()).isEqualTo(trace);
        // A wire may know milliseconds only.
        assertThat(request.deadline()).isBetween(deadline.minusMillis(10), deadline.plusMillis(10));
    }

    @Test
    void a_request_whose_deadline_has_passed_is_not_started() {
        BusProbe probe = new BusProbe();
        App app = start(probe.show(app().action("count", ctx -> runs.incrementAndGet())));
        ObjectNode nothing = JsonNodeFactory.instance.objectNode();

        CompletableFuture<Reply> late = probe.bus()
                .request(
                        app.name(),
                        ActionRequest.builder("count", nothing)
                                .deadline(Instant.now().minusSeconds(1))
                                .build());
        for (int n = 0; n < 20; n++) {
            probe.bus().request(app.name(), ActionRequest.of("none", nothing)).join();
        }

        assertThat(runs).hasValue(0);
        late.cancel(true);
    }

    @Test
    @Rule(24)
    void a_repeated_call_gets_the_reply_of_the_first() {
        App app = start(app().action("count", ctx -> Map.of("run", runs.incrementAndGet())));
        Caller attempts = self(app).idempotencyKey(own("order"));

        assertThat(attempts.call("count", Map.of())).hasToString("{\"run\":1}");
        assertThat(attempts.call("count", Map.of())).hasToString("{\"run\":1}");
        assertThat(attempts.callAsync("count", Map.of())).succeedsWithin(LONG).hasToString("{\"run\":1}");

        assertThat(self(app).idempotencyKey(own("other")).call("count", Map.of()))
                .hasToString("{\"run\":2}");
        assertThat(self(app).call("count", Map.of())).hasToString("{\"run\":3}");
        assertThat(runs).hasValue(3);
    }

    @Test
    @Rule(24)
    void a_key_is_one_of_an_action() {
        App app = start(app().action("one", ctx -> "one").action("two", ctx -> "two"));
        Caller attempts = self(app).idempotencyKey(own("order"));

        assertThat(attempts.call("one", Map.of()).asString()).isEqualTo("one");
        assertThat(attempts.call("two", Map.of()).asString()).isEqualTo("two");
    }

    @Test
    @Rule(24)
    void a_repeated_call_is_refused_while_the_first_one_runs() throws Exception {
        CountDownLatch gate = gate();
        App app = start(app().action("slow", ctx -> {
            runs.incrementAndGet();
            pass(gate);
            return "done";
        }));
        Caller attempts = self(app).idempotencyKey(own("order"));

        CompletableFuture<JsonNode> first = attempts.callAsync("slow", Map.of());
        eventually().until(() -> runs.get() == 1);
        assertThatThrownBy(() -> attempts.call("slow", Map.of()))
                .isInstanceOf(ErrorReplyException.class)
                .extracting(e -> ((ErrorReplyException) e).status())
                .isEqualTo(409);
        gate.countDown();

        assertThat(first.get(20, TimeUnit.SECONDS).asString()).isEqualTo("done");
        assertThat(attempts.call("slow", Map.of()).asString()).isEqualTo("done");
        assertThat(runs).hasValue(1);
    }

    @Test
    @Rule(24)
    void a_repeated_call_gets_the_reply_that_the_first_did_not_wait_for() {
        CountDownLatch gate = gate();
        App app = start(app().action("slow", ctx -> {
            pass(gate);
            return runs.incrementAndGet();
        }));
        Caller attempts = self(app).idempotencyKey(own("order"));

        assertThatThrownBy(() -> attempts.timeout(Duration.ofMillis(200)).call("slow", Map.of()))
                .isInstanceOf(CallTimeoutException.class);
        gate.countDown();
        eventually().until(() -> runs.get() == 1);

        // Until its reply is kept, it counts as running.
        eventually().until(() -> {
            try {
                return attempts.call("slow", Map.of()).asInt() == 1;
            } catch (ErrorReplyException e) {
                assertThat(e.status()).isEqualTo(409);
                return false;
            }
        });
        assertThat(runs).hasValue(1);
    }

    @Test
    @Rule(24)
    void an_error_of_the_caller_is_repeated_and_one_of_the_service_is_not() {
        App app = start(app().action("missing", ctx -> {
                    throw new NotFoundException("run " + runs.incrementAndGet());
                })
                .action("broken", ctx -> {
                    if (runs.incrementAndGet() < 10) {
                        throw new HttpException(503, "busy");
                    }
                    return runs.get();
                }));
        Caller attempts = self(app).idempotencyKey(own("order"));

        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> attempts.call("missing", Map.of()))
                    .isInstanceOf(ErrorReplyException.class)
                    .hasMessage("run 1");
        }
        runs.set(8);
        assertThatThrownBy(() -> attempts.call("broken", Map.of()))
                .isInstanceOf(ErrorReplyException.class)
                .extracting(e -> ((ErrorReplyException) e).status())
                .isEqualTo(503);
        assertThat(attempts.call("broken", Map.of()).asInt()).isEqualTo(10);
        assertThat(attempts.call("broken", Map.of()).asInt()).isEqualTo(10);
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 425, 429})
    @Rule(24)
    void an_error_of_the_moment_is_not_repeated_either(int status) {
        App app = start(app().action("crowded", ctx -> {
            if (runs.incrementAndGet() == 1) {
                throw new HttpException(status, "not now");
            }
            return "done";
        }));
        Caller attempts = self(app).idempotencyKey(own("order"));

        assertThatThrownBy(() -> attempts.call("crowded", Map.of()))
                .isInstanceOf(ErrorReplyException.class)
                .hasMessage("not now");
        assertThat(attempts.call("crowded", Map.of()).asString()).isEqualTo("done");
    }
}
