/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.dispatch;

import dev.cyanotype.exchange.Headers;
import dev.cyanotype.spi.RenderedResponse;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A response as a client gets it.
 *
 * @param length the announced length, or -1
 */
public record Answer(int status, Headers headers, @Nullable String contentType, long length, byte[] bytes) {

    /** Reads a response to its end and closes it. */
    public static Answer of(RenderedResponse response) {
        try (response) {
            byte[] bytes = new byte[0];
            if (response.bytes() != null) {
                bytes = response.bytes();
            } else if (response.stream() != null) {
                ByteArrayOutputStream out = new ByteArrayOutputStream();
                response.stream().writeTo(out);
                bytes = out.toByteArray();
            }
            return new Answer(
                    response.status(), response.headers(), response.contentType(), response.contentLength(), bytes);
        } catch (Exception e) {
            throw new AssertionError("the body could not be written", e);
        }
    }

    public String text() {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    public @Nullable String header(String name) {
        return headers.first(name);
    }

    @Override
    public String toString() {
        return status + " " + text();
    }
}
