/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.exchange;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** A body that is copied from an input stream, which is closed at the end. */
record CopiedStream(InputStream in) implements StreamWriter, AutoCloseable {

    @Override
    public void writeTo(OutputStream out) throws IOException {
        in.transferTo(out);
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
