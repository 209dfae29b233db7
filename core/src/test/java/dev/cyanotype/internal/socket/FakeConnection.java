/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.socket;

import dev.cyanotype.spi.SocketConnection;
import dev.cyanotype.spi.SocketFrame;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A client's end that notes what it gets, and says when it likes that it has been taken. Thread-safe. */
public final class FakeConnection implements SocketConnection {

    private final List<String> record = new ArrayList<>();
    private final Queue<Consumer<@Nullable Throwable>> untold = new ArrayDeque<>();
    private final boolean atOnce;
    private int most;
    private Runnable onClose = () -> {};

    private FakeConnection(boolean atOnce) {
        this.atOnce = atOnce;
    }

    /** Takes everything within the call that sends it. */
    public static FakeConnection quick() {
        return new FakeConnection(true);
    }

    /** Takes nothing until it is told to. */
    public static FakeConnection slow() {
        return new FakeConnection(false);
    }

    public FakeConnection onClose(Runnable action) {
        onClose = action;
        return this;
    }

    /** Everything in its order: texts as they are, the rest in words. */
    public synchronized List<String> record() {
        return List.copyOf(record);
    }

    /** What it has got, without what its transport was asked for. */
    public List<String> got() {
        return record().stream().filter(what -> !what.equals("(demand)")).toList();
    }

    synchronized int inFlight() {
        return untold.size();
    }

    /** How many were under way at once, at most. */
    synchronized int mostInFlight() {
        return most;
    }

    /** Takes some of what is under way. */
    void take(int frames) {
        for (int i = 0; i < frames; i++) {
            Consumer<@Nullable Throwable> next;
            synchronized (this) {
                next = untold.remove();
            }
            next.accept(null);
        }
    }

    /** Takes all, also what comes while it does. */
    void takeAll() {
        while (inFlight() > 0) {
            take(1);
        }
    }

    void fail(Throwable failure) {
        Consumer<@Nullable Throwable> next;
        synchronized (this) {
            next = untold.remove();
        }
        next.accept(failure);
    }

    @Override
    public void send(SocketFrame frame, Consumer<@Nullable Throwable> done) {
        synchronized (this) {
            record.add(
                    frame.isText()
                            ? StandardCharsets.UTF_8.decode(frame.payload()).toString()
                            : frame.size() + " bytes");
            if (!atOnce) {
                untold.add(done);
                most = Math.max(most, untold.size());
            }
        }
        if (atOnce) {
            done.accept(null);
        }
    }

    @Override
    public synchronized void ping() {
        record.add("(ping)");
    }

    @Override
    public synchronized void demand() {
        record.add("(demand)");
    }

    @Override
    public void close(int code, String reason) {
        note("(close " + code + " " + reason + ")");
        onClose.run();
    }

    @Override
    public void abort() {
        note("(abort)");
        onClose.run();
    }

    private synchronized void note(String what) {
        record.add(what);
    }
}
