/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.redis.link;

import dev.cyanotype.message.MessagingException;

/** A command was not sent, and will not be, because its link is closed; over another one it can be. */
final class NotSentException extends MessagingException {

    private static final long serialVersionUID = 1L;

    NotSentException() {
        super(Reason.UNREACHABLE, "the connection to redis is closed", null);
    }
}
