/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.testkit.broker;

import dev.cyanotype.spi.AppClock;
import dev.cyanotype.spi.LocalTaskLeases;

/**
 * What the replicas of one service share.
 *
 * @param replies those to requests with an idempotency key
 * @param leases those of its tasks
 */
record Service(StoredReplies replies, LocalTaskLeases leases) {

    static Service of(AppClock clock) {
        return new Service(new StoredReplies(clock), new LocalTaskLeases(clock));
    }
}
