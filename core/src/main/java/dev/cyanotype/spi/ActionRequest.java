/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.spi;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A request for an action: as a transport hands it to the {@link Dispatcher}, and as a {@link MessageBus} is to send it.
 *
 * <p>Immutable and, as far as its payload is, thread-safe.
 *
 * @since 0.1
 */
public final class ActionRequest {

    /** What an answer has that is not the last. */
    static final String PROGRESS = "progress";

    private final String action;
    private final JsonNode payload;
    private final JsonNode message;
    private final @Nullable String correlationId;
    private final @Nullable Instant deadline;
    private final @Nullable String idempotencyKey;
    private final @Nullable String traceparent;
    private final Consumer<JsonNode> progress;
    private final BooleanSupplier cancelled;
    private final InstantSource clock;

    private ActionRequest(Builder builder) {
        this.action = builder.action;
        this.payload = builder.payload;
        this.message = builder.message;
        this.correlationId = builder.correlationId;
        this.deadline = builder.deadline;
        this.idempotencyKey = builder.idempotencyKey;
        this.traceparent = builder.traceparent;
        this.progress = builder.progress;
        this.cancelled = builder.cancelled;
        this.clock = builder.clock;
    }

    /**
     * A request of nothing but a payload.
     *
     * @param action the action's name
     * @param payload what the caller sent
     * @return the request
     */
    public static ActionRequest of(String action, JsonNode payload) {
        return builder(action, payload).build();
    }

    /**
     * Starts a request.
     *
     * @param action the action's name
     * @param payload what the caller sent
     * @return a new builder
     */
    public static Builder builder(String action, JsonNode payload) {
        return new Builder(Objects.requireNonNull(action, "action"), Objects.requireNonNull(payload, "payload"));
    }

    /**
     * Starts a request with what {@link #toJson} has written.
     *
     * @param message any JSON; what it lacks the request lacks
     * @return a new builder
     */
    public static Builder builder(JsonNode message) {
        JsonNode deadline = message.path("deadline");
        return builder(message.path("action").asString(""), message.path("payload"))
                .correlationId(message.path("correlation_id").stringValue(null))
                .deadline(
                        deadline.canConvertToLong() && deadline.isIntegralNumber()
                                ? Instant.ofEpochMilli(deadline.longValue())
                                : null)
                .idempotencyKey(message.path("idempotency_key").stringValue(null))
                .traceparent(message.path("traceparent").stringValue(null));
    }

    /**
     * This as a message, for a bus without a format of its own.
     *
     * @return an object of {@code action} and {@code payload}, which is not copied, and where the request has them {@code
     *     correlation_id}, {@code deadline} in milliseconds since 1970, rounded up so that a service does not give up before
     *     its caller does, {@code idempotency_key} and {@code traceparent}
     */
    public JsonNode toJson() {
        ObjectNode message = JsonNodeFactory.instance.objectNode().put("action", action);
        message.set("payload", payload);
        putText(message, "correlation_id", correlationId);
        if (deadline != null) {
            message.put("deadline", deadline.plusNanos(999_999).toEpochMilli());
        }
        putText(message, "idempotency_key", idempotencyKey);
        putText(message, "traceparent", traceparent);
        return message;
    }

    /**
     * Takes an answer that {@link LocalActions#run(JsonNode, Consumer)} has given at the other end.
     *
     * @param answer any JSON; progress goes to {@link #progress()}
     * @return the last reply, with status 500 if the answer has none; null if this is progress
     */
    public @Nullable Reply answered(JsonNode answer) {
        if (answer.has(PROGRESS)) {
            progress.accept(answer.path(PROGRESS));
            return null;
        }
        return new Reply(answer.path("status").asInt(500), answer.path("payload"));
    }

    private static void putText(ObjectNode message, String field, @Nullable String value) {
        if (value != null) {
            message.put(field, value);
        }
    }

    /** The same, by another time, and cancelled also if that says so. */
    ActionRequest by(InstantSource time, BooleanSupplier alsoCancelled) {
        return builder(action, payload)
                .message(message)
                .correlationId(correlationId)
                .deadline(deadline)
                .idempotencyKey(idempotencyKey)
                .traceparent(traceparent)
                .progress(progress)
                .cancelled(() -> alsoCancelled.getAsBoolean() || cancelled.getAsBoolean())
                .clock(time)
                .build();
    }

    /**
     * The action's name.
     *
     * @return the name
     */
    public String action() {
        return action;
    }

    /**
     * What the caller sent.
     *
     * @return any JSON
     */
    public JsonNode payload() {
        return payload;
    }

    /**
     * The whole message that it came in.
     *
     * @return the payload where there is no more to it
     */
    public JsonNode message() {
        return message;
    }

    /**
     * The caller's identifier.
     *
     * @return null if it sent none
     */
    public @Nullable String correlationId() {
        return correlationId;
    }

    /**
     * When the caller gives up.
     *
     * @return null if it did not say
     */
    public @Nullable Instant deadline() {
        return deadline;
    }

    /**
     * What is the same in each attempt to have one thing done.
     *
     * @return null if the caller sent none
     */
    public @Nullable String idempotencyKey() {
        return idempotencyKey;
    }

    /**
     * Where the request stands in a distributed trace.
     *
     * @return the field of W3C Trace Context, or null
     */
    public @Nullable String traceparent() {
        return traceparent;
    }

    /**
     * Who hears the progress.
     *
     * @return the listener
     */
    public Consumer<JsonNode> progress() {
        return progress;
    }

    /**
     * Whether nobody waits for the reply any more.
     *
     * @return true from the deadline on, or once the caller has cancelled
     */
    public boolean isCancelled() {
        return cancelled.getAsBoolean() || (deadline != null && !clock.instant().isBefore(deadline));
    }

    /** Names the action, never the payload. */
    @Override
    public String toString() {
        return "ActionRequest[" + action + "]";
    }

    /** Collects what a request has; not thread-safe. */
    public static final class Builder {

        private final String action;
        private final JsonNode payload;
        private JsonNode message;
        private @Nullable String correlationId;
        private @Nullable Instant deadline;
        private @Nullable String idempotencyKey;
        private @Nullable String traceparent;
        private Consumer<JsonNode> progress = value -> {};
        private BooleanSupplier cancelled = () -> false;
        private InstantSource clock = InstantSource.system();

        private Builder(String action, JsonNode payload) {
            this.action = action;
            this.payload = payload;
            this.message = payload;
        }

        /**
         * Adds the whole message that the request came in.
         *
         * @param whole a JSON object with further fields
         * @return this
         */
        public Builder message(JsonNode whole) {
            message = Objects.requireNonNull(whole, "whole");
            return this;
        }

        /**
         * Identifies the request in the log.
         *
         * @param id the caller's identifier, or null
         * @return this
         */
        public Builder correlationId(@Nullable String id) {
            correlationId = id;
            return this;
        }

        /**
         * Says when the caller gives up.
         *
         * @param instant by the same time as {@link #clock}, or null
         * @return this
         */
        public Builder deadline(@Nullable Instant instant) {
            deadline = instant;
            return this;
        }

        /**
         * Says what is the same in each attempt to have one thing done.
         *
         * @param key the key, or null
         * @return this
         */
        public Builder idempotencyKey(@Nullable String key) {
            idempotencyKey = key;
            return this;
        }

        /**
         * Says where the request stands in a distributed trace.
         *
         * @param field as W3C Trace Context has it, or null
         * @return this
         */
        public Builder traceparent(@Nullable String field) {
            traceparent = field;
            return this;
        }

        /**
         * Names somebody to hear its progress.
         *
         * @param listener called for each reply that is not the last
         * @return this
         */
        public Builder progress(Consumer<JsonNode> listener) {
            progress = Objects.requireNonNull(listener, "listener");
            return this;
        }

        /**
         * Says how to learn that the caller has cancelled.
         *
         * @param asked cheap and thread-safe
         * @return this
         */
        public Builder cancelled(BooleanSupplier asked) {
            cancelled = Objects.requireNonNull(asked, "asked");
            return this;
        }

        /**
         * Says what time it is, which tells whether the deadline has passed.
         *
         * @param time the time of the app, such as {@link TransportContext#clock()}. Default: the system's
         * @return this
         */
        public Builder clock(InstantSource time) {
            clock = Objects.requireNonNull(time, "time");
            return this;
        }

        /**
         * Finishes the request.
         *
         * @return an immutable request
         */
        public ActionRequest build() {
            return new ActionRequest(this);
        }
    }
}
