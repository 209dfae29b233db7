/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype;

import dev.cyanotype.internal.spec.OperationSpec;
import dev.cyanotype.internal.spec.OperationSpec.ActionSpec;
import dev.cyanotype.internal.spec.OperationSpec.ListenerSpec;
import dev.cyanotype.internal.spec.OperationSpec.SocketSpec;
import dev.cyanotype.internal.spec.OperationSpec.TaskSpec;
import dev.cyanotype.internal.spec.Options;
import dev.cyanotype.internal.spec.ScopeDraft;
import dev.cyanotype.internal.spec.Source;
import dev.cyanotype.message.Action;
import dev.cyanotype.message.Listener;
import dev.cyanotype.socket.SocketMessage;
import dev.cyanotype.task.BackgroundTask;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

/**
 * Declares actions, listeners, websocket messages and tasks, and mounts other blueprints.
 *
 * <p>Not thread-safe.
 *
 * @param <B> the builder itself
 * @since 0.1
 */
public abstract sealed class OperationsBuilder<B extends OperationsBuilder<B>> extends RoutesBuilder<B>
        permits Blueprint.Builder, App.Builder {

    OperationsBuilder(ScopeDraft draft) {
        super(draft);
    }

    /**
     * Runs an action; the handler reads the payload itself.
     *
     * @param name the action's name on the wire, not empty
     * @param handler runs it
     * @return this
     * @throws IllegalArgumentException if the name is empty
     */
    public B action(String name, Action.Handler handler) {
        Objects.requireNonNull(handler, "handler");
        return add(new ActionSpec(notEmpty("action", "name", name), handler, null, null, Source.caller()));
    }

    /**
     * Runs an action whose payload is decoded first.
     *
     * @param <I> the type of the payload
     * @param name the action's name on the wire, not empty
     * @param input the type of the payload
     * @param handler runs it; its result may be whatever an {@link Action.Handler} returns
     * @return this
     * @throws IllegalArgumentException if the name is empty
     */
    public <I> B action(String name, Class<I> input, Action.TypedHandler<I, ?> handler) {
        Objects.requireNonNull(input, "input");
        Objects.requireNonNull(handler, "handler");
        return add(new ActionSpec(
                notEmpty("action", "name", name),
                ctx -> handler.handle(ctx.payload(input), ctx),
                input,
                null,
                Source.caller()));
    }

    /**
     * Runs an action whose types its callers know.
     *
     * @param <I> the type of the payload
     * @param <O> the type of the result
     * @param action the action
     * @param handler runs it
     * @return this
     */
    public <I, O> B action(Action<I, O> action, Action.TypedHandler<I, O> handler) {
        Objects.requireNonNull(action, "action");
        Objects.requireNonNull(handler, "handler");
        return add(new ActionSpec(
                action.name(),
                ctx -> handler.handle(ctx.payload(action.input()), ctx),
                action.input(),
                action.output(),
                Source.caller()));
    }

    /**
     * Hears the messages of a channel.
     *
     * @param channel the channel's exact name, not empty
     * @param listener hears them one at a time
     * @return this
     * @throws IllegalArgumentException if the channel is empty
     */
    public B listen(String channel, Listener<JsonNode> listener) {
        return listen(channel, JsonNode.class, listener);
    }

    /**
     * Hears the messages of a channel, decoded.
     *
     * @param <T> the type of the messages
     * @param channel the channel's exact name, not empty
     * @param type the type of the messages
     * @param listener hears them one at a time
     * @return this
     * @throws IllegalArgumentException if the channel is empty
     */
    public <T> B listen(String channel, Class<T> type, Listener<T> listener) {
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(listener, "listener");
        return add(new ListenerSpec(
                notEmpty("channel", "channel", channel),
                type,
                (message, ctx) -> listener.hear(type.cast(message), ctx),
                Source.caller()));
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
     * Does something periodically, for the first time after one interval.
     *
     * @param name the task's name, not empty
     * @param interval between the end of one run and the start of the next, 1 ms or more
     * @param task what to do
     * @return this
     * @throws IllegalArgumentException if the name is empty or the interval too short
     */
    public B background(String name, Duration interval, BackgroundTask task) {
        Objects.requireNonNull(task, "task");
        notEmpty("task", "name", name);
        if (Objects.requireNonNull(interval, "interval").compareTo(Duration.ofMillis(1)) < 0) {
            throw new IllegalArgumentException(
                    where() + ": task '" + name + "': interval " + interval + " (expected: 1 ms or more)");
        }
        return add(new TaskSpec(name, interval, task, Source.caller()));
    }

    /**
     * Mounts a blueprint as it is.
     *
     * @param blueprint the blueprint
     * @return this
     */
    public B register(Blueprint blueprint) {
        Objects.requireNonNull(blueprint, "blueprint");
        draft().mount(blueprint.spec(), Options.NONE);
        return self();
    }

    /**
     * Mounts a blueprint with options that hold in this place only.
     *
     * @param blueprint the blueprint
     * @param options sets them
     * @return this
     */
    public B register(Blueprint blueprint, Consumer<Mount> options) {
        Objects.requireNonNull(blueprint, "blueprint");
        Objects.requireNonNull(options, "options");
        Mount mount = new Mount(where() + ": mount of " + blueprint);
        options.accept(mount);
        draft().mount(blueprint.spec(), mount.close());
        return self();
    }

    private B add(OperationSpec operation) {
        draft().add(operation);
        return self();
    }

    private String notEmpty(String what, String parameter, String name) {
        if (Objects.requireNonNull(name, parameter).isEmpty()) {
            throw new IllegalArgumentException(where() + ": " + what + " has an empty name");
        }
        return name;
    }
}
