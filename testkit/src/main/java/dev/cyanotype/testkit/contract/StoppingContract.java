/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cyanotype.App;
import dev.cyanotype.exchange.Exchange;
import dev.cyanotype.message.Caller;
import dev.cyanotype.spi.OperationKind;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What is under way when an app stops, and what it refuses afterwards. */
@Rule(32)
abstract class StoppingContract extends ContractApps {

    private final CountDownLatch gate = gate();
    private final CountDownLatch running = new CountDownLatch(1);

    /** Stops an app on another thread, and opens the gate once it is stopping. */
    private void stopWhileRunning(App app) throws Exception {
        pass(running);
        CompletableFuture<Void> stopped = CompletableFuture.runAsync(() -> {
            app.stop(LONG);
            seen.add("stopped");
        });
        eventually().until(() -> !app.isRunning());
        gate.countDown();
        stopped.get(20, TimeUnit.SECONDS);
    }

    private void slow(String what) throws InterruptedException {
        running.countDown();
        pass(gate);
        seen.add(what);
    }

    @Test
    void an_action_that_runs_ends_and_its_caller_has_the_reply() throws Exception {
        App app = start(app().action("slow", ctx -> {
            slow("ran");
            return "done";
        }));

        CompletableFuture<JsonNode> reply = self(app).callAsync("slow", Map.of());
        stopWhileRunning(app);

        assertThat(reply.get(20, TimeUnit.SECONDS).asString()).isEqualTo("done");
        assertThat(seen).containsExactly("ran", "stopped");
    }

    @Test
    void a_listener_that_runs_ends_and_so_does_what_waits_for_it() throws Exception {
        App app = start(app().listen(own("x"), (message, ctx) -> slow("heard " + message.path("n"))));

        send(app, own("x"), 1, 3);
        stopWhileRunning(app);

        assertThat(seen).startsWith("heard 1").endsWith("stopped");
    }

    @Test
    void a_consumer_that_runs_ends() throws Exception {
        assumeCarried(OperationKind.STREAM, "rules 29 to 31");
        App app = start(app().action("add", ctx -> ctx.append(own("x"), Map.of("n", 1)))
                .consume(own("x"), "group", JsonNode.class, (entry, ctx) -> slow("handled " + entry.path("n"))));

        self(app).call("add", Map.of());
        stopWhileRunning(app);

        assertThat(seen).containsExactly("handled 1", "stopped");
    }

    @Test
    @Rule({5, 33})
    void what_takes_longer_than_the_budget_is_not_waited_for() throws Exception {
        App app = start(app().action("slow", ctx -> {
                    slow("ran");
                    return "done";
                })
                .listen(own("x"), (message, ctx) -> pass(gate)));
        self(app).callAsync("slow", Map.of());
        send(app, own("x"), 1, 3);
        pass(running);

        Instant before = Instant.now();
        app.stop(Duration.ofMillis(200));

        assertThat(Duration.between(before, Instant.now())).isLessThan(Duration.ofSeconds(10));
        assertThat(seen).isEmpty();
    }

    @Test
    @Rule(33)
    void what_rests_until_it_is_tried_again_is_not_waited_for() {
        assumeCarried(OperationKind.STREAM, "rules 29 to 31");
        App app = start(app().action("add", ctx -> ctx.append(own("x"), Map.of("n", 1)))
                .consume(
                        own("x"),
                        "group",
                        JsonNode.class,
                        (entry, ctx) -> {
                            seen.add("tried");
                            throw new IllegalStateException("not yet");
                        },
                        options -> options.retries(Duration.ofMinutes(5), Duration.ofMinutes(5))));
        self(app).call("add", Map.of());
        eventually().until(() -> !seen.isEmpty());

        Instant before = Instant.now();
        app.stop(Duration.ofMinutes(1));

        assertThat(Duration.between(before, Instant.now())).isLessThan(Duration.ofSeconds(10));
    }

    @Test
    @Rule(20)
    void an_app_that_has_stopped_sends_nothing_and_says_so() throws Exception {
        AtomicReference<Exchange> exchange = new AtomicReference<>();
        App app = start(app().action("look", ctx -> {
                    exchange.set(ctx);
                    return "looked";
                })
                .listen(own("x"), (message, ctx) -> seen.add("heard")));
        Caller caller = self(app);
        caller.call("look", Map.of());
        app.stop();

        Exchange kept = Objects.requireNonNull(exchange.get());
        assertRefused(() -> kept.broadcast(own("x"), Map.of()));
        assertRefused(() -> kept.append(own("x"), Map.of()));
        assertRefused(() -> caller.call("look", Map.of()));
        assertRefused(() -> app.caller(own("shop")).call("look", Map.of()));
        assertThat(caller.callAsync("look", Map.of()))
                .failsWithin(LONG)
                .withThrowableThat()
                .havingCause()
                .isInstanceOf(IllegalStateException.class);
        assertThat(seen).isEmpty();
    }

    private void assertRefused(ThrowingCallable sending) {
        assertThatThrownBy(sending)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("app '" + own("shop") + "' is stopped, so it can't send messages");
    }

    @Test
    @Rule(6)
    void an_app_that_has_stopped_can_be_followed_by_another_of_its_name() {
        App first = start(app().action("who", ctx -> "first"));
        first.stop();
        App second = start(app().action("who", ctx -> "second"));

        assertThat(self(second).call("who", Map.of()).asString()).isEqualTo("second");
    }
}
