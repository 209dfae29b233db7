/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.http;

import java.io.InputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The body of a request.
 *
 * <p>{@link #bytes()}, {@link #text()} and the JSON methods may be mixed and repeated; {@link #stream()} reads it once,
 * and so do {@link #form()} and {@link #uploads()} together. Whatever is larger than {@link HttpOptions} allows is
 * refused with 413, whether the client announced its size or not. Not thread-safe.
 *
 * @since 0.1
 */
public interface RequestBody {

    /**
     * The media type, as the client named it.
     *
     * @return the {@code Content-Type} header, or null if there is none
     */
    @Nullable
    String contentType();

    /**
     * The whole body.
     *
     * @return the bytes, empty if there is no body; not a copy
     */
    byte[] bytes();

    /**
     * The whole body as text.
     *
     * @return decoded with the charset of the content type, else UTF-8
     * @throws dev.cyanotype.exchange.UnsupportedMediaTypeException if the JVM does not know the charset
     */
    String text();

    /**
     * The whole body as JSON.
     *
     * @return the decoded document
     * @throws dev.cyanotype.exchange.BadRequestException if it is missing or malformed
     * @throws dev.cyanotype.exchange.UnsupportedMediaTypeException if the content type is not JSON
     */
    JsonNode json();

    /**
     * The whole body, decoded from JSON.
     *
     * @param <T> the wanted type
     * @param type the wanted type
     * @return the decoded body
     * @throws dev.cyanotype.exchange.BadRequestException if it is missing, malformed or of another type
     * @throws dev.cyanotype.exchange.UnsupportedMediaTypeException if the content type is not JSON
     */
    <T> T json(Class<T> type);

    /**
     * The body as it arrives, for what is too large to hold.
     *
     * @return a stream that fails with {@link dev.cyanotype.exchange.PayloadTooLargeException} past the limit for uploads
     */
    InputStream stream();

    /**
     * The text fields of a form, url-encoded or multipart.
     *
     * @return often empty
     * @throws dev.cyanotype.exchange.BadRequestException if it is malformed
     * @throws dev.cyanotype.exchange.UnsupportedMediaTypeException if the body is not a form
     */
    Parameters form();

    /**
     * The files of a multipart form.
     *
     * <p>Small ones are held in memory, larger ones in a temporary file that is deleted when the request ends.
     *
     * @return in the order they were sent
     * @throws dev.cyanotype.exchange.BadRequestException if it is malformed
     * @throws dev.cyanotype.exchange.UnsupportedMediaTypeException if the body is not a multipart form
     */
    List<Upload> uploads();
}
