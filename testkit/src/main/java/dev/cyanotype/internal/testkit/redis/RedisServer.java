/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.testkit.redis;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A Redis server as a process of ours. */
public final class RedisServer {

    static final boolean WINDOWS =
            System.getProperty("os.name", "").toLowerCase(Locale.ROOT).startsWith("windows");

    /** Sends a signal. A process stands still only some time after SIGSTOP, so on Linux that is waited for. */
    private static final String KILL = "kill -s \"$0\" \"$1\" || exit; [ \"$0\" = STOP ] || exit 0;"
            + " while grep -L '^State:.[TXZ]' /proc/\"$1\"/task/*/status 2>/dev/null | grep -q .; do sleep 0.01; done";

    private static final String HOST = "127.0.0.1";
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration PATIENCE_FOR_ONE_REPLY = Duration.ofMillis(250);
    private static final int PORTS_TO_TRY = 10;

    /**
     * Becomes the server, so that its process is the server's, and leaves a guard: a child that reads from a pipe which only
     * this JVM can write to. However the JVM ends, the pipe ends with it, and the guard kills the server.
     */
    private static final String GUARDED =
            "exec 3<&0 0</dev/null; (read -r end <&3; kill -9 $$) >/dev/null 2>&1 & exec \"$@\" 3<&-";

    private final Path directory;
    private final List<String> command;
    private final int port;
    private final RedisClient client;
    private final String url;
    private final Thread atExit = new Thread(this::end, "test-redis-end");
    private volatile @Nullable Process process;
    private volatile String version = "";
    private boolean closed;

    private RedisServer(Path directory, Path program, int port, List<String> arguments) {
        this.directory = directory;
        this.port = port;
        this.command = new ArrayList<>(WINDOWS ? List.of() : List.of("/bin/sh", "-c", GUARDED, "redis-server"));
        command.add(program.toString());
        command.addAll(List.of("--bind", HOST, "--save", "", "--appendonly", "no", "--dir", directory.toString()));
        command.addAll(arguments);
        command.addAll(List.of("--port", Integer.toString(port), "--daemonize", "no"));
        int password = arguments.lastIndexOf("--requirepass") + 1;
        this.url = "redis://" + (password == 0 ? "" : ":" + encode(arguments.get(password)) + "@") + HOST + ":" + port;
        this.client = new RedisClient(url);
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** Starts the server that is there, on a free port, and returns when it answers. */
    public static RedisServer start(List<String> arguments) {
        List<RedisProgram> programs = List.of(RedisProgram.onPath(System.getenv("PATH")), RedisProgram.embedded());
        return start(programs, RedisServer::anyPort, arguments);
    }

    /**
     * Starts a server, and returns when it answers.
     *
     * @param programs ways to a program; the first that has one counts
     * @param ports ports to try, in order
     */
    public static RedisServer start(List<RedisProgram> programs, IntSupplier ports, List<String> arguments) {
        if (arguments.contains("--port")) {
            throw new IllegalArgumentException("argument '--port': the port is chosen. Read it from port() or url().");
        }
        if (!arguments.isEmpty() && arguments.lastIndexOf("--requirepass") == arguments.size() - 1) {
            throw new IllegalArgumentException("argument '--requirepass': no value (expected: the password after it)");
        }
        Path directory = newDirectory();
        try {
            Path program = find(programs, directory);
            for (int i = 0; i < PORTS_TO_TRY; i++) {
                RedisServer server = new RedisServer(directory, program, ports.getAsInt(), arguments);
                if (server.launch()) {
                    Runtime.getRuntime().addShutdownHook(server.atExit);
                    return server;
                }
            }
            throw new IllegalStateException("Redis server '%s': all of %d ports were taken. Its last output:\n%s"
                    .formatted(program, PORTS_TO_TRY, output(directory)));
        } catch (RuntimeException | Error e) {
            delete(directory);
            throw e;
        }
    }

    /**
     * A port below those that systems take for outgoing connections. One of these could take the port of a server that is
     * down for a moment; a client that tries to connect to it again could even reach itself. The nodes of a cluster also talk
     * to each other ten thousand ports above.
     */
    public static int anyPort() {
        return ThreadLocalRandom.current().nextInt(10_000, 22_000);
    }

    public String url() {
        return url;
    }

    public RedisClient client() {
        return client;
    }

    public String version() {
        return version;
    }

    /** The process, or none while it is killed. */
    public @Nullable Process process() {
        return process;
    }

    public synchronized void restart() {
        if (closed) {
            throw new IllegalStateException(this + ": is closed. Start another one.");
        }
        kill();
        if (!launch()) {
            throw new IllegalStateException("%s: another process has taken the port meanwhile. The server's output:\n%s"
                    .formatted(this, output(directory)));
        }
    }

    public synchronized void kill() {
        end(process);
        process = null;
    }

    /** Sends a signal with the shell's own {@code kill}. */
    public synchronized void signal(String name) {
        if (WINDOWS) {
            throw new UnsupportedOperationException(
                    "%s: Windows has no signal %s. Run this test on another system.".formatted(this, name));
        }
        Process running = process;
        if (running == null || !running.isAlive()) {
            throw new IllegalStateException(
                    this + ": is not running, so it can't be paused or resumed. Restart it first.");
        }
        spawn(new ProcessBuilder("/bin/sh", "-c", KILL, name, Long.toString(running.pid())))
                .onExit()
                .join();
    }

    public synchronized void close() {
        if (!closed) {
            closed = true;
            end();
            try {
                Runtime.getRuntime().removeShutdownHook(atExit);
            } catch (IllegalStateException e) {
                // The JVM is ending, and the hook finds nothing to do.
            }
        }
    }

    /** Without a lock, or the end of the JVM could wait for a server that is being started. */
    private void end() {
        end(process);
        delete(directory);
    }

    private static void end(@Nullable Process process) {
        if (process != null) {
            // The guard, and processes that save. They are not waited for: whether they are ever reaped is up to the
            // system.
            List<ProcessHandle> children = process.descendants().toList();
            process.destroyForcibly()
                    .onExit()
                    .orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS)
                    .join();
            children.forEach(ProcessHandle::destroyForcibly);
        }
    }

    /** False if the port is taken. */
    private boolean launch() {
        Process started = spawn(new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(outputFile(directory).toFile()));
        process = started;
        boolean ready = false;
        try {
            ready = awaitReady(started);
            return ready;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(this + ": interrupted while it was starting", e);
        } finally {
            if (!ready) {
                kill();
            }
        }
    }

    private boolean awaitReady(Process started) throws InterruptedException {
        long begin = System.nanoTime();
        while (!started.waitFor(5, TimeUnit.MILLISECONDS)) {
            String seen = "another server is on its port";
            try {
                String pong = client.call(PATIENCE_FOR_ONE_REPLY, List.of("PING"));
                String info = client.call(PATIENCE_FOR_ONE_REPLY, List.of("INFO", "server"));
                if (pong.equals("PONG") && property(info, "process_id").equals(Long.toString(started.pid()))) {
                    version = property(info, "redis_version");
                    return true;
                }
            } catch (IOException | IllegalStateException e) {
                seen = String.valueOf(e.getMessage());
            }
            if (System.nanoTime() - begin > PATIENCE.toNanos()) {
                throw failure("does not answer within %d s (%s)".formatted(PATIENCE.toSeconds(), seen));
            }
        }
        if (output(directory).contains("listening socket")) {
            return false;
        }
        throw failure("ended with exit code %d before it answered".formatted(started.exitValue()));
    }

    private IllegalStateException failure(String what) {
        return new IllegalStateException("%s: %s. Its output:\n%s".formatted(this, what, output(directory)));
    }

    /** A line of the answer to {@code INFO}, or nothing. */
    public static String property(String info, String name) {
        Matcher line =
                Pattern.compile("^" + name + ":(.*?)\r?$", Pattern.MULTILINE).matcher(info);
        return line.find() ? line.group(1) : "";
    }

    // One at a time: while a program is being written, a process started elsewhere inherits the open file for a moment,
    // and
    // a file that is open for writing can't be run.
    private static synchronized Process spawn(ProcessBuilder builder) {
        try {
            return builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static synchronized Path find(List<RedisProgram> programs, Path directory) {
        List<String> missing = new ArrayList<>();
        for (RedisProgram program : programs) {
            try {
                return program.find(directory);
            } catch (IOException e) {
                missing.add(String.valueOf(e.getMessage()));
            }
        }
        throw new IllegalStateException(
                "no Redis server: %s. Install Redis, or add com.github.codemonstur:embedded-redis."
                        .formatted(String.join("; ", missing)));
    }

    private static Path newDirectory() {
        try {
            return Files.createTempDirectory("test-redis-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A file, so that the server never waits for a reader. */
    private static Path outputFile(Path directory) {
        return directory.resolve("output.txt");
    }

    private static String output(Path directory) {
        try {
            return new String(Files.readAllBytes(outputFile(directory)), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            return "can't be read: " + e;
        }
    }

    public static void delete(Path directory) {
        try (Stream<Path> all = Files.walk(directory)) {
            all.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
        } catch (IOException | UncheckedIOException e) {
            // A temporary file that stays is no reason for a test to fail.
        }
    }

    @Override
    public String toString() {
        return "Redis server on port " + port;
    }
}
