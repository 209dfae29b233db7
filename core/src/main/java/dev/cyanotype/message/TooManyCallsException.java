/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.message;

/**
 * A call that was not made, because as many as allowed are waiting for their replies.
 *
 * @since 0.1
 */
public class TooManyCallsException extends CallException {

    private static final long serialVersionUID = 1L;

    /**
     * A call that was not made.
     *
     * @param service the service
     * @param action the action
     * @param limit how many calls may wait
     */
    public TooManyCallsException(String service, String action, int limit) {
        super(
                "call of '%s' at '%s': %d calls wait for their replies already (setting 'messages.maxCalls')"
                        .formatted(action, service, limit),
                null);
    }
}
