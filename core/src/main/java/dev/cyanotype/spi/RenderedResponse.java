/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.spi;

import dev.cyanotype.exchange.Headers;
import dev.cyanotype.exchange.StreamWriter;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A response that is ready for the wire.
 *
 * <p>It has at most one of {@link #bytes()}, {@link #file()} and {@link #stream()}. A transport sends the status, the
 * header fields, the content type if there is one, the length if it is known, then the body; and it closes the response
 * when it has been sent or given up.
 *
 * @since 0.1
 */
public final class RenderedResponse implements AutoCloseable {

    private final int status;
    private final Headers headers;
    private final @Nullable String contentType;
    private final @Nullable Object body;
    private final @Nullable Runnable onClose;

    private record FileBody(Path path, long length) {}

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
     * A response with a file's content.
     *
     * @param status the status
     * @param headers all fields but content type and length
     * @param contentType the media type, or null
     * @param file the file
     * @param length its length in bytes
     * @return the response
     */
    public static RenderedResponse ofFile(
            int status, Headers headers, @Nullable String contentType, Path file, long length) {
        return new RenderedResponse(status, headers, contentType, new FileBody(file, length), null);
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
        return new RenderedResponse(status, headers, contentType, writer, null);
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
     * @param writer writes the body
     * @return a response whose length is not known
     */
    public RenderedResponse withStream(StreamWriter writer) {
        return new RenderedResponse(status, headers, contentType, writer, onClose);
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
        if (body instanceof FileBody file) {
            return file.length();
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
     * The body, if it is a file.
     *
     * @return the file, or null
     */
    public @Nullable Path file() {
        return body instanceof FileBody file ? file.path() : null;
    }

    /**
     * The body, if it is written while it is sent.
     *
     * @return the writer, or null
     */
    public @Nullable StreamWriter stream() {
        return body instanceof StreamWriter writer ? writer : null;
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
