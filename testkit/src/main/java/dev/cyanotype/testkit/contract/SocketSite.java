/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.testkit.contract;

import dev.cyanotype.internal.testkit.wire.Answer;
import org.jspecify.annotations.Nullable;

/** An app whose websockets are on the transport that is tested, and a client of it. */
interface SocketSite extends Site {

    /** A client's side of an open websocket, which sees to pings and answers a close. */
    interface Visitor extends AutoCloseable {

        @Nullable
        String subprotocol();

        void text(String message) throws Exception;

        void binary(byte[] message) throws Exception;

        /** Takes its leave. */
        void close(int code, String reason) throws Exception;

        /** Is gone without a word. */
        void vanish() throws Exception;

        /** What came next: {@code text hello}, {@code binary 3} with the length, or {@code closed 1000 bye}. */
        String next() throws Exception;

        @Override
        void close() throws Exception;
    }

    /**
     * What became of a request for a websocket.
     *
     * @param visitor null if it was refused
     * @param refusal null if it was not
     */
    record Asked(@Nullable Visitor visitor, @Nullable Answer refusal) {}

    /** Asks for a websocket. */
    Asked ask(String target, String... headerLines) throws Exception;
}
