/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.dispatch;

import dev.cyanotype.http.HttpOptions;
import dev.cyanotype.internal.assembly.Assembly;
import dev.cyanotype.internal.json.JsonCodec;
import dev.cyanotype.internal.view.Views;
import dev.cyanotype.spi.MessageBus;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/** What all exchanges of one app share. Thread-safe. */
public final class AppRuntime {

    private final String name;
    private final Assembly assembly;
    private final JsonCodec json;
    private final HttpOptions http;
    private final Logger log;
    private volatile @Nullable MessageBus bus;
    private volatile Views views = Views.none();

    public AppRuntime(String name, Assembly assembly, JsonCodec json, HttpOptions http) {
        this.name = name;
        this.assembly = assembly;
        this.json = json;
        this.http = http;
        this.log = LoggerFactory.getLogger("dev.cyanotype.app." + name);
    }

    public String name() {
        return name;
    }

    Assembly assembly() {
        return assembly;
    }

    public JsonCodec json() {
        return json;
    }

    public HttpOptions http() {
        return http;
    }

    public Logger log() {
        return log;
    }

    /** Sets what renders views, before anything is dispatched. */
    public void views(Views newViews) {
        views = newViews;
    }

    Views views() {
        return views;
    }

    /** Sets what messages go through, before anything is dispatched. */
    public void bus(MessageBus newBus) {
        bus = newBus;
    }

    /**
     * What messages go through.
     *
     * @throws IllegalStateException if the app is not started
     */
    public MessageBus bus() {
        MessageBus current = bus;
        if (current == null) {
            throw new IllegalStateException("app '" + name + "' is not started, so it can't send messages. Start it.");
        }
        return current;
    }

    /** Publishes what encodes to a JSON object. */
    public long broadcast(String channel, Object message) {
        if (channel.isEmpty()) {
            throw new IllegalArgumentException("broadcast: channel is empty");
        }
        Objects.requireNonNull(message, "message");
        JsonNode tree = json.tree(message);
        if (!tree.isObject()) {
            throw new IllegalArgumentException("broadcast on '" + channel + "': a "
                    + message.getClass().getSimpleName() + " is no JSON object (expected: a record, a class or a map)");
        }
        return bus().publish(channel, tree);
    }
}
