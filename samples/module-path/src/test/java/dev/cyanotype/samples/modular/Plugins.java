/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.samples.modular;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Transports of somebody else. */
final class Plugins {

    private static final String PROVIDER = """
            package %1$s;

            import dev.cyanotype.App;
            import dev.cyanotype.spi.*;
            import java.net.URI;
            import java.time.Duration;
            import java.util.*;

            public final class Provider implements TransportProvider, java.util.concurrent.Callable<String> {
                public String id() { return "%1$s"; }
                public Set<OperationKind> carries() { return Set.of(OperationKind.%2$s); }
                public Transport create(TransportContext context) {
                    return new Transport() {
                        public void start() {}
                        public Optional<URI> address() { return Optional.of(URI.create("found:%1$s")); }
                        public void drain(Duration budget) {}
                        public void close() {}
                    };
                }
                /** Starts an app beside itself. */
                public String call() {
                    try (App app = App.named("shop").setting("http.port", "0").get("/", ctx -> 1).build()) {
                        app.start();
                        return app.address("%1$s") + " " + app.address("http").getScheme();
                    }
                }
            }
            """;

    private Plugins() {}

    /** A module that says what it provides in its descriptor, and nowhere else. */
    static Path module(Path folder) throws IOException {
        Path source = source(folder, "named", "STREAM");
        Path descriptor = Files.writeString(folder.resolve("module-info.java"), """
                module named {
                    requires dev.cyanotype.core;
                    exports named;
                    provides dev.cyanotype.spi.TransportProvider with named.Provider;
                }
                """);
        return Jars.compile(folder.resolve("module"), "-p", descriptor, source);
    }

    /** A folder that says it in META-INF/services, and nowhere else. */
    static Path plain(Path folder) throws IOException {
        Path classes = Jars.compile(folder.resolve("plain"), "-cp", source(folder, "unnamed", "LISTENER"));
        Path services = Files.createDirectories(classes.resolve("META-INF/services"));
        Files.writeString(services.resolve("dev.cyanotype.spi.TransportProvider"), "unnamed.Provider\n");
        return classes;
    }

    private static Path source(Path folder, String name, String kind) throws IOException {
        Path sources = Files.createDirectories(folder.resolve("source").resolve(name));
        return Files.writeString(sources.resolve("Provider.java"), PROVIDER.formatted(name, kind));
    }
}
