/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.testkit;

import dev.cyanotype.spi.SocketConnection;
import dev.cyanotype.spi.SocketReceiver;
import org.jspecify.annotations.Nullable;

/** A websocket of a replica that may crash: then its client sees it gone, and the replica nothing. Thread-safe. */
final class ReplicaSocket implements SocketReceiver {

    private final SocketReceiver receiver;
    private volatile @Nullable SocketConnection connection;
    private volatile boolean crashed;

    ReplicaSocket(SocketReceiver receiver) {
        this.receiver = receiver;
    }

    void crash() {
        crashed = true;
        SocketConnection open = connection;
        if (open != null) {
            open.abort();
        }
    }

    @Override
    public int maxMessageBytes() {
        return receiver.maxMessageBytes();
    }

    @Override
    public void opened(SocketConnection opened) {
        connection = opened;
        receiver.opened(opened);
    }

    @Override
    public void text(String message) {
        if (!crashed) {
            receiver.text(message);
        }
    }

    @Override
    public void binary(byte[] message) {
        if (!crashed) {
            receiver.binary(message);
        }
    }

    @Override
    public void pong() {
        if (!crashed) {
            receiver.pong();
        }
    }

    @Override
    public void closed(int code, String reason) {
        if (!crashed) {
            receiver.closed(code, reason);
        }
    }
}
