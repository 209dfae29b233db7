/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.testkit;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * How a test reaches an app that runs.
 *
 * <p>Whatever it carries, what it sets off within the app has happened when its methods return, as far as that can be known.
 */
interface Door {

    /** Sends a request. */
    TestResponse send(TestRequest request);

    /** Asks for a websocket. */
    Opening open(TestRequest request);

    /** Calls an action. */
    TestReply call(String action, JsonNode payload);

    /** Publishes as another service would; returns how many listeners of the app heard it. */
    long publish(String channel, JsonNode message);

    /** Adds to a stream as another service would; returns the entry's identifier. */
    String append(String stream, JsonNode entry);

    /** All entries that were added to streams since the start. */
    List<TestMessage> appended();

    /** Waits until what is under way has happened. */
    void settle();

    /** Whether a thread waits for the app, in which nothing happens until somebody else does something. */
    boolean isAwaitedBy(Thread thread);

    /** Whether there is nothing behind it any more, which can't be stopped therefore. */
    default boolean isCrashed() {
        return false;
    }

    /** Gives back what does not end with the app. */
    void close();

    /**
     * What became of a request for a websocket.
     *
     * @param socket null if it was refused
     * @param refusal null if it was not
     */
    record Opening(@Nullable TestSocket socket, @Nullable TestResponse refusal) {}
}
