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
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.jetty.io.AbstractConnection;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.ConnectionMetaData;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * A connection of a websocket, as Jetty reads it.
 *
 * <p>Jetty can't know that nobody blocks who is told of frames, and would wake a further thread for each message, to wait for all
 * connections in place of the one that reads. Here the very thread that waits for all of them reads, and whatever may block is
 * done by the app's executor. So that a client that sends without end does not keep the thread from the others, each is read so
 * far and no further before it is their turn.
 *
 * <p>Where there is little to do, to wake a thread of the executor is what takes most of the time. So a connection whose messages have
 * all been handled quickly is read in Jetty's own way while hardly anybody else is: another thread waits for all connections, and
 * this one handles what it has read, before it reads on. If a message then takes long after all, nobody else has to wait; only
 * what this client sends meanwhile is not seen, and the next messages are the executor's again.
 *
 * <p>As thread-safe as what it wraps; one thread reads at a time.
 */
final class ReadEndPoint implements EndPoint, EndPoint.Wrapper, Callback {

    /** How much is read before it is the turn of other connections. */
    private static final int BYTES_A_TURN = 64 << 10;

    /** What takes longer is not quick; waking a thread takes a tenth of that or less. */
    private static final long QUICK_NANOS = TimeUnit.MICROSECONDS.toNanos(500);

    /** After so many quick runs in a row the next one is expected to be quick. */
    private static final int TRUSTED = 16;

    /** So many threads that read may handle messages too. */
    private static final int MOST_HANDLING = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);

    /** Reads that are closer to one another are so many that it pays to go on reading. */
    private static final long BUSY_NANOS = TimeUnit.MICROSECONDS.toNanos(20);

    private static final AtomicInteger HANDLING = new AtomicInteger();
    private static final AtomicLong IDS = new AtomicLong();
    private static volatile long lastRead;
    private static volatile long lastReadAt = System.nanoTime();

    /** The connection that the current thread reads. */
    private static final ThreadLocal<ReadEndPoint> READING = new ThreadLocal<>();

    private final long id = IDS.incrementAndGet();
    private final EndPoint wrapped;

    /** How it is read next; decided when Jetty asks first, and kept until it is read. */
    private volatile @Nullable InvocationType next;

    /** Whether the thread that reads now may handle what it reads. */
    private boolean mayHandle;

    /** Runs in a row that were quick, as far as that is of interest. */
    private volatile int quickRuns;

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
        mayHandle = next == InvocationType.BLOCKING;
        next = null;
        bytesOfTurn = 0;
        READING.set(this);
        try {
            Objects.requireNonNull(reader, "reader").succeeded();
        } finally {
            READING.remove();
        }
    }

    @Override
    public void failed(Throwable cause) {
        next = null;
        Objects.requireNonNull(reader, "reader").failed(cause);
    }

    @Override
    public InvocationType getInvocationType() {
        InvocationType decided = next;
        if (decided == null) {
            decided = quickRuns >= TRUSTED && isQuiet() && HANDLING.get() < MOST_HANDLING
                    ? InvocationType.BLOCKING
                    : InvocationType.NON_BLOCKING;
            next = decided;
        }
        return decided;
    }

    /** Whether no other connection was read just now. Several threads may ask at once; then some answer is as good as another. */
    private boolean isQuiet() {
        long now = System.nanoTime();
        boolean quiet = lastRead == id || now - lastReadAt > BUSY_NANOS;
        lastRead = id;
        lastReadAt = now;
        return quiet;
    }

    /**
     * Runs something that may block, and that the current thread was led to by what it has read: itself if it may, else by an
     * executor.
     *
     * @param executor takes what this thread must not run
     */
    static void execute(Runnable task, Executor executor) {
        ReadEndPoint read = READING.get();
        if (read == null) {
            executor.execute(task);
        } else if (!read.mayHandle) {
            executor.execute(() -> read.run(task));
        } else {
            // What the task sets off for other connections is none of this thread's business.
            READING.remove();
            HANDLING.incrementAndGet();
            try {
                read.run(task);
            } finally {
                HANDLING.decrementAndGet();
                READING.set(read);
            }
        }
    }

    private void run(Runnable task) {
        long start = System.nanoTime();
        try {
            task.run();
        } finally {
            if (System.nanoTime() - start > QUICK_NANOS) {
                quickRuns = 0;
            } else if (quickRuns < TRUSTED) {
                int before = quickRuns;
                quickRuns = before + 1;
            }
        }
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
