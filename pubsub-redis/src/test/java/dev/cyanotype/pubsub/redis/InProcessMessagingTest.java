/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.pubsub.redis;

import dev.cyanotype.App;

/** The bus of an app that has no broker. */
class InProcessMessagingTest extends MessagingContract {

    @Override
    App.Builder on(App.Builder builder) {
        return builder.discovery(false);
    }
}
