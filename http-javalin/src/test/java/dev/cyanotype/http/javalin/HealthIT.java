/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.http.javalin;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.cyanotype.App;
import dev.cyanotype.Health;
import dev.cyanotype.internal.testkit.wire.Answer;
import dev.cyanotype.internal.testkit.wire.RawClient;
import dev.cyanotype.spi.ForwardingProvider;
import dev.cyanotype.spi.Transport;
import dev.cyanotype.spi.TransportContext;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What those who watch a service see of it, from the first connection to the last. */
class HealthIT {

    private final Reachable http = new Reachable();
    private final CountDownLatch go = new CountDownLatch(1);
    private @Nullable App app;

    @AfterEach
    void stop() {
        go.countDown();
        if (app != null) {
            app.stop(Duration.ZERO);
        }
    }

    private App app(App.Builder builder) {
        app = builder.discovery(false)
                .register(Health.blueprint())
                .transport(http)
                .build();
        return app;
    }

    private static App.Builder shop() {
        return App.named("shop");
    }

    private String ask(String what) throws IOException {
        try (RawClient client = RawClient.connect(http.address())) {
            Answer answer = client.exchange("GET", "/health/" + what);
            return answer.status() + " " + answer.text();
        }
    }

    private static String only(boolean up, String state) {
        return "%d {'status':'%s','checks':[{'name':'app','status':'%s','data':{'state':'%s'}}]}"
                .formatted(up ? 200 : 503, up ? "UP" : "DOWN", up ? "UP" : "DOWN", state)
                .replace('\'', '"');
    }

    @Test
    void a_service_that_starts_is_live_and_then_started_and_ready() throws Exception {
        CountDownLatch inside = new CountDownLatch(1);
        App starting = app(shop().onStart(ctx -> {
            inside.countDown();
            go.await();
        }));
        CompletableFuture<Void> started = CompletableFuture.runAsync(starting::start);
        assertThat(inside.await(20, SECONDS)).isTrue();

        assertThat(ask("live")).isEqualTo(only(true, "starting"));
        assertThat(ask("started")).isEqualTo(only(false, "starting"));
        assertThat(ask("ready")).isEqualTo(only(false, "starting"));

        go.countDown();
        started.get(20, SECONDS);
        assertThat(ask("live")).isEqualTo(only(true, "running"));
        assertThat(ask("started")).isEqualTo(only(true, "running"));
        assertThat(ask("ready")).startsWith("200 {\"status\":\"UP\"").contains("{\"name\":\"http\",\"status\":\"UP\"}");
    }

    @Test
    void a_service_that_stops_is_live_but_not_ready_while_its_hooks_run() throws Exception {
        CountDownLatch inside = new CountDownLatch(1);
        App stopping = app(shop().onStopping(ctx -> {
            inside.countDown();
            go.await();
        }));
        stopping.start();
        CompletableFuture<Void> stopped = CompletableFuture.runAsync(() -> stopping.stop(Duration.ofSeconds(60)));
        assertThat(inside.await(20, SECONDS)).isTrue();

        assertThat(ask("live")).isEqualTo(only(true, "stopping"));
        assertThat(ask("started")).isEqualTo(only(true, "stopping"));
        assertThat(ask("ready")).isEqualTo(only(false, "stopping"));

        go.countDown();
        stopped.get(20, SECONDS);
        assertThatThrownBy(() -> ask("live")).isInstanceOf(ConnectException.class);
    }

    @Test
    void a_service_that_delays_its_stop_answers_requests_and_says_that_it_is_not_ready() throws Exception {
        App stopping = app(shop().get("/work", ctx -> "done")
                .stopBudget(Duration.ofSeconds(60))
                .stopDelay(Duration.ofSeconds(15)));
        stopping.start();
        Thread stopper = new Thread(stopping::close);
        stopper.start();

        await().untilAsserted(() -> assertThat(ask("ready")).isEqualTo(only(false, "stopping")));
        assertThat(ask("live")).isEqualTo(only(true, "stopping"));
        try (RawClient client = RawClient.connect(http.address())) {
            assertThat(client.exchange("GET", "/work").status()).isEqualTo(200);
        }

        stopper.interrupt();
        stopper.join(20_000);
        assertThat(stopper.isAlive()).isFalse();
    }

    @Test
    void a_check_decides_whether_a_service_is_ready() throws Exception {
        AtomicBoolean there = new AtomicBoolean(true);
        app(shop().check("db", there::get)).start();

        assertThat(ask("ready")).startsWith("200 ").contains("{\"name\":\"db\",\"status\":\"UP\"}");
        there.set(false);
        assertThat(ask("ready")).startsWith("503 ").contains("{\"name\":\"db\",\"status\":\"DOWN\"}");
        assertThat(ask("live")).isEqualTo(only(true, "running"));
        try (RawClient client = RawClient.connect(http.address())) {
            Answer head = client.exchange("HEAD", "/health/ready");
            assertThat(head.status()).isEqualTo(503);
            assertThat(head.header("Cache-Control")).isEqualTo("no-store");
        }
    }

    @Test
    void a_check_that_hangs_is_answered_within_its_time() throws Exception {
        app(shop().check(
                                "db",
                                () -> {
                                    go.await();
                                    return true;
                                },
                                options -> options.timeout(Duration.ofMillis(200))))
                .start();

        assertThat(ask("ready"))
                .startsWith("503 ")
                .contains("{\"name\":\"db\",\"status\":\"DOWN\",\"data\":{\"reason\":\"timed out\"}}");
        assertThat(ask("ready"))
                .startsWith("503 ")
                .contains("{\"name\":\"db\",\"status\":\"DOWN\",\"data\":{\"reason\":\"still running\"}}");

        go.countDown();
        await().untilAsserted(() -> assertThat(ask("ready")).startsWith("200 "));
    }

    /** A server whose address is known before the app is up. */
    private static final class Reachable extends ForwardingProvider {

        private volatile @Nullable Transport transport;
        private volatile @Nullable URI address;

        Reachable() {
            super(JavalinHttp.with(JavalinOptions.builder().port(0).build()));
        }

        URI address() {
            URI known = address;
            if (known == null) {
                known = transport.address().orElseThrow();
                address = known;
            }
            return known;
        }

        @Override
        public Transport create(TransportContext context) {
            Transport made = super.create(context);
            transport = made;
            return made;
        }
    }
}
