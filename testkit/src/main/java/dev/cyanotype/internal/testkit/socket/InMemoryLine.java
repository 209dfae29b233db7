/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.testkit.socket;

import dev.cyanotype.spi.AppClock;
import dev.cyanotype.spi.SocketConnection;
import dev.cyanotype.spi.SocketFrame;
import dev.cyanotype.spi.SocketReceiver;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Both ends of a websocket, within the thread of whoever sends. Thread-safe. */
public final class InMemoryLine implements SocketLine, SocketConnection {

    private final SocketReceiver receiver;
    private final SocketClient client;

    /** What the app has sent while the client did not read. */
    private final Queue<Runnable> unread = new ArrayDeque<>();

    /** What the client has sent and the app has not asked for yet. */
    private final Queue<Runnable> unasked = new ArrayDeque<>();

    private int demand;
    private boolean delivering;
    private boolean paused;

    /** How often it began or ended to read slowly; who finds another number than its own stops. */
    private int paces;

    public InMemoryLine(SocketReceiver receiver, SocketClient client) {
        this.receiver = receiver;
        this.client = client;
    }

    @Override
    public void open() {
        receiver.opened(this);
    }

    @Override
    public void text(String message) {
        give(() -> receiver.text(message));
    }

    @Override
    public void binary(byte[] message) {
        give(() -> receiver.binary(message));
    }

    private void give(Runnable delivery) {
        synchronized (this) {
            unasked.add(delivery);
        }
        deliver();
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

    @Override
    public synchronized void pause() {
        paused = true;
    }

    /** Reads one message each so often, from now on. */
    public void slow(AppClock clock, Duration perMessage) {
        int pace;
        synchronized (this) {
            paused = true;
            pace = ++paces;
        }
        clock.schedule(perMessage, () -> readSlowly(clock, perMessage, pace));
    }

    private void readSlowly(AppClock clock, Duration perMessage, int pace) {
        Runnable next;
        synchronized (this) {
            if (pace != paces || !client.isOpen()) {
                return;
            }
            next = unread.poll();
        }
        if (next != null) {
            next.run();
        }
        clock.schedule(perMessage, () -> readSlowly(clock, perMessage, pace));
    }

    @Override
    public void resume() {
        synchronized (this) {
            paces++;
        }
        while (readOne()) {
            // Also what comes meanwhile has waited.
        }
    }

    /** Reads one message that has waited; if there is none, it reads whatever comes from now on. */
    private boolean readOne() {
        Runnable next;
        synchronized (this) {
            next = unread.poll();
            if (next == null) {
                paused = false;
                return false;
            }
        }
        next.run();
        return true;
    }

    @Override
    public void send(SocketFrame frame, Consumer<@Nullable Throwable> done) {
        byte[] bytes = new byte[frame.size()];
        frame.payload().get(bytes);
        synchronized (this) {
            if (paused && client.isOpen()) {
                unread.add(() -> take(frame.isText(), bytes, done));
                return;
            }
        }
        if (client.isOpen()) {
            take(frame.isText(), bytes, done);
        } else {
            done.accept(new IllegalStateException("the websocket is closed"));
        }
    }

    private void take(boolean text, byte[] bytes, Consumer<@Nullable Throwable> done) {
        client.received(text, bytes);
        done.accept(null);
    }

    @Override
    public void ping() {
        if (client.isOpen()) {
            client.pinged();
            receiver.pong();
        }
    }

    @Override
    public void demand() {
        synchronized (this) {
            demand++;
        }
        deliver();
    }

    @Override
    public void close(int code, String reason) {
        if (client.ended(code, reason)) {
            synchronized (this) {
                unread.clear();
                unasked.clear();
            }
            receiver.closed(code, reason);
        }
    }

    @Override
    public void abort() {
        close(1006, "");
    }

    @Override
    public void vanish() {
        close(1006, "");
    }

    /** It has happened already. */
    @Override
    public void settle() {}

    @Override
    public Duration patience() {
        return Duration.ZERO;
    }
}
