/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.websocket;

import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Where websockets are served.
 *
 * <p>What the app accepts whatever its transport (origins, sizes, rates, queues) is not here. Immutable and thread-safe.
 * Each option is also a setting, named beside it.
 *
 * @since 0.1
 */
public final class WebsocketOptions {

    private final String host;
    private final @Nullable Integer port;

    private WebsocketOptions(Builder builder) {
        this.host = builder.host;
        this.port = builder.port;
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
        return builder;
    }

    /**
     * The address that the port of their own is on.
     *
     * @return a host name or an IP address
     */
    public String host() {
        return host;
    }

    /**
     * The port of their own.
     *
     * @return 0 for any free one; empty if they are on the server of the HTTP routes
     */
    public OptionalInt port() {
        return port == null ? OptionalInt.empty() : OptionalInt.of(port);
    }

    @Override
    public String toString() {
        return "WebsocketOptions[host=" + host + ", port=" + (port == null ? "that of HTTP" : port) + "]";
    }

    /** Collects options; not thread-safe. */
    public static final class Builder {

        private String host = "127.0.0.1";
        private @Nullable Integer port;

        private Builder() {}

        /**
         * Says which address the port of their own is on; setting {@code websocket.host}.
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
         * Gives websockets a port of their own, as Daebus does; setting {@code websocket.port}. The server of the HTTP
         * routes takes none then, and every path that is no other websocket's is the app's websocket for messages.
         *
         * @param newPort from 0 to 65535; 0 takes any free one
         * @return this
         */
        public Builder port(int newPort) {
            if (newPort < 0 || newPort > 65535) {
                throw new IllegalArgumentException("port: " + newPort + " (expected: 0 to 65535)");
            }
            port = newPort;
            return this;
        }

        /**
         * Leaves websockets on the server of the HTTP routes, which is the default.
         *
         * @return this
         */
        public Builder noPort() {
            port = null;
            return this;
        }

        /**
         * Finishes the options.
         *
         * @return immutable options
         */
        public WebsocketOptions build() {
            return new WebsocketOptions(this);
        }
    }
}
