/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.files;

import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A file or a class-path resource, open to be read. Not thread-safe. */
abstract class Resource implements AutoCloseable {

    /**
     * Opens what a response has for a body.
     *
     * @param body a path or a URL
     * @throws IOException if there is no such file, or it is no regular one, or it can't be read
     */
    static Resource open(Object body) throws IOException {
        if (body instanceof Path path) {
            return PathResource.open(path);
        }
        URL url = (URL) body;
        Path path = asPath(url);
        return path == null ? UrlResource.open(url) : PathResource.open(path);
    }

    /** The path of a URL that leads to a file, or null. */
    static @Nullable Path asPath(URL url) {
        try {
            return url.getProtocol().equals("file") ? Path.of(url.toURI()) : null;
        } catch (URISyntaxException | IllegalArgumentException | FileSystemNotFoundException notOfThisFileSystem) {
            return null;
        }
    }

    /** The last part of its name. */
    abstract String name();

    /** Its length in bytes, or -1 if that is not known before it has been read. */
    abstract long length();

    /** Seconds since 1970, or null if it is not known. */
    abstract @Nullable Long lastModified();

    /** Changes whenever the content does; null if there is nothing to make it of. */
    abstract @Nullable String version();

    /** Its content from a place on; closing the stream does not close the resource. */
    abstract InputStream read(long offset) throws IOException;

    @Override
    public abstract void close();
}
