/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.socket;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What an app allows its websockets' clients.
 *
 * <p>Immutable and thread-safe.
 *
 * @since 0.1
 */
public final class SocketOptions {

    private final String path;
    private final int maxMessageBytes;
    private final long maxPendingBytes;
    private final SlowClientPolicy slowClients;
    private final int maxConnections;
    private final int maxConnectionsPerAddress;
    private final Duration pingInterval;
    private final Duration pongTimeout;
    private final @Nullable Duration idleTimeout;
    private final int rateLimit;
    private final Duration rateWindow;
    private final Set<String> origins;
    private final ClientIdGenerator clientIds;
    private final GatewayOptions gateway;

    private SocketOptions(Builder builder) {
        this.path = builder.path;
        this.maxMessageBytes = builder.maxMessageBytes;
        this.maxPendingBytes = builder.maxPendingBytes;
        this.slowClients = builder.slowClients;
        this.maxConnections = builder.maxConnections;
        this.maxConnectionsPerAddress = builder.maxConnectionsPerAddress;
        this.pingInterval = builder.pingInterval;
        this.pongTimeout = builder.pongTimeout;
        this.idleTimeout = builder.idleTimeout;
        this.rateLimit = builder.rateLimit;
        this.rateWindow = builder.rateWindow;
        this.origins = Set.copyOf(builder.origins);
        this.clientIds = builder.clientIds;
        this.gateway = builder.gateway;
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
        builder.path = path;
        builder.maxMessageBytes = maxMessageBytes;
        builder.maxPendingBytes = maxPendingBytes;
        builder.slowClients = slowClients;
        builder.maxConnections = maxConnections;
        builder.maxConnectionsPerAddress = maxConnectionsPerAddress;
        builder.pingInterval = pingInterval;
        builder.pongTimeout = pongTimeout;
        builder.idleTimeout = idleTimeout;
        builder.rateLimit = rateLimit;
        builder.rateWindow = rateWindow;
        builder.origins.addAll(origins);
        builder.clientIds = clientIds;
        builder.gateway = gateway;
        return builder;
    }

    /**
     * The path of the app's socket for messages.
     *
     * @return joined to the app's prefix
     */
    public String path() {
        return path;
    }

    /**
     * The largest message that a client may send.
     *
     * @return in bytes
     */
    public int maxMessageBytes() {
        return maxMessageBytes;
    }

    /**
     * How much may wait for one client.
     *
     * @return in bytes
     */
    public long maxPendingBytes() {
        return maxPendingBytes;
    }

    /**
     * What happens when more waits.
     *
     * @return the policy
     */
    public SlowClientPolicy slowClients() {
        return slowClients;
    }

    /**
     * How many clients may be connected to one replica.
     *
     * @return 1 or more
     */
    public int maxConnections() {
        return maxConnections;
    }

    /**
     * How many clients may be connected from one address.
     *
     * @return 1 or more
     */
    public int maxConnectionsPerAddress() {
        return maxConnectionsPerAddress;
    }

    /**
     * After how long a silence a client is asked for a sign of life.
     *
     * @return 1 s or more
     */
    public Duration pingInterval() {
        return pingInterval;
    }

    /**
     * How long it has to give one.
     *
     * @return 1 s or more
     */
    public Duration pongTimeout() {
        return pongTimeout;
    }

    /**
     * After how long without a message, in either direction, a client is disconnected.
     *
     * @return null for never
     */
    public @Nullable Duration idleTimeout() {
        return idleTimeout;
    }

    /**
     * How many messages a client may send within the {@link #rateWindow()}.
     *
     * @return 0 for any number
     */
    public int rateLimit() {
        return rateLimit;
    }

    /**
     * The time that the {@link #rateLimit()} is for.
     *
     * @return more than zero
     */
    public Duration rateWindow() {
        return rateWindow;
    }

    /**
     * Whose pages may open websockets, beside the app's own.
     *
     * @return origins; {@code *} for all; often empty
     */
    public Set<String> origins() {
        return origins;
    }

    /**
     * What makes the clients' ids.
     *
     * @return the generator
     */
    public ClientIdGenerator clientIds() {
        return clientIds;
    }

    /**
     * What clients may reach beyond the app's own message types.
     *
     * @return nothing by default
     */
    public GatewayOptions gateway() {
        return gateway;
    }

    @Override
    public String toString() {
        return "SocketOptions[path=" + path + ", " + slowClients + ", origins=" + origins + ", " + gateway + "]";
    }

    /** Collects options; not thread-safe. */
    public static final class Builder {

        private String path = "/ws";
        private int maxMessageBytes = 1 << 20;
        private long maxPendingBytes = 1 << 20;
        private SlowClientPolicy slowClients = SlowClientPolicy.CLOSE;
        private int maxConnections = 16_384;
        private int maxConnectionsPerAddress = 1024;
        private Duration pingInterval = Duration.ofSeconds(20);
        private Duration pongTimeout = Duration.ofSeconds(20);
        private @Nullable Duration idleTimeout;
        private int rateLimit;
        private Duration rateWindow = Duration.ofMinutes(1);
        private final Set<String> origins = new LinkedHashSet<>();
        private ClientIdGenerator clientIds = handshake -> "user_" + UUID.randomUUID();
        private GatewayOptions gateway = GatewayOptions.builder().build();

        private Builder() {}

        /**
         * Says where the app's socket for messages is.
         *
         * @param newPath starts with a slash; joined to the app's prefix and version. Default {@code /ws}
         * @return this
         */
        public Builder path(String newPath) {
            if (!Objects.requireNonNull(newPath, "path").startsWith("/") || newPath.indexOf('{') >= 0) {
                throw new IllegalArgumentException(
                        "sockets: path '" + newPath + "' (expected: a path without parameters, e.g. '/ws')");
            }
            path = newPath;
            return this;
        }

        /**
         * Limits the messages of a client, with all their fragments; larger ones close the socket with 1009. Setting {@code
         * websocket.maxMessageBytes}.
         *
         * @param bytes 1 to 134 217 728; default 1 048 576
         * @return this
         */
        public Builder maxMessageBytes(int bytes) {
            maxMessageBytes = (int) SocketLimits.messageBytes(bytes);
            return this;
        }

        /**
         * Limits how much may wait for one client; a single message may be larger. Setting {@code websocket.maxPendingBytes}.
         *
         * @param bytes 1 024 or more; default 1 048 576
         * @return this
         */
        public Builder maxPendingBytes(long bytes) {
            maxPendingBytes = SocketLimits.pendingBytes(bytes);
            return this;
        }

        /**
         * Says what happens when more waits for a client.
         *
         * @param policy default {@link SlowClientPolicy#CLOSE}
         * @return this
         */
        public Builder slowClients(SlowClientPolicy policy) {
            slowClients = Objects.requireNonNull(policy, "policy");
            return this;
        }

        /**
         * Limits how many clients may be connected to one replica; further ones are refused with 503. Setting {@code
         * websocket.maxConnections}.
         *
         * @param clients 1 or more; default 16 384
         * @return this
         */
        public Builder maxConnections(int clients) {
            maxConnections = (int) SocketLimits.within("maxConnections", clients, 1, Integer.MAX_VALUE);
            return this;
        }

        /**
         * Limits how many clients may be connected from one address, which may be a proxy's; further ones are refused with 503.
         * Setting {@code websocket.maxConnectionsPerAddress}.
         *
         * @param clients 1 or more; default 1 024
         * @return this
         */
        public Builder maxConnectionsPerAddress(int clients) {
            maxConnectionsPerAddress =
                    (int) SocketLimits.within("maxConnectionsPerAddress", clients, 1, Integer.MAX_VALUE);
            return this;
        }

        /**
         * Says after how long a silence a client is pinged, and how long it has to answer before it is closed with 1011.
         *
         * @param interval 1 s or more; default 20 s
         * @param timeout 1 s or more; default 20 s
         * @return this
         */
        public Builder keepAlive(Duration interval, Duration timeout) {
            pingInterval = SocketLimits.atLeast("keepAlive", "interval", interval, Duration.ofSeconds(1));
            pongTimeout = SocketLimits.atLeast("keepAlive", "timeout", timeout, Duration.ofSeconds(1));
            return this;
        }

        /**
         * Disconnects clients, with 1001, that have neither sent nor got a message for some time.
         *
         * @param timeout 1 s or more; unset by default: a client that answers pings may stay
         * @return this
         */
        public Builder idleTimeout(Duration timeout) {
            idleTimeout = SocketLimits.atLeast("idleTimeout", "timeout", timeout, Duration.ofSeconds(1));
            return this;
        }

        /**
         * Limits the messages of a client within a sliding time. Those beyond it are answered with an error, and do not count.
         *
         * @param messages 1 to 1 000 000; any number by default
         * @param window 1 ms or more
         * @return this
         */
        public Builder rateLimit(int messages, Duration window) {
            rateLimit = (int) SocketLimits.within("rateLimit", messages, 1, 1_000_000);
            rateWindow = SocketLimits.atLeast("rateLimit", "window", window, Duration.ofMillis(1));
            return this;
        }

        /**
         * Lets pages of other sites open websockets, which a browser tells by the {@code Origin} field. Pages of the app's own site
         * always may, and so may clients that are no browsers. Setting {@code websocket.origins}, separated by commas, adds to these.
         *
         * @param allowed scheme, host and perhaps a port, such as {@code https://example.com}, or {@code https://*.example.com} for
         *     all names below; {@code *} for every site, which makes cookies worthless as a proof of who a client is
         * @return this
         * @throws IllegalArgumentException if one is no origin
         */
        public Builder origins(String... allowed) {
            for (String origin : allowed) {
                origins.add(AllowedOrigin.check(Objects.requireNonNull(origin, "origin")));
            }
            return this;
        }

        /**
         * Makes the clients' ids.
         *
         * @param generator default: {@code user_} and a random UUID
         * @return this
         */
        public Builder clientIds(ClientIdGenerator generator) {
            clientIds = Objects.requireNonNull(generator, "generator");
            return this;
        }

        /**
         * Says what clients may reach beyond the app's own message types.
         *
         * @param options sets it; a further call adds to it
         * @return this
         */
        public Builder gateway(Consumer<GatewayOptions.Builder> options) {
            GatewayOptions.Builder builder = gateway.toBuilder();
            Objects.requireNonNull(options, "options").accept(builder);
            gateway = builder.build();
            return this;
        }

        /**
         * Finishes the options.
         *
         * @return immutable options
         */
        public SocketOptions build() {
            return new SocketOptions(this);
        }
    }
}
