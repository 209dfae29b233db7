/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.samples.modular;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The service's jars in class loaders of all kinds, and jars of several versions in one. */
class ClassLoadersIT {

    private static final Path CORE = Jars.of("cyanotype-core");
    private static final Path HTTP = Jars.of("cyanotype-http-javalin");
    private static final String VERSION =
            CORE.getFileName().toString().replace("cyanotype-core-", "").replace(".jar", "");

    @TempDir
    private Path folder;

    /** Looks into its own jars first, as containers do for their applications. */
    private static final class ChildFirst extends URLClassLoader {

        private final String name;

        ChildFirst(String name, Collection<Path> jars, ClassLoader parent) {
            super(Jars.urls(jars), parent);
            this.name = name;
        }

        @Override
        protected Class<?> loadClass(String type, boolean resolve) throws ClassNotFoundException {
            synchronized (getClassLoadingLock(type)) {
                Class<?> known = findLoadedClass(type);
                if (known != null) {
                    return known;
                }
                try {
                    return findClass(type);
                } catch (ClassNotFoundException e) {
                    return super.loadClass(type, resolve);
                }
            }
        }

        @Override
        public String toString() {
            return name;
        }
    }

    private static ChildFirst application(String name, Collection<Path> jars, ClassLoader parent) {
        Path tests = Path.of(Isolated.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .getPath());
        return new ChildFirst(name, Jars.with(jars, tests), parent);
    }

    /** Starts the service in a class loader that has jars. */
    private static String start(Collection<Path> jars) throws Exception {
        try (ChildFirst loader = application("app", jars, ClassLoader.getPlatformClassLoader())) {
            return start(loader, loader);
        }
    }

    private static String start(ClassLoader loader, ClassLoader context) throws Exception {
        return Isolated.call(loader.loadClass(Isolated.class.getName()), context);
    }

    private Path copy(Path jar, String name, String version) throws Exception {
        return Jars.copy(jar, folder.resolve(name), version);
    }

    @Test
    void a_transport_of_another_version_is_refused() throws Exception {
        Path other = copy(HTTP, "other-http.jar", "9.8.7");
        List<Path> jars =
                Jars.ALL.stream().map(jar -> jar.equals(HTTP) ? other : jar).toList();

        assertThat(start(jars))
                .isEqualTo(
                        "cyanotype-http-javalin 9.8.7 (other-http.jar) and cyanotype-core %s (%s) do not fit together"
                                        .formatted(VERSION, CORE.getFileName())
                                + " (expected: one version). Import dev.cyanotype:cyanotype as a BOM.");
    }

    @Test
    void an_old_core_that_was_left_there_is_refused() throws Exception {
        Path old = copy(CORE, "old-core.jar", "0.0.1");

        assertThat(start(Jars.with(Jars.ALL, old)))
                .endsWith("cyanotype-core 0.0.1 (old-core.jar) and cyanotype-core %s (%s) do not fit together"
                                .formatted(VERSION, CORE.getFileName())
                        + " (expected: one version). Import dev.cyanotype:cyanotype as a BOM.");
    }

    @Test
    void a_jar_that_is_there_twice_is_warned_of() throws Exception {
        Path again = Files.copy(HTTP, folder.resolve("again.jar"));

        assertThat(start(Jars.with(Jars.ALL, again)))
                .isEqualTo(
                        "dev.cyanotype.http.javalin.JavalinHttp is there 2 times, in %s and again.jar, of which one is"
                                        .formatted(HTTP.getFileName())
                                + " taken. Keep one.\nhttp");
    }

    @Test
    void a_plug_in_of_somebody_else_has_versions_of_its_own() throws Exception {
        Path other = Jars.copy(
                HTTP,
                folder.resolve("somebody.jar"),
                "5.0",
                manifest -> manifest.putValue("Implementation-Vendor", "Somebody"));
        List<Path> jars =
                Jars.ALL.stream().map(jar -> jar.equals(HTTP) ? other : jar).toList();

        assertThat(start(jars)).isEqualTo("http");
    }

    @Test
    void a_thread_whose_class_loader_sees_nothing_finds_what_lies_beside_the_library() throws Exception {
        try (ChildFirst loader = application("app", Jars.ALL, ClassLoader.getPlatformClassLoader())) {
            assertThat(start(loader, ClassLoader.getPlatformClassLoader())).isEqualTo("http");
        }
    }

    @Test
    void a_transport_beside_the_application_is_found_and_what_both_see_is_there_once() throws Exception {
        List<Path> own = List.of(HTTP, Jars.of("cyanotype-websocket"));
        List<Path> shared = Jars.ALL.stream().filter(jar -> !own.contains(jar)).toList();
        try (ChildFirst library = application("library", shared, ClassLoader.getPlatformClassLoader());
                ChildFirst application = new ChildFirst("application", own, library)) {
            assertThat(start(library, application)).isEqualTo("http");
        }
    }

    @Test
    void an_application_with_copies_of_all_that_its_container_has_uses_its_own() throws Exception {
        try (ChildFirst container = application("container", Jars.ALL, ClassLoader.getPlatformClassLoader());
                ChildFirst application = application("application", Jars.ALL, container)) {
            assertThat(start(application, application)).isEqualTo("http");
        }
    }

    @Test
    void providers_of_another_copy_of_the_library_are_refused() throws Exception {
        try (ChildFirst container = application("container", Jars.ALL, ClassLoader.getPlatformClassLoader());
                ChildFirst application = application("application", Jars.ALL, container)) {
            assertThat(start(application, container))
                    .isEqualTo("transport provider dev.cyanotype.http.javalin.JavalinHttp (%1$s) is of another copy of"
                                    .formatted(HTTP.getFileName())
                            + " cyanotype-core: the one of container in %1$s, and this app is of the one of application in %1$s."
                                    .formatted(CORE.getFileName())
                            + " Keep one copy, or start the app on a thread with its own context class loader.");
        }
    }

    @Test
    void one_jar_in_two_class_loaders_is_refused() throws Exception {
        try (ChildFirst library = application("library", Jars.ALL, ClassLoader.getPlatformClassLoader());
                ChildFirst application = new ChildFirst("application", List.of(HTTP), library)) {
            assertThat(start(library, application))
                    .isEqualTo(
                            "transport provider dev.cyanotype.http.javalin.JavalinHttp (%s) was found by two class loaders:"
                                            .formatted(HTTP.getFileName())
                                    + " application and library. Have its jar in one of them.");
        }
    }
}
