/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.spi;

import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * An open websocket, as its transport has it.
 *
 * <p>Implemented by transports. No method blocks, none throws. Thread-safe, except that {@link #send} is called from one
 * thread at a time.
 *
 * @since 0.1
 */
public interface SocketConnection {

    /**
     * What runs the handlers of this connection's messages, which may block.
     *
     * <p>A transport may run one on the thread that has read its message, which saves waking another, if no other connection
     * waits for that thread. Then {@link SocketReceiver#text} and {@link SocketReceiver#binary} take as long as the handler does.
     *
     * @param app the app's executor
     * @return that executor, unless the transport knows better
     */
    default Executor executor(Executor app) {
        return app;
    }

    /**
     * Sends a message behind those sent before. How much is under way at once is limited by the caller.
     *
     * @param frame the message
     * @param done called once, on a thread that must not block: with null when the message has been handed to the network,
     *     or with the reason why it was not; it may be called before this returns
     */
    void send(SocketFrame frame, Consumer<@Nullable Throwable> done);

    /** Asks the client for a sign of life; it comes as {@link SocketReceiver#pong()}. Does nothing once it is closed. */
    void ping();

    /**
     * Has one more message read and given to the receiver, once it is there; the transport reads none unasked. Control
     * frames are seen to at least until a message is there that nobody has asked for.
     */
    void demand();

    /**
     * Sends a close frame behind the messages sent before. When the client has answered, or in five seconds at the latest,
     * the connection is gone and {@link SocketReceiver#closed} has been called. Does nothing if it is closing already.
     *
     * @param code from 1000 to 4999, as RFC 6455, 7.4 allows it to be sent
     * @param reason up to 123 bytes of UTF-8, often empty
     */
    void close(int code, String reason);

    /** Cuts the connection at once, without a close frame. {@link SocketReceiver#closed} is called. */
    void abort();
}
