/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.websocket;

import java.nio.ByteBuffer;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.websocket.core.CoreSession;
import org.eclipse.jetty.websocket.core.Frame;
import org.eclipse.jetty.websocket.core.OpCode;
import org.jspecify.annotations.Nullable;

/**
 * The pings and pongs of one websocket. Of each there is at most one under way, so that a client that takes none costs no
 * memory.
 */
final class ControlFrames {

    /** No client needs a tenth of it. */
    private static final int MOST_A_SECOND = 100;

    private static final long SECOND = 1_000_000_000;

    private final CoreSession session;

    // Only the thread that has the current frame uses these.
    private long second = System.nanoTime();
    private int count;

    // Guarded by this.
    private boolean pinging;
    private boolean ponging;
    private byte @Nullable [] nextPong;

    ControlFrames(CoreSession session) {
        this.session = session;
    }

    /** Counts one more frame that is no part of a message; says whether the client has sent too many of late. */
    boolean isTooMany() {
        long now = System.nanoTime();
        if (now - second >= SECOND) {
            second = now;
            count = 0;
        }
        return ++count > MOST_A_SECOND;
    }

    void ping() {
        synchronized (this) {
            if (pinging) {
                return;
            }
            pinging = true;
        }
        session.sendFrame(new Frame(OpCode.PING), Callback.from(this::pinged), false);
    }

    private synchronized void pinged() {
        pinging = false;
    }

    /** Answers a ping, or the latest of those that came while the client took no answer (RFC 6455, 5.5.3). */
    void pong(byte[] payload) {
        synchronized (this) {
            if (ponging) {
                nextPong = payload;
                return;
            }
            ponging = true;
        }
        send(payload);
    }

    private void send(byte[] payload) {
        session.sendFrame(new Frame(OpCode.PONG, ByteBuffer.wrap(payload)), Callback.from(this::ponged), false);
    }

    private void ponged() {
        byte[] waiting;
        synchronized (this) {
            waiting = nextPong;
            nextPong = null;
            ponging = waiting != null;
        }
        if (waiting != null) {
            send(waiting);
        }
    }
}
