/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.files;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A file. */
final class PathResource extends Resource {

    private static final Logger LOG = LoggerFactory.getLogger("dev.cyanotype.http");

    private static final int ATTEMPTS = 3;

    private final Path path;
    private final BasicFileAttributes attributes;
    private final SeekableByteChannel channel;

    private PathResource(Path path, BasicFileAttributes attributes, SeekableByteChannel channel) {
        this.path = path;
        this.attributes = attributes;
        this.channel = channel;
    }

    /**
     * Opens a file. Its description is read first: if it is replaced meanwhile, an old description of new content does no
     * lasting harm, while a new description of old content would be kept by caches.
     */
    @SuppressWarnings("resource") // Closed by whoever opened the resource.
    static PathResource open(Path path) throws IOException {
        for (int attempt = 1; ; attempt++) {
            BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
            if (!attributes.isRegularFile()) {
                throw new NoSuchFileException(path.toString(), null, "not a regular file");
            }
            SeekableByteChannel channel = Files.newByteChannel(path);
            if (attempt == ATTEMPTS || channel.size() == attributes.size()) {
                return new PathResource(path, attributes, channel);
            }
            channel.close();
        }
    }

    @Override
    String name() {
        return String.valueOf(path.getFileName());
    }

    @Override
    long length() {
        return attributes.size();
    }

    @Override
    Long lastModified() {
        return attributes.lastModifiedTime().to(TimeUnit.SECONDS);
    }

    @Override
    String version() {
        return Long.toHexString(attributes.lastModifiedTime().to(TimeUnit.NANOSECONDS)) + "-"
                + Long.toHexString(attributes.size());
    }

    @Override
    InputStream read(long offset) throws IOException {
        channel.position(offset);
        return new FilterInputStream(Channels.newInputStream(channel)) {
            @Override
            public void close() {
                // The next part is read from the same channel.
            }
        };
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            LOG.debug("{} could not be closed", path, e);
        }
    }

    @Override
    public @Nullable String toString() {
        return path.toString();
    }
}
