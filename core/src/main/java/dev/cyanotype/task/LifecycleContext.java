/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.task;

import dev.cyanotype.message.Callers;
import org.slf4j.Logger;

/**
 * What a start or stop hook may use.
 *
 * @since 0.1
 */
public interface LifecycleContext extends Callers {

    /**
     * The name of the app that starts or stops.
     *
     * @return the app's name
     */
    String app();

    /**
     * The full name of the blueprint that declares the hook, in its first place on the app.
     *
     * @return dotted mount names; empty for the app itself
     */
    String blueprint();

    /**
     * The logger of the app.
     *
     * @return a logger named {@code dev.cyanotype.app.<app name>}
     */
    Logger log();

    /**
     * Publishes a message to every listener of a channel, as {@link dev.cyanotype.exchange.Exchange#broadcast} does.
     *
     * <p>Of use in {@code onStart} and {@code onStopping}: before and after those, nobody is connected.
     *
     * @param channel the channel, not empty
     * @param message what to send; it must encode to a JSON object
     * @return how many subscribers the bus knows to have been reached, 0 when nobody listens
     * @throws IllegalArgumentException if the channel is empty or the message is not encoded as a JSON object
     */
    long broadcast(String channel, Object message);

    /**
     * Adds an entry to a stream, as {@link dev.cyanotype.exchange.Exchange#append(String, Object)} does.
     *
     * <p>Of use where {@link #broadcast} is.
     *
     * @param stream the stream, not empty
     * @param entry what to add; it must encode to a JSON object
     * @return the entry's identifier
     * @throws IllegalArgumentException if the stream is empty or the entry is not encoded as a JSON object
     */
    String append(String stream, Object entry);

    /**
     * Adds an entry to a stream that may be there already, as
     * {@link dev.cyanotype.exchange.Exchange#append(String, String, Object)} does.
     *
     * <p>With the version of the program as part of the key, of many replicas that start one leaves an entry to be handled.
     *
     * @param stream the stream, not empty
     * @param key what is the same in each attempt, not empty
     * @param entry what to add; it must encode to a JSON object
     * @return the entry's identifier
     * @throws IllegalArgumentException if the stream or the key is empty, or the entry is not encoded as a JSON object
     */
    String append(String stream, String key, Object entry);

    /**
     * The tasks and threads of the app, for instance to start one that is manual.
     *
     * @return all of them
     */
    Tasks tasks();
}
