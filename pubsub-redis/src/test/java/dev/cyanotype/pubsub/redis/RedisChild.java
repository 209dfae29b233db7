/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.pubsub.redis;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A Redis program with a file of settings, as sentinels need one; ends with this JVM at the latest. */
final class RedisChild implements AutoCloseable {

    /** Leaves a guard that reads from a pipe of this JVM, and kills the program when that ends. */
    private static final String GUARDED =
            "exec 3<&0 0</dev/null; (read -r end <&3; kill -9 $$) >/dev/null 2>&1 & exec \"$@\" 3<&-";

    private final Path directory;
    private final Process process;
    private final List<String> output = new CopyOnWriteArrayList<>();

    /**
     * Starts a program.
     *
     * @param settings lines of the file, in which {@code $DIR} is the directory that the program works in
     */
    RedisChild(String program, Path directory, List<String> settings, String... arguments) {
        this.directory = directory;
        try {
            Path file = directory.resolve("redis.conf");
            Files.write(
                    file,
                    settings.stream()
                            .map(line -> line.replace("$DIR", directory.toString()))
                            .toList());
            List<String> command = new ArrayList<>(List.of("/bin/sh", "-c", GUARDED, "redis", program));
            command.add(file.toString());
            command.addAll(List.of(arguments));
            process = new ProcessBuilder(command).redirectErrorStream(true).start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread reader = new Thread(this::read, "redis-child");
        reader.setDaemon(true);
        reader.start();
    }

    static Path newDirectory() {
        try {
            return Files.createTempDirectory("test-redis-child-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A port that was free a moment ago. */
    static int freePort() {
        for (int i = 0; i < 100; i++) {
            int port = ThreadLocalRandom.current().nextInt(20_000, 32_000);
            try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            } catch (IOException e) {
                // Then another one.
            }
        }
        throw new IllegalStateException("no port is free");
    }

    private void read() {
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            lines.lines().forEach(output::add);
        } catch (IOException | UncheckedIOException e) {
            // It has ended.
        }
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** What it has said. */
    String output() {
        return String.join("\n", output);
    }

    @Override
    public void close() {
        List<ProcessHandle> children = process.descendants().toList();
        process.destroyForcibly().onExit().orTimeout(20, TimeUnit.SECONDS).join();
        children.forEach(ProcessHandle::destroyForcibly);
        try (Stream<Path> files = Files.walk(directory)) {
            files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
        } catch (IOException e) {
            // A temporary file that stays is no reason for a test to fail.
        }
    }
}
