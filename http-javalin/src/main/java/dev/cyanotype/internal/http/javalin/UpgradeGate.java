/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.http.javalin;

import io.javalin.util.Util;
import java.util.Objects;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * Stands in front of Javalin on its Jetty server, and shows requests for a websocket to an upgrader first.
 *
 * <p>So such a request meets no servlet and no session. Handlers that the user has put on the server come before it.
 */
public final class UpgradeGate extends Handler.Wrapper {

    /** Takes over connections. */
    @FunctionalInterface
    public interface Upgrader {

        /**
         * Looks at a request whose {@code Upgrade} names websockets, on a thread that may block.
         *
         * @param request the request
         * @param path its path below Javalin's context, as sent
         * @param response its response
         * @param callback to be called at the end if the request is taken
         * @return whether it is taken, and will be answered; otherwise it goes the way of all requests
         */
        boolean upgrade(Request request, String path, Response response, Callback callback);
    }

    private String contextPath = "";
    private volatile @Nullable Upgrader upgrader;

    /**
     * Takes its place on a server that is about to start, behind the handlers that are there already.
     *
     * @param server the server, which Javalin has not yet put its own handler on
     * @param newContextPath where Javalin is going to be on it, a slash for all of it
     */
    public void join(Server server, String newContextPath) {
        contextPath = Util.normalizeContextPath(newContextPath);
        if (contextPath.equals("/")) {
            contextPath = "";
        }
        Handler.Singleton last = server.getTail();
        Handler behind = last.getHandler();
        if (behind != null) {
            setHandler(behind);
        }
        last.setHandler(this);
    }

    /**
     * Says who takes over connections.
     *
     * @param newUpgrader asked from now on
     */
    public void install(Upgrader newUpgrader) {
        upgrader = newUpgrader;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        Upgrader current = upgrader;
        if (current != null && request.getHeaders().contains(HttpHeader.UPGRADE, "websocket")) {
            String path = Objects.requireNonNullElse(request.getHttpURI().getPath(), "");
            boolean inside = path.startsWith(contextPath)
                    && (path.length() == contextPath.length() || path.charAt(contextPath.length()) == '/');
            if (inside && current.upgrade(request, path.substring(contextPath.length()), response, callback)) {
                return true;
            }
        }
        return super.handle(request, response, callback);
    }

    /** Hooks of the user decide about an upgrade, so that it must not run on a thread that watches connections. */
    @Override
    public InvocationType getInvocationType() {
        return InvocationType.BLOCKING;
    }
}
