/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.testkit.redis;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import redis.embedded.core.ExecutableProvider;

/** A way to a program that is a Redis server. */
@FunctionalInterface
public interface RedisProgram {

    /**
     * The program.
     *
     * @param directory where it may be unpacked
     * @throws IOException if there is none this way; the message says where it was looked for
     */
    Path find(Path directory) throws IOException;

    /** The {@code redis-server} of a search path in the manner of {@code PATH}. */
    static RedisProgram onPath(@Nullable String searchPath) {
        String name = RedisServer.WINDOWS ? "redis-server.exe" : "redis-server";
        return directory -> {
            for (String folder : searchPath == null ? new String[0] : searchPath.split(File.pathSeparator)) {
                try {
                    Path program = Path.of(folder, name);
                    // Not resolved: where it is a link to a program of several uses, its name says which.
                    if (!folder.isEmpty() && Files.isRegularFile(program) && Files.isExecutable(program)) {
                        return program.toAbsolutePath();
                    }
                } catch (InvalidPathException e) {
                    // No folder, so nothing is in it.
                }
            }
            throw new IOException("no %s on the PATH (%s)".formatted(name, searchPath == null ? "" : searchPath));
        };
    }

    /** The binary of the optional library embedded-redis. Its own process control is not used. */
    static RedisProgram embedded() {
        return directory -> {
            try {
                return ExecutableProvider.newJarResourceProvider(directory.toFile())
                        .get()
                        .toPath();
            } catch (NoClassDefFoundError e) {
                throw new IOException("com.github.codemonstur:embedded-redis is not there", e);
            } catch (IOException | RuntimeException e) {
                throw new IOException("com.github.codemonstur:embedded-redis has no binary for this system: " + e, e);
            }
        };
    }
}
