/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cyanotype.App;
import dev.cyanotype.Assembled;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LastResortTeardownTest {

    @Test
    void teardown_gets_the_error_that_even_the_answer_to_it_could_not_handle() {
        List<Throwable> unhandled = new ArrayList<>();
        Assembled app = Assembled.of(App.named("shop")
                .error(Throwable.class, (exchange, e) -> new Object() {
                    public String getBroken() {
                        throw new IllegalStateException("can't be encoded");
                    }
                })
                .teardown((ctx, error) -> unhandled.add(error))
                .get("/x", ctx -> {
                    throw new IllegalStateException("first");
                }));

        assertThat(app.get("/x").status()).isEqualTo(500);
        assertThat(unhandled).hasSize(1).doesNotContainNull();
    }
}
