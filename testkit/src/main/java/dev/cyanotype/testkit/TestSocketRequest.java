/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.testkit;

import dev.cyanotype.spi.RenderedResponse;
import dev.cyanotype.spi.Upgrade;
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

    private final InMemoryTransport transport;
    private final TestRequest request;

    TestSocketRequest(InMemoryTransport transport, String target) {
        this.transport = transport;
        this.request = new TestRequest(transport, "GET", target)
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
     * Sets where it comes from.
     *
     * @param address the address of the client; unknown by default
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
        Upgrade upgrade = transport.upgrade(request.build());
        if (upgrade instanceof Upgrade.Accepted accepted) {
            return new TestSocket(accepted);
        }
        TestResponse response = answer(upgrade);
        throw new AssertionError(
                "websocket %s was refused: %d %s".formatted(request.path(), response.status(), response.text()));
    }

    /**
     * Expects to be refused.
     *
     * @return the answer; that of a route if there is no websocket
     * @throws AssertionError if the websocket opens
     */
    public TestResponse refused() {
        Upgrade upgrade = transport.upgrade(request.build());
        if (upgrade instanceof Upgrade.Accepted accepted) {
            accepted.receiver().closed(1006, "");
            throw new AssertionError("websocket %s opens (expected: it is refused)".formatted(request.path()));
        }
        return answer(upgrade);
    }

    private TestResponse answer(Upgrade upgrade) {
        if (upgrade instanceof Upgrade.Refused refused) {
            try (RenderedResponse response = refused.response()) {
                return new TestResponse(response);
            }
        }
        return request.send();
    }

    @Override
    public String toString() {
        return "websocket " + Objects.toString(request.path());
    }
}
