/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.testkit;

import dev.cyanotype.exchange.Headers;
import dev.cyanotype.exchange.StreamWriter;
import dev.cyanotype.internal.testkit.wire.Answer;
import dev.cyanotype.spi.RenderedResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A response as a client would get it. Immutable.
 *
 * @since 0.1
 */
public final class TestResponse {

    private final int status;
    private final Headers headers;
    private final byte[] body;

    TestResponse(int status, Headers headers, byte[] body) {
        this.status = status;
        this.headers = headers;
        this.body = body;
    }

    /** What the dispatcher has answered, with a streamed body read to its end. */
    static TestResponse of(RenderedResponse response) {
        byte[] body = read(response);
        Headers all = response.headers();
        if (response.contentType() != null) {
            all = all.with("Content-Type", response.contentType());
        }
        if (response.contentLength() >= 0) {
            all = all.with("Content-Length", Long.toString(response.contentLength()));
        }
        return new TestResponse(response.status(), all, body);
    }

    /** What has come over a connection. */
    static TestResponse of(Answer answer) {
        Headers headers = Headers.empty();
        for (Answer.Field field : answer.fields()) {
            headers = headers.plus(field.name(), field.value());
        }
        return new TestResponse(answer.status(), headers, answer.body());
    }

    private static byte[] read(RenderedResponse response) {
        byte[] bytes = response.bytes();
        StreamWriter stream = response.stream();
        try {
            if (bytes != null) {
                return bytes.clone();
            }
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            if (stream != null) {
                stream.writeTo(out);
                if (response.contentLength() >= 0 && response.contentLength() != out.size()) {
                    throw new IOException("the body has %d bytes, but %d were announced"
                            .formatted(out.size(), response.contentLength()));
                }
            }
            return out.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("the body could not be written to its end", e);
        }
    }

    /**
     * The status.
     *
     * @return from 200 to 599
     */
    public int status() {
        return status;
    }

    /**
     * The header fields, with type and length.
     *
     * @return the fields
     */
    public Headers headers() {
        return headers;
    }

    /**
     * The first value of a header field.
     *
     * @param name the field's name, in any letter case
     * @return the value, or null if there is none
     */
    public @Nullable String header(String name) {
        return headers.first(name);
    }

    /**
     * The body.
     *
     * @return a copy
     */
    public byte[] bytes() {
        return body.clone();
    }

    /**
     * The body as text in UTF-8.
     *
     * @return empty if there is no body
     */
    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    /**
     * The body as JSON.
     *
     * @return the decoded document
     * @throws IllegalArgumentException if it is no JSON
     */
    public JsonNode json() {
        return TestJson.parse(text());
    }

    /** Shows status and body, because that is what a failing test has to tell. */
    @Override
    public String toString() {
        return status + " " + header("Content-Type") + " " + text();
    }
}
