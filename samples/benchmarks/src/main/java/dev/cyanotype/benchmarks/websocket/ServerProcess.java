/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.benchmarks.websocket;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A server in a JVM of its own, told what to do line by line. Not thread-safe. */
final class ServerProcess implements AutoCloseable {

    /** What a server's JVM has used so far, or for something. */
    record Usage(long processorNanos, long bytes) {

        Usage since(Usage before) {
            return new Usage(processorNanos - before.processorNanos, bytes - before.bytes);
        }
    }

    private final String side;
    private final Process process;
    private final BufferedReader answers;
    private final int port;

    private ServerProcess(String side, Process process) throws IOException {
        this.side = side;
        this.process = process;
        this.answers = process.inputReader(StandardCharsets.US_ASCII);
        this.port = Integer.parseInt(answer());
    }

    /**
     * Starts it with the class path of this JVM, unless {@code classpath.} and its side are set, and with its Java unless {@code
     * java} is; {@code flags.} and its side, or {@code flags}, are further arguments of the JVM.
     *
     * @param side what begins with {@code plain} is plain Javalin, on virtual threads if it contains {@code virtual}
     */
    static ServerProcess start(String side) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java", System.getProperty("java.home") + "/bin/java"))
                .toString());
        command.add("-Xmx1g");
        String more = System.getProperty("flags." + side, System.getProperty("flags", ""));
        if (!more.isEmpty()) {
            command.addAll(List.of(more.split(" ")));
        }
        command.addAll(List.of("-cp", System.getProperty("classpath." + side, System.getProperty("java.class.path"))));
        command.addAll(List.of(Server.class.getName(), side));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try {
            return new ServerProcess(side, process);
        } catch (IOException | RuntimeException e) {
            process.destroyForcibly();
            throw e;
        }
    }

    String side() {
        return side;
    }

    int port() {
        return port;
    }

    /** Has it do something, and waits until it is done. */
    String ask(String line) {
        try {
            process.getOutputStream().write((line + "\n").getBytes(StandardCharsets.US_ASCII));
            process.getOutputStream().flush();
            return answer();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String answer() throws IOException {
        String line = answers.readLine();
        if (line == null) {
            throw new IOException("a server has ended");
        }
        return line;
    }

    Usage usage() {
        String[] figures = ask("usage").split(" ");
        return new Usage(Long.parseLong(figures[0]), Long.parseLong(figures[1]));
    }

    /** What lives on its heap, in bytes. */
    long heap() {
        return Long.parseLong(ask("heap"));
    }

    @Override
    public void close() throws IOException {
        process.getOutputStream().close();
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
