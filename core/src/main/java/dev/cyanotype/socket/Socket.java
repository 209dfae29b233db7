/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.socket;

import dev.cyanotype.exchange.Attribute;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One client's websocket, on this replica.
 *
 * <p>What is sent to it is queued, and goes out in that order; the call does not wait for the client. How much may wait,
 * and what happens beyond that, is said by {@link SocketOptions}. Thread-safe.
 *
 * @since 0.1
 */
public interface Socket {

    /**
     * The client's id.
     *
     * @return unique among the clients of this replica, and unless the app makes its own ids, everywhere
     */
    String id();

    /**
     * The request that opened it.
     *
     * @return the request
     */
    Handshake handshake();

    /**
     * Since when the client is connected.
     *
     * @return by the clock of this machine
     */
    Instant connectedAt();

    /**
     * When the client was last heard of: with a message, or with a sign of life.
     *
     * @return by the clock of this machine
     */
    Instant lastActivity();

    /**
     * How many messages the client has sent.
     *
     * @return 0 or more, with those that were refused
     */
    long messagesReceived();

    /**
     * How many messages have been handed to the network for it.
     *
     * @return 0 or more
     */
    long messagesSent();

    /**
     * How much waits to be sent to it.
     *
     * @return in bytes
     */
    long pendingBytes();

    /**
     * Whether messages can be sent to it.
     *
     * @return false once it is closed, or being closed
     */
    boolean isOpen();

    /**
     * Sends a message. On the app's socket for messages it is {@code {"type":"message","data":…}}; on a websocket with a path
     * of its own a string is sent as it is, a byte array as a binary message, and everything else as JSON.
     *
     * @param data what to send
     * @return false if it was dropped, because the socket is closed or too much waits already
     */
    boolean send(Object data);

    /**
     * Sends a message {@code {"type":…,"data":…}}.
     *
     * @param type the message's type
     * @param data what to send, encoded as JSON
     * @return false if it was dropped, because the socket is closed or too much waits already
     */
    boolean send(String type, @Nullable Object data);

    /**
     * Closes it, behind what was sent before. Does nothing if it is closed already.
     *
     * @param code 1000 to 1003, 1007 to 1014, or 3000 to 4999; clients often take 1000 as a reason not to come back
     * @param reason what the client is told, up to 123 bytes of UTF-8; often empty
     * @throws IllegalArgumentException if the code must not be sent, or the reason is too long
     */
    void close(int code, String reason);

    /**
     * Makes it a member of a room; does nothing if it is one.
     *
     * @param room the room's name, not empty
     */
    void join(String room);

    /**
     * Makes it a member of a room, and tells all replicas something about it.
     *
     * @param room the room's name, not empty
     * @param about what {@link Room#presence()} shows, encoded as JSON; a further call replaces it
     */
    void join(String room, Object about);

    /**
     * Takes it out of a room; does nothing if it is no member. A socket that closes leaves all rooms.
     *
     * @param room the room's name, not empty
     */
    void leave(String room);

    /**
     * The rooms that it is a member of.
     *
     * @return their names; a snapshot
     */
    Set<String> rooms();

    /**
     * Reads a value that was left with {@link #attribute(Attribute, Object)}, by a {@code before} hook or a connect hook, or that was
     * declared for the websocket's scopes.
     *
     * @param <T> the type of the value
     * @param key the key it was stored under
     * @return the value, or null if there is none
     */
    <T> @Nullable T attribute(Attribute<T> key);

    /**
     * Leaves a value for everything that runs for this client later.
     *
     * @param <T> the type of the value
     * @param key the key
     * @param value the value; null takes back what was left before
     */
    <T> void attribute(Attribute<T> key, @Nullable T value);
}
