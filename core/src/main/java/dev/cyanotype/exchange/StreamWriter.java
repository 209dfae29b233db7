/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.exchange;

import java.io.OutputStream;

/**
 * Writes a body of unknown length while the client already reads it.
 *
 * <p>One that is {@link AutoCloseable} is closed when its response has ended, whether it was written or not.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface StreamWriter {

    /**
     * Writes the whole body; what is flushed goes out at once.
     *
     * @param out the body; closed by the transport, not by this method
     * @throws Exception to cut the response off; an {@link java.io.IOException} from {@code out} means that the client
     *     has gone
     */
    void writeTo(OutputStream out) throws Exception;
}
