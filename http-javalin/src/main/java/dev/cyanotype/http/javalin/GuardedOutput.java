/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.http.javalin;

import java.io.IOException;
import java.io.OutputStream;

/**
 * The body of one response, as its writer sees it.
 *
 * <p>The stream below is used again for the next response of the connection. Whoever still writes when this one has ended
 * gets an error, and the other client does not get the bytes.
 */
final class GuardedOutput extends OutputStream {

    private final OutputStream out;
    private boolean ended;

    GuardedOutput(OutputStream out) {
        this.out = out;
    }

    synchronized void end() {
        ended = true;
    }

    @Override
    public synchronized void write(int value) throws IOException {
        checkOpen();
        out.write(value);
    }

    @Override
    public synchronized void write(byte[] bytes, int offset, int length) throws IOException {
        checkOpen();
        out.write(bytes, offset, length);
    }

    @Override
    public synchronized void flush() throws IOException {
        checkOpen();
        out.flush();
    }

    /** The transport ends the response. */
    @Override
    public void close() throws IOException {
        flush();
    }

    private void checkOpen() throws IOException {
        if (ended) {
            throw new IOException("the response has ended");
        }
    }
}
