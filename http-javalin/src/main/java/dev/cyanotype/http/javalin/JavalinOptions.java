/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.http.javalin;

import io.javalin.config.JavalinConfig;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * How the Javalin server is set up.
 *
 * <p>What the app accepts whatever its transport (bodies, URLs) is in {@link dev.cyanotype.http.HttpOptions}. Immutable
 * and thread-safe. Each option is also a setting, named beside it.
 *
 * @since 0.1
 */
public final class JavalinOptions {

    private static final boolean HAS_VIRTUAL_THREADS = Runtime.version().feature() >= 21;

    private final String host;
    private final int port;
    private final int maxHeaderBytes;
    private final Duration idleTimeout;
    private final boolean virtualThreads;
    private final @Nullable Consumer<JavalinConfig> configuration;

    private JavalinOptions(Builder builder) {
        this.host = builder.host;
        this.port = builder.port;
        this.maxHeaderBytes = builder.maxHeaderBytes;
        this.idleTimeout = builder.idleTimeout;
        this.virtualThreads = builder.virtualThreads;
        this.configuration = builder.configuration;
    }

    /**
     * Starts from the defaults.
     *
     * @return a new builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Starts from these options.
     *
     * @return a new builder
     */
    public Builder toBuilder() {
        Builder builder = new Builder();
        builder.host = host;
        builder.port = port;
        builder.maxHeaderBytes = maxHeaderBytes;
        builder.idleTimeout = idleTimeout;
        builder.virtualThreads = virtualThreads;
        builder.configuration = configuration;
        return builder;
    }

    /**
     * The address it listens on.
     *
     * @return a host name or an IP address
     */
    public String host() {
        return host;
    }

    /**
     * The port it listens on.
     *
     * @return 0 for any free one
     */
    public int port() {
        return port;
    }

    /**
     * The largest head of a request: request line and header fields together.
     *
     * @return in bytes
     */
    public int maxHeaderBytes() {
        return maxHeaderBytes;
    }

    /**
     * How long a connection may be silent.
     *
     * @return one second or more
     */
    public Duration idleTimeout() {
        return idleTimeout;
    }

    /**
     * Whether handlers run on virtual threads.
     *
     * @return true for a virtual thread for each request
     */
    public boolean virtualThreads() {
        return virtualThreads;
    }

    @Nullable
    Consumer<JavalinConfig> configuration() {
        return configuration;
    }

    @Override
    public String toString() {
        return "JavalinOptions[host=" + host + ", port=" + port + ", maxHeaderBytes=" + maxHeaderBytes
                + ", idleTimeout=" + idleTimeout + ", virtualThreads=" + virtualThreads + "]";
    }

    /** Collects options; not thread-safe. */
    public static final class Builder {

        private String host = "127.0.0.1";
        private int port = 8080;
        private int maxHeaderBytes = 16 << 10;
        private Duration idleTimeout = Duration.ofSeconds(30);
        private boolean virtualThreads = HAS_VIRTUAL_THREADS;
        private @Nullable Consumer<JavalinConfig> configuration;

        private Builder() {}

        /**
         * Says which address to listen on; setting {@code http.host}.
         *
         * @param newHost a host name or an IP address; {@code 0.0.0.0} for all. Default {@code 127.0.0.1}, so that only
         *     this machine reaches a service that nobody has opened
         * @return this
         */
        public Builder host(String newHost) {
            if (newHost.isBlank()) {
                throw new IllegalArgumentException("host is empty (expected: a host name or an IP address)");
            }
            host = newHost;
            return this;
        }

        /**
         * Says which port to listen on; setting {@code http.port}.
         *
         * @param newPort from 0 to 65535; 0 takes any free one. Default 8080
         * @return this
         */
        public Builder port(int newPort) {
            port = within("port", newPort, 0, 65535);
            return this;
        }

        /**
         * Limits the head of a request; setting {@code http.maxHeaderBytes}.
         *
         * @param bytes from 1024 to 16 777 216; default 16 384
         * @return this
         */
        public Builder maxHeaderBytes(int bytes) {
            maxHeaderBytes = within("maxHeaderBytes", bytes, 1024, 1 << 24);
            return this;
        }

        /**
         * Limits how long a connection may be silent; setting {@code http.idleSeconds}.
         *
         * @param timeout one second or more; default 30 s
         * @return this
         */
        public Builder idleTimeout(Duration timeout) {
            if (timeout.compareTo(Duration.ofSeconds(1)) < 0) {
                throw new IllegalArgumentException("idleTimeout: " + timeout + " (expected: 1 s or more)");
            }
            idleTimeout = timeout;
            return this;
        }

        /**
         * Says whether handlers run on virtual threads; setting {@code http.virtualThreads}.
         *
         * @param on default true where the JVM has them, which is from Java 21
         * @return this
         * @throws IllegalArgumentException if it is true and the JVM has none
         */
        public Builder virtualThreads(boolean on) {
            if (on && !HAS_VIRTUAL_THREADS) {
                throw new IllegalArgumentException("virtualThreads: this JVM has none (it is Java "
                        + Runtime.version().feature() + ", they come with 21). Leave the option unset.");
            }
            virtualThreads = on;
            return this;
        }

        Builder configuration(Consumer<JavalinConfig> newConfiguration) {
            Objects.requireNonNull(newConfiguration, "configuration");
            configuration = configuration == null ? newConfiguration : configuration.andThen(newConfiguration);
            return this;
        }

        /**
         * Finishes the options.
         *
         * @return immutable options
         */
        public JavalinOptions build() {
            return new JavalinOptions(this);
        }

        private static int within(String name, int value, int least, int most) {
            if (value < least || value > most) {
                throw new IllegalArgumentException("%s: %d (expected: %d to %d)".formatted(name, value, least, most));
            }
            return value;
        }
    }
}
