/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.socket;

import dev.cyanotype.http.Parameters;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The request that opened a websocket.
 *
 * <p>It can be read as long as one likes. Thread-safe.
 *
 * @since 0.1
 */
public interface Handshake {

    /**
     * The path as it was sent, percent-encoded and without the query.
     *
     * @return starts with a slash
     */
    String path();

    /**
     * A path parameter, percent-decoded.
     *
     * @param name a parameter of the websocket's path
     * @return the value, never empty
     * @throws IllegalArgumentException if the path has no such parameter
     */
    String pathParam(String name);

    /**
     * A path parameter as another type.
     *
     * @param <T> the wanted type
     * @param name a parameter of the websocket's path
     * @param type for example {@code Long.class} or {@code UUID.class}
     * @return the value
     * @throws dev.cyanotype.exchange.BadRequestException if the value is no such thing
     * @throws IllegalArgumentException if the path has no such parameter
     */
    <T> T pathParam(String name, Class<T> type);

    /**
     * All path parameters, percent-decoded.
     *
     * @return in the order of the path; unmodifiable
     */
    Map<String, String> pathParams();

    /**
     * The first query parameter of a name, decoded.
     *
     * @param name the parameter's name
     * @return the value, or null if there is none
     */
    @Nullable
    String queryParam(String name);

    /**
     * The query's parameters, decoded.
     *
     * @return often empty
     * @throws dev.cyanotype.exchange.BadRequestException if the query is badly encoded
     */
    Parameters query();

    /**
     * The first value of a header field.
     *
     * @param name the field's name, in any letter case
     * @return the value, or null if there is none
     */
    @Nullable
    String header(String name);

    /**
     * All values of a header field.
     *
     * @param name the field's name, in any letter case
     * @return the values in order, empty if there are none
     */
    List<String> headers(String name);

    /**
     * A cookie's value.
     *
     * @param name the cookie's name
     * @return the value as it was sent, or null if there is none
     */
    @Nullable
    String cookie(String name);

    /**
     * The host that the client asked for.
     *
     * @return in lower case, without port; empty if the client did not say
     */
    String host();

    /**
     * How the client came.
     *
     * @return {@code ws} or {@code wss}
     */
    String scheme();

    /**
     * Where the connection comes from: the client or the last proxy.
     *
     * @return the address; null in tests without a socket
     */
    @Nullable
    InetSocketAddress remoteAddress();

    /**
     * The sub-protocol that was agreed on.
     *
     * @return one of those declared for the websocket, or null
     */
    @Nullable
    String subprotocol();
}
