/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.socket;

import dev.cyanotype.internal.text.Origin;
import dev.cyanotype.spi.HttpRequest;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whose pages may open websockets. A browser lets every page open one anywhere, with the cookies of that place, and says only in
 * the {@code Origin} field whose page it is (RFC 6455, 10.2).
 */
public final class Origins {

    private final Set<String> allowed;
    private final @Nullable Origin own;

    /**
     * The rules of an app.
     *
     * @param allowed as in {@link dev.cyanotype.socket.SocketOptions#origins()}
     * @param own where the app is reached from outside, if somebody has said so
     */
    public Origins(Set<String> allowed, @Nullable String own) {
        this.allowed = allowed;
        this.own = own == null ? null : Origin.parse(own).normal();
    }

    /** Whether a request may be one for a websocket. Clients that are no browsers send no origin. */
    public boolean allow(HttpRequest request) {
        List<String> origins = request.headers("Origin");
        if (origins.isEmpty() || allowed.contains("*")) {
            return true;
        }
        Origin origin = origins.size() > 1 ? null : parse(origins.get(0));
        if (origin == null) {
            return false;
        }
        String host = request.header("Host");
        return origin.equals(own)
                || (host != null && origin.equals(parse(request.scheme() + "://" + host)))
                || allowed.stream().anyMatch(pattern -> fits(pattern, origin));
    }

    private static boolean fits(String pattern, Origin origin) {
        int star = pattern.indexOf("://*.");
        if (star < 0) {
            return origin.equals(Origin.parse(pattern).normal());
        }
        String above = pattern.substring(star + "://*".length());
        Origin model =
                Origin.parse(pattern.substring(0, star) + "://any" + above).normal();
        return origin.scheme().equals(model.scheme())
                && origin.port() == model.port()
                && origin.host().endsWith(model.host().substring("any".length()));
    }

    private static @Nullable Origin parse(String text) {
        try {
            return text.endsWith("/") ? null : Origin.parse(text).normal();
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
