/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.benchmarks.websocket;

import java.nio.charset.StandardCharsets;

/** A message whose bytes are all known but for two numbers: that of the connection and that of the message. */
final class Text {

    /** Stands for the number of the connection. */
    static final String CONNECTION = "CCCCCC";

    /** Stands for the number of the message. */
    static final String NUMBER = "NNNNNNNN";

    private final byte[] bytes;
    private final int connectionAt;
    private final int numberAt;

    private Text(byte[] bytes, int connectionAt, int numberAt) {
        this.bytes = bytes;
        this.connectionAt = connectionAt;
        this.numberAt = numberAt;
    }

    /** Of ASCII, with both placeholders or with the second only. */
    static Text of(String pattern) {
        return new Text(
                pattern.getBytes(StandardCharsets.US_ASCII), pattern.indexOf(CONNECTION), pattern.indexOf(NUMBER));
    }

    byte[] bytes() {
        return bytes;
    }

    int length() {
        return bytes.length;
    }

    /** The same for one connection, to be changed by its owner. */
    Text copy(int connection) {
        Text copy = new Text(bytes.clone(), connectionAt, numberAt);
        if (connectionAt >= 0) {
            digits(copy.bytes, connectionAt, CONNECTION.length(), connection);
        }
        return copy;
    }

    void number(int number) {
        digits(bytes, numberAt, NUMBER.length(), number);
    }

    private static void digits(byte[] into, int at, int length, int value) {
        int rest = value;
        for (int i = at + length - 1; i >= at; i--) {
            into[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
    }
}
