/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.spi;

import java.util.Objects;
import java.util.Set;

/**
 * A provider that is another one in all that a subclass does not override.
 *
 * <p>For whoever wraps transports with {@code App.Builder.decorate}: override {@link #create}, hand the other one a
 * {@link ForwardingContext} to see what comes in, and return a {@link ForwardingBus} around what it has made to see what goes
 * out. What is added to {@link TransportProvider} later is forwarded, too. As thread-safe as the other one.
 *
 * @since 0.1
 */
public abstract class ForwardingProvider implements TransportProvider {

    private final TransportProvider delegate;

    /**
     * Asks the other one for nothing yet.
     *
     * @param delegate the other one
     */
    protected ForwardingProvider(TransportProvider delegate) {
        this.delegate = Objects.requireNonNull(delegate, "delegate");
    }

    /**
     * The other one.
     *
     * @return what this was made with
     */
    protected final TransportProvider delegate() {
        return delegate;
    }

    @Override
    public String id() {
        return delegate.id();
    }

    @Override
    public int order() {
        return delegate.order();
    }

    @Override
    public Set<OperationKind> carries() {
        return delegate.carries();
    }

    @Override
    public Set<String> settings() {
        return delegate.settings();
    }

    @Override
    public boolean isEnabled(Settings settings) {
        return delegate.isEnabled(settings);
    }

    @Override
    public Transport create(TransportContext context) {
        return delegate.create(context);
    }

    /** What the other one says. */
    @Override
    public String toString() {
        return delegate.toString();
    }
}
