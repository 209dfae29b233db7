/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.concurrent;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class InFlightTest {

    private final InFlight work = new InFlight();

    @Test
    @Timeout(10)
    void nothing_is_waited_for_where_nothing_is_under_way() throws Exception {
        work.awaitNone(Duration.ofDays(1));
        work.begin();
        work.end();
        work.awaitNone(Duration.ofDays(1));
    }

    @Test
    void the_wait_ends_with_the_last_piece_of_work() throws Exception {
        work.begin();
        work.begin();
        CompletableFuture<Void> waiting = waiting(Duration.ofSeconds(Long.MAX_VALUE));

        work.end();
        await().during(Duration.ofMillis(30)).until(() -> !waiting.isDone());
        work.end();

        waiting.get(10, SECONDS);
    }

    @Test
    void the_wait_ends_when_the_budget_is_spent() throws Exception {
        work.begin();

        waiting(Duration.ofMillis(5)).get(10, SECONDS);
        waiting(Duration.ZERO).get(10, SECONDS);
    }

    @Test
    void a_budget_of_ages_has_a_deadline_that_does_not_overflow() {
        assertThat(InFlight.deadline(Duration.ofSeconds(Long.MAX_VALUE)) - System.nanoTime())
                .isGreaterThan(Duration.ofDays(365).toNanos());
        assertThat(InFlight.deadline(Duration.ZERO) - System.nanoTime()).isLessThanOrEqualTo(0);
    }

    private CompletableFuture<Void> waiting(Duration budget) {
        return CompletableFuture.runAsync(() -> {
            try {
                work.awaitNone(budget);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        });
    }
}
