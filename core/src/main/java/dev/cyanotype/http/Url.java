/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.http;

/**
 * A URL being built; see {@link Urls}.
 *
 * <p>Immutable: each method returns a new one.
 *
 * @since 0.1
 */
public interface Url {

    /**
     * Gives a path parameter its value; what the path does not have goes to the query.
     *
     * @param name the parameter's name
     * @param value its value, as text; in the query an {@link Iterable} or an array of objects repeats the
     *     name
     * @return the URL with the value
     */
    Url with(String name, Object value);

    /**
     * Adds to the query.
     *
     * @param name the parameter's name
     * @param values its values, as text; none adds nothing
     * @return the URL with the parameter
     */
    Url query(String name, Object... values);

    /**
     * Sets the fragment behind the {@code #}.
     *
     * @param text not yet encoded
     * @return the URL with the fragment
     */
    Url anchor(String text);

    /**
     * Chooses among blueprints of one name that have several versions.
     *
     * <p>Without it the version of the current request is kept, or else the highest is taken.
     *
     * @param version 0 or more
     * @return the URL in that version
     */
    default Url version(int version) {
        return version(Integer.toString(version));
    }

    /**
     * Chooses among blueprints of one name that have several versions.
     *
     * @param version as it was declared
     * @return the URL in that version
     * @throws IllegalArgumentException if it is no version
     */
    Url version(String version);

    /**
     * Chooses among the hosts of the route, for an absolute URL.
     *
     * @param host one of the route's hosts; any one if the route has none
     * @return the URL on that host
     * @throws IllegalArgumentException if it is no host name
     */
    Url host(String host);

    /**
     * Chooses the scheme of an absolute URL.
     *
     * @param scheme {@code http} or {@code https}; for a websocket also {@code ws} or {@code wss}, which otherwise follows from these
     * @return the URL with that scheme
     * @throws IllegalArgumentException if it is no scheme
     */
    Url scheme(String scheme);

    /**
     * The path with query and fragment.
     *
     * @return starts with a slash; percent-encoded
     * @throws UrlBuildException if a value is missing or does not fit, if the name leads to several places or there is no
     *     such version, or if a scheme or a host was chosen, which only an absolute URL has
     */
    String path();

    /**
     * The URL with scheme and host.
     *
     * <p>They are those of {@link HttpOptions#origin()}; without that, those of the current request, so that a client can
     * choose them: set the origin where such URLs leave the request, as in mails. A route of a host of its own gets that
     * host.
     *
     * @return such as {@code https://example.com/users/3}
     * @throws UrlBuildException as {@link #path()}, or if there is neither an origin nor a request, or if the route has
     *     several hosts and none was chosen, or not the chosen one
     */
    String absolute();

    /**
     * The URL with a given scheme and host.
     *
     * @param origin such as {@code https://example.com} or {@code http://127.0.0.1:8080}
     * @return such as {@code https://example.com/users/3}
     * @throws UrlBuildException as {@link #path()}, or if the origin is none, or if the route has several hosts and none
     *     was chosen, or not the chosen one
     */
    String absolute(String origin);
}
