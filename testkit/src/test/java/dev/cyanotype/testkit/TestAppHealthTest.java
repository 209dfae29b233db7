/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.testkit;

import static dev.cyanotype.testkit.CyanotypeAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cyanotype.App;
import dev.cyanotype.Blueprint;
import dev.cyanotype.Health;
import dev.cyanotype.http.HttpMethod;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** The health of an app in memory. */
class TestAppHealthTest {

    private static final String READY = """
            {"status": "UP", "checks": [
              {"name": "app", "status": "UP", "data": {"state": "running"}},
              {"name": "memory", "status": "UP"},
              {"name": "users.db", "status": "UP"}]}
            """;

    private final AtomicBoolean there = new AtomicBoolean(true);

    private Blueprint users() {
        return Blueprint.named("users").check("db", there::get).build();
    }

    @Test
    void an_app_in_memory_is_live_ready_and_started() {
        try (TestApp app = TestApp.of(Health.blueprint(), users())) {
            assertThat(app.get("/health/live")).hasStatus(200).hasHeader("Cache-Control", "no-store");
            assertThat(app.get("/health/started")).hasStatus(200);
            assertThat(app.get("/health/ready")).hasStatus(200).hasJson(READY);
            assertThat(app.request(HttpMethod.HEAD, "/health/ready").send())
                    .hasStatus(200)
                    .hasNoBody();
        }
    }

    @Test
    void a_check_is_run_by_the_request_and_on_its_thread() {
        AtomicInteger runs = new AtomicInteger();
        Thread caller = Thread.currentThread();
        Blueprint counted = Blueprint.named("counted")
                .check("thread", () -> runs.incrementAndGet() > 0 && Thread.currentThread() == caller)
                .build();
        try (TestApp app = TestApp.of(Health.blueprint(), counted)) {
            assertThat(runs).hasValue(0);

            assertThat(app.get("/health/ready")).hasStatus(200);
            assertThat(app.get("/health/live")).hasStatus(200);

            assertThat(runs).hasValue(1);
            assertThat(app.clock().pending()).isZero();
        }
    }

    @Test
    void a_check_that_fails_is_503_and_nothing_else_is() {
        try (TestApp app = TestApp.of(Health.blueprint(), users())) {
            there.set(false);

            assertThat(app.get("/health/ready"))
                    .hasStatus(503)
                    .hasJsonAt("/status", "DOWN")
                    .hasJsonAt("/checks/2/status", "DOWN");
            assertThat(app.get("/health/live")).hasStatus(200);
            assertThat(app.get("/health/started")).hasStatus(200);

            there.set(true);
            assertThat(app.get("/health/ready")).hasStatus(200).hasJson(READY);
        }
    }

    @Test
    void an_app_that_stops_is_not_ready() {
        TestResponse[] answers = new TestResponse[2];
        TestApp[] running = new TestApp[1];
        App app = App.named("shop")
                .register(Health.blueprint())
                .onStopping(ctx -> {
                    answers[0] = running[0].get("/health/ready");
                    answers[1] = running[0].get("/health/live");
                })
                .build();
        running[0] = TestApp.of(app);

        running[0].close();

        assertThat(answers[0]).hasStatus(503).hasJsonAt("/checks/0/data/state", "stopping");
        assertThat(answers[1]).hasStatus(200);
    }

    @Test
    void a_check_has_the_time_of_the_test() throws Exception {
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        Blueprint slow = Blueprint.named("slow")
                .check("db", () -> {
                    inside.countDown();
                    return go.await(30, TimeUnit.SECONDS);
                })
                .build();
        try (TestApp app = TestApp.of(Health.blueprint(), slow)) {
            CompletableFuture<TestResponse> asked = CompletableFuture.supplyAsync(() -> app.get("/health/ready"));
            assertThat(inside.await(30, TimeUnit.SECONDS)).isTrue();

            app.clock().advance(Duration.ofSeconds(2));
            // It runs on the thread that asked, which has the answer when the check has ended.
            assertThat(app.get("/health/ready")).hasStatus(503).hasJsonAt("/checks/2/data/reason", "still running");
            go.countDown();

            assertThat(asked.get(30, TimeUnit.SECONDS)).hasStatus(503).hasJsonAt("/checks/2/data/reason", "timed out");
        }
    }
}
