/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.testkit;

import java.net.InetSocketAddress;
import java.util.Objects;

/**
 * A request to open a websocket, being put together.
 *
 * <p>Not thread-safe.
 *
 * @since 0.1
 */
public final class TestSocketRequest {

    private final Door door;
    private final TestRequest request;

    TestSocketRequest(Door door, String target) {
        this.door = door;
        this.request = new TestRequest(door, "GET", target)
                .header("Upgrade", "websocket")
                .header("Connection", "Upgrade")
                .header("Sec-WebSocket-Version", "13")
                .header("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ==");
    }

    /**
     * Adds a header field.
     *
     * @param name the field's name
     * @param value its value
     * @return this
     */
    public TestSocketRequest header(String name, String value) {
        request.header(name, value);
        return this;
    }

    /**
     * Sets the asked host.
     *
     * @param host a host, perhaps with a port; default {@code localhost}
     * @return this
     */
    public TestSocketRequest host(String host) {
        request.host(host);
        return this;
    }

    /**
     * Sets the origin of the page that a browser would send it from.
     *
     * @param origin such as {@code https://example.com}; without it the client is no browser
     * @return this
     */
    public TestSocketRequest origin(String origin) {
        return header("Origin", origin);
    }

    /**
     * Offers sub-protocols.
     *
     * @param names the preferred one first
     * @return this
     */
    public TestSocketRequest subprotocols(String... names) {
        return header("Sec-WebSocket-Protocol", String.join(", ", names));
    }

    /**
     * Sets where it comes from, in memory.
     *
     * @param address the address of the client; unknown by default. With real transports, where a request comes from where it
     *     comes from, {@link #open} throws an {@link UnsupportedOperationException}
     * @return this
     */
    public TestSocketRequest remoteAddress(InetSocketAddress address) {
        request.remoteAddress(address);
        return this;
    }

    /**
     * Opens the websocket.
     *
     * @return the open socket
     * @throws AssertionError if it is refused, with the answer
     */
    public TestSocket open() {
        Door.Opening opening = door.open(request);
        TestResponse refusal = opening.refusal();
        if (refusal != null) {
            throw new AssertionError(
                    "websocket %s was refused: %d %s".formatted(request.path(), refusal.status(), refusal.text()));
        }
        return Objects.requireNonNull(opening.socket(), "socket");
    }

    /**
     * Expects to be refused.
     *
     * @return the answer; that of a route if there is no websocket
     * @throws AssertionError if the websocket opens
     */
    public TestResponse refused() {
        Door.Opening opening = door.open(request);
        TestSocket socket = opening.socket();
        if (socket != null) {
            socket.vanish();
            throw new AssertionError("websocket %s opens (expected: it is refused)".formatted(request.path()));
        }
        return Objects.requireNonNull(opening.refusal(), "refusal");
    }

    @Override
    public String toString() {
        return "websocket " + Objects.toString(request.path());
    }
}
