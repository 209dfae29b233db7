/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.http.javalin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cyanotype.Blueprint;
import dev.cyanotype.exchange.Response;
import dev.cyanotype.testkit.TestApp;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class JavalinAccessTest {

    @Test
    void there_is_no_javalin_context_in_memory() {
        AtomicReference<String> message = new AtomicReference<>();
        Blueprint blueprint = Blueprint.named("asking")
                .get("/{id}", ctx -> Response.text(JavalinAccess.context(ctx).ip()))
                .error(IllegalStateException.class, (exchange, e) -> {
                    message.set(e.getMessage());
                    return Response.of(500);
                })
                .build();
        try (TestApp app = TestApp.of(blueprint)) {
            app.get("/7");
        }
        assertThat(message)
                .hasValue("GET /{id}: there is no io.javalin.http.Context here. Ask for it only where its transport"
                        + " carries it.");
    }
}
