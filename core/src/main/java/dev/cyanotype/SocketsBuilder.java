/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype;

import dev.cyanotype.http.HttpMethod;
import dev.cyanotype.http.Route;
import dev.cyanotype.internal.spec.OperationSpec.ConnectSpec;
import dev.cyanotype.internal.spec.OperationSpec.DisconnectSpec;
import dev.cyanotype.internal.spec.OperationSpec.SocketSpec;
import dev.cyanotype.internal.spec.ScopeDraft;
import dev.cyanotype.internal.spec.Source;
import dev.cyanotype.internal.spec.UpgradeHandler;
import dev.cyanotype.socket.ConnectHook;
import dev.cyanotype.socket.DisconnectHook;
import dev.cyanotype.socket.SocketDataHandler;
import dev.cyanotype.socket.SocketEndpoint;
import dev.cyanotype.socket.SocketMessage;
import java.util.Collections;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Declares websockets: messages on the app's socket, and sockets with a path of their own.
 *
 * <p>Not thread-safe.
 *
 * @param <B> the builder itself
 * @since 0.1
 */
public abstract sealed class SocketsBuilder<B extends SocketsBuilder<B>> extends MessagesBuilder<B>
        permits OperationsBuilder {

    /** What Daebus calls the messages that clients introduce themselves with. */
    private static final String REGISTER = "register";

    SocketsBuilder(ScopeDraft draft) {
        super(draft);
    }

    /**
     * Answers the messages of a type on the app's websocket.
     *
     * @param type the messages' type, not empty
     * @param handler answers them
     * @return this
     * @throws IllegalArgumentException if the type is empty
     */
    public B socket(String type, SocketMessage handler) {
        Objects.requireNonNull(handler, "handler");
        return add(new SocketSpec(notEmpty("socket message", "type", type), handler, Source.caller()));
    }

    /**
     * Answers the messages of a type on the app's websocket, whose data is decoded first.
     *
     * @param <T> the type of the data
     * @param type the messages' type, not empty
     * @param dataType the type of the data
     * @param handler answers them
     * @return this
     * @throws IllegalArgumentException if the type is empty
     */
    public <T> B socket(String type, Class<T> dataType, SocketDataHandler<T> handler) {
        Objects.requireNonNull(dataType, "dataType");
        Objects.requireNonNull(handler, "handler");
        return socket(type, ctx -> handler.handle(ctx.data(dataType), ctx));
    }

    /**
     * Answers the messages with which clients of the app's websocket introduce themselves: those of the type {@code register}.
     *
     * @param handler answers them
     * @return this
     */
    public B socketRegister(SocketMessage handler) {
        return socket(REGISTER, handler);
    }

    /**
     * Runs when a client connects to the app's websocket, before the socket is open, so that it can refuse: with an HTTP status by
     * throwing an {@link dev.cyanotype.exchange.HttpException} or returning a {@link dev.cyanotype.exchange.Response} that has
     * one of 400 or more; with a close code by throwing a {@link dev.cyanotype.socket.SocketCloseException}. What it returns otherwise is
     * the first message to the client, of the type {@code response}.
     *
     * <p>The app's own come first, then those of blueprints in mounting order, each blueprint's once however often it is mounted.
     *
     * @param hook sees the client
     * @return this
     */
    public B socketConnect(ConnectHook hook) {
        return add(new ConnectSpec(Objects.requireNonNull(hook, "hook"), Source.caller()));
    }

    /**
     * Runs when a client of the app's websocket has gone and its last message was handled, in the reverse order of
     * {@link #socketConnect}. It runs for every client that all connect hooks have let in.
     *
     * @param hook sees the client
     * @return this
     */
    public B socketDisconnect(DisconnectHook hook) {
        return add(new DisconnectSpec(Objects.requireNonNull(hook, "hook"), Source.caller()));
    }

    /**
     * Opens a websocket on a path of its own.
     *
     * @param path the path, joined to the prefix; a route may have the same
     * @param endpoint says what happens on it
     * @return this
     * @throws IllegalArgumentException if it is no path
     */
    public B websocket(String path, Consumer<SocketEndpoint.Builder> endpoint) {
        return websocket(path, endpoint, options -> {});
    }

    /**
     * Opens a websocket on a path of its own.
     *
     * @param path the path, joined to the prefix; a route may have the same
     * @param endpoint says what happens on it
     * @param options sets its name, version, host and other options; after hooks run only when the upgrade is refused
     * @return this
     * @throws IllegalArgumentException if it is no path
     */
    public B websocket(String path, Consumer<SocketEndpoint.Builder> endpoint, Consumer<Route.Builder> options) {
        SocketEndpoint.Builder builder = SocketEndpoint.builder();
        Objects.requireNonNull(endpoint, "endpoint").accept(builder);
        return websocket(path, builder.build(), options);
    }

    /**
     * Opens a websocket on a path of its own.
     *
     * @param path the path, joined to the prefix; a route may have the same
     * @param endpoint what happens on it
     * @return this
     * @throws IllegalArgumentException if it is no path
     */
    public B websocket(String path, SocketEndpoint endpoint) {
        return websocket(path, endpoint, options -> {});
    }

    /**
     * Opens a websocket on a path of its own.
     *
     * @param path the path, joined to the prefix; a route may have the same
     * @param endpoint what happens on it
     * @param options sets its name, version, host and other options; after hooks run only when the upgrade is refused
     * @return this
     * @throws IllegalArgumentException if it is no path
     */
    public B websocket(String path, SocketEndpoint endpoint, Consumer<Route.Builder> options) {
        return route(upgrade(path, endpoint, options));
    }

    /**
     * Puts another websocket in the place of an inherited one, in a builder made with {@code toBuilder()} or {@code copy}.
     *
     * <p>Nothing of the inherited one stays but its name.
     *
     * @param path the path of the inherited one; the names of parameters do not matter
     * @param endpoint what happens on it instead
     * @return this
     * @throws IllegalArgumentException if there is no inherited websocket
     */
    public B replaceWebsocket(String path, SocketEndpoint endpoint) {
        draft().replace(checked(upgrade(path, endpoint, options -> {})));
        return self();
    }

    private Route upgrade(String path, SocketEndpoint endpoint, Consumer<Route.Builder> options) {
        Objects.requireNonNull(endpoint, "endpoint");
        Objects.requireNonNull(options, "options");
        Route.Builder route =
                Route.builder(Set.of(HttpMethod.GET), Collections.singletonList(path), new UpgradeHandler(endpoint));
        options.accept(route);
        return route.build();
    }
}
