/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.testkit.contract;

import dev.cyanotype.App;
import dev.cyanotype.exchange.Response;
import dev.cyanotype.spi.HttpRequest;
import dev.cyanotype.spi.Upgrade;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;

/** One app for all tests of a class, of whose websockets each test makes what it wants. */
abstract class SocketApps extends SiteApps<SocketSite> {

    /** The requests that were accepted, for as long as their sockets may be open. */
    private final List<HttpRequest> accepted = new ArrayList<>();

    private final List<AutoCloseable> open = new ArrayList<>();

    @Override
    App.Builder declare(App.Builder builder) {
        return builder.websocket("/declared", socket -> socket.onText((text, ctx) -> text))
                .get("/fine", ctx -> Response.text("fine"));
    }

    @AfterEach
    void closeClients() throws Exception {
        for (AutoCloseable client : open) {
            client.close();
        }
        open.clear();
    }

    /** Closes something at the end of the test. */
    final <T extends AutoCloseable> T closing(T client) {
        open.add(client);
        return client;
    }

    /** Has websockets of a path accepted. */
    final void accept(String path, Peer peer, @Nullable String subprotocol) {
        probe.upgrade(path, request -> {
            accepted.add(request);
            return CompletableFuture.completedFuture(new Upgrade.Accepted(peer, subprotocol));
        });
    }

    /** The last request that was accepted. */
    final HttpRequest request() {
        return accepted.get(accepted.size() - 1);
    }

    /** Opens a websocket. */
    final SocketSite.Visitor visit(Peer peer) throws Exception {
        String path = path();
        accept(path, peer, null);
        return visitor(site().ask(path));
    }

    final SocketSite.Visitor visitor(SocketSite.Asked asked) throws InterruptedException {
        SocketSite.Visitor visitor = asked.visitor();
        if (visitor == null) {
            throw new AssertionError("the websocket was refused: " + asked.refusal());
        }
        return closing(visitor);
    }
}
