/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.http;

import dev.cyanotype.exchange.Exchange;
import dev.cyanotype.message.Callers;
import java.net.InetSocketAddress;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP request on its way to its handler.
 *
 * <p>Not thread-safe, see {@link Exchange}.
 *
 * @since 0.1
 */
public interface HttpContext extends Exchange, Callers {

    /**
     * The request's method.
     *
     * @return {@link HttpMethod#HEAD} also while a GET handler answers it
     */
    HttpMethod method();

    /**
     * The request's path as it was sent, percent-encoded and without the query.
     *
     * @return starts with a slash
     */
    String path();

    /**
     * The pattern of the matched route, with prefix and version.
     *
     * @return such as {@code /api/users/{id}}, or an empty string while no route has matched
     */
    String pattern();

    /**
     * A path parameter, percent-decoded.
     *
     * @param name a parameter of the matched pattern
     * @return the value, never empty
     * @throws IllegalArgumentException if the pattern has no such parameter
     */
    String pathParam(String name);

    /**
     * A path parameter as another type.
     *
     * @param <T> the wanted type
     * @param name a parameter of the matched pattern
     * @param type for example {@code Long.class} or {@code UUID.class}
     * @return the value
     * @throws dev.cyanotype.exchange.BadRequestException if the value is no such thing
     * @throws IllegalArgumentException if the pattern has no such parameter
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
     * A cookie's value.
     *
     * @param name the cookie's name
     * @return the value as it was sent, or null if there is none
     */
    @Nullable
    String cookie(String name);

    /**
     * The request's body.
     *
     * @return the body, not yet read
     */
    RequestBody body();

    /**
     * The request's body, decoded from JSON.
     *
     * @param <T> the wanted type
     * @param type the wanted type
     * @return the decoded body
     * @throws dev.cyanotype.exchange.BadRequestException if the body is missing, malformed or of another type
     * @throws dev.cyanotype.exchange.UnsupportedMediaTypeException if the content type is not JSON
     * @throws dev.cyanotype.exchange.PayloadTooLargeException if the body is larger than allowed
     */
    <T> T body(Class<T> type);

    /**
     * The host that the client asked for.
     *
     * @return in lower case, without port; empty if the client did not say
     */
    String host();

    /**
     * How the client came.
     *
     * @return {@code http} or {@code https}
     */
    String scheme();

    /**
     * Builds URLs of the app's routes, as they are seen from this request.
     *
     * @return knows the current mount and version, and what the client asked for
     */
    Urls urls();

    /**
     * Where the connection comes from: the client or the last proxy.
     *
     * @return the address; null in tests without a socket
     */
    @Nullable
    InetSocketAddress remoteAddress();
}
