/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.message;

import java.time.Duration;

/**
 * A call whose reply did not come in time; the service may have run it all the same.
 *
 * @since 0.1
 */
public class CallTimeoutException extends CallException {

    private static final long serialVersionUID = 1L;

    /**
     * A call without a reply.
     *
     * @param service the service
     * @param action the action
     * @param timeout how long the caller waited
     */
    public CallTimeoutException(String service, String action, Duration timeout) {
        super("call of '" + action + "' at '" + service + "': no reply within " + timeout.toMillis() + " ms", null);
    }
}
