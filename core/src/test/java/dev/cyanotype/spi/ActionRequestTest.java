/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.JsonNodeFactory;

class ActionRequestTest {

    private static final Instant DEADLINE = Instant.parse("2000-01-01T00:00:00Z");

    private final ActionRequest.Builder builder = ActionRequest.builder("do_it", JsonNodeFactory.instance.objectNode())
            .deadline(DEADLINE);

    @Test
    void is_cancelled_from_its_deadline_on_by_the_clock_it_was_given() {
        Instant[] now = {DEADLINE.minusNanos(1)};
        ActionRequest request = builder.clock(() -> now[0]).build();
        assertThat(request.isCancelled()).isFalse();

        now[0] = DEADLINE;

        assertThat(request.isCancelled()).isTrue();
    }

    @Test
    void goes_by_the_system_s_time_otherwise() {
        assertThat(builder.build().isCancelled()).isTrue();
        assertThat(builder.deadline(Instant.now().plus(Duration.of(1, ChronoUnit.HOURS)))
                        .build()
                        .isCancelled())
                .isFalse();
    }

    @Test
    void needs_a_clock_if_it_is_told_one() {
        assertThatThrownBy(() -> builder.clock(null))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("time");
    }
}
