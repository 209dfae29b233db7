/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.testkit;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Keeps what happens to an app, in the order it happens. Thread-safe. */
final class Recorder {

    /** Channels on which replicas of an app talk among themselves. */
    private static final String OWN_CHANNELS = "cyanotype:";

    private final InstantSource clock;
    private final List<TestEvent> events = new ArrayList<>();
    private final List<TestMessage> broadcasts = new ArrayList<>();

    Recorder(InstantSource clock) {
        this.clock = clock;
    }

    void add(TestEvent.Kind kind, String subject, String detail) {
        TestEvent event = new TestEvent(clock.instant(), kind, subject, detail);
        synchronized (this) {
            events.add(event);
        }
    }

    void broadcast(String channel, JsonNode message) {
        if (channel.startsWith(OWN_CHANNELS)) {
            return;
        }
        add(TestEvent.Kind.BROADCAST, channel, message.toString());
        TestMessage sent = new TestMessage(channel, message.deepCopy());
        synchronized (this) {
            broadcasts.add(sent);
        }
    }

    synchronized List<TestEvent> events() {
        return List.copyOf(events);
    }

    synchronized List<TestMessage> broadcasts() {
        return List.copyOf(broadcasts);
    }
}
