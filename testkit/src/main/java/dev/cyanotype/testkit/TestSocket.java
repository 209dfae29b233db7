/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.testkit;

import dev.cyanotype.internal.testkit.socket.SocketClient;
import dev.cyanotype.internal.testkit.socket.SocketLine;
import dev.cyanotype.socket.CloseStatus;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The client's side of an open websocket.
 *
 * <p>A message is handled before {@code send} returns, unless its handler answers later. Thread-safe.
 *
 * @since 0.1
 */
public final class TestSocket implements AutoCloseable {

    private final String path;
    private final @Nullable String subprotocol;
    private final Recorder recorder;
    private final SocketLine line;
    private final List<TestFrame> frames = new ArrayList<>();

    private int taken;
    private int pings;
    private @Nullable CloseStatus closed;

    /** Opens at once. */
    TestSocket(String path, @Nullable String subprotocol, Recorder recorder, Function<SocketClient, SocketLine> line) {
        this.path = path;
        this.subprotocol = subprotocol;
        this.recorder = recorder;
        this.line = line.apply(new Client());
        recorder.add(TestEvent.Kind.SOCKET, path, "opens");
        this.line.open();
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
        requireOpen();
        recorder.add(TestEvent.Kind.FRAME_IN, path, Objects.requireNonNull(message, "message"));
        line.text(message);
        return this;
    }

    /**
     * Sends a binary message.
     *
     * @param message the bytes
     * @return this
     * @throws IllegalStateException if the socket is closed
     */
    public TestSocket sendBinary(byte[] message) {
        requireOpen();
        recorder.add(TestEvent.Kind.FRAME_IN, path, message.length + " bytes");
        line.binary(message.clone());
        return this;
    }

    private void requireOpen() {
        synchronized (this) {
            if (closed != null) {
                throw new IllegalStateException("the websocket is closed: " + closed);
            }
        }
    }

    /**
     * Reads no more, as a slow client does; what the app sends waits on its side.
     *
     * @return this
     */
    public TestSocket pause() {
        line.pause();
        return this;
    }

    /**
     * Reads again, also what has waited.
     *
     * @return this
     */
    public TestSocket resume() {
        line.resume();
        return this;
    }

    /**
     * All messages that it has got.
     *
     * @return in order; a snapshot
     */
    public List<TestFrame> frames() {
        line.settle();
        synchronized (this) {
            return List.copyOf(frames);
        }
    }

    /**
     * The messages that {@link #next()} has not returned yet.
     *
     * @return in order; a snapshot
     */
    public List<TestFrame> unseen() {
        line.settle();
        synchronized (this) {
            return List.copyOf(frames.subList(taken, frames.size()));
        }
    }

    /**
     * The next message that it has got.
     *
     * @return the first that this method has not returned yet
     * @throws AssertionError if there is none; with real transports, if none comes within ten seconds
     */
    public TestFrame next() {
        await(() -> taken < frames.size() || closed != null);
        synchronized (this) {
            if (taken == frames.size()) {
                throw new AssertionError("the websocket's client has got no further message (got: " + frames
                        + (closed == null ? "" : ", then closed: " + closed) + ")");
            }
            return frames.get(taken++);
        }
    }

    /**
     * The next message of a type that it has got, on the app's socket for messages; those before it are passed over.
     *
     * @param type such as {@code response}
     * @return the first of the type that {@code next} has not returned or passed over yet
     * @throws AssertionError if there is none; with real transports, if none comes within ten seconds
     */
    public TestFrame next(String type) {
        Objects.requireNonNull(type, "type");
        while (true) {
            TestFrame frame = next();
            if (frame.isText() && frame.type().equals(type)) {
                return frame;
            }
        }
    }

    /**
     * How it was closed.
     *
     * @return null while it is open
     */
    public @Nullable CloseStatus closed() {
        line.settle();
        synchronized (this) {
            return closed;
        }
    }

    /** How it was closed, or null if it stays open for as long as that makes sense to wait for. */
    @Nullable
    CloseStatus awaitClosed() {
        await(() -> closed != null);
        return closed();
    }

    /** Waits as long as the line may still bring something. */
    private synchronized void await(BooleanSupplier there) {
        long deadline = System.nanoTime() + line.patience().toNanos();
        while (!there.getAsBoolean()) {
            long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
            if (left <= 0) {
                return;
            }
            try {
                wait(left);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
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
        line.close(code, Objects.requireNonNull(reason, "reason"));
    }

    /** Closes it with 1000. */
    @Override
    public void close() {
        close(1000, "");
    }

    /** Is gone without a word, as a client that has crashed. */
    public void vanish() {
        line.vanish();
    }

    /** What carries its messages. */
    SocketLine line() {
        return line;
    }

    /** Where its line leads to. */
    private final class Client implements SocketClient {

        @Override
        public boolean isOpen() {
            synchronized (TestSocket.this) {
                return closed == null;
            }
        }

        @Override
        public void received(boolean text, byte[] bytes) {
            TestFrame frame = new TestFrame(text, bytes);
            recorder.add(TestEvent.Kind.FRAME_OUT, path, frame.toString());
            synchronized (TestSocket.this) {
                frames.add(frame);
                TestSocket.this.notifyAll();
            }
        }

        @Override
        public void pinged() {
            synchronized (TestSocket.this) {
                pings++;
            }
        }

        @Override
        public boolean ended(int code, String reason) {
            synchronized (TestSocket.this) {
                if (closed != null) {
                    return false;
                }
                closed = new CloseStatus(code, reason);
                TestSocket.this.notifyAll();
            }
            recorder.add(TestEvent.Kind.SOCKET, path, "closed with " + code + (reason.isEmpty() ? "" : " " + reason));
            return true;
        }
    }
}
