/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.redis.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class PaceTest {

    private static int after(Pace pace, long nanos, int runs) {
        int ahead = pace.ahead();
        for (int i = 0; i < runs; i++) {
            ahead = pace.took(nanos);
        }
        return ahead;
    }

    @Test
    void quick_entries_are_read_long_before_they_are_run() {
        assertThat(after(new Pace(1, true), TimeUnit.MICROSECONDS.toNanos(50), 200))
                .isEqualTo(128);
        assertThat(after(new Pace(4, true), TimeUnit.MILLISECONDS.toNanos(2), 200))
                .isBetween(36, 40);
    }

    @Test
    void slow_entries_are_not_read_before_they_can_be_run() {
        Pace pace = new Pace(4, true);
        after(pace, TimeUnit.MICROSECONDS.toNanos(50), 200);

        assertThat(after(pace, TimeUnit.SECONDS.toNanos(1), 1)).isZero();
        assertThat(after(pace, TimeUnit.MILLISECONDS.toNanos(50), 100)).isZero();
    }

    @Test
    void a_replica_that_has_run_nothing_reads_a_few() {
        assertThat(new Pace(3, true).ahead()).isEqualTo(3);
    }

    @Test
    void an_entry_that_may_be_delivered_once_is_never_read_before_it_can_be_run() {
        Pace pace = new Pace(4, false);

        assertThat(pace.ahead()).isZero();
        assertThat(after(pace, 1, 100)).isZero();
    }
}
