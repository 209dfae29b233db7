/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.files;

import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A resource that is no file of its own, most often an entry of a jar.
 *
 * <p>Connections use no cache, which would keep a jar open, and with its old content, for as long as the JVM runs.
 */
final class UrlResource extends Resource {

    private static final Logger LOG = LoggerFactory.getLogger("dev.cyanotype.http");

    private final URL url;
    private final Opened opened;

    private UrlResource(URL url, Opened opened) {
        this.url = url;
        this.opened = opened;
    }

    /** What has been found at the URL. */
    private record Opened(
            long length,
            @Nullable Long lastModified,
            @Nullable String version,
            Source source,
            AutoCloseable held) {}

    /** Gives the content from its beginning. */
    private interface Source {
        InputStream stream() throws IOException;
    }

    static UrlResource open(URL url) throws IOException {
        URLConnection connection = uncached(url);
        return new UrlResource(
                url, connection instanceof JarURLConnection jar ? ofJar(url, jar) : ofOther(url, connection));
    }

    private static URLConnection uncached(URL url) throws IOException {
        URLConnection connection = url.openConnection();
        connection.setUseCaches(false);
        return connection;
    }

    private static Opened ofJar(URL url, JarURLConnection connection) throws IOException {
        JarFile jar = connection.getJarFile();
        try {
            JarEntry entry = connection.getJarEntry();
            if (entry == null || entry.isDirectory() || jar.getEntry(entry.getName() + "/") != null) {
                throw new NoSuchFileException(url.toString(), null, "not a file");
            }
            // Many builds give all entries the same time, so a time would not tell one content from another.
            String version = Long.toHexString(entry.getCrc()) + "-" + Long.toHexString(entry.getSize());
            return new Opened(
                    entry.getSize(),
                    lastModified(jar, entry),
                    entry.getCrc() < 0 ? null : version,
                    () -> jar.getInputStream(entry),
                    jar);
        } catch (IOException | RuntimeException e) {
            jar.close();
            throw e;
        }
    }

    /** The time of the jar, if that is later than the time its entry has. */
    private static @Nullable Long lastModified(JarFile jar, JarEntry entry) {
        long time = entry.getTime() < 0 ? 0 : TimeUnit.MILLISECONDS.toSeconds(entry.getTime());
        try {
            time = Math.max(
                    time, Files.getLastModifiedTime(Path.of(jar.getName())).to(TimeUnit.SECONDS));
        } catch (IOException | InvalidPathException e) {
            LOG.debug("the time of {} is not known", jar.getName(), e);
        }
        return time == 0 ? null : time;
    }

    private static Opened ofOther(URL url, URLConnection connection) throws IOException {
        InputStream first = connection.getInputStream();
        long length = connection.getContentLengthLong();
        long millis = connection.getLastModified();
        Source source = new Source() {
            private @Nullable InputStream unused = first;

            @Override
            public InputStream stream() throws IOException {
                InputStream in = unused == null ? uncached(url).getInputStream() : unused;
                unused = null;
                return in;
            }
        };
        return new Opened(
                length,
                millis <= 0 ? null : TimeUnit.MILLISECONDS.toSeconds(millis),
                millis <= 0 || length < 0 ? null : Long.toHexString(millis) + "-" + Long.toHexString(length),
                source,
                first);
    }

    @Override
    String name() {
        String path = url.getPath();
        return path.substring(path.lastIndexOf('/') + 1);
    }

    @Override
    long length() {
        return opened.length();
    }

    @Override
    @Nullable
    Long lastModified() {
        return opened.lastModified();
    }

    @Override
    @Nullable
    String version() {
        return opened.version();
    }

    @Override
    InputStream read(long offset) throws IOException {
        InputStream in = opened.source().stream();
        try {
            in.skipNBytes(offset);
            return in;
        } catch (IOException e) {
            in.close();
            throw e;
        }
    }

    @Override
    public void close() {
        try {
            opened.held().close();
        } catch (Exception e) {
            LOG.debug("{} could not be closed", url, e);
        }
    }

    @Override
    public String toString() {
        return url.toString();
    }
}
