/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.socket;

import dev.cyanotype.socket.SocketOptions;
import dev.cyanotype.spi.AppClock;
import java.time.Duration;
import java.time.Instant;

/** When a client was last heard of, and what follows from that. Times are by {@link AppClock#nanoTime()}. Thread-safe. */
final class LifeSigns {

    /** What is to be done about a client. */
    enum Need {
        NOTHING,
        /** It was silent, and is to be asked for a sign of life. */
        PING,
        /** It was asked for one and gave none. */
        GIVE_UP,
        /** It lives, but has had nothing to say and nothing to hear. */
        DISMISS
    }

    /** How long is too long. */
    record Limits(long pingNanos, long pongNanos, long idleNanos) {

        static Limits of(SocketOptions options) {
            Duration idle = options.idleTimeout();
            return new Limits(
                    options.pingInterval().toNanos(),
                    options.pongTimeout().toNanos(),
                    idle == null ? Long.MAX_VALUE : idle.toNanos());
        }

        /** After how long without progress what was sent counts as not wanted. */
        long stallNanos() {
            return pingNanos + pongNanos;
        }
    }

    private final long createdMillis;
    private volatile long heardAt;
    private volatile long messageAt;
    private volatile long pingedAt;
    private volatile long messages;

    LifeSigns(AppClock clock) {
        long now = clock.nanoTime();
        createdMillis = clock.millis();
        heardAt = now;
        messageAt = now;
        pingedAt = now;
    }

    /** It gave a sign of life. */
    void heard(long now) {
        heardAt = now;
    }

    /** Its socket is open. */
    void opened(long now) {
        heardAt = now;
        messageAt = now;
    }

    /** It has sent a message; told by one thread at a time. */
    void said(long now) {
        heardAt = now;
        messageAt = now;
        long before = messages;
        messages = before + 1;
    }

    /** How many messages it has sent. */
    long messages() {
        return messages;
    }

    /** It was sent a message. */
    void told(long now) {
        messageAt = now;
    }

    Instant created() {
        return Instant.ofEpochMilli(createdMillis);
    }

    Instant lastHeard(AppClock clock) {
        return clock.instant().minusNanos(clock.nanoTime() - heardAt);
    }

    /** Begins the time for an answer anew, as none could be heard until now. */
    void excuse(long now) {
        if (isAsked()) {
            pingedAt = now;
        }
    }

    private boolean isAsked() {
        return pingedAt - heardAt > 0;
    }

    /**
     * What is to be done now.
     *
     * @param audible whether a sign of life would be heard
     */
    Need need(long now, Limits limits, boolean audible) {
        if (now - messageAt > limits.idleNanos) {
            return Need.DISMISS;
        }
        if (!audible) {
            excuse(now);
            return Need.NOTHING;
        }
        if (isAsked()) {
            return now - pingedAt > limits.pongNanos ? Need.GIVE_UP : Need.NOTHING;
        }
        if (now - heardAt > limits.pingNanos) {
            pingedAt = now;
            return Need.PING;
        }
        return Need.NOTHING;
    }
}
