/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.dispatch;

import static dev.cyanotype.internal.dispatch.InMemoryRequest.post;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cyanotype.App;
import dev.cyanotype.Assembled;
import dev.cyanotype.exchange.PayloadTooLargeException;
import dev.cyanotype.http.HttpOptions;
import java.io.InputStream;
import org.junit.jupiter.api.Test;

class StreamLimitTest {

    private static final HttpOptions SMALL =
            HttpOptions.builder().maxUploadBytes(200).build();

    @Test
    void a_streamed_body_past_the_limit_is_refused_also_where_it_was_not_announced() {
        Assembled app = Assembled.of(
                App.named("a").post("/stream", ctx -> {
                    try (InputStream in = ctx.body().stream()) {
                        return in.readAllBytes().length;
                    }
                }),
                SMALL);

        assertThat(app.send(post("/stream").body("x/y", new byte[200]).unannounced()))
                .hasToString("200 200");
        Answer answer = app.send(post("/stream").body("x/y", new byte[201]).unannounced());
        assertThat(answer.status()).isEqualTo(413);
        assertThat(answer.text()).contains("the body is larger than 200 bytes");
    }

    @Test
    void the_stream_fails_with_the_exception_it_promises() {
        Assembled app = Assembled.of(
                App.named("a").post("/stream", ctx -> {
                    InputStream in = ctx.body().stream();
                    assertThatThrownBy(in::readAllBytes).isInstanceOf(PayloadTooLargeException.class);
                    return "checked";
                }),
                SMALL);

        assertThat(app.send(post("/stream").body("x/y", new byte[201]).unannounced()))
                .hasToString("200 \"checked\"");
    }
}
