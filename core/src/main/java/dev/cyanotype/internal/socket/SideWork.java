/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.socket;

import org.jspecify.annotations.Nullable;

/** What runs for a client beside the handling of its messages, so that its end can be waited for. Thread-safe. */
final class SideWork {

    private int underWay;

    /** Waits for the end of all. */
    private @Nullable Runnable finished;

    synchronized void began() {
        underWay++;
    }

    void ended() {
        Runnable waiting = null;
        synchronized (this) {
            underWay--;
            if (underWay == 0) {
                waiting = finished;
                finished = null;
            }
        }
        if (waiting != null) {
            waiting.run();
        }
    }

    /** Runs something once nothing is under way, which may be now. */
    void whenFinished(Runnable next) {
        synchronized (this) {
            if (underWay > 0) {
                finished = next;
                return;
            }
        }
        next.run();
    }
}
