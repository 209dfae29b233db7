/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.samples.guide.tasks;

import static dev.cyanotype.testkit.CyanotypeAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cyanotype.testkit.TestApp;
import dev.cyanotype.testkit.TestClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SessionsTest {

    private final RecordingStore store = new RecordingStore();

    @Test
    void tasks_and_threads_go_by_the_clock_of_the_test() {
        TestClock clock = TestClock.at(Instant.parse("2026-03-01T05:50:00Z"));
        try (TestApp app = TestApp.of(Sessions.app(store), clock)) {
            assertThat(store.done).containsExactly("open");

            clock.advance(Duration.ofMinutes(10));

            assertThat(store.done).contains("remove 2026-03-01T05:00:00Z", "count 2026-03-01T06:00:00Z");
            assertThat(Collections.frequency(store.done, "upload")).isEqualTo(20);
        }
        assertThat(store.done).endsWith("close");
    }

    @Test
    void a_task_runs_when_it_is_told_to() {
        try (TestApp app = TestApp.of(Sessions.app(store), TestClock.at(Instant.parse("2026-03-01T00:00:00Z")))) {
            app.runTask("expire");
            assertThat(store.done).containsExactly("open", "remove 2026-02-28T23:00:00Z");

            assertThat(app.post("/tasks/expire/runs", Map.of())).hasStatus(202);
            app.clock().advance(Duration.ZERO);
            assertThat(app.get("/tasks/expire")).hasJson("{\"runs\": 2, \"failures\": 0}");
        }
    }

    @Test
    void the_service_is_ready_while_the_store_is_open() {
        try (TestApp app = TestApp.of(Sessions.app(store))) {
            assertThat(app.get("/health/ready")).hasStatus(200);
            store.close();
            assertThat(app.get("/health/ready")).hasStatus(503).hasJsonAt("/status", "DOWN");
        }
    }
}
