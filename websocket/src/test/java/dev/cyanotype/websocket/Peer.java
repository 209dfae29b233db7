/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.websocket;

import dev.cyanotype.spi.HttpRequest;
import dev.cyanotype.spi.SocketConnection;
import dev.cyanotype.spi.SocketFrame;
import dev.cyanotype.spi.SocketReceiver;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The app's side of one websocket: writes down what comes, and may echo it. */
class Peer implements SocketReceiver {

    private static final int MAX_MESSAGE_BYTES = 64 << 10;

    final HttpRequest request;
    private final boolean echo;
    private final BlockingQueue<String> events = new LinkedBlockingQueue<>();
    private final AtomicInteger inside = new AtomicInteger();
    volatile SocketConnection connection;

    Peer(HttpRequest request, boolean echo) {
        this.request = request;
        this.echo = echo;
    }

    @Override
    public int maxMessageBytes() {
        return MAX_MESSAGE_BYTES;
    }

    @Override
    public void opened(SocketConnection newConnection) {
        connection = newConnection;
        event("opened");
        if (echo) {
            newConnection.demand();
        }
    }

    @Override
    public void text(String message) {
        event("text " + abbreviated(message));
        if (echo) {
            connection.send(SocketFrame.text(message), failure -> {});
            connection.demand();
        }
    }

    @Override
    public void binary(byte[] message) {
        event("binary " + message.length);
        if (echo) {
            connection.send(SocketFrame.binary(message), failure -> {});
            connection.demand();
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

    /** Calls must come one at a time. */
    private void event(String what) {
        events.add(inside.getAndIncrement() == 0 ? what : "beside another call: " + what);
        inside.decrementAndGet();
    }

    private static String abbreviated(String message) {
        return message.length() <= 100 ? message : message.length() + " characters";
    }

    /** The next event. */
    String next() throws InterruptedException {
        String event = events.poll(20, TimeUnit.SECONDS);
        if (event == null) {
            throw new AssertionError("nothing happened for 20 s");
        }
        return event;
    }

    /** Whether something has happened that nobody has asked for. */
    boolean hasMore() {
        return !events.isEmpty();
    }
}
