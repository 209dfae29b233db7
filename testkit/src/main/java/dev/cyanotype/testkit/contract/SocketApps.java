/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.testkit.contract;

import dev.cyanotype.App;
import dev.cyanotype.exchange.Response;
import dev.cyanotype.spi.HttpRequest;
import dev.cyanotype.spi.Upgrade;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;

/** One app for all tests of a class, of whose websockets each test makes what it wants. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class SocketApps {

    static final Duration LONG = Duration.ofSeconds(20);

    final DispatcherProbe probe = new DispatcherProbe();

    /** The requests that were accepted, for as long as their sockets may be open. */
    private final List<HttpRequest> accepted = new ArrayList<>();

    private final List<AutoCloseable> open = new ArrayList<>();
    private final AtomicInteger paths = new AtomicInteger();
    private @Nullable SocketSite opened;

    /** Starts an app on the transport that is tested. */
    abstract SocketSite open(App.Builder builder);

    @BeforeAll
    void openSite() {
        opened = open(probe.show(App.named("contract"))
                .websocket("/declared", socket -> socket.onText((text, ctx) -> text))
                .get("/fine", ctx -> Response.text("fine")));
    }

    @AfterEach
    void closeClients() throws Exception {
        for (AutoCloseable client : open) {
            client.close();
        }
        open.clear();
    }

    @AfterAll
    void closeSite() {
        if (opened != null) {
            opened.close();
        }
    }

    final SocketSite site() {
        return Objects.requireNonNull(opened, "opened");
    }

    /** Where it is; skips the test where there are no connections. */
    final URI uri() {
        return site().address()
                .orElseGet(() -> Assumptions.abort(
                        "the transport has no address, so that no test can say what goes over a connection"));
    }

    /** A path that no other test uses. */
    final String path() {
        return "/contract/" + paths.incrementAndGet();
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

    static Eventually eventually() {
        return new Eventually(LONG);
    }
}
