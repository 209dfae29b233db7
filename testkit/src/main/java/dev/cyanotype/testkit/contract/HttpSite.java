/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.testkit.contract;

import dev.cyanotype.App;
import dev.cyanotype.internal.testkit.wire.Answer;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/** An app that runs on the transport that is tested, and a client of it. */
interface HttpSite extends AutoCloseable {

    /**
     * What a client has got.
     *
     * @param answer the response; status 0 if there was none
     * @param isCut whether it can tell that something is missing
     */
    record Received(Answer answer, boolean isCut) {}

    /** The running app. */
    App app();

    /** Where it can be connected to; empty if requests come to it in another way. */
    Optional<URI> address();

    /** Sends a request as it is. Its body, if it is not empty, is announced with its length. */
    Received send(String method, String target, byte[] body, String... headerLines) throws Exception;

    @Override
    default void close() {
        app().stop(Duration.ofSeconds(5));
    }
}
