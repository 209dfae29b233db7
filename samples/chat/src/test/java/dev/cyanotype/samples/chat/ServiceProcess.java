/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.samples.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The chat in a JVM of its own, started as its {@code main} is from a shell. */
final class ServiceProcess implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Pattern ADDRESS = Pattern.compile("transport 'http' on (http://[^ /]+)");

    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final Process process;
    private final Thread reader;
    private final URI address;

    ServiceProcess(String redis) throws IOException {
        // Without the tests' own logging.
        String classPath = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !entry.contains("test-classes"))
                .collect(Collectors.joining(File.pathSeparator));
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                classPath,
                ChatService.class.getName());
        builder.environment().put("REDIS_URL", redis);
        builder.environment().put("CYANOTYPE_HTTP_PORT", "0");
        process = builder.redirectErrorStream(true).start();
        // For a test that is ended in the middle.
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        reader = new Thread(this::read, "output of the chat");
        reader.start();
        boolean started = false;
        try {
            awaitLine("transport 'http' on ");
            started = true;
        } finally {
            if (!started) {
                process.destroyForcibly();
            }
        }
        Matcher found = ADDRESS.matcher(String.join("\n", lines));
        assertThat(found.find()).isTrue();
        address = URI.create(found.group(1));
    }

    private void read() {
        try (BufferedReader output = process.inputReader()) {
            output.lines().forEach(lines::add);
        } catch (IOException e) {
            lines.add(e.toString());
        }
    }

    private void awaitLine(String part) {
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(lines).anyMatch(line -> line.contains(part)));
    }

    URI socket() {
        return URI.create("ws://" + address.getAuthority() + "/ws");
    }

    /** Ends it at once, as a crash does. */
    void kill() throws InterruptedException {
        process.toHandle().destroyForcibly();
        process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    @Override
    public void close() throws InterruptedException {
        // As a shell does it; destroy() of the process would close its output too.
        process.toHandle().destroy();
        if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
        reader.join(PATIENCE.toMillis());
    }
}
