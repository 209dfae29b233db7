/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.message;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A message that could not be sent, or may not have been.
 *
 * @since 0.1
 */
public class MessagingException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Why a message could not be sent. */
    public enum Reason {
        /** The broker can't be reached, or went away in the middle. */
        UNREACHABLE,
        /** The broker does not know the user or its password. */
        AUTHENTICATION,
        /** The broker does not let the user do this. */
        PERMISSION,
        /** The broker only lets this be read, for instance because it is a copy of another one. */
        READ_ONLY,
        /** The broker has no memory left. */
        FULL,
        /** Too much waits already, here. */
        QUEUE_FULL,
        /** Anything else; see the message and the cause. */
        OTHER
    }

    /** Why it was not sent. */
    private final Reason reason;

    /**
     * A message that was not sent.
     *
     * @param reason why
     * @param message what failed, and how
     * @param cause what it failed of, or null
     */
    public MessagingException(Reason reason, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.reason = Objects.requireNonNull(reason, "reason");
    }

    /**
     * Why it was not sent.
     *
     * @return what to decide on: trying again helps where it is {@link Reason#UNREACHABLE}, {@link Reason#READ_ONLY} or
     *     one of the full ones
     */
    public Reason reason() {
        return reason;
    }
}
