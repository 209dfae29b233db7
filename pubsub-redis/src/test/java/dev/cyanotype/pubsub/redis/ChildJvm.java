/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.pubsub.redis;

import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A program of the tests in a JVM of its own, which can be frozen and killed, and ends with the test. Thread-safe. */
final class ChildJvm implements AutoCloseable {

    /** Sends a signal. A process stands still only some time after SIGSTOP, so on Linux that is waited for. */
    private static final String KILL = "kill -s \"$0\" \"$1\" || exit; [ \"$0\" = STOP ] || exit 0;"
            + " while grep -L '^State:.[TXZ]' /proc/\"$1\"/task/*/status 2>/dev/null | grep -q .; do sleep 0.01; done";

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Process process;
    private final PrintStream input;
    private final List<String> output = new CopyOnWriteArrayList<>();
    private final Thread reader;

    private ChildJvm(Process process) {
        this.process = process;
        this.input = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
        this.reader = new Thread(this::read, "child-jvm-" + process.pid());
        reader.setDaemon(true);
        reader.start();
    }

    /** Starts a program; it should end when its standard input does, so that it never outlives the test. */
    static ChildJvm start(Class<?> program, List<String> options, String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        // Such programs are short-lived, and there are many at a time.
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto"));
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), program.getName()));
        command.addAll(List.of(arguments));
        return new ChildJvm(
                new ProcessBuilder(command).redirectErrorStream(true).start());
    }

    private void read() {
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                output.add(line);
            }
        } catch (IOException e) {
            // It was killed.
        }
    }

    /** What it has written so far. */
    List<String> output() {
        return List.copyOf(output);
    }

    /** Waits until it has written a line that starts so, and returns that line. */
    String awaitLine(String start) {
        return await("line '" + start + "' of " + process.pid())
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(5))
                .failFast("ended with output " + output, () -> !process.isAlive() && find(start) == null)
                .until(() -> find(start), found -> found != null);
    }

    private @Nullable String find(String start) {
        return output.stream()
                .filter(line -> line.startsWith(start))
                .findFirst()
                .orElse(null);
    }

    /** Writes a line to its standard input. */
    void tell(String line) {
        input.println(line);
    }

    boolean isAlive() {
        return process.isAlive();
    }

    long pid() {
        return process.pid();
    }

    /** Sends a signal: {@code TERM}, {@code STOP}, {@code CONT} or {@code KILL}. */
    void signal(String name) throws IOException, InterruptedException {
        new ProcessBuilder("/bin/sh", "-c", KILL, name, Long.toString(process.pid()))
                .inheritIO()
                .start()
                .waitFor();
    }

    /** Kills it as a crash would, and waits until it is gone. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** Waits for its end; its exit code. */
    int awaitExit() throws InterruptedException {
        if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            throw new AssertionError("process " + process.pid() + " did not end; it wrote " + output);
        }
        reader.join(PATIENCE.toMillis());
        return process.exitValue();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
