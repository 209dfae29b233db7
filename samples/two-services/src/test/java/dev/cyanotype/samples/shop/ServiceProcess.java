/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.samples.shop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A service in a JVM of its own, started as its {@code main} is from a shell. */
final class ServiceProcess implements AutoCloseable {

    /** Sends a signal. A process stands still only some time after SIGSTOP, so on Linux that is waited for. */
    private static final String KILL = "kill -s \"$0\" \"$1\" || exit; [ \"$0\" = STOP ] || exit 0;"
            + " while grep -L '^State:.[TXZ]' /proc/\"$1\"/task/*/status 2>/dev/null | grep -q .; do sleep 0.01; done";

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Pattern ADDRESS = Pattern.compile("transport 'http' on (http://[^ /]+)");

    private final HttpClient client = HttpClient.newHttpClient();
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final Process process;
    private final Thread reader;
    private final URI address;

    ServiceProcess(Class<?> service, String redis) throws IOException {
        // Without the tests' own logging.
        String classPath = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !entry.contains("test-classes"))
                .collect(Collectors.joining(File.pathSeparator));
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                classPath,
                service.getName());
        builder.environment().put("REDIS_URL", redis);
        builder.environment().put("CYANOTYPE_HTTP_PORT", "0");
        process = builder.redirectErrorStream(true).start();
        // For a test that is ended in the middle.
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        reader = new Thread(this::read, "output of " + service.getSimpleName());
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

    HttpResponse<String> get(String path) throws Exception {
        return client.send(HttpRequest.newBuilder(address.resolve(path)).build(), HttpResponse.BodyHandlers.ofString());
    }

    HttpResponse<String> post(String path, String body, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(address.resolve(path))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    /** Has it stand still, with its connections open. */
    void pause() throws Exception {
        signal("STOP");
    }

    void resume() throws Exception {
        signal("CONT");
    }

    private void signal(String signal) throws Exception {
        Process kill = new ProcessBuilder("/bin/sh", "-c", KILL, signal, Long.toString(process.pid())).start();
        assertThat(kill.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(kill.exitValue()).isZero();
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
