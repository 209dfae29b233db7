/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.testkit.socket;

import java.time.Duration;

/** What carries a websocket's messages between the test and the app. Thread-safe. */
public interface SocketLine {

    /** Begins to carry; frames may come before this returns. */
    void open();

    /** Sends a text message. */
    void text(String message);

    /** Sends a binary message. */
    void binary(byte[] message);

    /** Reads no more. */
    void pause();

    /** Reads again. */
    void resume();

    /** Closes it from the client's side; the socket is told of the end. */
    void close(int code, String reason);

    /** Cuts it. */
    void vanish();

    /** Waits until what was sent was handled, and what the app has sent meanwhile has come. */
    void settle();

    /** For how long of real time a message that is not there may still come. */
    Duration patience();
}
