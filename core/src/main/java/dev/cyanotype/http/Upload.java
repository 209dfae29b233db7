/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.http;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A file that a client sent in a multipart form.
 *
 * <p>It lives as long as its request: copy it to keep it. Not thread-safe.
 *
 * @since 0.1
 */
public interface Upload {

    /**
     * The name of the form's field.
     *
     * @return the field's name
     */
    String field();

    /**
     * What the client calls the file: never use it as a path.
     *
     * @return the last part of the name, without folders; may be empty
     */
    String fileName();

    /**
     * The media type, as the client named it.
     *
     * @return the part's content type, or null if it has none
     */
    @Nullable
    String contentType();

    /**
     * The size.
     *
     * @return in bytes
     */
    long sizeBytes();

    /**
     * Whether it is small enough to be held in memory.
     *
     * @return false if it is in a temporary file
     */
    boolean inMemory();

    /**
     * The content.
     *
     * @return a new stream from the beginning; close it
     * @throws IOException if the temporary file can't be read
     */
    InputStream stream() throws IOException;

    /**
     * Keeps the content.
     *
     * @param target a new file
     * @throws IOException if it exists or can't be written
     */
    void saveTo(Path target) throws IOException;
}
