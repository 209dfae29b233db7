/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.lifecycle;

import dev.cyanotype.internal.bus.LocalProvider;
import dev.cyanotype.internal.plugin.Failure;
import dev.cyanotype.internal.plugin.Ids;
import dev.cyanotype.internal.plugin.Places;
import dev.cyanotype.spi.OperationKind;
import dev.cyanotype.spi.Settings;
import dev.cyanotype.spi.Transport;
import dev.cyanotype.spi.TransportContext;
import dev.cyanotype.spi.TransportException;
import dev.cyanotype.spi.TransportProvider;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A provider that was asked once, and answered as it should; what goes wrong later has its name. */
final class CheckedProvider implements TransportProvider {

    private final TransportProvider provider;
    private final String id;
    private final int order;
    private final Set<OperationKind> carries;
    private final Set<String> settings;

    /**
     * Asks a provider for all it is.
     *
     * @throws TransportException if it fails, or answers with what it must not
     */
    CheckedProvider(TransportProvider provider) {
        this.provider = provider;
        String answer = ask("id()", provider::id);
        String problem = Ids.problem(answer, "http");
        if (problem != null) {
            throw wrong(problem);
        }
        this.id = Objects.requireNonNull(answer, "id");
        if (id.equals(LocalProvider.ID)) {
            throw new TransportException(
                    "transport provider " + this + ": the id 'local' is that of the in-process bus", null);
        }
        this.order = Objects.requireNonNull(ask("order()", provider::order), "order");
        Set<OperationKind> kinds = set("carries()", provider::carries);
        if (kinds.isEmpty()) {
            throw wrong("carries() is empty (expected: one or more kinds of operations)");
        }
        this.carries = Collections.unmodifiableSet(EnumSet.copyOf(kinds));
        this.settings = Collections.unmodifiableSet(set("settings()", provider::settings));
    }

    private <E> Set<E> set(String method, Supplier<? extends @Nullable Set<E>> asked) {
        // Copied within, because the set is the provider's own, too.
        Set<E> answer = ask(method, () -> {
            Set<E> given = asked.get();
            return given == null ? null : new LinkedHashSet<>(given);
        });
        if (answer == null) {
            throw wrong(method + " is null (expected: a set)");
        }
        for (E element : answer) {
            if (element == null) {
                throw wrong(method + " has null in it (expected: none)");
            }
        }
        return answer;
    }

    private <T> @Nullable T ask(String method, Supplier<? extends @Nullable T> asked) {
        try {
            return asked.get();
        } catch (RuntimeException | LinkageError e) {
            throw failed(method, e);
        }
    }

    private TransportException failed(String method, Throwable cause) {
        return new TransportException(
                "transport provider %s: %s failed: %s".formatted(this, method, Failure.text(cause)), cause);
    }

    private TransportException wrong(String problem) {
        return new TransportException("transport provider %s: %s. Repair or remove it.".formatted(this, problem), null);
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public int order() {
        return order;
    }

    @Override
    public Set<OperationKind> carries() {
        return carries;
    }

    @Override
    public Set<String> settings() {
        return settings;
    }

    @Override
    public boolean isEnabled(Settings given) {
        try {
            return provider.isEnabled(given);
        } catch (IllegalArgumentException e) {
            // A setting is wrong, and the message says which.
            throw e;
        } catch (RuntimeException | LinkageError e) {
            throw failed("isEnabled(…)", e);
        }
    }

    @Override
    public Transport create(TransportContext context) {
        Transport transport;
        try {
            transport = provider.create(context);
        } catch (LinkageError e) {
            throw failed("create(…)", e);
        }
        if (transport == null) {
            throw wrong("create(…) returned null (expected: a transport)");
        }
        return transport;
    }

    /** What has loaded the provider's class; null for the platform itself. */
    @Nullable
    ClassLoader loader() {
        return provider.getClass().getClassLoader();
    }

    /** The class of the provider, and its jar. */
    @Override
    public String toString() {
        return Places.describe(provider.getClass());
    }
}
