/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** A client on Node.js, with the package {@code ws}, that talks as Daebus's JavaScript client does. */
final class NodeClient implements AutoCloseable {

    private static final int PATIENCE_SECONDS = 20;
    private static final int INSTALLATION_SECONDS = 45;
    private static final Path FOLDER = Path.of("target", "node").toAbsolutePath();
    private static final Path PACKAGE = FOLDER.resolve("node_modules").resolve("ws");

    private final BlockingQueue<String> events = new LinkedBlockingQueue<>();
    private final Process process;
    private final Writer steps;
    private final Thread reader;
    private final Thread hook;

    /** Installs the package; gives the test up, with the reason, where that can't be. */
    static void install() throws Exception {
        Assumptions.assumeTrue(program("node").isPresent(), "no node is on the PATH; install Node.js");
        if (Files.exists(PACKAGE.resolve("package.json"))) {
            return;
        }
        Optional<Path> npm = program("npm");
        Assumptions.assumeTrue(npm.isPresent(), "no npm is on the PATH; install npm");
        Files.createDirectories(FOLDER);
        Path output = FOLDER.resolve("npm.txt");
        Process install = new ProcessBuilder(
                        npm.get().toString(),
                        "install",
                        "--prefix",
                        FOLDER.toString(),
                        "--no-save",
                        "--no-audit",
                        "--no-fund",
                        "--no-update-notifier",
                        "--fetch-retries=1",
                        "ws@8")
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        boolean ended = install.waitFor(INSTALLATION_SECONDS, TimeUnit.SECONDS);
        if (!ended) {
            end(install);
        }
        Assumptions.assumeTrue(
                ended && install.exitValue() == 0,
                () -> "npm can't install ws@8, perhaps its registry can't be reached; see " + output);
    }

    private static Optional<Path> program(String name) {
        return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** Starts one, which connects and comes back after every close but a normal one. */
    NodeClient(String url, String... subprotocol) throws Exception {
        Path script = Path.of(NodeClient.class.getResource("/daebus-client.cjs").toURI());
        List<String> command = new ArrayList<>(List.of("node", script.toString(), PACKAGE.toString(), url));
        command.addAll(Arrays.asList(subprotocol));
        process = new ProcessBuilder(command).redirectErrorStream(true).start();
        // For a test that is ended in the middle.
        hook = new Thread(() -> end(process));
        Runtime.getRuntime().addShutdownHook(hook);
        steps = process.outputWriter();
        reader = new Thread(this::read, "output of node");
        reader.start();
    }

    private void read() {
        try (BufferedReader output = process.inputReader()) {
            output.lines()
                    // Ids have the time in them.
                    .map(line -> line.replaceAll("req_\\d+_", "req_*_"))
                    .forEach(events::add);
        } catch (IOException e) {
            events.add(e.toString());
        }
    }

    /** Has it do something; the name of the step, then what the step takes, as JSON. */
    NodeClient step(String step) throws IOException {
        steps.write(step + "\n");
        steps.flush();
        return this;
    }

    /** The next that has happened. */
    String next() throws InterruptedException {
        String next = events.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        assertThat(next).as("something within " + PATIENCE_SECONDS + " s").isNotNull();
        return next;
    }

    /** The next that is of a kind. */
    String next(String kind) throws InterruptedException {
        String next = next();
        return next.startsWith("[\"" + kind + "\"") ? next : next(kind);
    }

    @Override
    public void close() throws InterruptedException {
        end(process);
        Runtime.getRuntime().removeShutdownHook(hook);
        reader.join(TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS));
    }

    private static void end(Process process) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        // That of the process itself would close the stream that its output is read from.
        process.toHandle().destroyForcibly();
        process.onExit().orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
    }
}
