/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.spi;

/**
 * What an app makes of one websocket.
 *
 * <p>Implemented by the library only. The transport calls {@link #opened} first, then the others in the order things
 * happen, one at a time, and {@link #closed} last and exactly once: also when the client was gone before the socket was
 * open. No method blocks, none throws.
 *
 * @since 0.1
 */
public interface SocketReceiver {

    /**
     * The largest message that a client may send, which the transport sees to: beyond it the connection is closed with 1009.
     * The parts of a fragmented message count together.
     *
     * @return in bytes
     */
    int maxMessageBytes();

    /**
     * The socket is open.
     *
     * @param connection reaches the client
     */
    void opened(SocketConnection connection);

    /**
     * A text message came, which was asked for with {@link SocketConnection#demand()}.
     *
     * @param message the whole message
     */
    void text(String message);

    /**
     * A binary message came, which was asked for with {@link SocketConnection#demand()}.
     *
     * @param message the whole message, an array of the receiver's own
     */
    void binary(byte[] message);

    /** The client gave a sign of life that is no message: an answer to a ping, or a ping of its own. */
    void pong();

    /**
     * The socket is closed, and its connection gone.
     *
     * @param code the close code: that of the client, or of whoever closed first; 1005 if there was none, 1006 if the
     *     connection broke
     * @param reason what came with it, often empty
     */
    void closed(int code, String reason);
}
