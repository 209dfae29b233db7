/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.dispatch;

import static dev.cyanotype.internal.dispatch.InMemoryRequest.post;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cyanotype.App;
import dev.cyanotype.Assembled;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NumberOutOfRangeTest {

    record Aged(int age) {}

    @ParameterizedTest
    @ValueSource(strings = {"{\"age\":99999999999}", "{\"age\":1.5e999}"})
    void a_number_that_does_not_fit_is_of_another_type_and_not_malformed(String body) {
        Assembled app = Assembled.of(App.named("a").post("/x", Aged.class, (aged, ctx) -> aged.age()));

        Answer answer = app.send(post("/x").json(body));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text()).contains("the body does not have the expected form");
    }
}
