/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.dispatch;

import dev.cyanotype.exchange.HttpException;
import dev.cyanotype.http.HttpContext;
import dev.cyanotype.http.HttpMethod;
import dev.cyanotype.internal.assembly.Operation;
import dev.cyanotype.internal.routing.Match;
import dev.cyanotype.internal.routing.Router;
import dev.cyanotype.internal.socket.Client;
import dev.cyanotype.internal.socket.ClientRules;
import dev.cyanotype.internal.socket.Conversation;
import dev.cyanotype.internal.socket.Origins;
import dev.cyanotype.socket.SocketCloseException;
import dev.cyanotype.socket.SocketEndpoint;
import dev.cyanotype.socket.SocketOptions;
import dev.cyanotype.spi.HttpRequest;
import dev.cyanotype.spi.RenderedResponse;
import dev.cyanotype.spi.Upgrade;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Decides which websockets are opened, and what is made of their messages. Thread-safe. */
final class SocketDispatch {

    private final AppRuntime runtime;
    private final HttpDispatch http;
    private final Origins origins;
    private final Operation.@Nullable Http messageSocket;
    private final @Nullable MessageConversation messages;
    private final Map<Operation.Http, EndpointConversation> endpoints = new IdentityHashMap<>();

    SocketDispatch(AppRuntime runtime, HttpDispatch http, MessageDispatch dispatch) {
        this.runtime = runtime;
        this.http = http;
        this.origins = new Origins(
                runtime.sockets().options().origins(), runtime.http().origin());
        this.messageSocket = runtime.assembly().messageSocket();
        this.messages = messageSocket == null ? null : new MessageConversation(runtime, dispatch);
        for (Operation operation : runtime.assembly().all()) {
            if (operation instanceof Operation.Http route && route.isUpgrade() && route.endpoint() != null) {
                endpoints.put(route, new EndpointConversation(runtime, dispatch, route, route.endpoint()));
            }
        }
    }

    CompletableFuture<Upgrade> upgrade(HttpRequest request, boolean anyPath) {
        Match<Operation.Http> match = find(request, anyPath);
        if (match == null) {
            return CompletableFuture.completedFuture(new Upgrade.Absent());
        }
        HttpExchange exchange = new HttpExchange(runtime, request, HttpMethod.GET);
        exchange.matched(match);
        Admission admission = new Admission(exchange, match.target());
        exchange.decideBy(admission);
        HttpException refusal = runtime.sockets().overload(request.remoteAddress());
        if (refusal == null && !origins.allow(request)) {
            refusal = new HttpException(403, "Pages of this origin can't open websockets here");
        }
        return http.upgrade(exchange, refusal).thenApply(admission::decided);
    }

    private @Nullable Match<Operation.Http> find(HttpRequest request, boolean anyPath) {
        Router<Operation.Http> router = runtime.assembly().router();
        Match<Operation.Http> match = null;
        String query = request.query();
        int length = request.path().length() + (query == null ? 0 : query.length() + 1);
        if (length <= runtime.http().maxUrlLength()) {
            try {
                String host = router.hasHosts() ? HttpExchange.host(request) : null;
                match = router.match(host, request.path(), Operation.Http.UPGRADE_SLOT, Router.NO_SLOT);
            } catch (RuntimeException e) {
                // As a request for HTTP it fails in the same way, and says so.
                return null;
            }
        }
        return match == null && anyPath && messageSocket != null ? new Match<>(messageSocket, 0) : match;
    }

    /** What becomes of one request. */
    private final class Admission implements HttpExchange.Decision {

        private final HttpExchange exchange;
        private final @Nullable SocketEndpoint endpoint;
        private final Conversation conversation;
        private @Nullable String subprotocol;
        private @Nullable Client client;

        Admission(HttpExchange exchange, Operation.Http operation) {
            this.exchange = exchange;
            this.endpoint = operation.endpoint();
            Conversation own = endpoint == null ? messages : endpoints.get(operation);
            if (own == null) {
                throw new IllegalStateException(operation + " has nobody to talk to");
            }
            this.conversation = own;
        }

        @Override
        public @Nullable Object handle(HttpContext ctx) {
            Client admitted = admit();
            if (endpoint != null || messages == null) {
                admitted.welcome(List.of());
                exchange.admit();
                return null;
            }
            return messages.connect(admitted).thenApply(refusal -> {
                if (refusal == null) {
                    exchange.admit();
                }
                return refusal;
            });
        }

        @Override
        public void close(SocketCloseException refusal) {
            Client refused = client == null ? admit() : client;
            refused.close(refusal);
            exchange.admit();
        }

        private Client admit() {
            SocketOptions options = runtime.sockets().options();
            subprotocol = endpoint == null ? null : Subprotocols.choose(endpoint.subprotocols(), exchange.request());
            ClientRules rules = new ClientRules(
                    endpoint == null || endpoint.maxMessageBytes() == null
                            ? options.maxMessageBytes()
                            : endpoint.maxMessageBytes(),
                    endpoint == null || endpoint.maxPendingBytes() == null
                            ? options.maxPendingBytes()
                            : endpoint.maxPendingBytes(),
                    endpoint == null || endpoint.slowClients() == null
                            ? options.slowClients()
                            : endpoint.slowClients());
            AppHandshake handshake = new AppHandshake(runtime, exchange.request(), exchange.pathParams(), subprotocol);
            Client admitted = runtime.sockets().admit(conversation, handshake, rules, exchange.ownAttributes());
            client = admitted;
            return admitted;
        }

        Upgrade decided(RenderedResponse response) {
            Client admitted = client;
            if (response == HttpDispatch.ADMITTED && admitted != null) {
                return new Upgrade.Accepted(admitted, subprotocol);
            }
            if (admitted != null) {
                // Its socket will never open.
                admitted.closed(1006, "");
            }
            return new Upgrade.Refused(response);
        }
    }
}
