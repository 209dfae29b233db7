/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype;

import dev.cyanotype.internal.spec.OperationSpec;
import dev.cyanotype.internal.spec.OperationSpec.ActionSpec;
import dev.cyanotype.internal.spec.OperationSpec.ConsumerSpec;
import dev.cyanotype.internal.spec.OperationSpec.ListenerSpec;
import dev.cyanotype.internal.spec.ScopeDraft;
import dev.cyanotype.internal.spec.Source;
import dev.cyanotype.message.Action;
import dev.cyanotype.message.ActionOptions;
import dev.cyanotype.message.ConsumerOptions;
import dev.cyanotype.message.Listener;
import dev.cyanotype.message.ListenerOptions;
import dev.cyanotype.message.StreamConsumer;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Declares actions, channel listeners and stream consumers.
 *
 * <p>Not thread-safe.
 *
 * @param <B> the builder itself
 * @since 0.1
 */
public abstract sealed class MessagesBuilder<B extends MessagesBuilder<B>> extends FilesBuilder<B>
        permits SocketsBuilder {

    MessagesBuilder(ScopeDraft draft) {
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
        return action(name, handler, options -> {});
    }

    /**
     * Runs an action with options; the handler reads the payload itself.
     *
     * @param name the action's name on the wire, not empty
     * @param handler runs it
     * @param options sets them
     * @return this
     * @throws IllegalArgumentException if the name is empty
     */
    public B action(String name, Action.Handler handler, Consumer<ActionOptions.Builder> options) {
        Objects.requireNonNull(handler, "handler");
        return add(name, handler, null, null, options);
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
        return action(name, input, handler, options -> {});
    }

    /**
     * Runs an action with options, whose payload is decoded first.
     *
     * @param <I> the type of the payload
     * @param name the action's name on the wire, not empty
     * @param input the type of the payload
     * @param handler runs it; its result may be whatever an {@link Action.Handler} returns
     * @param options sets them
     * @return this
     * @throws IllegalArgumentException if the name is empty
     */
    public <I> B action(
            String name, Class<I> input, Action.TypedHandler<I, ?> handler, Consumer<ActionOptions.Builder> options) {
        Objects.requireNonNull(input, "input");
        Objects.requireNonNull(handler, "handler");
        return add(name, ctx -> handler.handle(ctx.payload(input), ctx), input, null, options);
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
        return action(action, handler, options -> {});
    }

    /**
     * Runs an action with options, whose types its callers know.
     *
     * @param <I> the type of the payload
     * @param <O> the type of the result
     * @param action the action
     * @param handler runs it
     * @param options sets them
     * @return this
     */
    public <I, O> B action(
            Action<I, O> action, Action.TypedHandler<I, O> handler, Consumer<ActionOptions.Builder> options) {
        Objects.requireNonNull(action, "action");
        Objects.requireNonNull(handler, "handler");
        return add(
                action.name(),
                ctx -> handler.handle(ctx.payload(action.input()), ctx),
                action.input(),
                action.output(),
                options);
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
        return listen(channel, type, listener, options -> {});
    }

    /**
     * Hears the messages of a channel, decoded, with options.
     *
     * @param <T> the type of the messages
     * @param channel the channel's exact name, not empty
     * @param type the type of the messages; {@link JsonNode} for any
     * @param listener hears them
     * @param options sets them: how many at once, how many may wait, what happens to the rest
     * @return this
     * @throws IllegalArgumentException if the channel is empty
     */
    public <T> B listen(
            String channel, Class<T> type, Listener<T> listener, Consumer<ListenerOptions.Builder> options) {
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(listener, "listener");
        ListenerOptions.Builder builder = ListenerOptions.builder();
        Objects.requireNonNull(options, "options").accept(builder);
        return add(new ListenerSpec(
                notEmpty("channel", "channel", channel),
                type,
                (message, ctx) -> listener.hear(type.cast(message), ctx),
                builder.build(),
                Source.caller()));
    }

    /**
     * Handles the entries of a stream, each in one replica, and at least once.
     *
     * @param <T> the type of the entries
     * @param stream the stream, not empty
     * @param group the group of replicas that share the entries, not empty; each group gets all of them
     * @param type the type of the entries; {@link JsonNode} for any
     * @param consumer handles them one at a time
     * @return this
     * @throws IllegalArgumentException if a name is empty
     */
    public <T> B consume(String stream, String group, Class<T> type, StreamConsumer<T> consumer) {
        return consume(stream, group, type, consumer, options -> {});
    }

    /**
     * Handles the entries of a stream, each in one replica, and at least once, with options.
     *
     * @param <T> the type of the entries
     * @param stream the stream, not empty
     * @param group the group of replicas that share the entries, not empty; each group gets all of them
     * @param type the type of the entries; {@link JsonNode} for any
     * @param consumer handles them
     * @param options sets them: how many at once, how failures are tried again
     * @return this
     * @throws IllegalArgumentException if a name is empty
     */
    public <T> B consume(
            String stream,
            String group,
            Class<T> type,
            StreamConsumer<T> consumer,
            Consumer<ConsumerOptions.Builder> options) {
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(consumer, "consumer");
        ConsumerOptions.Builder builder = ConsumerOptions.builder();
        Objects.requireNonNull(options, "options").accept(builder);
        return add(new ConsumerSpec(
                notEmpty("stream", "stream", stream),
                notEmpty("consumer of stream '" + stream + "'", "group", group),
                type,
                (entry, ctx) -> consumer.consume(type.cast(entry), ctx),
                builder.build(),
                Source.caller()));
    }

    private B add(
            String name,
            Action.Handler handler,
            @Nullable Class<?> input,
            @Nullable Class<?> output,
            Consumer<ActionOptions.Builder> options) {
        ActionOptions.Builder builder = ActionOptions.builder();
        Objects.requireNonNull(options, "options").accept(builder);
        return add(new ActionSpec(
                notEmpty("action", "name", name), handler, input, output, builder.build(), Source.caller()));
    }

    final B add(OperationSpec operation) {
        draft().add(operation);
        return self();
    }

    final String notEmpty(String what, String parameter, String name) {
        if (Objects.requireNonNull(name, parameter).isEmpty()) {
            throw new IllegalArgumentException(where() + ": " + what + " has an empty name");
        }
        return name;
    }
}
