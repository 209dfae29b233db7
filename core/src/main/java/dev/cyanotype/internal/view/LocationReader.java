/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.view;

import dev.cyanotype.internal.spec.TemplateLocation;
import dev.cyanotype.internal.spec.TemplateLocation.Directory;
import dev.cyanotype.internal.spec.TemplateLocation.Resources;
import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URI;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Set;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads what is in a location. Names have been checked. */
final class LocationReader {

    private static final Logger LOG = LoggerFactory.getLogger("dev.cyanotype.http");

    private LocationReader() {}

    /** The bytes of a template, or null if the location does not have it. */
    static byte @Nullable [] read(TemplateLocation location, String name) throws IOException {
        if (location instanceof Directory directory) {
            return inside(directory.root(), name);
        }
        Resources resources = (Resources) location;
        String path = resources.base() + "/" + name;
        URL url = resources.loader().getResource(path);
        if (url == null) {
            return null;
        }
        if (url.getProtocol().equals("file")) {
            // A directory would be read as the list of its files.
            Path file = Path.of(URI.create(url.toString()));
            return Files.isRegularFile(file) ? Files.readAllBytes(file) : null;
        }
        URLConnection connection = url.openConnection();
        // A cached jar would stay open after its class loader, and would hide changes.
        connection.setUseCaches(false);
        try (InputStream in = connection.getInputStream()) {
            boolean folder = connection instanceof JarURLConnection jar
                    && jar.getJarFile().getEntry(jar.getEntryName() + "/") != null;
            return folder ? null : in.readAllBytes();
        }
    }

    private static byte @Nullable [] inside(Path root, String name) throws IOException {
        try {
            Path file = root.resolve(name);
            // What a link leads to has to be inside as well.
            boolean there = Files.isRegularFile(file) && file.toRealPath().startsWith(root);
            return there ? Files.readAllBytes(file) : null;
        } catch (InvalidPathException | NoSuchFileException e) {
            return null;
        }
    }

    /** Adds the names of all templates of a location, as far as they can be listed. */
    static void list(TemplateLocation location, Set<String> names) {
        try {
            if (location instanceof Directory directory) {
                walk(directory.root(), names);
                return;
            }
            Resources resources = (Resources) location;
            for (URL url : Collections.list(resources.loader().getResources(resources.base()))) {
                if (url.getProtocol().equals("file")) {
                    walk(Path.of(URI.create(url.toString())), names);
                } else if (url.openConnection() instanceof JarURLConnection jar) {
                    jar.setUseCaches(false);
                    entries(jar, resources.base() + "/", names);
                }
            }
        } catch (IOException | RuntimeException e) {
            // Only for the closest name to a wrong one.
            LOG.debug("the templates in {} could not be listed", location, e);
        }
    }

    private static void walk(Path root, Set<String> names) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            files.filter(Files::isRegularFile)
                    .map(file -> root.relativize(file).toString().replace('\\', '/'))
                    .forEach(names::add);
        }
    }

    private static void entries(JarURLConnection connection, String prefix, Set<String> names) throws IOException {
        try (JarFile jar = connection.getJarFile()) {
            jar.stream()
                    .filter(entry -> !entry.isDirectory() && entry.getName().startsWith(prefix))
                    .map(entry -> entry.getName().substring(prefix.length()))
                    .forEach(names::add);
        }
    }
}
