/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.dispatch;

import dev.cyanotype.exchange.Attribute;
import dev.cyanotype.exchange.Exchange;
import dev.cyanotype.internal.assembly.Level;
import dev.cyanotype.message.Caller;
import dev.cyanotype.message.Callers;
import dev.cyanotype.spi.CorrelationId;
import java.time.Instant;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/** What all kinds of exchanges have. */
abstract class BaseExchange implements Exchange, Callers {

    /** The ways an operation can be reached. */
    enum Carrier {
        HTTP("http", true),
        ACTION("action", true),
        MESSAGE("message", false),
        STREAM("stream", false),
        SOCKET("socket", true),
        TASK("task", false);

        private final String label;
        private final boolean client;

        Carrier(String label, boolean client) {
            this.label = label;
            this.client = client;
        }

        /** How the log calls it. */
        String label() {
            return label;
        }

        /** Whether somebody waits for an answer, and so learns of an error. */
        boolean hasClient() {
            return client;
        }
    }

    private final AppRuntime runtime;
    private @Nullable String correlationId;
    private @Nullable Map<Attribute<?>, Object> attributes;
    private @Nullable Throwable unhandled;

    BaseExchange(AppRuntime runtime) {
        this.runtime = runtime;
    }

    /** The scope whose operation runs. */
    abstract Level level();

    /** What was declared for all its exchanges. */
    abstract Map<Attribute<?>, Object> declaredAttributes();

    final AppRuntime runtime() {
        return runtime;
    }

    /** What carried it. */
    abstract Carrier carrier();

    /** The identifier that came with it, or null. */
    @Nullable
    String givenCorrelationId() {
        return null;
    }

    @Override
    public final String app() {
        return runtime.name();
    }

    @Override
    public final String correlationId() {
        if (correlationId == null) {
            correlationId = CorrelationId.from(givenCorrelationId());
        }
        return correlationId;
    }

    @Override
    public final String blueprint() {
        return level().name();
    }

    @Override
    public final List<String> blueprints() {
        return level().blueprints();
    }

    @Override
    public final Logger log() {
        return runtime.log();
    }

    @Override
    public final <T> @Nullable T attribute(Attribute<T> key) {
        Object own = attributes == null ? null : attributes.get(key);
        T value = own == null ? inherited(key) : key.type().cast(own);
        if (value == null) {
            Object declared = declaredAttributes().get(key);
            value = declared == null ? null : key.type().cast(declared);
        }
        return value;
    }

    /** What something that outlives this exchange holds for it, or null. */
    <T> @Nullable T inherited(Attribute<T> key) {
        return null;
    }

    /** What was left during this exchange. */
    final Map<Attribute<?>, Object> ownAttributes() {
        return attributes == null ? Map.of() : attributes;
    }

    /** Whether the error is no error, but says how this is to end, which is done now. */
    boolean endsBy(Throwable error) {
        return false;
    }

    @Override
    public final <T> void attribute(Attribute<T> key, @Nullable T value) {
        if (attributes == null) {
            attributes = new IdentityHashMap<>();
        }
        if (value == null) {
            attributes.remove(key);
        } else {
            attributes.put(key, value);
        }
    }

    @Override
    public final long broadcast(String channel, Object message) {
        return runtime.broadcast(channel, message);
    }

    @Override
    public final String append(String stream, Object entry) {
        return runtime.append(stream, null, entry);
    }

    @Override
    public final String append(String stream, String key, Object entry) {
        return runtime.append(stream, Objects.requireNonNull(key, "key"), entry);
    }

    @Override
    public final Caller caller(String service) {
        return runtime.caller(service, waitsUntil(), traceparent());
    }

    /** Until when somebody waits for the answer, or null. */
    @Nullable
    Instant waitsUntil() {
        return null;
    }

    /** Where this stands in a distributed trace, or null. */
    @Nullable
    String traceparent() {
        return null;
    }

    @Override
    public <T> T as(Class<T> type) {
        return type.isInstance(this)
                ? type.cast(this)
                : runtime.offered(type)
                        .orElseThrow(() -> new IllegalStateException(operation() + ": there is no " + type.getName()
                                + " here. Ask for it only where its transport carries it."));
    }

    /** The error that no error handler took, or null. */
    final @Nullable Throwable unhandled() {
        return unhandled;
    }

    final void unhandled(@Nullable Throwable error) {
        unhandled = error;
    }

    @Override
    public final String toString() {
        return carrier().label() + " " + operation();
    }
}
