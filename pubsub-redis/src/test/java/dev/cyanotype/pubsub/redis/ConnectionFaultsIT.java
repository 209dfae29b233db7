/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.pubsub.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cyanotype.App;
import dev.cyanotype.exchange.Exchange;
import dev.cyanotype.message.CallException;
import dev.cyanotype.message.CallTimeoutException;
import dev.cyanotype.message.Caller;
import dev.cyanotype.message.Gap;
import dev.cyanotype.message.MessagingException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** A Redis that goes away, comes back, falls silent, or was never there. */
class ConnectionFaultsIT extends FaultApps {

    /** Within which a link that says nothing is found. */
    private static final Duration FOUND = Duration.ofSeconds(3);

    private final List<Gap> gaps = new CopyOnWriteArrayList<>();
    /** That of the last call, to broadcast with while nothing can be called. */
    private final AtomicReference<Exchange> exchange = new AtomicReference<>();

    private App.Builder service(TestBus bus) {
        return app("svc", bus)
                .action("echo", ctx -> {
                    exchange.set(ctx);
                    return ctx.payload();
                })
                .listen(
                        "events",
                        JsonNode.class,
                        (message, ctx) -> seen.add(message.path("n").asString()),
                        options -> options.onGap(gaps::add));
    }

    private static JsonNode echo(App app) {
        return app.caller("svc").timeout(Duration.ofSeconds(5)).call("echo", Map.of("n", 1));
    }

    private static void awaitReady(App app) {
        eventually().until(() -> app.status().isReady());
    }

    private static void awaitNotReady(App app) {
        eventually().until(() -> !app.status().isReady());
    }

    private void assertHearsOnce(int n) throws IOException {
        assertThat(subscribers("events")).isEqualTo(1);
        assertThat(subscribers("svc")).isEqualTo(1);
        peer().publish("events", "{\"n\":" + n + "}");
        eventually().until(() -> seen.contains(Integer.toString(n)));
        assertThat(seen).containsOnlyOnce(Integer.toString(n));
    }

    private void assertOneGap(Instant from, Instant to) {
        eventually().until(() -> !gaps.isEmpty());
        assertThat(gaps).singleElement().satisfies(gap -> {
            assertThat(gap.channel()).isEqualTo("events");
            assertThat(gap.cause()).isEqualTo(Gap.Cause.CONNECTION_LOST);
            assertThat(gap.from()).isBefore(to);
            assertThat(gap.to()).isAfter(from);
        });
    }

    @Test
    void fault_01_a_redis_that_is_killed_and_restarted_is_found_again() throws Exception {
        App app = start(service(TestBus.at(redis.url())));
        assertHearsOnce(1);
        try (CapturedLog log = new CapturedLog()) {
            redis.kill();
            awaitNotReady(app);
            Instant lost = Instant.now();
            assertThatThrownBy(() -> echo(app))
                    .isInstanceOf(CallException.class)
                    .hasMessage(
                            "call of 'echo' at 'svc': redis can't be reached at the moment, so no reply would be heard")
                    .hasCauseInstanceOf(MessagingException.class);
            eventually()
                    .until(() -> log.lines("DEBUG").stream()
                                    .filter(line -> line.contains("-requests: still no connection to redis"))
                                    .count()
                            >= 3);
            redis.restart();
            Instant back = Instant.now();
            awaitReady(app);

            assertThat(Duration.between(back, Instant.now())).isLessThan(FOUND);
            assertHearsOnce(2);
            assertThat(echo(app)).hasToString("{\"n\":1}");
            assertOneGap(lost, back);
            assertThat(counter(app, "reconnects")).isEqualTo(3);
            assertThat(log.lines("WARN cyanotype-svc-redis-requests: no connection"))
                    .hasSize(1);
            assertThat(log.lines("INFO cyanotype-svc-redis-requests: connected to redis at " + redis.host() + ":"
                            + redis.port() + " again"))
                    .hasSize(1);
        }
    }

    @Test
    void fault_01_calls_end_in_time_while_redis_is_killed_again_and_again() throws Exception {
        App app = start(service(TestBus.at(redis.url())));
        Duration time = Duration.ofSeconds(2);
        List<Duration> took = new CopyOnWriteArrayList<>();
        int right = 0;
        for (int round = 0; round < 3; round++) {
            List<CompletableFuture<JsonNode>> calls = new CopyOnWriteArrayList<>();
            for (int n = 0; n < 300; n++) {
                Instant begin = Instant.now();
                CompletableFuture<JsonNode> call =
                        app.caller("svc").timeout(time).callAsync("echo", Map.of("n", n));
                calls.add(call.whenComplete((reply, error) -> took.add(Duration.between(begin, Instant.now()))));
                if (n == 150) {
                    // Or on a quick machine not one would be answered.
                    calls.get(0).join();
                    redis.kill();
                }
            }
            redis.restart();
            for (int n = 0; n < 300; n++) {
                try {
                    assertThat(calls.get(n).join()).hasToString("{\"n\":" + n + "}");
                    right++;
                } catch (CompletionException e) {
                    assertThat(e).hasCauseInstanceOf(CallException.class);
                }
            }
            awaitReady(app);
        }

        assertThat(took).hasSize(900).allSatisfy(each -> assertThat(each).isLessThan(time.plusSeconds(2)));
        assertThat(right).isGreaterThan(0);
        assertThat(echo(app)).hasToString("{\"n\":1}");
    }

    @Test
    void fault_02_a_connection_that_swallows_everything_is_found_and_made_anew() throws Exception {
        TcpProxy proxy = closing(TcpProxy.before(redis.host(), redis.port()));
        App app = start(service(TestBus.at(proxy.url())));
        assertHearsOnce(1);

        proxy.swallow(true);
        Instant lost = Instant.now();
        CompletableFuture<JsonNode> call =
                app.caller("svc").timeout(Duration.ofSeconds(1)).callAsync("echo", Map.of());
        awaitNotReady(app);
        assertThat(Duration.between(lost, Instant.now())).isLessThan(FOUND);
        assertThat(call)
                .failsWithin(Duration.ofSeconds(10))
                .withThrowableThat()
                .havingCause()
                .isInstanceOf(CallTimeoutException.class);
        peer().publish("events", "{\"n\":\"lost\"}");
        // In this order, or what the proxy has not yet read comes through after all.
        proxy.cut();
        proxy.swallow(false);
        Instant back = Instant.now();
        awaitReady(app);

        assertThat(Duration.between(back, Instant.now())).isLessThan(FOUND);
        eventually().untilAsserted(() -> assertHearsOnce(2));
        assertThat(echo(app)).hasToString("{\"n\":1}");
        assertOneGap(lost, back);
        assertThat(seen).doesNotContain("lost");
    }

    @Test
    void fault_02_a_redis_that_is_frozen_is_found_and_used_again() throws Exception {
        App app = start(service(TestBus.at(redis.url())));
        assertHearsOnce(1);
        echo(app);

        redis.pause();
        Instant lost = Instant.now();
        try {
            awaitNotReady(app);
            assertThat(Duration.between(lost, Instant.now())).isLessThan(FOUND);
            assertThatThrownBy(() ->
                            app.caller("svc").timeout(Duration.ofMillis(500)).call("echo", Map.of()))
                    .isInstanceOf(CallException.class);
            assertThatThrownBy(() -> exchange.get().broadcast("events", Map.of("n", "unsent")))
                    .isInstanceOf(MessagingException.class)
                    .extracting(e -> ((MessagingException) e).reason())
                    .isEqualTo(MessagingException.Reason.UNREACHABLE);
        } finally {
            redis.resume();
        }
        Instant back = Instant.now();
        awaitReady(app);

        assertThat(Duration.between(back, Instant.now())).isLessThan(FOUND);
        eventually().until(() -> subscribers("events") == 1 && subscribers("svc") == 1);
        assertHearsOnce(2);
        assertThat(echo(app)).hasToString("{\"n\":1}");
        assertOneGap(lost, back);
    }

    @Test
    void fault_02_a_call_ends_with_its_time_whatever_redis_does() {
        App app = start(service(TestBus.at(redis.url())));
        Caller caller = app.caller("svc").timeout(Duration.ofMillis(400));

        List<Duration> took = new ArrayList<>();
        redis.pause();
        try {
            for (int i = 0; i < 3; i++) {
                Instant before = Instant.now();
                assertThatThrownBy(() -> caller.call("echo", Map.of())).isInstanceOf(CallException.class);
                took.add(Duration.between(before, Instant.now()));
            }
        } finally {
            redis.resume();
        }
        // The machine may stand still during one of them.
        assertThat(Collections.min(took)).isLessThan(Duration.ofMillis(1_500));
        assertThat(took).allMatch(each -> each.compareTo(Duration.ofSeconds(5)) < 0);
    }

    @Test
    void fault_03_an_app_that_needs_redis_does_not_start_without_it() {
        redis.kill();
        App app = service(TestBus.at(redis.url()).startTimeout(Duration.ofMillis(700)))
                .build();

        assertThatThrownBy(app::start)
                .isInstanceOf(RuntimeException.class)
                .hasMessageContaining(redis.host() + ":" + redis.port());
        assertThat(app.isRunning()).isFalse();
        assertNoThreads();
    }

    private static void assertNoThreads() {
        eventually()
                .untilAsserted(() -> assertThat(Thread.getAllStackTraces().keySet().stream()
                                .map(Thread::getName)
                                .filter(name -> name.startsWith("cyanotype-svc-redis")))
                        .isEmpty());
    }

    @Test
    void fault_03_an_app_that_does_not_need_redis_starts_without_it_and_connects_later() throws Exception {
        redis.kill();
        App app = start(service(TestBus.at(redis.url()).optional()));
        assertThat(app.isRunning()).isTrue();
        assertThat(app.status().isReady()).isFalse();
        Instant before = Instant.now();
        assertThatThrownBy(() -> echo(app))
                .isInstanceOf(CallException.class)
                .hasCauseInstanceOf(MessagingException.class);
        assertThat(Duration.between(before, Instant.now())).isLessThan(Duration.ofSeconds(3));

        redis.restart();
        awaitReady(app);

        assertHearsOnce(1);
        assertThat(echo(app)).hasToString("{\"n\":1}");
        assertThat(gaps).as("what was before the start was not missed").isEmpty();
    }

    @Test
    void fault_03_an_address_where_nobody_answers_does_not_hold_the_start_up_for_ever() throws Exception {
        try (ServerSocket mute = new ServerSocket()) {
            mute.bind(new InetSocketAddress("127.0.0.1", 0));
            App app = service(TestBus.at("redis://127.0.0.1:" + mute.getLocalPort())
                            .startTimeout(Duration.ofMillis(500)))
                    .build();
            Instant before = Instant.now();

            assertThatThrownBy(app::start).hasMessageContaining("127.0.0.1:" + mute.getLocalPort());
            assertThat(Duration.between(before, Instant.now())).isLessThan(Duration.ofSeconds(5));
        }
        assertNoThreads();
    }

    @ParameterizedTest
    @ValueSource(strings = {"pubsub", "normal"})
    void fault_04_connections_that_an_administrator_kills_are_made_anew(String type) throws Exception {
        App app = start(service(TestBus.at(redis.url())));
        assertHearsOnce(1);
        long before = counter(app, "reconnects");

        assertThat(Integer.parseInt(redis.command("CLIENT", "KILL", "TYPE", type)))
                .isPositive();
        eventually().until(() -> counter(app, "reconnects") > before);
        awaitReady(app);

        assertHearsOnce(2);
        assertThat(echo(app)).hasToString("{\"n\":1}");
        assertThat(gaps).hasSize(type.equals("pubsub") ? 1 : 0);
    }

    @Test
    void fault_25_a_start_that_fails_half_way_leaves_nothing_on_redis() {
        CountDownLatch hook = gate();
        App app = service(TestBus.at(redis.url()))
                .onStart(ctx -> {
                    hook.countDown();
                    throw new IllegalStateException("the hook is broken");
                })
                .build();

        assertThatThrownBy(app::start).hasStackTraceContaining("the hook is broken");

        assertThat(hook.getCount()).isZero();
        assertThat(app.isRunning()).isFalse();
        eventually().untilAsserted(() -> {
            assertThat(redis.command("PUBSUB", "CHANNELS")).isEmpty();
            assertThat(redis.command("CLIENT", "LIST").lines()).hasSize(1);
        });
        assertNoThreads();
    }

    @Test
    void fault_25_an_app_that_is_stopped_leaves_nothing_on_redis() {
        App app = start(service(TestBus.at(redis.url())));
        echo(app);

        app.stop();

        eventually().untilAsserted(() -> {
            assertThat(redis.command("PUBSUB", "CHANNELS")).isEmpty();
            assertThat(redis.command("CLIENT", "LIST").lines()).hasSize(1);
        });
        assertNoThreads();
    }

    @Test
    void an_interrupted_thread_that_sends_does_not_cost_the_others_their_connection() throws Exception {
        App app = start(service(TestBus.at(redis.url())));
        echo(app);

        for (int i = 0; i < 10; i++) {
            Thread.currentThread().interrupt();
            try {
                exchange.get().broadcast("events", Map.of("n", i));
            } catch (MessagingException e) {
                assertThat(e).hasMessageContaining("interrupted");
            }
            assertThat(Thread.interrupted()).isTrue();
        }

        eventually().until(() -> seen.contains("9"));
        assertThat(app.status().counters()).containsEntry("redis.reconnects", 0L);
        echo(app);
    }
}
