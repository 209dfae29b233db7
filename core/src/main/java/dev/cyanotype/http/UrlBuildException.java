/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.http;

/**
 * Says why a URL could not be built, naming the culprit.
 *
 * <p>A mistake of the program: to a client it is an error 500.
 *
 * @since 0.1
 */
public class UrlBuildException extends RuntimeException {

    private static final long serialVersionUID = 1;

    /**
     * Makes one.
     *
     * @param message names the URL and what is wrong with it
     */
    public UrlBuildException(String message) {
        super(message);
    }
}
