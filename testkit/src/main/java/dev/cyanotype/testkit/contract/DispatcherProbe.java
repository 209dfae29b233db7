/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.testkit.contract;

import dev.cyanotype.App;
import dev.cyanotype.exchange.Headers;
import dev.cyanotype.spi.ActionRequest;
import dev.cyanotype.spi.Dispatcher;
import dev.cyanotype.spi.HttpRequest;
import dev.cyanotype.spi.MountedOperation;
import dev.cyanotype.spi.RenderedResponse;
import dev.cyanotype.spi.Reply;
import dev.cyanotype.spi.StreamEntry;
import dev.cyanotype.spi.Upgrade;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Stands in for an app where a test wants to see what is handed over, or to say what goes over the wire. */
final class DispatcherProbe {

    /** Makes the answer to a request. */
    interface Answering {

        RenderedResponse answer(HttpRequest request) throws Exception;
    }

    /** Decides about a request for a websocket. */
    interface Upgrading {

        CompletableFuture<Upgrade> upgrade(HttpRequest request);
    }

    private final Map<String, Answering> answers = new ConcurrentHashMap<>();
    private final Map<String, Upgrading> upgrades = new ConcurrentHashMap<>();
    private volatile @Nullable ActionRequest action;
    private final Map<String, AtomicInteger> closes = new ConcurrentHashMap<>();

    /** Stands between an app and its transports. */
    App.Builder show(App.Builder builder) {
        return builder.decorate(provider ->
                new Watched(provider, (inner, context) -> inner.create(Watched.withDispatcher(context, Probed::new))));
    }

    /** Answers the requests for a path, as sent, from now on. */
    void answer(String path, Answering answering) {
        closes.put(path, new AtomicInteger());
        answers.put(path, answering);
    }

    /** Decides about the websockets of a path, as sent, from now on. */
    void upgrade(String path, Upgrading upgrading) {
        closes.put(path, new AtomicInteger());
        upgrades.put(path, upgrading);
    }

    /** How often the responses of a path were closed. */
    int closes(String path) {
        return closes.getOrDefault(path, new AtomicInteger()).get();
    }

    /** The last request for an action, as the app was given it. */
    ActionRequest action() {
        return Objects.requireNonNull(action, "action");
    }

    /** Counts how often a response is closed. */
    RenderedResponse counted(String path, RenderedResponse response) {
        AtomicInteger count = closes.computeIfAbsent(path, none -> new AtomicInteger());
        return response.onClose(count::incrementAndGet);
    }

    private final class Probed implements Dispatcher {

        private final Dispatcher app;

        Probed(Dispatcher app) {
            this.app = app;
        }

        @Override
        public CompletableFuture<RenderedResponse> http(HttpRequest request) {
            Answering answering = answers.get(request.path());
            if (answering == null) {
                return app.http(request);
            }
            RenderedResponse response;
            try {
                response = answering.answer(request);
            } catch (Exception | AssertionError e) {
                // The test sees it by the status, and says why.
                response = RenderedResponse.ofBytes(
                        599, Headers.empty(), "text/plain", e.toString().getBytes(StandardCharsets.UTF_8));
            }
            return CompletableFuture.completedFuture(counted(request.path(), response));
        }

        @Override
        public CompletableFuture<Upgrade> upgrade(HttpRequest request, boolean anyPath) {
            Upgrading upgrading = upgrades.get(request.path());
            return upgrading == null ? app.upgrade(request, anyPath) : upgrading.upgrade(request);
        }

        @Override
        public CompletableFuture<Reply> action(ActionRequest request) {
            action = request;
            return app.action(request);
        }

        @Override
        public CompletableFuture<Void> message(MountedOperation listener, JsonNode message) {
            return app.message(listener, message);
        }

        @Override
        public CompletableFuture<Reply> entry(MountedOperation consumer, StreamEntry entry) {
            return app.entry(consumer, entry);
        }
    }
}
