/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.spi;

import dev.cyanotype.exchange.Headers;
import dev.cyanotype.exchange.StreamWriter;
import org.jspecify.annotations.Nullable;

/**
 * A response that is ready for the wire.
 *
 * <p>It has at most one of {@link #bytes()} and {@link #stream()}. A transport sends the status, the header fields, the
 * content type if there is one, the length if it is known, then the body; and it closes the response when it has been
 * sent or given up. Files and parts of files are streams of known length, so they are never in memory.
 *
 * @since 0.1
 */
public final class RenderedResponse implements AutoCloseable {

    private final int status;
    private final Headers headers;
    private final @Nullable String contentType;
    private final @Nullable Object body;
    private final @Nullable Runnable onClose;

    /** A body that is written while it is sent; its length is -1 if it is not known. */
    private record Streamed(StreamWriter writer, long length) {}

    private record Omitted(long length) {}

    private RenderedResponse(
            int status,
            Headers headers,
            @Nullable String contentType,
            @Nullable Object body,
            @Nullable Runnable onClose) {
        this.status = status;
        this.headers = headers;
        this.contentType = contentType;
        this.body = body;
        this.onClose = onClose;
    }

    /**
     * A response without a body.
     *
     * @param status the status
     * @param headers all fields but content type and length
     * @return the response
     */
    public static RenderedResponse empty(int status, Headers headers) {
        return new RenderedResponse(status, headers, null, null, null);
    }

    /**
     * A response of bytes.
     *
     * @param status the status
     * @param headers all fields but content type and length
     * @param contentType the media type, or null
     * @param bytes the body
     * @return the response
     */
    public static RenderedResponse ofBytes(int status, Headers headers, @Nullable String contentType, byte[] bytes) {
        return new RenderedResponse(status, headers, contentType, bytes, null);
    }

    /**
     * A response whose length is not known.
     *
     * @param status the status
     * @param headers all fields but content type
     * @param contentType the media type, or null
     * @param writer writes the body
     * @return the response
     */
    public static RenderedResponse ofStream(
            int status, Headers headers, @Nullable String contentType, StreamWriter writer) {
        return new RenderedResponse(status, headers, contentType, new Streamed(writer, -1), null);
    }

    /**
     * A response whose length is known before it is written.
     *
     * @param status the status
     * @param headers all fields but content type and length
     * @param contentType the media type, or null
     * @param length in bytes, 0 or more
     * @param writer writes exactly that many bytes, or throws
     * @return the response
     * @throws IllegalArgumentException if the length is negative
     */
    public static RenderedResponse ofStream(
            int status, Headers headers, @Nullable String contentType, long length, StreamWriter writer) {
        if (length < 0) {
            throw new IllegalArgumentException("length " + length + " (expected: 0 or more)");
        }
        return new RenderedResponse(status, headers, contentType, new Streamed(writer, length), null);
    }

    /**
     * The same without its body, as the answer to HEAD.
     *
     * @return a response that keeps type and length
     */
    public RenderedResponse withoutBody() {
        long length = contentLength();
        return new RenderedResponse(status, headers, contentType, length < 0 ? null : new Omitted(length), onClose);
    }

    /**
     * The same with another writer of its body.
     *
     * @param writer writes the body, and as much of it as the one before if its length is known
     * @return a response of the same length
     */
    public RenderedResponse withStream(StreamWriter writer) {
        long length = body instanceof Streamed streamed ? streamed.length() : -1;
        return new RenderedResponse(status, headers, contentType, new Streamed(writer, length), onClose);
    }

    /**
     * The same with something to do at its end.
     *
     * @param action run by {@link #close()}, after what was given earlier
     * @return a response that runs the action too
     */
    public RenderedResponse onClose(Runnable action) {
        Runnable earlier = onClose;
        Runnable all = earlier == null
                ? action
                : () -> {
                    earlier.run();
                    action.run();
                };
        return new RenderedResponse(status, headers, contentType, body, all);
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
     * All fields but content type and length.
     *
     * @return often empty
     */
    public Headers headers() {
        return headers;
    }

    /**
     * The media type.
     *
     * @return null if there is no body
     */
    public @Nullable String contentType() {
        return contentType;
    }

    /**
     * The length to announce.
     *
     * @return in bytes, or -1 if it is not known or must not be announced
     */
    public long contentLength() {
        if (body instanceof byte[] bytes) {
            return bytes.length;
        }
        if (body instanceof Streamed streamed) {
            return streamed.length();
        }
        if (body instanceof Omitted omitted) {
            return omitted.length();
        }
        boolean nothing = body == null && contentType == null;
        return nothing && status != 204 && status != 304 ? 0 : -1;
    }

    /**
     * The body, if it is in memory.
     *
     * @return the bytes, or null; not a copy
     */
    public byte @Nullable [] bytes() {
        return body instanceof byte[] bytes ? bytes : null;
    }

    /**
     * The body, if it is written while it is sent.
     *
     * @return the writer, or null
     */
    public @Nullable StreamWriter stream() {
        return body instanceof Streamed streamed ? streamed.writer() : null;
    }

    /** Ends the response: what waits for its end runs now. Call it once, whether it could be sent or not. */
    @Override
    public void close() {
        if (onClose != null) {
            onClose.run();
        }
    }

    @Override
    public String toString() {
        return "RenderedResponse[" + status + "]";
    }
}
