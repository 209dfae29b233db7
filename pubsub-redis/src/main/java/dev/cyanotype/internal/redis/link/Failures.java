/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.redis.link;

import dev.cyanotype.message.MessagingException;
import dev.cyanotype.message.MessagingException.Reason;
import java.util.Locale;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;

/** Says what a failure of Redis means. */
public final class Failures {

    /** How far down a reason is looked for. */
    private static final int DEEPEST = 5;

    private Failures() {}

    /**
     * The failure as one of messaging.
     *
     * @param what was to be done, as the message starts
     */
    public static MessagingException of(String what, Throwable cause) {
        if (cause instanceof MessagingException known) {
            return known;
        }
        return new MessagingException(reason(cause), what + ": " + text(cause), cause);
    }

    /** Whether trying again soon is no use, because an administrator has to act. */
    static boolean isRefused(Throwable cause) {
        Reason reason = reason(cause);
        return reason == Reason.AUTHENTICATION || reason == Reason.PERMISSION;
    }

    /**
     * A failure to connect that does not say what was sent: a Redis before 6 repeats the password in its answer to a command
     * that it does not know.
     */
    static JedisDataException withoutArguments(JedisDataException failure) {
        for (Throwable e = failure; e != null; e = e.getCause()) {
            String text = String.valueOf(e.getMessage());
            int arguments = text.indexOf(", with args beginning with");
            if (arguments >= 0) {
                return new JedisDataException(text.substring(0, arguments));
            }
        }
        return failure;
    }

    /** What the failure means, or else the one below that says why. */
    static Reason reason(Throwable failure) {
        Reason reason = Reason.OTHER;
        Throwable next = failure;
        for (int i = 0; i < DEEPEST && next != null && reason == Reason.OTHER; i++) {
            reason = ownReason(next);
            next = below(next);
        }
        return reason;
    }

    private static Reason ownReason(Throwable failure) {
        String text = String.valueOf(failure.getMessage()).toUpperCase(Locale.ROOT);
        if (text.startsWith("WRONGPASS")
                || text.startsWith("NOAUTH")
                || text.contains("INVALID PASSWORD")
                || text.startsWith("ERR AUTH")
                || text.startsWith("ERR CLIENT SENT AUTH")) {
            return Reason.AUTHENTICATION;
        }
        if (text.startsWith("NOPERM")) {
            return Reason.PERMISSION;
        }
        if (text.startsWith("READONLY")) {
            return Reason.READ_ONLY;
        }
        if (text.startsWith("OOM")) {
            return Reason.FULL;
        }
        return failure instanceof JedisConnectionException
                        || failure instanceof TimeoutException
                        || text.startsWith("LOADING")
                        || text.startsWith("CLUSTERDOWN")
                        || text.startsWith("MASTERDOWN")
                ? Reason.UNREACHABLE
                : Reason.OTHER;
    }

    /** Whether the command was not done, and may be soon. */
    static boolean isPassing(Throwable failure) {
        String text = String.valueOf(failure.getMessage());
        return failure instanceof JedisDataException
                && (text.startsWith("TRYAGAIN") || text.startsWith("CLUSTERDOWN") || text.startsWith("LOADING"));
    }

    private static @Nullable Throwable below(Throwable failure) {
        Throwable[] suppressed = failure.getSuppressed();
        return failure.getCause() != null ? failure.getCause() : suppressed.length > 0 ? suppressed[0] : null;
    }

    /** The message of the failure, and of the one below that says why. */
    static String text(Throwable cause) {
        String text = String.valueOf(cause.getMessage());
        Throwable below = below(cause);
        return below == null || below.getMessage() == null || text.contains(below.getMessage())
                ? text
                : text + " (" + below.getMessage() + ")";
    }
}
