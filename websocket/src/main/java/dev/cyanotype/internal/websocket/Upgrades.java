/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.websocket;

import dev.cyanotype.internal.http.javalin.UpgradeGate;
import dev.cyanotype.spi.TransportContext;
import dev.cyanotype.spi.Upgrade;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.server.ConnectionMetaData;
import org.eclipse.jetty.server.HttpStream;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.websocket.core.Configuration;
import org.eclipse.jetty.websocket.core.FrameHandler;
import org.eclipse.jetty.websocket.core.WebSocketComponents;
import org.eclipse.jetty.websocket.core.server.Handshaker;
import org.eclipse.jetty.websocket.core.server.ServerUpgradeRequest;
import org.eclipse.jetty.websocket.core.server.ServerUpgradeResponse;
import org.eclipse.jetty.websocket.core.server.WebSocketNegotiator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes websockets of requests, as the app decides. */
final class Upgrades implements UpgradeGate.Upgrader {

    private static final Logger LOG = LoggerFactory.getLogger("dev.cyanotype.websocket");

    private enum State {
        BEFORE,
        OPEN,
        CLOSED
    }

    /** The path and the query are ours to keep; Jetty would take some apart that are none to it. */
    private static final HttpURI NOWHERE = HttpURI.from("/");

    private final TransportContext context;
    private final OpenSockets sockets;
    private final boolean anyPath;
    private final Handshaker handshaker = Handshaker.newInstance();
    private volatile @Nullable WebSocketComponents components;
    private volatile State state = State.BEFORE;

    Upgrades(TransportContext context, OpenSockets sockets, boolean anyPath) {
        this.context = context;
        this.sockets = sockets;
        this.anyPath = anyPath;
    }

    void open() {
        state = State.OPEN;
    }

    void close() {
        state = State.CLOSED;
    }

    @Override
    public boolean upgrade(Request request, String path, Response response, Callback callback) {
        if (state == State.BEFORE || !Handshake.isAsked(request)) {
            return false;
        }
        if (state == State.CLOSED) {
            Answers.text(response, callback, 503, "This service is stopping.");
            return true;
        }
        Handshake.Fault fault = Handshake.faultOf(request);
        if (fault != null) {
            Answers.text(response, callback, fault.status(), fault.text());
            return true;
        }
        CompletableFuture<Upgrade> decision = context.dispatcher().upgrade(new UpgradeRequest(request, path), anyPath);
        if (!decision.isDone()) {
            // Whoever decides must not wait for the client.
            decision.thenAcceptAsync(made -> obey(made, request, response, callback), context.executor())
                    .exceptionally(failure -> {
                        callback.failed(failure);
                        return null;
                    });
            return true;
        }
        Upgrade made = decision.join();
        if (made instanceof Upgrade.Absent) {
            return false;
        }
        obey(made, request, response, callback);
        return true;
    }

    private void obey(Upgrade made, Request request, Response response, Callback callback) {
        if (made instanceof Upgrade.Accepted accepted) {
            accept(accepted, request, response, callback);
        } else if (made instanceof Upgrade.Refused refused) {
            Answers.rendered(response, callback, refused.response());
        } else {
            Answers.text(response, callback, 404, "There is no websocket here.");
        }
    }

    private void accept(Upgrade.Accepted accepted, Request request, Response response, Callback callback) {
        Server server = request.getConnectionMetaData().getConnector().getServer();
        JettySocket socket = new JettySocket(accepted.receiver(), sockets, server);
        boolean upgraded;
        try {
            request.addHttpStreamWrapper(stream -> new UntilOpen(stream, socket));
            upgraded = handshaker.upgradeRequest(
                    new Negotiation(socket, accepted.subprotocol()),
                    new Elsewhere(request),
                    response,
                    callback,
                    components(server),
                    null);
        } catch (RuntimeException e) {
            LOG.error("a websocket that the app had accepted could not be opened", e);
            upgraded = false;
        }
        if (!upgraded) {
            socket.neverOpened();
            if (response.isCommitted()) {
                callback.failed(new IllegalStateException("the websocket could not be opened"));
            } else {
                response.reset();
                Answers.text(response, callback, 400, "The websocket could not be opened.");
            }
        }
    }

    /** Of its own: those that Jetty keeps on a server are managed by its servlet layer. */
    private WebSocketComponents components(Server server) {
        WebSocketComponents made = components;
        if (made == null) {
            made = new WebSocketComponents(null, null, server.getByteBufferPool(), null, null, server.getThreadPool());
            components = made;
        }
        return made;
    }

    private record Negotiation(
            FrameHandler handler, @Nullable String subprotocol) implements WebSocketNegotiator {

        @Override
        public FrameHandler negotiate(ServerUpgradeRequest request, ServerUpgradeResponse response, Callback callback) {
            response.setExtensions(List.of());
            if (subprotocol != null) {
                response.setAcceptedSubProtocol(subprotocol);
            }
            return handler;
        }

        @Override
        public void customize(Configuration configuration) {
            // The app finds dead connections with pings.
            configuration.setIdleTimeout(Duration.ZERO);
            // No limit, which splits no message into frames. What comes in is counted as it comes, in parts.
            configuration.setMaxFrameSize(0);
            configuration.setAutoFragment(true);
        }
    }

    /** When the exchange has ended and its connection has not become a websocket, it never will. */
    private static final class UntilOpen extends HttpStream.Wrapper {

        private final JettySocket socket;

        UntilOpen(HttpStream stream, JettySocket socket) {
            super(stream);
            this.socket = socket;
        }

        @Override
        public void succeeded() {
            try {
                super.succeeded();
            } finally {
                socket.neverOpened();
            }
        }

        @Override
        public void failed(Throwable cause) {
            try {
                super.failed(cause);
            } finally {
                socket.neverOpened();
            }
        }
    }

    private static final class Elsewhere extends Request.Wrapper {

        Elsewhere(Request request) {
            super(request);
        }

        @Override
        public HttpURI getHttpURI() {
            return NOWHERE;
        }

        @Override
        public ConnectionMetaData getConnectionMetaData() {
            return ReadEndPoint.of(super.getConnectionMetaData());
        }
    }
}
