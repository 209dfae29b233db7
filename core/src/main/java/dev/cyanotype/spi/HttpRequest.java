/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.spi;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A request as a transport hands it to the {@link Dispatcher}.
 *
 * <p>It says what is on the wire and decides nothing. It is used by one thread at a time and need not be thread-safe.
 *
 * @since 0.1
 */
public interface HttpRequest {

    /**
     * The method of the request line.
     *
     * @return as sent; no header overrides it
     */
    String method();

    /**
     * The path of the request line.
     *
     * @return as sent: percent-encoded, not normalised, without the query, starting with a slash
     */
    String path();

    /**
     * The query of the request line.
     *
     * @return as sent, without the question mark; null if there is none
     */
    @Nullable
    String query();

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
     * The announced length of the body.
     *
     * @return in bytes, or -1 if it was not announced
     */
    long contentLength();

    /**
     * The body as it arrives, transfer coding removed.
     *
     * @return the same stream each time
     * @throws IOException if it can't be opened
     */
    InputStream body() throws IOException;

    /**
     * How the client came.
     *
     * @return {@code http} or {@code https}
     */
    String scheme();

    /**
     * Where the connection comes from.
     *
     * @return null if there is no socket
     */
    @Nullable
    InetSocketAddress remoteAddress();

    /**
     * The transport's own request, for users who reach through.
     *
     * @param <T> the wanted type
     * @param type the wanted type
     * @return null if the transport has no such thing
     */
    <T> @Nullable T unwrap(Class<T> type);
}
