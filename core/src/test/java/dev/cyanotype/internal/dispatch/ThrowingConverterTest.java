/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cyanotype.App;
import dev.cyanotype.Assembled;
import dev.cyanotype.spi.RenderedResponse;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class ThrowingConverterTest {

    @Test
    void a_converter_that_throws_is_an_error_of_the_request_and_the_dispatcher_never_fails() {
        Assembled app = Assembled.of(App.named("a").get("/{code:hex}", ctx -> "x"), Map.of("hex", s -> {
            throw new IllegalStateException("broken converter");
        }));

        CompletableFuture<RenderedResponse> response = app.start(InMemoryRequest.get("/1"));

        assertThat(response.join().status()).isEqualTo(500);
    }
}
