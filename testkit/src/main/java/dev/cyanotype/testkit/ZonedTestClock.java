/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.testkit;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;

/** What a {@link TestClock} shows in another zone. */
final class ZonedTestClock extends Clock {

    private final TestClock time;
    private final ZoneId zone;

    ZonedTestClock(TestClock time, ZoneId zone) {
        this.time = time;
        this.zone = zone;
    }

    @Override
    public ZoneId getZone() {
        return zone;
    }

    @Override
    public Clock withZone(ZoneId other) {
        return time.withZone(other);
    }

    @Override
    public Instant instant() {
        return time.instant();
    }

    @Override
    public String toString() {
        return time + " in " + zone;
    }
}
