/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.socket;

import dev.cyanotype.exchange.ErrorHandler;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What happens on a websocket with a path of its own.
 *
 * <p>The messages of one client are handled in order and one at a time, on threads that may block. Text or binary messages
 * that nobody handles close the socket with 1003. Immutable and thread-safe.
 *
 * @since 0.1
 */
public final class SocketEndpoint {

    private final @Nullable ConnectHook onOpen;
    private final @Nullable SocketHandler<String> onText;
    private final @Nullable Class<?> jsonType;
    private final @Nullable SocketHandler<Object> onJson;
    private final @Nullable SocketHandler<byte[]> onBinary;
    private final @Nullable DisconnectHook onClose;
    private final @Nullable ErrorHandler<? super Throwable> onError;
    private final List<String> subprotocols;
    private final @Nullable Integer maxMessageBytes;
    private final @Nullable Long maxPendingBytes;
    private final @Nullable SlowClientPolicy slowClients;

    private SocketEndpoint(Builder builder) {
        this.onOpen = builder.onOpen;
        this.onText = builder.onText;
        this.jsonType = builder.jsonType;
        this.onJson = builder.onJson;
        this.onBinary = builder.onBinary;
        this.onClose = builder.onClose;
        this.onError = builder.onError;
        this.subprotocols = builder.subprotocols;
        this.maxMessageBytes = builder.maxMessageBytes;
        this.maxPendingBytes = builder.maxPendingBytes;
        this.slowClients = builder.slowClients;
    }

    /**
     * Starts an endpoint.
     *
     * @return a new builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * What runs when a socket is open.
     *
     * @return null if nothing does
     */
    public @Nullable ConnectHook onOpen() {
        return onOpen;
    }

    /**
     * What answers text messages.
     *
     * @return null if nothing does
     */
    public @Nullable SocketHandler<String> onText() {
        return onText;
    }

    /**
     * What type text messages are decoded to.
     *
     * @return null if they are not
     */
    public @Nullable Class<?> jsonType() {
        return jsonType;
    }

    /**
     * What answers decoded text messages.
     *
     * @return takes a {@link #jsonType()}; null if nothing does
     */
    public @Nullable SocketHandler<Object> onJson() {
        return onJson;
    }

    /**
     * What answers binary messages.
     *
     * @return null if nothing does
     */
    public @Nullable SocketHandler<byte[]> onBinary() {
        return onBinary;
    }

    /**
     * What runs when a socket has been closed.
     *
     * @return null if nothing does
     */
    public @Nullable DisconnectHook onClose() {
        return onClose;
    }

    /**
     * What gets the errors of the others, before the error handlers of the scope.
     *
     * @return null if nothing does
     */
    public @Nullable ErrorHandler<? super Throwable> onError() {
        return onError;
    }

    /**
     * The sub-protocols that it speaks.
     *
     * @return the preferred one first; often empty
     */
    public List<String> subprotocols() {
        return subprotocols;
    }

    /**
     * The largest message that a client may send.
     *
     * @return in bytes; null for the app's limit
     */
    public @Nullable Integer maxMessageBytes() {
        return maxMessageBytes;
    }

    /**
     * How much may wait for a client.
     *
     * @return in bytes; null for the app's limit
     */
    public @Nullable Long maxPendingBytes() {
        return maxPendingBytes;
    }

    /**
     * What happens beyond that.
     *
     * @return null for the app's policy
     */
    public @Nullable SlowClientPolicy slowClients() {
        return slowClients;
    }

    @Override
    public String toString() {
        return "SocketEndpoint[subprotocols=" + subprotocols + "]";
    }

    /** Collects what an endpoint has; not thread-safe. */
    public static final class Builder {

        private @Nullable ConnectHook onOpen;
        private @Nullable SocketHandler<String> onText;
        private @Nullable Class<?> jsonType;
        private @Nullable SocketHandler<Object> onJson;
        private @Nullable SocketHandler<byte[]> onBinary;
        private @Nullable DisconnectHook onClose;
        private @Nullable ErrorHandler<? super Throwable> onError;
        private List<String> subprotocols = List.of();
        private @Nullable Integer maxMessageBytes;
        private @Nullable Long maxPendingBytes;
        private @Nullable SlowClientPolicy slowClients;

        private Builder() {}

        /**
         * Runs when a socket is open, before its first message is handled.
         *
         * @param hook sees the client; what it throws closes the socket
         * @return this
         * @throws IllegalStateException if it was set already
         */
        public Builder onOpen(ConnectHook hook) {
            onOpen = once("onOpen", onOpen, hook);
            return this;
        }

        /**
         * Answers text messages.
         *
         * @param handler answers them
         * @return this
         * @throws IllegalStateException if text messages are handled already
         */
        public Builder onText(SocketHandler<String> handler) {
            requireNoTextHandler("onText");
            onText = Objects.requireNonNull(handler, "handler");
            return this;
        }

        /**
         * Answers text messages, decoded from JSON first. A message that can't be decoded is answered with an error, and the
         * socket stays open.
         *
         * @param <T> the type of the messages
         * @param type the type of the messages
         * @param handler answers them
         * @return this
         * @throws IllegalStateException if text messages are handled already
         */
        public <T> Builder onJson(Class<T> type, SocketHandler<T> handler) {
            requireNoTextHandler("onJson");
            jsonType = Objects.requireNonNull(type, "type");
            Objects.requireNonNull(handler, "handler");
            onJson = (message, ctx) -> handler.handle(type.cast(message), ctx);
            return this;
        }

        /**
         * Answers binary messages.
         *
         * @param handler answers them; each array is its own
         * @return this
         * @throws IllegalStateException if it was set already
         */
        public Builder onBinary(SocketHandler<byte[]> handler) {
            onBinary = once("onBinary", onBinary, handler);
            return this;
        }

        /**
         * Runs when a socket has been closed, after its last message was handled.
         *
         * @param hook sees the client
         * @return this
         * @throws IllegalStateException if it was set already
         */
        public Builder onClose(DisconnectHook hook) {
            onClose = once("onClose", onClose, hook);
            return this;
        }

        /**
         * Gets the errors of the other handlers, before the error handlers of the scope: it is one more scope inside.
         *
         * <p>An error that nobody takes closes the socket with 1011 and an id for the log; one that the client has made, such as
         * a message that can't be decoded, is answered with a problem as of RFC 9457.
         *
         * @param handler its result is sent to the client; null leaves the error to the next outer scope
         * @return this
         * @throws IllegalStateException if it was set already
         */
        public Builder onError(ErrorHandler<? super Throwable> handler) {
            onError = once("onError", onError, handler);
            return this;
        }

        /**
         * Says which sub-protocols it speaks. The first of them that the client offers is confirmed; if it offers none of them,
         * none is.
         *
         * @param names the preferred one first; tokens as RFC 9110, 5.6.2 has them
         * @return this
         * @throws IllegalArgumentException if one is no token
         */
        public Builder subprotocols(String... names) {
            for (String name : names) {
                if (!Tokens.isToken(Objects.requireNonNull(name, "name"))) {
                    throw new IllegalArgumentException(
                            "websocket: sub-protocol '" + name + "' (expected: a token, e.g. 'chat.v2')");
                }
            }
            subprotocols = List.of(names);
            return this;
        }

        /**
         * Limits the messages of a client; larger ones close the socket with 1009.
         *
         * @param bytes 1 to 134 217 728; default is the app's {@link SocketOptions#maxMessageBytes()}
         * @return this
         */
        public Builder maxMessageBytes(int bytes) {
            maxMessageBytes = (int) SocketLimits.messageBytes(bytes);
            return this;
        }

        /**
         * Limits how much may wait for a client.
         *
         * @param bytes 1 024 or more; default is the app's {@link SocketOptions#maxPendingBytes()}
         * @return this
         */
        public Builder maxPendingBytes(long bytes) {
            maxPendingBytes = SocketLimits.pendingBytes(bytes);
            return this;
        }

        /**
         * Says what happens beyond that.
         *
         * @param policy default is the app's {@link SocketOptions#slowClients()}
         * @return this
         */
        public Builder slowClients(SlowClientPolicy policy) {
            slowClients = Objects.requireNonNull(policy, "policy");
            return this;
        }

        /**
         * Finishes the endpoint.
         *
         * @return an immutable endpoint
         */
        public SocketEndpoint build() {
            return new SocketEndpoint(this);
        }

        private void requireNoTextHandler(String setting) {
            if (onText != null || onJson != null) {
                throw new IllegalStateException("websocket: " + setting + ": text messages are handled already by "
                        + (onText != null ? "onText" : "onJson") + ". Set one of onText and onJson, once.");
            }
        }

        private static <T> T once(String setting, @Nullable T known, T given) {
            Objects.requireNonNull(given, setting);
            if (known != null) {
                throw new IllegalStateException("websocket: " + setting + " was already set. Set it once.");
            }
            return given;
        }
    }
}
