/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.testkit;

import dev.cyanotype.socket.CloseStatus;
import dev.cyanotype.spi.SocketConnection;
import dev.cyanotype.spi.SocketFrame;
import dev.cyanotype.spi.SocketReceiver;
import dev.cyanotype.spi.Upgrade;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The client's side of an open websocket, in memory.
 *
 * <p>A message is handled before {@code send} returns, unless its handler answers later. Thread-safe.
 *
 * @since 0.1
 */
public final class TestSocket implements AutoCloseable {

    private final SocketReceiver receiver;
    private final @Nullable String subprotocol;
    private final List<TestFrame> frames = new ArrayList<>();

    /** What the app has sent while the client did not read. */
    private final Queue<Runnable> unread = new ArrayDeque<>();

    /** What the client has sent and the app has not asked for yet. */
    private final Queue<Runnable> unasked = new ArrayDeque<>();

    private int taken;
    private int demand;
    private int pings;
    private boolean delivering;
    private boolean paused;
    private @Nullable CloseStatus closed;

    TestSocket(Upgrade.Accepted accepted) {
        this.receiver = accepted.receiver();
        this.subprotocol = accepted.subprotocol();
        receiver.opened(new Connection());
    }

    /**
     * The sub-protocol that the app has chosen.
     *
     * @return null if there is none
     */
    public @Nullable String subprotocol() {
        return subprotocol;
    }

    /**
     * Sends a message {@code {"type":…,"data":…}}.
     *
     * @param type the message's type
     * @param data its data: a string is JSON already, anything else is encoded; null leaves it out
     * @return this
     */
    public TestSocket send(String type, @Nullable Object data) {
        return send(type, data, null);
    }

    /**
     * Sends a message {@code {"type":…,"data":…,"id":…}}.
     *
     * @param type the message's type
     * @param data its data: a string is JSON already, anything else is encoded; null leaves it out
     * @param id what comes back in the answer; null leaves it out
     * @return this
     */
    public TestSocket send(String type, @Nullable Object data, @Nullable Object id) {
        Map<String, Object> message = new LinkedHashMap<>();
        message.put("type", Objects.requireNonNull(type, "type"));
        if (data != null) {
            message.put("data", TestJson.tree(data));
        }
        if (id != null) {
            message.put("id", id);
        }
        return sendJson(message);
    }

    /**
     * Sends any JSON.
     *
     * @param message a string is JSON already, anything else is encoded
     * @return this
     */
    public TestSocket sendJson(Object message) {
        return sendText(
                TestJson.tree(Objects.requireNonNull(message, "message")).toString());
    }

    /**
     * Sends a text message.
     *
     * @param message the text
     * @return this
     * @throws IllegalStateException if the socket is closed
     */
    public TestSocket sendText(String message) {
        Objects.requireNonNull(message, "message");
        return give(() -> receiver.text(message));
    }

    /**
     * Sends a binary message.
     *
     * @param message the bytes
     * @return this
     * @throws IllegalStateException if the socket is closed
     */
    public TestSocket sendBinary(byte[] message) {
        byte[] copy = message.clone();
        return give(() -> receiver.binary(copy));
    }

    private TestSocket give(Runnable delivery) {
        synchronized (this) {
            if (closed != null) {
                throw new IllegalStateException("the websocket is closed: " + closed);
            }
            unasked.add(delivery);
        }
        deliver();
        return this;
    }

    /** Gives the app what it has asked for, one after the other. */
    private void deliver() {
        while (true) {
            Runnable next;
            synchronized (this) {
                if (delivering || demand == 0 || unasked.isEmpty()) {
                    return;
                }
                demand--;
                delivering = true;
                next = unasked.remove();
            }
            try {
                next.run();
            } finally {
                synchronized (this) {
                    delivering = false;
                }
            }
        }
    }

    /**
     * Reads no more, as a slow client does; what the app sends waits on its side.
     *
     * @return this
     */
    public synchronized TestSocket pause() {
        paused = true;
        return this;
    }

    /**
     * Reads again, also what has waited.
     *
     * @return this
     */
    public TestSocket resume() {
        while (true) {
            Runnable next;
            synchronized (this) {
                next = unread.poll();
                if (next == null) {
                    paused = false;
                    return this;
                }
            }
            next.run();
        }
    }

    /**
     * All messages that it has got.
     *
     * @return in order; a snapshot
     */
    public synchronized List<TestFrame> frames() {
        return List.copyOf(frames);
    }

    /**
     * The messages that {@link #next()} has not returned yet.
     *
     * @return in order; a snapshot
     */
    public synchronized List<TestFrame> unseen() {
        return List.copyOf(frames.subList(taken, frames.size()));
    }

    /**
     * The next message that it has got.
     *
     * @return the first that this method has not returned yet
     * @throws AssertionError if there is none
     */
    public synchronized TestFrame next() {
        if (taken == frames.size()) {
            throw new AssertionError("the websocket's client has got no further message (got: " + frames
                    + (closed == null ? "" : ", then closed: " + closed) + ")");
        }
        return frames.get(taken++);
    }

    /**
     * How it was closed.
     *
     * @return null while it is open
     */
    public synchronized @Nullable CloseStatus closed() {
        return closed;
    }

    /**
     * How often the app has asked for a sign of life.
     *
     * @return 0 or more
     */
    public synchronized int pings() {
        return pings;
    }

    /**
     * Closes it.
     *
     * @param code the close code
     * @param reason often empty
     */
    public void close(int code, String reason) {
        end(code, Objects.requireNonNull(reason, "reason"));
    }

    /** Closes it with 1000. */
    @Override
    public void close() {
        close(1000, "");
    }

    /** Is gone without a word, as a client that has crashed. */
    public void vanish() {
        end(1006, "");
    }

    private void end(int code, String reason) {
        synchronized (this) {
            if (closed != null) {
                return;
            }
            closed = new CloseStatus(code, reason);
            unread.clear();
            unasked.clear();
        }
        receiver.closed(code, reason);
    }

    /** What the app has of it. */
    private final class Connection implements SocketConnection {

        @Override
        public void send(SocketFrame frame, Consumer<@Nullable Throwable> done) {
            TestFrame received = new TestFrame(frame);
            boolean open;
            synchronized (TestSocket.this) {
                open = closed == null;
                if (open && paused) {
                    unread.add(() -> take(received, done));
                    return;
                }
            }
            if (open) {
                take(received, done);
            } else {
                done.accept(new IllegalStateException("the websocket is closed"));
            }
        }

        private void take(TestFrame frame, Consumer<@Nullable Throwable> done) {
            synchronized (TestSocket.this) {
                frames.add(frame);
            }
            done.accept(null);
        }

        @Override
        public void ping() {
            synchronized (TestSocket.this) {
                pings++;
            }
            receiver.pong();
        }

        @Override
        public void demand() {
            synchronized (TestSocket.this) {
                demand++;
            }
            deliver();
        }

        @Override
        public void close(int code, String reason) {
            end(code, reason);
        }

        @Override
        public void abort() {
            end(1006, "");
        }
    }
}
