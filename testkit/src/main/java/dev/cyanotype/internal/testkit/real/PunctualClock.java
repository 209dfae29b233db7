/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.testkit.real;

import dev.cyanotype.spi.AppClock;
import dev.cyanotype.spi.ForwardingClock;
import java.time.Duration;

/** A clock by which transports try again exactly when they may, so that a test knows when that is. */
final class PunctualClock extends ForwardingClock {

    PunctualClock(AppClock clock) {
        super(clock);
    }

    @Override
    public Duration jitter(Duration most) {
        return Duration.ZERO;
    }
}
