/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.exchange;

import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The sending end of server-sent events, one client's.
 *
 * <p>When the app stops, the next call throws and the stream ends: let the exception through, and the client comes again, to
 * another replica. Format: the HTML standard, section 9.2. May be used from several threads; each event goes out whole and at once.
 *
 * @since 0.1
 */
public interface EventStream {

    /**
     * Sends an event without a name, which browsers call {@code message}.
     *
     * @param data a string is sent as it is, everything else as JSON
     * @throws IOException if the client has gone, or the app stops
     */
    default void send(Object data) throws IOException {
        send(null, data, null);
    }

    /**
     * Sends an event with a name.
     *
     * @param event the event's name, without line breaks
     * @param data a string is sent as it is, everything else as JSON
     * @throws IOException if the client has gone, or the app stops
     */
    default void send(String event, Object data) throws IOException {
        send(event, data, null);
    }

    /**
     * Sends an event that a reconnecting client can name.
     *
     * @param event the event's name without line breaks, or null for none
     * @param data a string is sent as it is, everything else as JSON
     * @param id what the client sends back as {@code Last-Event-ID}, without line breaks or NUL, or null for none
     * @throws IOException if the client has gone, or the app stops
     * @throws IllegalArgumentException if the name or the id has a line break
     */
    void send(@Nullable String event, Object data, @Nullable String id) throws IOException;

    /**
     * Sends a comment, which keeps the connection alive and is hidden from the page.
     *
     * @param text any text
     * @throws IOException if the client has gone, or the app stops
     */
    void comment(String text) throws IOException;

    /**
     * Tells the client how long to wait before it connects again.
     *
     * @param delay 1 ms or more
     * @throws IOException if the client has gone, or the app stops
     */
    void retry(Duration delay) throws IOException;

    /**
     * The id of the last event the client saw before it connected again.
     *
     * @return the {@code Last-Event-ID} header, or null on a first connection
     */
    @Nullable
    String lastEventId();

    /** Sends events to one client; the stream ends when this returns. */
    @FunctionalInterface
    interface Source {

        /**
         * Sends events until there are no more or the client has gone.
         *
         * @param events where to send them
         * @throws Exception to end the stream; an {@link IOException} means that the client has gone
         */
        void sendTo(EventStream events) throws Exception;
    }
}
