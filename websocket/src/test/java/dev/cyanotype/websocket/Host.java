/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.websocket;

import dev.cyanotype.exchange.Headers;
import dev.cyanotype.http.javalin.JavalinHttp;
import dev.cyanotype.http.javalin.JavalinOptions;
import dev.cyanotype.internal.testkit.wire.RawSocket;
import dev.cyanotype.spi.ActionRequest;
import dev.cyanotype.spi.AppClock;
import dev.cyanotype.spi.Dispatcher;
import dev.cyanotype.spi.HttpRequest;
import dev.cyanotype.spi.MessageJson;
import dev.cyanotype.spi.MountedOperation;
import dev.cyanotype.spi.OperationKind;
import dev.cyanotype.spi.RenderedResponse;
import dev.cyanotype.spi.Reply;
import dev.cyanotype.spi.Settings;
import dev.cyanotype.spi.StreamEntry;
import dev.cyanotype.spi.Transport;
import dev.cyanotype.spi.TransportContext;
import dev.cyanotype.spi.TransportProvider;
import dev.cyanotype.spi.Upgrade;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/**
 * Stands in for an app: starts transports, answers HTTP requests with their path, and makes of upgrades what a test wants.
 *
 * <p>Below {@code /echo} and {@code /quiet} is a {@link Peer} unless the test says otherwise.
 */
final class Host implements AutoCloseable, TransportContext, Dispatcher {

    private final ExecutorService executor = Executors.newCachedThreadPool();
    private final List<Transport> transports = new ArrayList<>();
    private final List<String> ids = new ArrayList<>();
    private final BlockingQueue<Peer> peers = new LinkedBlockingQueue<>();
    private final Map<String, Settings.Value> settings;
    volatile Function<HttpRequest, CompletableFuture<Upgrade>> decision = this::usual;
    volatile List<MountedOperation> operations = List.of();
    volatile boolean lastAnyPath;

    Host(Map<String, String> settings) {
        this.settings = new java.util.HashMap<>();
        settings.forEach((key, value) -> this.settings.put(key, new Settings.Value(value, "test")));
    }

    /** On a server of Javalin's. */
    static Host started() throws Exception {
        Host host = new Host(Map.of());
        host.make(JavalinHttp.with(JavalinOptions.builder().port(0).build()));
        host.make(new Websockets());
        host.start();
        return host;
    }

    /** On a port of its own. */
    static Host startedApart() throws Exception {
        Host host = new Host(Map.of());
        host.make(Websockets.with(WebsocketOptions.builder().port(0).build()));
        host.start();
        return host;
    }

    Host make(TransportProvider provider) {
        transports.add(provider.create(this));
        ids.add(provider.id());
        return this;
    }

    void start() throws Exception {
        for (Transport transport : transports) {
            transport.start();
        }
    }

    Transport transport(String id) {
        return transports.get(ids.indexOf(id));
    }

    /** Where websockets are. */
    URI address() {
        return transports.stream()
                .flatMap(transport -> transport.address().stream())
                .reduce((first, last) -> last)
                .orElseThrow();
    }

    RawSocket open(String target, String... headerLines) throws Exception {
        return RawSocket.open(address(), target, headerLines);
    }

    RawSocket connect() throws Exception {
        return RawSocket.connect(address());
    }

    /** The app's side of the next websocket. */
    Peer peer() throws InterruptedException {
        Peer peer = peers.poll(20, TimeUnit.SECONDS);
        if (peer == null) {
            throw new AssertionError("no websocket for 20 s");
        }
        return peer;
    }

    Upgrade accept(Peer peer, String subprotocol) {
        peers.add(peer);
        return new Upgrade.Accepted(peer, subprotocol);
    }

    private CompletableFuture<Upgrade> usual(HttpRequest request) {
        boolean quiet = request.path().startsWith("/quiet");
        return CompletableFuture.completedFuture(
                quiet || request.path().startsWith("/echo")
                        ? accept(new Peer(request, !quiet), null)
                        : new Upgrade.Absent());
    }

    @Override
    public void close() {
        for (int i = transports.size() - 1; i >= 0; i--) {
            transports.get(i).close();
        }
        executor.shutdownNow();
    }

    @Override
    public CompletableFuture<RenderedResponse> http(HttpRequest request) {
        byte[] body = ("http " + request.path()).getBytes(StandardCharsets.UTF_8);
        return CompletableFuture.completedFuture(RenderedResponse.ofBytes(200, Headers.empty(), "text/plain", body));
    }

    @Override
    public CompletableFuture<Upgrade> upgrade(HttpRequest request, boolean anyPath) {
        lastAnyPath = anyPath;
        return decision.apply(request);
    }

    @Override
    public CompletableFuture<Reply> action(ActionRequest request) {
        throw new AssertionError("no action");
    }

    @Override
    public CompletableFuture<Void> message(MountedOperation listener, JsonNode message) {
        throw new AssertionError("no listener");
    }

    @Override
    public CompletableFuture<Reply> entry(MountedOperation consumer, StreamEntry entry) {
        throw new AssertionError("no consumer");
    }

    @Override
    public String app() {
        return "test";
    }

    @Override
    public List<MountedOperation> operations(OperationKind kind) {
        return operations.stream().filter(operation -> operation.kind() == kind).toList();
    }

    @Override
    public Dispatcher dispatcher() {
        return this;
    }

    @Override
    public Settings settings() {
        return Settings.of(settings);
    }

    @Override
    public MessageJson json() {
        throw new AssertionError("no JSON");
    }

    @Override
    public Executor executor() {
        return executor;
    }

    @Override
    public AppClock clock() {
        throw new UnsupportedOperationException();
    }

    @Override
    public <T> Optional<T> offered(Class<T> type) {
        return transports.stream()
                .flatMap(transport -> transport.as(type).stream())
                .findFirst();
    }
}
