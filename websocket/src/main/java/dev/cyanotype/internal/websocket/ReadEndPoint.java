/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.websocket;

import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.concurrent.Executor;
import org.eclipse.jetty.io.AbstractConnection;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.ConnectionMetaData;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * A connection that is read by the very thread that waits for all connections.
 *
 * <p>Jetty can't know that nobody blocks who is told of frames, and would wake a further thread for each message, to wait in
 * place of the one that reads. Here whatever may block is done by the app's executor. So that a client that sends without end
 * does not keep the thread from the others, each is read so far and no further before it is their turn.
 *
 * <p>As thread-safe as what it wraps; one thread reads at a time.
 */
final class ReadEndPoint implements EndPoint, EndPoint.Wrapper, Callback {

    /** How much is read before it is the turn of other connections. */
    private static final int BYTES_A_TURN = 64 << 10;

    private final EndPoint wrapped;

    /** Who waits for something to read: always the same one. */
    private @Nullable Callback reader;

    private int bytesOfTurn;

    ReadEndPoint(EndPoint wrapped) {
        this.wrapped = wrapped;
    }

    /** What a handshake is to see, so that it makes a websocket of a connection that is read in this way. */
    static ConnectionMetaData of(ConnectionMetaData real) {
        return new Seen(real);
    }

    @Override
    public EndPoint unwrap() {
        return wrapped;
    }

    // Reading.

    @Override
    public void fillInterested(Callback callback) {
        reader = callback;
        wrapped.fillInterested(this);
    }

    @Override
    public boolean tryFillInterested(Callback callback) {
        reader = callback;
        return wrapped.tryFillInterested(this);
    }

    @Override
    public boolean isFillInterested() {
        return wrapped.isFillInterested();
    }

    @Override
    public int fill(ByteBuffer buffer) throws IOException {
        if (bytesOfTurn >= BYTES_A_TURN) {
            // As if there were no more; so the reader waits, and is told at once when the others have had their turn.
            bytesOfTurn = 0;
            return 0;
        }
        int bytes = wrapped.fill(buffer);
        bytesOfTurn += Math.max(0, bytes);
        return bytes;
    }

    @Override
    public void succeeded() {
        bytesOfTurn = 0;
        Objects.requireNonNull(reader, "reader").succeeded();
    }

    @Override
    public void failed(Throwable cause) {
        Objects.requireNonNull(reader, "reader").failed(cause);
    }

    @Override
    public InvocationType getInvocationType() {
        return InvocationType.NON_BLOCKING;
    }

    // Everything else.

    @Override
    public SocketAddress getLocalSocketAddress() {
        return wrapped.getLocalSocketAddress();
    }

    @Override
    public SocketAddress getRemoteSocketAddress() {
        return wrapped.getRemoteSocketAddress();
    }

    @Override
    public boolean isOpen() {
        return wrapped.isOpen();
    }

    @Override
    public long getCreatedTimeStamp() {
        return wrapped.getCreatedTimeStamp();
    }

    @Override
    public void shutdownOutput() {
        wrapped.shutdownOutput();
    }

    @Override
    public boolean isOutputShutdown() {
        return wrapped.isOutputShutdown();
    }

    @Override
    public boolean isInputShutdown() {
        return wrapped.isInputShutdown();
    }

    @Override
    public void close() {
        wrapped.close();
    }

    @Override
    public void close(@Nullable Throwable cause) {
        wrapped.close(cause);
    }

    @Override
    public boolean flush(ByteBuffer... buffers) throws IOException {
        return wrapped.flush(buffers);
    }

    @Override
    public Object getTransport() {
        return wrapped.getTransport();
    }

    @Override
    public long getIdleTimeout() {
        return wrapped.getIdleTimeout();
    }

    @Override
    public void setIdleTimeout(long millis) {
        wrapped.setIdleTimeout(millis);
    }

    @Override
    public void write(Callback callback, ByteBuffer... buffers) {
        wrapped.write(callback, buffers);
    }

    @Override
    public void write(boolean last, ByteBuffer buffer, Callback callback) {
        wrapped.write(last, buffer, callback);
    }

    @Override
    public @Nullable Callback cancelWrite(Throwable cause) {
        return wrapped.cancelWrite(cause);
    }

    @Override
    public Connection getConnection() {
        return wrapped.getConnection();
    }

    @Override
    public void setConnection(Connection connection) {
        wrapped.setConnection(connection);
    }

    @Override
    public void onOpen() {
        wrapped.onOpen();
    }

    @Override
    public void onClose(@Nullable Throwable cause) {
        wrapped.onClose(cause);
    }

    @Override
    public void upgrade(Connection connection) {
        wrapped.upgrade(connection);
    }

    @Override
    public @Nullable SslSessionData getSslSessionData() {
        return wrapped.getSslSessionData();
    }

    @Override
    public boolean isSecure() {
        return wrapped.isSecure();
    }

    @Override
    public String toString() {
        return "ReadEndPoint[" + wrapped + "]";
    }

    private static final class Seen extends ConnectionMetaData.Wrapper {

        Seen(ConnectionMetaData real) {
            super(real);
        }

        @Override
        public Connection getConnection() {
            return new BehindWrapper(
                    new ReadEndPoint(super.getConnection().getEndPoint()),
                    getConnector().getExecutor());
        }
    }

    /** Leads to the wrapped connection, and is good for nothing else. */
    private static final class BehindWrapper extends AbstractConnection {

        BehindWrapper(EndPoint endPoint, Executor executor) {
            super(endPoint, executor);
        }

        @Override
        public void onFillable() {
            throw new IllegalStateException("nothing is read here");
        }
    }
}
