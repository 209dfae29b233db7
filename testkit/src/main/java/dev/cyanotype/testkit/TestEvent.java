/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.testkit;

import java.time.Instant;
import java.util.Objects;

/**
 * Something that an app has done, or that was done to it, in a test.
 *
 * <p>Immutable and thread-safe.
 *
 * @param at by the app's clock
 * @param kind what it was
 * @param subject what it was about: a path, an action, a channel, a stream, an operation
 * @param detail what more there is to say, such as a payload or a status; may be empty
 * @since 0.1
 */
public record TestEvent(Instant at, Kind kind, String subject, String detail) {

    /** What an event can be. */
    public enum Kind {
        /** The app has reached a state. */
        STATE,
        /** A request was answered; the detail has the status. */
        REQUEST,
        /** An action was run; the detail has what was asked and replied. */
        CALL,
        /** The app has published a message. */
        BROADCAST,
        /** A listener has heard a message. */
        HEARD,
        /** The app has added an entry to a stream. */
        APPEND,
        /** A consumer has tried an entry; the detail has the outcome. */
        ENTRY,
        /** A client has opened a websocket, or it was closed; the detail says which. */
        SOCKET,
        /** A client has sent a message over a websocket. */
        FRAME_IN,
        /** A client has got a message over a websocket. */
        FRAME_OUT,
        /** A task has run; the detail has the outcome. */
        TASK,
        /** A handler has thrown something, whatever became of it. */
        FAILURE
    }

    /**
     * An event, of which nothing is null.
     *
     * @param at by the app's clock
     * @param kind what it was
     * @param subject what it was about
     * @param detail what more there is to say; may be empty
     */
    public TestEvent {
        Objects.requireNonNull(at, "at");
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(subject, "subject");
        Objects.requireNonNull(detail, "detail");
    }

    /** A line of a record. */
    @Override
    public String toString() {
        return at + " " + kind + " " + subject + (detail.isEmpty() ? "" : " " + detail);
    }
}
