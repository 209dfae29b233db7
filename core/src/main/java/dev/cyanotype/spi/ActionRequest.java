/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.spi;

import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A request for an action as a transport hands it to the {@link Dispatcher}.
 *
 * <p>Immutable and, as far as its payload is, thread-safe.
 *
 * @since 0.1
 */
public final class ActionRequest {

    private final String action;
    private final JsonNode payload;
    private final @Nullable String correlationId;
    private final Consumer<JsonNode> progress;

    private ActionRequest(
            String action, JsonNode payload, @Nullable String correlationId, Consumer<JsonNode> progress) {
        this.action = action;
        this.payload = payload;
        this.correlationId = correlationId;
        this.progress = progress;
    }

    /**
     * A request whose progress nobody hears.
     *
     * @param action the action's name
     * @param payload what the caller sent
     * @return the request
     */
    public static ActionRequest of(String action, JsonNode payload) {
        return new ActionRequest(
                Objects.requireNonNull(action, "action"), Objects.requireNonNull(payload, "payload"), null, p -> {});
    }

    /**
     * The same with an identifier for the log.
     *
     * @param id the caller's identifier
     * @return the changed request
     */
    public ActionRequest correlationId(String id) {
        return new ActionRequest(action, payload, id, progress);
    }

    /**
     * The same with somebody to hear its progress.
     *
     * @param listener called for each reply that is not the last
     * @return the changed request
     */
    public ActionRequest progress(Consumer<JsonNode> listener) {
        return new ActionRequest(action, payload, correlationId, listener);
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
     * The caller's identifier.
     *
     * @return null if it sent none
     */
    public @Nullable String correlationId() {
        return correlationId;
    }

    /**
     * Who hears the progress.
     *
     * @return the listener
     */
    public Consumer<JsonNode> progress() {
        return progress;
    }

    /** Names the action, never the payload. */
    @Override
    public String toString() {
        return "ActionRequest[" + action + "]";
    }
}
