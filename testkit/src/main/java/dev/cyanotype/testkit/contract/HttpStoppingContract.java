/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cyanotype.App;
import dev.cyanotype.exchange.Response;
import dev.cyanotype.internal.testkit.wire.Answer;
import dev.cyanotype.internal.testkit.wire.RawClient;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What becomes of requests when the app stops. */
@Rule(5)
abstract class HttpStoppingContract {

    private static final Duration LONG = Duration.ofSeconds(20);
    private static final byte[] NOTHING = {};

    private final CountDownLatch inside = new CountDownLatch(1);
    private final CountDownLatch gate = new CountDownLatch(1);
    private HttpSite site;

    /** Starts an app on the transport that is tested. */
    abstract HttpSite open(App.Builder builder);

    @BeforeEach
    void openSite() {
        site = open(App.named("contract")
                .get("/slow", ctx -> {
                    inside.countDown();
                    if (!gate.await(LONG.toSeconds(), TimeUnit.SECONDS)) {
                        throw new IllegalStateException("the gate stayed closed");
                    }
                    return Response.text("finished");
                })
                .get("/fine", ctx -> Response.text("fine")));
    }

    @AfterEach
    void closeSite() {
        gate.countDown();
        site.close();
    }

    private URI uri() {
        return site.address()
                .orElseGet(() -> Assumptions.abort(
                        "the transport has no address, so that no test can say what goes over a connection"));
    }

    /** Has a request under way, and gives its answer. */
    private CompletableFuture<Answer> slow() throws InterruptedException {
        CompletableFuture<Answer> answer = new CompletableFuture<>();
        new Thread(() -> {
                    try {
                        answer.complete(site.send("GET", "/slow", NOTHING).answer());
                    } catch (Exception e) {
                        answer.completeExceptionally(e);
                    }
                })
                .start();
        assertThat(inside.await(LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
        return answer;
    }

    private CompletableFuture<Void> stop(Duration budget) {
        CompletableFuture<Void> stopped =
                CompletableFuture.runAsync(() -> site.app().stop(budget));
        new Eventually(LONG).until(() -> !site.app().isRunning());
        return stopped;
    }

    @Rule(4)
    @Test
    void a_started_app_can_be_reached() throws Exception {
        assertThat(site.send("GET", "/fine", NOTHING).answer().text()).isEqualTo("fine");
    }

    @Test
    void a_request_that_is_under_way_is_answered() throws Exception {
        CompletableFuture<Answer> answer = slow();

        CompletableFuture<Void> stopped = stop(LONG);
        assertThat(stopped).isNotDone();
        gate.countDown();

        assertThat(answer.get(20, TimeUnit.SECONDS).text()).isEqualTo("finished");
        stopped.get(20, TimeUnit.SECONDS);
    }

    @Test
    void what_takes_longer_than_the_budget_is_not_waited_for() throws Exception {
        slow();

        Instant before = Instant.now();
        site.app().stop(Duration.ofMillis(200));

        assertThat(Duration.between(before, Instant.now())).isLessThan(Duration.ofSeconds(10));
    }

    @Rule({5, 58})
    @Test
    void nobody_connects_to_an_app_that_stops() throws Exception {
        URI uri = uri();
        slow();

        CompletableFuture<Void> stopped = stop(LONG);

        new Eventually(LONG)
                .untilAsserted(() ->
                        assertThatThrownBy(() -> RawClient.connect(uri).close()).isInstanceOf(IOException.class));
        assertThat(stopped).isNotDone();
        gate.countDown();
        stopped.get(20, TimeUnit.SECONDS);
    }

    @Rule(58)
    @Test
    void a_request_on_a_connection_that_is_there_is_refused_by_the_dispatcher() throws Exception {
        try (RawClient client = RawClient.connect(uri())) {
            assertThat(client.exchange("GET", "/fine").text()).isEqualTo("fine");
            slow();
            CompletableFuture<Void> stopped = stop(LONG);

            client.sendUnlessRefused(RawClient.request("GET", "/fine").getBytes(StandardCharsets.US_ASCII));
            int status;
            try {
                status = client.answer().status();
            } catch (IOException e) {
                // The connection was ended before, which is as good.
                status = 503;
            }

            assertThat(status).isEqualTo(503);
            gate.countDown();
            stopped.get(20, TimeUnit.SECONDS);
        }
    }

    @Rule(6)
    @Test
    void nobody_listens_when_the_app_has_stopped() throws Exception {
        URI uri = uri();
        try (RawClient idle = RawClient.connect(uri)) {
            assertThat(idle.exchange("GET", "/fine").text()).isEqualTo("fine");

            site.app().stop(LONG);

            assertThatThrownBy(() -> RawClient.connect(uri).close()).isInstanceOf(IOException.class);
            assertThat(idle.isEnded()).isTrue();
        }
    }
}
