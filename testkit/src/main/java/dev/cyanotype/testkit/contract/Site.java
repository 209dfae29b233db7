/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.testkit.contract;

import dev.cyanotype.App;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/** An app that runs on the transport that is tested. */
interface Site extends AutoCloseable {

    /** The running app. */
    App app();

    /** Where it can be connected to; empty if requests come to it in another way. */
    Optional<URI> address();

    @Override
    default void close() {
        app().stop(Duration.ofSeconds(5));
    }
}
