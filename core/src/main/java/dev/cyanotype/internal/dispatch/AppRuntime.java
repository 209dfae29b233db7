/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.dispatch;

import dev.cyanotype.health.HealthMonitor;
import dev.cyanotype.http.HttpOptions;
import dev.cyanotype.internal.assembly.Assembly;
import dev.cyanotype.internal.bus.BusCaller;
import dev.cyanotype.internal.bus.CallPool;
import dev.cyanotype.internal.json.JsonCodec;
import dev.cyanotype.internal.socket.SocketHub;
import dev.cyanotype.internal.view.Views;
import dev.cyanotype.message.Caller;
import dev.cyanotype.socket.Sockets;
import dev.cyanotype.spi.AppClock;
import dev.cyanotype.spi.MessageBus;
import dev.cyanotype.task.Tasks;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
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
    private final SocketHub sockets;
    private final CallPool calls;
    private final Logger log;
    private final Traffic traffic = new Traffic();
    private volatile @Nullable MessageBus bus;
    private volatile boolean stopped;
    private volatile @Nullable Tasks tasks;
    private volatile @Nullable HealthMonitor health;
    private volatile Views views = Views.none();

    /**
     * Without a bus and views, which come before anything is dispatched.
     *
     * @param sockets the clients of the app's websockets
     */
    public AppRuntime(
            String name, Assembly assembly, JsonCodec json, HttpOptions http, SocketHub sockets, CallPool calls) {
        this.name = name;
        this.assembly = assembly;
        this.json = json;
        this.http = http;
        this.sockets = sockets;
        this.calls = calls;
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

    public SocketHub sockets() {
        return sockets;
    }

    /** What is under way for others. */
    public Traffic traffic() {
        return traffic;
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

    /** Sets what runs by itself, before anything is dispatched. */
    public void tasks(Tasks newTasks) {
        tasks = newTasks;
    }

    /** What runs by itself. */
    public Tasks tasks() {
        return Objects.requireNonNull(tasks, "tasks");
    }

    /** Sets what looks how the app is, before anything is dispatched. */
    public void health(HealthMonitor newHealth) {
        health = newHealth;
    }

    /** What looks how the app is. */
    public HealthMonitor health() {
        return Objects.requireNonNull(health, "health");
    }

    /** Sets what messages go through, before anything is dispatched. */
    public void bus(MessageBus newBus) {
        bus = newBus;
    }

    /** Refuses to send from now on, whatever the bus would do, and ends the calls that nobody would. */
    public void stop() {
        stopped = true;
        calls.end();
    }

    /** What timeouts and deadlines go by. */
    AppClock clock() {
        return calls.clock();
    }

    /**
     * What messages go through.
     *
     * @throws IllegalStateException if the app is not started, or has stopped
     */
    public MessageBus bus() {
        if (stopped) {
            throw new IllegalStateException("app '" + name + "' is stopped, so it can't send messages");
        }
        MessageBus current = bus;
        if (current == null) {
            throw new IllegalStateException("app '" + name + "' is not started, so it can't send messages. Start it.");
        }
        return current;
    }

    /** What the app offers to all its exchanges, or its bus beyond messages. */
    <T> Optional<T> offered(Class<T> type) {
        if (type == Sockets.class) {
            return Optional.of(type.cast(sockets));
        }
        if (type == Tasks.class) {
            return Optional.of(type.cast(tasks()));
        }
        if (type == HealthMonitor.class) {
            return Optional.of(type.cast(health()));
        }
        MessageBus current = bus;
        return current == null ? Optional.empty() : current.as(type);
    }

    /** Publishes what encodes to a JSON object. */
    public long broadcast(String channel, Object message) {
        return bus().publish(
                        checked("broadcast", "channel", channel), object("broadcast on", channel, "message", message));
    }

    /** Adds what encodes to a JSON object to a stream. */
    public String append(String stream, @Nullable String key, Object entry) {
        MessageBus open = bus();
        checked("append", "stream", stream);
        if (key != null) {
            checked("append to '" + stream + "'", "key", key);
        }
        return open.append(stream, key, object("append to", stream, "entry", entry));
    }

    /**
     * Calls a service.
     *
     * @param deadline when the call has to be over at the latest, or null
     * @param traceparent of what the call is made for, or null
     */
    public Caller caller(String service, @Nullable Instant deadline, @Nullable String traceparent) {
        bus();
        return BusCaller.of(calls, this::bus, service, deadline, traceparent);
    }

    private static String checked(String what, String parameter, String name) {
        if (Objects.requireNonNull(name, parameter).isEmpty()) {
            throw new IllegalArgumentException(what + ": " + parameter + " is empty");
        }
        return name;
    }

    private JsonNode object(String what, String where, String parameter, Object value) {
        JsonNode tree = json.tree(Objects.requireNonNull(value, parameter));
        if (!tree.isObject()) {
            throw new IllegalArgumentException("%s '%s': a %s is no JSON object (expected: a record, a class or a map)"
                    .formatted(what, where, value.getClass().getSimpleName()));
        }
        return tree;
    }
}
