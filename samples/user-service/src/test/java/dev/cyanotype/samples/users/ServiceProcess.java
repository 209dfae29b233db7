/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.samples.users;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/**
 * A service in a JVM of its own, started as its {@code main} is from a shell, with the log of the service and not that of the
 * tests.
 */
public final class ServiceProcess implements AutoCloseable {

    /** Sends a signal. A process stands still only some time after SIGSTOP, so on Linux that is waited for. */
    private static final String KILL = "kill -s \"$0\" \"$1\" || exit; [ \"$0\" = STOP ] || exit 0;"
            + " while grep -L '^State:.[TXZ]' /proc/\"$1\"/task/*/status 2>/dev/null | grep -q .; do sleep 0.01; done";

    /** Its bit in a mask of signals. */
    private static final long SIGINT = 1L << (2 - 1);

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Process process;
    private final PrintStream input;
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final Thread reader;

    private ServiceProcess(Process process) {
        this.process = process;
        this.input = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
        // For a test that is ended in the middle.
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        reader = new Thread(this::read, "output of the service");
        reader.start();
    }

    /** Starts the service of this sample, and waits until it is up. */
    static ServiceProcess start(Map<String, String> environment) throws IOException {
        ServiceProcess service = begin(UserService.class, environment);
        boolean started = false;
        try {
            service.address();
            started = true;
        } finally {
            if (!started) {
                service.process.destroyForcibly();
            }
        }
        return service;
    }

    /** Starts a program; it should end when its standard input does, so that it never outlives the test. */
    public static ServiceProcess begin(Class<?> program, Map<String, String> environment, String... arguments)
            throws IOException {
        return begin(List.of(), program, environment, arguments);
    }

    /** Starts a program that a shell has told to ignore a signal. */
    public static ServiceProcess beginIgnoring(
            String signal, Class<?> program, Map<String, String> environment, String... arguments) throws IOException {
        return begin(
                List.of("/bin/sh", "-c", "trap '' " + signal + "; exec \"$@\"", "sh"), program, environment, arguments);
    }

    private static ServiceProcess begin(
            List<String> before, Class<?> program, Map<String, String> environment, String... arguments)
            throws IOException {
        List<String> command = new ArrayList<>(before);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        // Such programs are short-lived, and there are several at a time.
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto"));
        command.addAll(
                List.of("-Dlogback.configurationFile=logback.xml", "-cp", System.getProperty("java.class.path")));
        command.add(program.getName());
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().remove("REDIS_URL");
        builder.environment().put("CYANOTYPE_HTTP_PORT", "0");
        builder.environment().putAll(environment);
        return new ServiceProcess(builder.redirectErrorStream(true).start());
    }

    private void read() {
        try (BufferedReader output = process.inputReader()) {
            output.lines().forEach(lines::add);
        } catch (IOException | UncheckedIOException e) {
            lines.add(e.toString());
        }
    }

    /** What it has printed so far. */
    public List<String> lines() {
        return List.copyOf(lines);
    }

    /** The lines it has printed so far that have this in them. */
    public List<String> lines(String part) {
        return lines.stream().filter(line -> line.contains(part)).toList();
    }

    /** Waits until it has printed a line that has this in it, and returns the first one. */
    public String awaitLine(String part) {
        return awaitLines(part, 1).get(0);
    }

    /** Waits until it has printed so many lines that have this in them. */
    public List<String> awaitLines(String part, int number) {
        return await("line '" + part + "' of " + process.pid())
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(5))
                .failFast(() -> {
                    if (!reader.isAlive() && lines(part).size() < number) {
                        throw new IllegalStateException("the process has ended; it wrote " + lines);
                    }
                })
                .until(() -> lines(part), found -> found.size() >= number);
    }

    /** Where it takes requests, once it does. */
    public URI address() {
        String up = "transport 'http' on ";
        String line = awaitLine(up);
        return URI.create(line.substring(line.indexOf(up) + up.length()));
    }

    /** Writes a line to its standard input. */
    public void tell(String line) {
        input.println(line);
    }

    /**
     * Interrupts it, as Ctrl-C does. The test is skipped where the build was started in the background by a shell without job
     * control: all its processes ignore that signal then, as POSIX has it (Shell Command Language, 2.11).
     */
    public void interrupt() throws IOException, InterruptedException {
        Path status = Path.of("/proc/" + process.pid() + "/status");
        boolean ignored = Files.exists(status)
                && Files.readAllLines(status).stream()
                        .filter(line -> line.startsWith("SigIgn:"))
                        .anyMatch(line ->
                                (Long.parseUnsignedLong(line.substring(7).trim(), 16) & SIGINT) != 0);
        assumeFalse(ignored, "SIGINT is ignored by what started this build. Run it in the foreground.");
        signal("INT");
    }

    /** Sends a signal, such as {@code TERM}, {@code STOP} or {@code CONT}. */
    public void signal(String name) throws IOException, InterruptedException {
        new ProcessBuilder("/bin/sh", "-c", KILL, name, Long.toString(process.pid()))
                .inheritIO()
                .start()
                .waitFor();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** Waits for its end, and for all it had to say; its exit code. */
    public int awaitExit() throws InterruptedException {
        if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            throw new AssertionError("process " + process.pid() + " did not end; it wrote " + lines);
        }
        reader.join(PATIENCE.toMillis());
        return process.exitValue();
    }

    /** Tells it to end, and sees to it that it does. */
    @Override
    public void close() throws InterruptedException {
        // As a shell does it; destroy() of the process would close its output too.
        process.toHandle().destroy();
        if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
        reader.join(PATIENCE.toMillis());
    }

    /** Kills it, if it still runs. */
    public void kill() {
        process.destroyForcibly();
    }
}
