/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.http;

/**
 * Builds URLs of routes by their names, so that no path has to be written twice.
 *
 * <p>{@link HttpContext#urls()} knows the current request: names that start with a dot are taken inside the current mount, the current
 * version is kept, and absolute URLs lead to the host that was asked. The one of an app works anywhere. Thread-safe, as far as
 * the request is.
 *
 * @since 0.1
 */
public interface Urls {

    /**
     * Starts a URL of a route.
     *
     * @param name the route's full name, such as {@code users.show}; with a dot in front, such as {@code .show} or {@code
     *     .child.show}, inside the mount that answers the current request
     * @return the URL so far
     * @throws UrlBuildException if no route has the name, or a relative name is used outside a request
     */
    Url to(String name);

    /**
     * Starts a URL of a static file.
     *
     * @param name the full name of the files, such as {@code users.assets}
     * @param file the file's path inside, with or without a slash in front; has no effect if the name is that of a single
     *     file
     * @return the URL so far
     * @throws UrlBuildException if no files have the name, or a relative name is used outside a request
     */
    Url file(String name, String file);
}
