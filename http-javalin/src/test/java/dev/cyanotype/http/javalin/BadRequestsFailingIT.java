/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.http.javalin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cyanotype.App;
import dev.cyanotype.http.HttpOptions;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** Belongs into BadRequestsIT.Bodies.of_an_unannounced_size_beyond_the_limit_are_refused: @CsvSource "/stream, 2000". */
class BadRequestsFailingIT {
    @Test
    void a_stream_past_the_limit_is_413() throws IOException {
        try (RunningApp app = RunningApp.of(App.named("test")
                        .http(HttpOptions.builder().maxUploadBytes(2000).build())
                        .post("/stream", ctx -> ctx.body().stream().readAllBytes().length));
                RawClient client = app.connect()) {
            client.send(RawClient.request("POST", "/stream", "X-Request-Id: r1", "Transfer-Encoding: chunked"))
                    .send(Integer.toHexString(2001) + "\r\n" + "x".repeat(2001) + "\r\n0\r\n\r\n");
            assertThat(client.answer().status()).isEqualTo(413);
        }
    }

    @Test
    void the_correlation_id_is_that_of_the_client_if_it_could_be_read() throws IOException {
        try (RunningApp app = RunningApp.of(App.named("test").get("/{id}", ctx -> "x"));
                RawClient client = app.connect()) {
            Answer answer = client.exchange("GET", "/%ff", "X-Request-Id: r1");
            assertThat(answer.json().path("correlationId").stringValue()).isEqualTo("r1");
        }
    }
}
