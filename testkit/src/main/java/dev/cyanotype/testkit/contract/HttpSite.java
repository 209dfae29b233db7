/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.testkit.contract;

import dev.cyanotype.internal.testkit.wire.Answer;

/** An app that runs on the transport that is tested, and a client of it. */
interface HttpSite extends Site {

    /**
     * What a client has got.
     *
     * @param answer the response; status 0 if there was none
     * @param isCut whether it can tell that something is missing
     */
    record Received(Answer answer, boolean isCut) {}

    /** Sends a request as it is. Its body, if it is not empty, is announced with its length. */
    Received send(String method, String target, byte[] body, String... headerLines) throws Exception;
}
