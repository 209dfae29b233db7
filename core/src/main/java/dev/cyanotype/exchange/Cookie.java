/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.exchange;

import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A cookie to set, as RFC 6265 has it.
 *
 * <p>Starts as the safest useful one: path {@code /}, not readable by scripts, {@code SameSite=Lax}, for the browser's
 * session. Immutable and thread-safe: each change gives a new value.
 *
 * @since 0.1
 */
public final class Cookie {

    /** When a browser sends the cookie with requests that another site started. */
    public enum SameSite {
        /** Never. */
        STRICT("Strict"),
        /** With top-level navigation only. */
        LAX("Lax"),
        /** Always; browsers then want {@link Cookie#secure(boolean)} too. */
        NONE("None");

        private final String text;

        SameSite(String text) {
            this.text = text;
        }
    }

    private final String name;
    private final String value;
    private final @Nullable String path;
    private final @Nullable String domain;
    private final @Nullable Duration maxAge;
    private final boolean secure;
    private final boolean httpOnly;
    private final SameSite sameSite;

    private Cookie(
            String name,
            String value,
            @Nullable String path,
            @Nullable String domain,
            @Nullable Duration maxAge,
            boolean secure,
            boolean httpOnly,
            SameSite sameSite) {
        this.name = name;
        this.value = value;
        this.path = path;
        this.domain = domain;
        this.maxAge = maxAge;
        this.secure = secure;
        this.httpOnly = httpOnly;
        this.sameSite = sameSite;
    }

    /**
     * A cookie for the browser's session.
     *
     * @param name letters, digits and the signs {@code !#$%&'*+-.^_`|~}
     * @param value printable ASCII without space, quote, comma, semicolon and backslash
     * @return the cookie
     * @throws IllegalArgumentException if name or value has another character
     */
    public static Cookie of(String name, String value) {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(value, "value");
        check("cookie name", name, "()<>@,;:\\\"/[]?={} \t", true);
        check("cookie '" + name + "': value", value, " \",;\\\t", false);
        return new Cookie(name, value, "/", null, null, false, true, SameSite.LAX);
    }

    /**
     * A cookie that makes the browser forget one.
     *
     * @param name the name of the cookie to remove
     * @return an empty cookie with a maximum age of zero
     */
    public static Cookie removal(String name) {
        return of(name, "").maxAge(Duration.ZERO);
    }

    /**
     * Limits the cookie to a part of the site.
     *
     * @param newPath starts with a slash
     * @return the changed cookie
     */
    public Cookie path(String newPath) {
        Objects.requireNonNull(newPath, "path");
        check("cookie '" + name + "': path", newPath, ";", false);
        return new Cookie(name, value, newPath, domain, maxAge, secure, httpOnly, sameSite);
    }

    /**
     * Shows the cookie to the subdomains too.
     *
     * @param newDomain a host name
     * @return the changed cookie
     */
    public Cookie domain(String newDomain) {
        Objects.requireNonNull(newDomain, "domain");
        check("cookie '" + name + "': domain", newDomain, "; ,", true);
        return new Cookie(name, value, path, newDomain, maxAge, secure, httpOnly, sameSite);
    }

    /**
     * Keeps the cookie beyond the browser's session.
     *
     * @param newMaxAge whole seconds count; zero removes the cookie
     * @return the changed cookie
     */
    public Cookie maxAge(Duration newMaxAge) {
        return new Cookie(
                name, value, path, domain, Objects.requireNonNull(newMaxAge, "maxAge"), secure, httpOnly, sameSite);
    }

    /**
     * Sends the cookie over TLS only.
     *
     * @param newSecure true for TLS only; default false
     * @return the changed cookie
     */
    public Cookie secure(boolean newSecure) {
        return new Cookie(name, value, path, domain, maxAge, newSecure, httpOnly, sameSite);
    }

    /**
     * Hides the cookie from scripts.
     *
     * @param newHttpOnly false shows it to scripts; default true
     * @return the changed cookie
     */
    public Cookie httpOnly(boolean newHttpOnly) {
        return new Cookie(name, value, path, domain, maxAge, secure, newHttpOnly, sameSite);
    }

    /**
     * Says when the cookie goes with requests that another site started.
     *
     * @param newSameSite default {@link SameSite#LAX}
     * @return the changed cookie
     */
    public Cookie sameSite(SameSite newSameSite) {
        return new Cookie(
                name, value, path, domain, maxAge, secure, httpOnly, Objects.requireNonNull(newSameSite, "sameSite"));
    }

    /**
     * The cookie as the value of a {@code Set-Cookie} header.
     *
     * @return the header's value
     */
    public String headerValue() {
        StringBuilder text = new StringBuilder(name).append('=').append(value);
        if (path != null) {
            text.append("; Path=").append(path);
        }
        if (domain != null) {
            text.append("; Domain=").append(domain);
        }
        if (maxAge != null) {
            text.append("; Max-Age=").append(maxAge.toSeconds());
        }
        if (secure) {
            text.append("; Secure");
        }
        if (httpOnly) {
            text.append("; HttpOnly");
        }
        return text.append("; SameSite=").append(sameSite.text).toString();
    }

    private static void check(String what, String text, String forbidden, boolean needed) {
        if (needed && text.isEmpty()) {
            throw new IllegalArgumentException(what + " is empty");
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' || c > '~' || forbidden.indexOf(c) >= 0) {
                throw new IllegalArgumentException(
                        "%s has the character U+%04X at %d, which a cookie can't carry. Encode it first."
                                .formatted(what, (int) c, i));
            }
        }
    }

    /** Names the cookie; its value may be secret. */
    @Override
    public String toString() {
        return "Cookie[" + name + "]";
    }
}
