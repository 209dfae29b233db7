/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.spi;

import org.jspecify.annotations.Nullable;

/**
 * What an app makes of a request to open a websocket.
 *
 * @since 0.1
 */
public sealed interface Upgrade {

    /**
     * The socket is to be opened.
     *
     * @param receiver what comes over it goes there; if it can't be opened after all, {@link SocketReceiver#closed} has to
     *     be called with 1006
     * @param subprotocol the one of the offered sub-protocols that is to be confirmed, or null for none
     */
    record Accepted(SocketReceiver receiver, @Nullable String subprotocol) implements Upgrade {}

    /**
     * The request is answered like any other, and the connection stays what it was.
     *
     * @param response the answer, to be closed by the transport
     */
    record Refused(RenderedResponse response) implements Upgrade {}

    /** There is no websocket at this address, so that the request is one for HTTP. */
    record Absent() implements Upgrade {}
}
