/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.testkit;

/**
 * Everything that is on its way within an app, or between it and the test.
 *
 * @param calls to the app's actions
 * @param requests over HTTP, also for websockets
 */
record UnderWay(
        Activity activity,
        TestClock clock,
        MessagesUnderWay messages,
        EntriesUnderWay entries,
        RoundTrips calls,
        RoundTrips requests,
        ServedSockets sockets) {

    static UnderWay of(TestClock clock) {
        Activity activity = new Activity(clock::isAwaitedBy);
        return new UnderWay(
                activity,
                clock,
                new MessagesUnderWay(activity),
                new EntriesUnderWay(activity, clock),
                new RoundTrips(activity),
                new RoundTrips(activity),
                new ServedSockets(activity));
    }
}
