/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.spi;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Executor;

/**
 * What another context gives, but for what a subclass overrides.
 *
 * <p>For whoever wraps transports with {@code App.Builder.decorate} and wants them to be given something else than the app gives:
 * mostly a {@link #dispatcher()} that sees what is run, made once and always the same. What is added to
 * {@link TransportContext} later is forwarded, too. As thread-safe as the other context.
 *
 * @since 0.1
 */
public abstract class ForwardingContext implements TransportContext {

    private final TransportContext delegate;

    /**
     * Asks the other context for nothing yet.
     *
     * @param delegate the other context
     */
    protected ForwardingContext(TransportContext delegate) {
        this.delegate = Objects.requireNonNull(delegate, "delegate");
    }

    /**
     * The other context.
     *
     * @return what this was made with
     */
    protected final TransportContext delegate() {
        return delegate;
    }

    @Override
    public String app() {
        return delegate.app();
    }

    @Override
    public List<MountedOperation> operations(OperationKind kind) {
        return delegate.operations(kind);
    }

    @Override
    public Dispatcher dispatcher() {
        return delegate.dispatcher();
    }

    @Override
    public Settings settings() {
        return delegate.settings();
    }

    @Override
    public MessageJson json() {
        return delegate.json();
    }

    @Override
    public Executor executor() {
        return delegate.executor();
    }

    @Override
    public AppClock clock() {
        return delegate.clock();
    }

    @Override
    public <T> Optional<T> offered(Class<T> type) {
        return delegate.offered(type);
    }

    /** What the other context says. */
    @Override
    public String toString() {
        return delegate.toString();
    }
}
