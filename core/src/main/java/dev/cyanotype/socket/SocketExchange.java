/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.socket;

import dev.cyanotype.exchange.Exchange;
import dev.cyanotype.message.Callers;

/**
 * Something that a websocket's client does, on its way to its handler: it connects, sends a message, or goes.
 *
 * <p>Not thread-safe, see {@link Exchange}; its {@link #socket()} is. Attributes are first looked for among those of this
 * exchange, then among those of the socket.
 *
 * @since 0.1
 */
public interface SocketExchange extends Exchange, Callers {

    /**
     * The client's websocket.
     *
     * @return the socket; not open yet in a connect hook, where what is sent to it waits
     */
    Socket socket();

    /**
     * The websockets of the app.
     *
     * @return all of them
     */
    Sockets sockets();

    /**
     * The client's id.
     *
     * @return that of the {@link #socket()}
     */
    default String clientId() {
        return socket().id();
    }

    /**
     * The request that opened the websocket.
     *
     * @return that of the {@link #socket()}
     */
    default Handshake handshake() {
        return socket().handshake();
    }
}
