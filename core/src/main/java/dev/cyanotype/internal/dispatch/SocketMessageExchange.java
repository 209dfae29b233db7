/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.dispatch;

import dev.cyanotype.internal.assembly.Operation;
import dev.cyanotype.internal.socket.Client;
import dev.cyanotype.internal.socket.Frames;
import dev.cyanotype.socket.SocketContext;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A message on the app's websocket. */
final class SocketMessageExchange extends AppSocketExchange implements SocketContext {

    private final String type;
    private final JsonNode data;
    private final @Nullable JsonNode id;

    /**
     * A message for a handler.
     *
     * @param id what the client gave it, to come back in its answer, or null
     */
    SocketMessageExchange(
            AppRuntime runtime, Operation.Socket operation, Client client, JsonNode data, @Nullable JsonNode id) {
        super(runtime, operation.level(), operation.label(), operation.attributes(), client);
        this.type = operation.address();
        this.data = data;
        this.id = id;
    }

    @Override
    public String type() {
        return type;
    }

    @Override
    public JsonNode data() {
        return data;
    }

    @Override
    public <T> T data(Class<T> wanted) {
        return runtime().json().decode(data, wanted, "the data");
    }

    @Override
    public void progress(Object value) {
        byte[] encoded = runtime().json().encode(Objects.requireNonNull(value, "value"));
        client().post(Frames.message(runtime().json(), "progress", encoded, id), null);
    }
}
