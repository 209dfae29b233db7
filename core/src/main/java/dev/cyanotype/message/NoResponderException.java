/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.message;

/**
 * A call to a service that nobody listens for; nothing ran.
 *
 * @since 0.1
 */
public class NoResponderException extends CallException {

    private static final long serialVersionUID = 1L;

    /**
     * A call that nobody heard.
     *
     * @param service the service
     * @param action the action
     */
    public NoResponderException(String service, String action) {
        super("call of '" + action + "' at '" + service + "': nobody listens", null);
    }
}
