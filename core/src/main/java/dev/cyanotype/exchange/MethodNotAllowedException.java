/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.exchange;

/**
 * The address exists, but not for this method.
 *
 * <p>Status 405, with the {@code Allow} header that RFC 9110 section 15.5.6 asks for.
 *
 * @since 0.1
 */
public class MethodNotAllowedException extends HttpException {

    private static final long serialVersionUID = 1L;

    /**
     * An error for the client.
     *
     * @param allow the value of the {@code Allow} header, such as {@code GET, HEAD}
     */
    public MethodNotAllowedException(String allow) {
        super(405, "Allowed here: " + allow, null, Headers.empty().with("Allow", allow));
    }
}
