/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.testkit.socket;

/** The test's end of a websocket, which is told of what the app does. Thread-safe. */
public interface SocketClient {

    /** Whether neither end has closed it. */
    boolean isOpen();

    /**
     * A message of the app has come.
     *
     * @param text whether it is text
     * @param bytes its content, in UTF-8 if it is text; whoever calls does not use it any more
     */
    void received(boolean text, byte[] bytes);

    /** The app has asked for a sign of life. */
    void pinged();

    /** Notes the end; false if it has ended before. */
    boolean ended(int code, String reason);
}
