/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.concurrent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import dev.cyanotype.CapturedLog;
import dev.cyanotype.spi.AppClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SystemClockTest {

    private static final Duration SOON = Duration.ofMillis(20);
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final SystemClock clock = new SystemClock("shop");
    private final List<String> record = new CopyOnWriteArrayList<>();

    @AfterEach
    void close() {
        clock.close();
    }

    @Test
    void shows_the_system_s_time() {
        Instant before = Instant.now();
        assertThat(clock.instant()).isBetween(before, Instant.now());
        assertThat(clock.millis()).isBetween(before.toEpochMilli(), System.currentTimeMillis());
        long nanos = System.nanoTime();
        assertThat(clock.nanoTime() - nanos).isNotNegative();
    }

    @Test
    void makes_things_happen_on_one_thread_in_the_order_of_their_times() {
        long begin = System.nanoTime();
        clock.schedule(SOON.multipliedBy(20), () -> record.add("later"));
        clock.schedule(SOON, () -> record.add(Thread.currentThread().getName()));
        clock.schedule(MINUTE, () -> record.add("too late"));

        await().until(() -> record.size() == 2);

        assertThat(record).containsExactly("cyanotype-shop-timer", "later");
        assertThat(System.nanoTime() - begin)
                .isGreaterThanOrEqualTo(SOON.multipliedBy(20).toNanos());
    }

    @Test
    void goes_on_after_something_that_fails_which_is_logged() {
        try (CapturedLog log = CapturedLog.from(Level.ERROR)) {
            clock.schedule(Duration.ZERO, () -> {
                throw new StackOverflowError("too deep");
            });
            clock.schedule(SOON, () -> record.add("next"));
            await().until(() -> !record.isEmpty());

            assertThat(log.lines()).containsExactly("ERROR something that was scheduled failed");
        }
    }

    @Test
    void makes_nothing_happen_that_was_taken_back() {
        AppClock.Timeout timeout = clock.schedule(SOON, () -> record.add("never"));
        assertThat(timeout.cancel()).isTrue();
        assertThat(timeout.cancel()).isFalse();
        AppClock.Timeout last = clock.schedule(SOON.multipliedBy(2), () -> record.add("last"));

        await().until(() -> !record.isEmpty());

        assertThat(record).containsExactly("last");
        assertThat(last.cancel()).isFalse();
    }

    @Test
    void makes_nothing_happen_once_it_is_closed() {
        clock.schedule(SOON, () -> record.add("never"));
        clock.close();

        assertThat(clock.schedule(Duration.ZERO, () -> record.add("never")).cancel())
                .isFalse();
        CompletableFuture<Object> later = new CompletableFuture<>();
        try (SystemClock other = new SystemClock("other")) {
            other.schedule(SOON.multipliedBy(2), () -> later.complete(""));
            later.join();
        }
        assertThat(record).isEmpty();
    }

    @Test
    void waits_in_the_thread_that_asks_and_spreads_by_chance() throws Exception {
        assertThatThrownBy(() -> clock.await(new CompletableFuture<>(), SOON)).isInstanceOf(TimeoutException.class);
        assertThat(clock.await(CompletableFuture.completedFuture(7), Duration.ZERO))
                .isEqualTo(7);
        assertThat(clock.jitter(SOON)).isBetween(Duration.ZERO, SOON);
        assertThat(clock.jitter(Duration.ZERO)).isZero();
    }
}
