/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.socket;

import dev.cyanotype.exchange.Exchange;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * The websockets of an app.
 *
 * <p>Without a transport between replicas everything works within the process. Thread-safe.
 *
 * @since 0.1
 */
public interface Sockets {

    /**
     * The websockets of the app that an exchange belongs to, for instance in a route's handler.
     *
     * @param exchange any exchange
     * @return the websockets
     */
    static Sockets of(Exchange exchange) {
        return exchange.as(Sockets.class);
    }

    /**
     * All clients of the app's socket for messages.
     *
     * @return without those of websockets with a path of their own
     */
    Audience all();

    /**
     * All clients of a websocket with a path of its own.
     *
     * @param name the websocket's full name, such as {@code news.feed}
     * @return all of them
     * @throws IllegalArgumentException if no websocket has the name
     */
    Audience endpoint(String name);

    /**
     * Some clients, wherever they are connected.
     *
     * @param clientIds their ids; unknown ones have no effect
     * @return these clients
     */
    Audience to(String... clientIds);

    /**
     * Some clients, wherever they are connected.
     *
     * @param clientIds their ids; unknown ones have no effect
     * @return these clients
     */
    Audience to(Collection<String> clientIds);

    /**
     * A room.
     *
     * @param name the room's name, not empty
     * @return the room, also if nobody is in it
     */
    Room room(String name);

    /**
     * A client that is connected to this replica.
     *
     * @param id the client's id
     * @return empty if it is not connected here
     */
    Optional<Socket> client(String id);

    /**
     * The clients that are connected to this replica.
     *
     * @return a snapshot, in no certain order
     */
    List<Socket> clients();

    /**
     * How many clients are connected to this replica.
     *
     * @return 0 or more
     */
    int count();

    /**
     * Closes the websocket of a client, wherever it is connected, behind what was sent to it before.
     *
     * @param clientId the client's id
     * @param code 1000 to 1003, 1007 to 1014, or 3000 to 4999; clients often take 1000 as a reason not to come back
     * @param reason what the client is told, up to 123 bytes of UTF-8; often empty
     * @return whether it is connected to this replica; if not, the others are told to close it
     * @throws IllegalArgumentException if the code must not be sent, or the reason is too long
     * @throws dev.cyanotype.message.MessagingException if it is not connected here and other replicas can't be told
     */
    boolean disconnect(String clientId, int code, String reason);
}
