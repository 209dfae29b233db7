/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.samples.modular;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The service in a JVM of its own, on a free port. */
final class GreeterProcess implements AutoCloseable {

    private static final Pattern ADDRESS = Pattern.compile("transport 'http' on (\\S+)");

    private final Process process;
    private final BufferedReader output;
    private final List<String> lines = new ArrayList<>();

    GreeterProcess(String... options) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto"));
        command.addAll(List.of(options));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.startsWith("CYANOTYPE_") || name.equals("REDIS_URL"));
        builder.environment().put("CYANOTYPE_HTTP_PORT", "0");
        process = builder.start();
        // For a test that is ended in the middle.
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        output = process.inputReader(StandardCharsets.UTF_8);
    }

    /** All it has written; waits for a line that has a text in it, or its end. */
    List<String> readUntil(String text) throws IOException {
        String line;
        while ((line = output.readLine()) != null) {
            lines.add(line);
            if (line.contains(text)) {
                break;
            }
        }
        return lines;
    }

    HttpResponse<String> send(HttpRequest.Builder request, String path) throws IOException, InterruptedException {
        Matcher address = ADDRESS.matcher(String.join("\n", lines));
        if (!address.find()) {
            throw new AssertionError("it did not start: " + lines);
        }
        return HttpClient.newHttpClient()
                .send(request.uri(URI.create(address.group(1) + path)).build(), HttpResponse.BodyHandlers.ofString());
    }

    /** Tells it to end, and waits for that. */
    int stop() throws IOException, InterruptedException {
        // By its handle, which leaves the output open.
        process.toHandle().destroy();
        readUntil("no such line");
        if (!process.waitFor(20, TimeUnit.SECONDS)) {
            throw new AssertionError("it did not end: " + lines);
        }
        return process.exitValue();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
