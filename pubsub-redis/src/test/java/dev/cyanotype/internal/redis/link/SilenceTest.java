/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.redis.link;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SilenceTest {

    private final Silence silence = new Silence(100);

    @Test
    void lasts_from_look_to_look_until_there_is_a_sign() {
        assertThat(silence.look(Long.MAX_VALUE - 150)).isZero();
        assertThat(silence.look(Long.MAX_VALUE - 50)).isEqualTo(100);
        assertThat(silence.look(Long.MIN_VALUE + 49))
                .as("the clock may overflow")
                .isEqualTo(200);

        silence.end();

        assertThat(silence.look(Long.MIN_VALUE + 149)).isZero();
        assertThat(silence.look(Long.MIN_VALUE + 249)).isEqualTo(100);
    }

    @Test
    void counts_looks_that_are_a_little_late() {
        silence.look(0);

        assertThat(silence.look(150)).isEqualTo(150);
    }

    @Test
    void does_not_count_the_time_in_which_nobody_could_look() {
        silence.look(0);
        silence.look(100);

        assertThat(silence.look(60_000)).isEqualTo(300);
        assertThat(silence.look(60_000)).isEqualTo(300);
        assertThat(silence.look(60_100)).isEqualTo(400);
    }
}
