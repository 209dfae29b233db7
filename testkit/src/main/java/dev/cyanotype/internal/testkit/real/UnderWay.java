/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.testkit.real;

import dev.cyanotype.spi.AppClock;

/**
 * Everything that is on its way within an app, or between it and the test.
 *
 * @param calls to the app's actions
 * @param requests over HTTP, also for websockets
 */
record UnderWay(
        Activity activity,
        AppClock clock,
        MessagesUnderWay messages,
        EntriesUnderWay entries,
        RoundTrips calls,
        RoundTrips requests,
        ServedSockets sockets) {

    static UnderWay of(TestTime time) {
        Activity activity = new Activity(time.awaits());
        return new UnderWay(
                activity,
                time.clock(),
                new MessagesUnderWay(activity),
                new EntriesUnderWay(activity, time),
                new RoundTrips(activity),
                new RoundTrips(activity),
                new ServedSockets(activity));
    }
}
