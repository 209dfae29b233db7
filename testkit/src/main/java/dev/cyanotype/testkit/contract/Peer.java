/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.testkit.contract;

import dev.cyanotype.spi.SocketConnection;
import dev.cyanotype.spi.SocketReceiver;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** The app's side of one websocket: writes down what comes, and may ask for more by itself. */
final class Peer implements SocketReceiver {

    static final int MAX_MESSAGE_BYTES = 64 << 10;

    private final boolean eager;
    private final BlockingQueue<String> events = new LinkedBlockingQueue<>();
    private final AtomicInteger inside = new AtomicInteger();
    private volatile @Nullable SocketConnection connection;

    private Peer(boolean eager) {
        this.eager = eager;
    }

    /** Asks for each message. */
    static Peer eager() {
        return new Peer(true);
    }

    /** Asks for none; the test does. */
    static Peer quiet() {
        return new Peer(false);
    }

    SocketConnection connection() {
        return Objects.requireNonNull(connection, "not opened");
    }

    @Override
    public int maxMessageBytes() {
        return MAX_MESSAGE_BYTES;
    }

    @Override
    public void opened(SocketConnection newConnection) {
        connection = newConnection;
        event("opened");
        if (eager) {
            newConnection.demand();
        }
    }

    @Override
    public void text(String message) {
        event("text " + (message.length() <= 100 ? message : message.length() + " characters"));
        if (eager) {
            connection().demand();
        }
    }

    @Override
    public void binary(byte[] message) {
        event("binary " + message.length);
        if (eager) {
            connection().demand();
        }
    }

    @Override
    public void pong() {
        event("pong");
    }

    @Override
    public void closed(int code, String reason) {
        event("closed " + code + (reason.isEmpty() ? "" : " " + reason));
    }

    /** Calls have to come one at a time. */
    private void event(String what) {
        events.add(inside.getAndIncrement() == 0 ? what : "beside another call: " + what);
        inside.decrementAndGet();
    }

    /** The next event. */
    String next() throws InterruptedException {
        String event = events.poll(20, TimeUnit.SECONDS);
        if (event == null) {
            throw new AssertionError("nothing happened for 20 s");
        }
        return event;
    }

    /** The next event that is no sign of life. */
    String nextButPongs() throws InterruptedException {
        String event = next();
        while (event.equals("pong")) {
            event = next();
        }
        return event;
    }

    /** Whether something has happened that nobody has looked at. */
    boolean hasMore() {
        return !events.isEmpty();
    }
}
