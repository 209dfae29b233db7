/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.samples.modular;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import javax.tools.ToolProvider;

/** The jars of the service as Maven has put them together, and others made of them. */
final class Jars {

    /** All that the service runs with, itself first. */
    static final List<Path> ALL = Arrays.stream(
                    System.getProperty("java.class.path").split(File.pathSeparator))
            .filter(path -> !path.endsWith("test-classes"))
            .filter(path -> !path.matches(".*/(junit-|assertj-|byte-buddy|opentest4j|apiguardian|surefire|jacoco).*"))
            .map(Path::of)
            .filter(Files::exists)
            .toList();

    private Jars() {}

    /** The jar of an artifact. */
    static Path of(String artifact) {
        List<Path> found = ALL.stream()
                .filter(path -> path.getFileName().toString().startsWith(artifact + "-"))
                .toList();
        assertThat(found).as(artifact).hasSize(1);
        return found.get(0);
    }

    static String path(Collection<Path> jars) {
        return jars.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
    }

    static List<Path> with(Collection<Path> jars, Path... more) {
        List<Path> all = new ArrayList<>(jars);
        all.addAll(List.of(more));
        return all;
    }

    static URL[] urls(Collection<Path> jars) {
        return jars.stream().map(Jars::url).toArray(URL[]::new);
    }

    private static URL url(Path path) {
        try {
            return path.toUri().toURL();
        } catch (MalformedURLException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Copies a jar as another version of it. */
    static Path copy(Path jar, Path target, String version) throws IOException {
        return copy(jar, target, version, attributes -> {});
    }

    /** The same, with something else in its manifest. */
    static Path copy(Path jar, Path target, String version, Consumer<Attributes> change) throws IOException {
        try (JarFile source = new JarFile(jar.toFile())) {
            Manifest manifest = new Manifest(source.getManifest());
            manifest.getMainAttributes().put(Attributes.Name.IMPLEMENTATION_VERSION, version);
            change.accept(manifest.getMainAttributes());
            try (OutputStream file = Files.newOutputStream(target);
                    JarOutputStream out = new JarOutputStream(file, manifest)) {
                for (var entry : Collections.list(source.entries())) {
                    if (!entry.isDirectory() && !entry.getName().equals(JarFile.MANIFEST_NAME)) {
                        out.putNextEntry(new ZipEntry(entry.getName()));
                        source.getInputStream(entry).transferTo(out);
                    }
                }
            }
        }
        return target;
    }

    /** Compiles sources against the service's jars. */
    static Path compile(Path classes, String pathOption, Path... sources) {
        List<String> arguments = new ArrayList<>(
                List.of("--release", "17", pathOption, path(ALL), "-d", classes.toString(), "-proc:none"));
        Arrays.stream(sources).map(Path::toString).forEach(arguments::add);
        assertThat(ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments.toArray(String[]::new)))
                .isZero();
        return classes;
    }
}
