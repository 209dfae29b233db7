/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.http;

import org.jspecify.annotations.Nullable;

/**
 * The methods a route can answer, as RFC 9110 and RFC 5789 have them.
 *
 * @since 0.1
 */
public enum HttpMethod {
    /** Reads. */
    GET,
    /** Does something with the body. */
    POST,
    /** Replaces. */
    PUT,
    /** Changes in part. */
    PATCH,
    /** Removes. */
    DELETE,
    /** Reads without a body; runs the GET handler unless a route declares HEAD. */
    HEAD,
    /** Asks what is possible; answered by the library unless a route declares it. */
    OPTIONS;

    /**
     * The method of that name.
     *
     * @param name as on the request line; letter case counts, as RFC 9110 section 9.1 has it
     * @return the method, or null if no route can answer it
     */
    public static @Nullable HttpMethod of(String name) {
        return switch (name) {
            case "GET" -> GET;
            case "POST" -> POST;
            case "PUT" -> PUT;
            case "PATCH" -> PATCH;
            case "DELETE" -> DELETE;
            case "HEAD" -> HEAD;
            case "OPTIONS" -> OPTIONS;
            default -> null;
        };
    }
}
