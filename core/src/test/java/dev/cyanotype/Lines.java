/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype;

/** Tells tests where they are, as messages show it. */
final class Lines {

    private Lines() {}

    /** The line before the calling one, such as {@code UsersTest.java:41}. */
    static String before() {
        return StackWalker.getInstance()
                .walk(frames -> frames.skip(1)
                        .findFirst()
                        .map(frame -> frame.getFileName() + ":" + (frame.getLineNumber() - 1))
                        .orElseThrow());
    }
}
