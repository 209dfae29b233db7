/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class NegativeVersionTest {

    @Test
    void a_negative_version_is_refused_wherever_it_is_given() {
        assertThatThrownBy(() -> Blueprint.named("a").version(-1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("blueprint 'a': version -1 (expected: 0 or more)");
        assertThatThrownBy(() -> App.named("a").register(Blueprint.named("b").build(), mount -> mount.version(-1)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Blueprint.named("a").get("/x", ctx -> "x", route -> route.version(-1)))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
