/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.redis.link;

import dev.cyanotype.message.MessagingException;
import dev.cyanotype.message.MessagingException.Reason;
import java.util.Locale;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;

/** Says what a failure of Redis means. */
public final class Failures {

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

    static Reason reason(Throwable cause) {
        String text = String.valueOf(cause.getMessage()).toUpperCase(Locale.ROOT);
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
        return cause instanceof JedisConnectionException
                        || text.startsWith("LOADING")
                        || text.startsWith("CLUSTERDOWN")
                        || text.startsWith("MASTERDOWN")
                ? Reason.UNREACHABLE
                : Reason.OTHER;
    }

    /** The message of the failure, and of the one below that says why. */
    static String text(Throwable cause) {
        String text = String.valueOf(cause.getMessage());
        Throwable[] suppressed = cause.getSuppressed();
        Throwable below = cause.getCause() != null ? cause.getCause() : suppressed.length > 0 ? suppressed[0] : null;
        return below == null || below.getMessage() == null || text.contains(below.getMessage())
                ? text
                : text + " (" + below.getMessage() + ")";
    }
}
