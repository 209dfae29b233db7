/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.websocket;

import dev.cyanotype.internal.testkit.wire.RawSocket;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Answers the pings that a raw client gets, until it is closed, and reads nothing else. */
final class RawSocketPongs {

    private final AtomicInteger answered = new AtomicInteger();
    private final CompletableFuture<String> closing = new CompletableFuture<>();

    RawSocketPongs(RawSocket client) {
        Thread thread = new Thread(() -> answer(client), "pongs");
        thread.setDaemon(true);
        thread.start();
    }

    private void answer(RawSocket client) {
        try {
            RawSocket.Frame frame = client.read();
            while (frame.opCode() == RawSocket.PING) {
                client.frame(RawSocket.FIN | RawSocket.PONG, frame.payload());
                answered.incrementAndGet();
                frame = client.read();
            }
            client.frame(RawSocket.FIN | RawSocket.CLOSE, frame.payload());
            closing.complete(frame.closing());
        } catch (IOException | AssertionError e) {
            closing.completeExceptionally(e);
        }
    }

    int answered() {
        return answered.get();
    }

    /** What it is closed with. */
    String closing() throws Exception {
        return closing.get(20, TimeUnit.SECONDS);
    }
}
