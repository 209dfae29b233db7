/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.message;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The name and the types of an action, shared by the service that runs it and those that call it.
 *
 * <p>Keep it in a constant: {@code static final Action<NewUser, User> CREATE = Action.named("create_user", NewUser.class,
 * User.class);}. Immutable and thread-safe.
 *
 * @param <I> the type of the request
 * @param <O> the type of the reply
 * @since 0.1
 */
public final class Action<I, O> {

    private final String name;
    private final Class<I> input;
    private final Class<O> output;

    private Action(String name, Class<I> input, Class<O> output) {
        this.name = name;
        this.input = input;
        this.output = output;
    }

    /**
     * Makes an action.
     *
     * @param <I> the type of the request
     * @param <O> the type of the reply
     * @param name the name on the wire, not empty
     * @param input the class of the request
     * @param output the class of the reply
     * @return the action
     * @throws IllegalArgumentException if the name is empty
     */
    public static <I, O> Action<I, O> named(String name, Class<I> input, Class<O> output) {
        if (Objects.requireNonNull(name, "name").isEmpty()) {
            throw new IllegalArgumentException("action name is empty (expected: a name such as 'create_user')");
        }
        return new Action<>(name, Objects.requireNonNull(input, "input"), Objects.requireNonNull(output, "output"));
    }

    /**
     * The name on the wire.
     *
     * @return the name
     */
    public String name() {
        return name;
    }

    /**
     * The class of the request.
     *
     * @return the class
     */
    public Class<I> input() {
        return input;
    }

    /**
     * The class of the reply.
     *
     * @return the class
     */
    public Class<O> output() {
        return output;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Action<?, ?> that
                && name.equals(that.name)
                && input == that.input
                && output == that.output;
    }

    @Override
    public int hashCode() {
        return name.hashCode();
    }

    @Override
    public String toString() {
        return "Action[" + name + ": " + input.getSimpleName() + " -> " + output.getSimpleName() + "]";
    }

    /**
     * Runs an action whose payload it reads itself.
     *
     * <p>One instance serves all requests at once and has to be thread-safe.
     */
    @FunctionalInterface
    public interface Handler {

        /**
         * Runs the action once.
         *
         * @param ctx the request
         * @return a plain value, a {@link dev.cyanotype.exchange.Response}, null, or a
         *     {@link java.util.concurrent.CompletionStage} of one of these
         * @throws Exception to hand the request to the error handlers
         */
        @Nullable
        Object handle(ActionContext ctx) throws Exception;
    }

    /**
     * Runs an action whose payload is decoded first.
     *
     * <p>One instance serves all requests at once and has to be thread-safe.
     *
     * @param <I> the type of the request
     * @param <O> the type of the result; {@link Object} where it may be anything a {@link Handler} returns
     */
    @FunctionalInterface
    public interface TypedHandler<I, O> {

        /**
         * Runs the action once.
         *
         * @param input the decoded payload
         * @param ctx the request
         * @return the result
         * @throws Exception to hand the request to the error handlers
         */
        @Nullable
        O handle(I input, ActionContext ctx) throws Exception;
    }
}
