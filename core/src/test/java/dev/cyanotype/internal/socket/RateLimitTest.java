/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.socket;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RateLimitTest {

    private static final long WINDOW = 1000;

    private static RateLimit limit(int messages) {
        return new RateLimit(messages, Duration.ofNanos(WINDOW));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 15, 16, 17, 1000, 1001, 2000})
    void so_many_pass_at_once_and_no_more(int messages) {
        RateLimit limit = limit(messages);

        for (int i = 0; i < messages; i++) {
            assertThat(limit.pass(5)).as("message %d", i).isZero();
        }

        assertThat(limit.pass(5)).isEqualTo(WINDOW);
        assertThat(limit.pass(7)).isEqualTo(WINDOW - 2);
    }

    @Test
    void the_window_slides() {
        RateLimit limit = limit(2);
        assertThat(limit.pass(0)).isZero();
        assertThat(limit.pass(600)).isZero();
        assertThat(limit.pass(999)).isEqualTo(1);
        assertThat(limit.pass(1000)).isZero();
        assertThat(limit.pass(1001)).isEqualTo(599);
        assertThat(limit.pass(1600)).isZero();
    }

    @Test
    void what_was_refused_does_not_count() {
        RateLimit limit = limit(1);
        assertThat(limit.pass(0)).isZero();
        for (int now = 1; now < 1000; now++) {
            assertThat(limit.pass(now)).isEqualTo(1000 - now);
        }
        assertThat(limit.pass(1000)).isZero();
    }

    @Test
    void the_clock_may_run_over_its_end() {
        RateLimit limit = limit(1);
        assertThat(limit.pass(Long.MAX_VALUE - 10)).isZero();
        assertThat(limit.pass(Long.MIN_VALUE + 10)).isEqualTo(WINDOW - 21);
        assertThat(limit.pass(Long.MIN_VALUE + WINDOW)).isZero();
    }

    /** The model remembers all that passed and counts those within the window. */
    @Property(tries = 500)
    void it_agrees_with_a_list_of_all_that_passed(
            @ForAll @IntRange(min = 1, max = 40) int messages,
            @ForAll @Size(max = 300) List<@LongRange(min = 0, max = 200) Long> pauses) {
        RateLimit limit = limit(messages);
        List<Long> passed = new ArrayList<>();
        long now = 0;
        for (long pause : pauses) {
            now += pause;
            long since = now - WINDOW;
            List<Long> within = passed.stream().filter(time -> time > since).toList();
            long wait = limit.pass(now);
            if (within.size() < messages) {
                assertThat(wait).isZero();
                passed.add(now);
            } else {
                assertThat(wait).isEqualTo(within.get(within.size() - messages) + WINDOW - now);
            }
        }
    }
}
