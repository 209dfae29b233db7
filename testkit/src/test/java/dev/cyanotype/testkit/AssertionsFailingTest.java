/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.testkit;

import static dev.cyanotype.testkit.CyanotypeAssertions.assertThat;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cyanotype.Blueprint;
import dev.cyanotype.exchange.Response;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;

class AssertionsFailingTest {

    private static TestResponse answer(Object result) {
        try (TestApp app =
                TestApp.of(Blueprint.named("one").get("/", ctx -> result).build())) {
            return app.get("/");
        }
    }

    @Test
    void text_where_json_is_expected_shows_the_response() {
        assertThatThrownBy(() ->
                        assertThat(answer(Response.text("plain").status(502))).hasJson("[]"))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("502 text/plain;charset=utf-8 plain");
        assertThatThrownBy(() ->
                        assertThat(answer(Response.text("plain").status(502))).hasJsonAt("/a", 1))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("502 text/plain;charset=utf-8 plain");
    }

    @Test
    void no_body_where_json_is_expected_shows_the_response() {
        assertThatThrownBy(() -> assertThat(answer(null)).hasJson("[]"))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("204");
    }

    @Test
    void a_broadcast_has_been_heard_when_it_returns_whatever_other_threads_broadcast() throws Exception {
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        LinkedBlockingQueue<String> heard = new LinkedBlockingQueue<>();
        Blueprint blueprint = Blueprint.named("two")
                .listen("slow", (message, ctx) -> {
                    inside.countDown();
                    go.await();
                })
                .listen("fast", (message, ctx) -> heard.add("fast"))
                .build();
        try (TestApp app = TestApp.of(blueprint)) {
            CompletableFuture<Long> slow = CompletableFuture.supplyAsync(() -> app.broadcast("slow", Map.of()));
            assertThat(inside.await(10, SECONDS)).isTrue();
            try {
                app.broadcast("fast", Map.of());
                assertThat(heard).containsExactly("fast");
            } finally {
                go.countDown();
                slow.join();
            }
        }
    }
}
