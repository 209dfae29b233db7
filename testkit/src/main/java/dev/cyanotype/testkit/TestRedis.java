/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.testkit;

import dev.cyanotype.internal.testkit.redis.RedisClient;
import dev.cyanotype.internal.testkit.redis.RedisProgram;
import dev.cyanotype.internal.testkit.redis.RedisServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A real Redis for tests: a process of its own, or the server that {@code REDIS_URL} names.
 *
 * <p>The program is the {@code redis-server} on the {@code PATH}; where there is none, it is the one in the library
 * {@code com.github.codemonstur:embedded-redis} (1.4, Redis 6.2), on the class path or the module path. A project adds that
 * library for itself, without its dependency {@code redis.clients:jedis}.
 *
 * <p>The server listens on 127.0.0.1, keeps nothing, and works in a temporary directory, which {@link #close} removes. It ends
 * with the JVM at the latest, even if that is killed; only then the directory stays. (On Windows, a JVM that is killed leaves
 * the server behind.) Thread-safe.
 *
 * <pre>{@code
 * try (TestRedis redis = TestRedis.start()) {
 *     redis.command("SET", "greeting", "hello");
 *     redis.kill();
 *     redis.restart();
 *     assertThat(redis.command("EXISTS", "greeting")).isEqualTo("0");
 * }
 * }</pre>
 *
 * @since 0.1
 */
public final class TestRedis implements AutoCloseable {

    private static final String VARIABLE = "REDIS_URL";
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final String url;
    private final RedisClient client;
    private final @Nullable RedisServer server;
    private final String version;

    private TestRedis(RedisServer server) {
        this.url = server.url();
        this.client = server.client();
        this.server = server;
        this.version = server.version();
    }

    private TestRedis(String url) {
        this.url = url;
        try {
            this.client = new RedisClient(url);
        } catch (IllegalArgumentException e) {
            throw new IllegalStateException("environment variable '%s': %s".formatted(VARIABLE, e.getMessage()));
        }
        this.server = null;
        try {
            this.version = RedisServer.property(client.call(PATIENCE, List.of("INFO", "server")), "redis_version");
        } catch (IOException | IllegalStateException e) {
            throw new IllegalStateException(
                    "%s: can't be used: %s. Start it, or unset %s.".formatted(this, e.getMessage(), VARIABLE), e);
        }
    }

    /**
     * Starts a server on a free port, and waits until it answers.
     *
     * @param arguments further options as on the command line, such as {@code "--maxmemory", "1mb"}, in characters that the
     *     locale has; they may undo the defaults, and {@code "--requirepass"} is known to {@link #url} and {@link #command}
     * @return the running server
     * @throws IllegalArgumentException if the arguments contain {@code --port}
     * @throws IllegalStateException if there is no program to start, or if it does not answer; the message has its output
     */
    public static TestRedis start(String... arguments) {
        return new TestRedis(RedisServer.start(List.of(arguments)));
    }

    static TestRedis start(List<RedisProgram> programs, IntSupplier ports, String... arguments) {
        return new TestRedis(RedisServer.start(programs, ports, List.of(arguments)));
    }

    /**
     * The server of the environment variable {@code REDIS_URL}, or one started as {@link #start} does if that is not set.
     *
     * @return a running server; if it is that of {@code REDIS_URL}, it can't be killed or paused, has the data it has, and
     *     goes on after {@link #close}
     * @throws IllegalStateException if {@code REDIS_URL} is no {@code redis://} URL of a server that answers (TLS is not supported), or
     *     as {@link #start}
     */
    public static TestRedis open() {
        return open(System.getenv(VARIABLE));
    }

    static TestRedis open(@Nullable String url) {
        return url == null || url.isEmpty() ? start() : new TestRedis(url);
    }

    /**
     * Where clients connect to.
     *
     * @return such as {@code redis://127.0.0.1:23456}, with the password if there is one
     */
    public String url() {
        return url;
    }

    /**
     * The host to connect to.
     *
     * @return 127.0.0.1, or the host of {@code REDIS_URL}
     */
    public String host() {
        return client.host();
    }

    /**
     * The port to connect to, which stays the same when the server is killed and restarted.
     *
     * @return 1 to 65535
     */
    public int port() {
        return client.port();
    }

    /**
     * The version of the server.
     *
     * @return such as {@code 7.0.15}
     */
    public String version() {
        return version;
    }

    /**
     * Whether the server has what came with a version.
     *
     * @param major the first number of that version
     * @param minor the second number of that version
     * @return true from that version on
     */
    public boolean isAtLeast(int major, int minor) {
        String[] parts = version.split("\\.", 3);
        int first = Integer.parseInt(parts[0]);
        return first > major || (first == major && Integer.parseInt(parts[1]) >= minor);
    }

    /**
     * Sends one command over a connection of its own.
     *
     * @param words the command and its arguments, sent as UTF-8
     * @return the reply, read as UTF-8: the items of arrays, also of arrays within them, one on a line; nothing at all is the
     *     empty string
     * @throws IllegalStateException if the reply is an error, with its text
     * @throws UncheckedIOException if the server is down, or says nothing for 10 seconds, as when it is paused
     */
    public String command(String... words) {
        if (words.length == 0) {
            throw new IllegalArgumentException("command: no words (expected: at least one, e.g. 'PING')");
        }
        try {
            return client.call(PATIENCE, List.of(words));
        } catch (IOException e) {
            throw new UncheckedIOException("%s, command '%s': %s".formatted(this, words[0], e.getMessage()), e);
        }
    }

    /**
     * Kills the server as a crash would, with SIGKILL, and waits until it is gone. Does nothing if it is killed already.
     *
     * @throws IllegalStateException if the server is that of {@code REDIS_URL}
     */
    public void kill() {
        own("kill").kill();
    }

    /**
     * Starts the server again on the same port, and waits until it answers; one that still runs is killed. It is empty, unless
     * the arguments it was started with say what to keep.
     *
     * @throws IllegalStateException if it does not answer, if it is closed, or if the server is that of {@code REDIS_URL}
     */
    public void restart() {
        own("restart").restart();
    }

    /**
     * Stops the server with SIGSTOP, and on Linux waits until it stands still: connections stay open and new ones are made, but
     * nothing is answered.
     *
     * @throws IllegalStateException if it is killed or closed, or if the server is that of {@code REDIS_URL}
     * @throws UnsupportedOperationException on Windows, which has no such signal
     */
    public void pause() {
        own("pause").signal("STOP");
    }

    /**
     * Lets a paused server go on. Does nothing if it is not paused.
     *
     * @throws IllegalStateException if it is killed or closed, or if the server is that of {@code REDIS_URL}
     * @throws UnsupportedOperationException on Windows, which has no such signal
     */
    public void resume() {
        own("resume").signal("CONT");
    }

    private RedisServer own(String method) {
        if (server == null) {
            throw new IllegalStateException(
                    "%s: %s() would disturb others who use it. Use TestRedis.start() for this test."
                            .formatted(this, method));
        }
        return server;
    }

    /** Ends the server and removes its directory; that of {@code REDIS_URL} goes on. Does nothing the second time. */
    @Override
    public void close() {
        if (server != null) {
            server.close();
        }
    }

    /** The process, for our own tests. */
    ProcessHandle process() {
        return Objects.requireNonNull(own("process").process()).toHandle();
    }

    @Override
    public String toString() {
        return "Redis %s:%d%s".formatted(host(), port(), server == null ? " of " + VARIABLE : "");
    }
}
