/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.websocket;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A program of the tests in a JVM of its own, which can be frozen, and ends with the test. What it is told is answered with
 * one line that starts with an equals sign. Thread-safe.
 */
final class ChildJvm implements AutoCloseable {

    /** Sends a signal. A process stands still only some time after SIGSTOP, so on Linux that is waited for. */
    private static final String KILL = "kill -s \"$0\" \"$1\" || exit; [ \"$0\" = STOP ] || exit 0;"
            + " while grep -L '^State:.[TXZ]' /proc/\"$1\"/task/*/status 2>/dev/null | grep -q .; do sleep 0.01; done";

    private static final Duration PATIENCE = Duration.ofSeconds(40);

    private final Process process;
    private final PrintStream input;
    private final List<String> output = new CopyOnWriteArrayList<>();
    private final Thread reader;
    private int asked;

    private ChildJvm(Process process) {
        this.process = process;
        this.input = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
        this.reader = new Thread(this::read, "child-jvm-" + process.pid());
        // For a test that is ended in the middle.
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        reader.setDaemon(true);
        reader.start();
    }

    /** Starts a program; it should end when its standard input does, so that it never outlives the test. */
    static ChildJvm start(Class<?> program, List<String> options, String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:+UseSerialGC", "-Xshare:auto"));
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), program.getName()));
        command.addAll(List.of(arguments));
        return new ChildJvm(
                new ProcessBuilder(command).redirectErrorStream(true).start());
    }

    private void read() {
        try (var lines = process.inputReader(StandardCharsets.UTF_8)) {
            lines.lines().forEach(output::add);
        } catch (IOException | RuntimeException e) {
            // It was killed.
        }
    }

    /** What it has written so far. */
    List<String> output() {
        return List.copyOf(output);
    }

    private Stream<String> lines(String start) {
        return output.stream().filter(line -> line.startsWith(start));
    }

    /** Waits until it has written a line that starts so, and returns the first one. */
    String awaitLine(String start) {
        return awaitLines(start, 1).get(0);
    }

    /** Waits until it has written so many lines that start so. */
    List<String> awaitLines(String start, int count) {
        await("line '" + start + "' of " + process.pid())
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(5))
                .failFast(() -> {
                    if (!process.isAlive() && lines(start).count() < count) {
                        throw new IllegalStateException("the process has ended; it wrote " + output);
                    }
                })
                .until(() -> lines(start).count() >= count);
        return lines(start).toList();
    }

    /** Tells it a line, and waits for what it says to that. */
    synchronized String ask(String question) {
        asked++;
        input.println(question);
        return awaitLines("=", asked).get(asked - 1).substring(1).strip();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Sends a signal: {@code TERM}, {@code STOP} or {@code CONT}. */
    void signal(String name) throws IOException, InterruptedException {
        new ProcessBuilder("/bin/sh", "-c", KILL, name, Long.toString(process.pid()))
                .inheritIO()
                .start()
                .waitFor();
    }

    /** Waits for its end. */
    void awaitEnd() throws InterruptedException {
        if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            throw new AssertionError("process " + process.pid() + " did not end; it wrote " + output);
        }
        reader.join(PATIENCE.toMillis());
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
