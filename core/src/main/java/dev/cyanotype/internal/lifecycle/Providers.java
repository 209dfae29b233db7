/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.lifecycle;

import dev.cyanotype.internal.bus.LocalProvider;
import dev.cyanotype.spi.TransportException;
import dev.cyanotype.spi.TransportProvider;
import java.net.URL;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds the transports' providers. */
final class Providers {

    private static final Logger LOG = LoggerFactory.getLogger("dev.cyanotype.spi");

    private final Map<String, TransportProvider> byId = new LinkedHashMap<>();

    private Providers() {}

    /**
     * All providers in starting order: those given, and those found that are not replaced by a given one.
     *
     * @throws TransportException if a provider is broken, or two have one id
     */
    static List<TransportProvider> find(List<TransportProvider> given, boolean discovery) {
        Providers providers = new Providers();
        given.forEach(providers::add);
        if (discovery) {
            providers.discover(List.copyOf(providers.byId.keySet()));
        }
        List<TransportProvider> all = new ArrayList<>(providers.byId.values());
        all.sort(Comparator.comparingInt(TransportProvider::order).thenComparing(TransportProvider::id));
        return all;
    }

    private void discover(List<String> given) {
        walk(TransportProvider.class, Providers::failed, service -> {
            TransportProvider provider = load(service);
            LOG.debug("found transport '{}': {}", provider.id(), describe(provider));
            if (!given.contains(provider.id())) {
                add(provider);
            }
        });
    }

    /**
     * Shows all declared providers of a service, none of them made yet.
     *
     * @param failed throws what it means that a declaration can't be read
     */
    static <P> void walk(Class<P> type, Consumer<Throwable> failed, Consumer<ServiceLoader.Provider<P>> each) {
        ClassLoader context = Thread.currentThread().getContextClassLoader();
        ClassLoader loader = context == null ? Providers.class.getClassLoader() : context;
        Iterator<ServiceLoader.Provider<P>> found =
                ServiceLoader.load(type, loader).stream().iterator();
        while (true) {
            try {
                if (!found.hasNext()) {
                    return;
                }
            } catch (ServiceConfigurationError | LinkageError e) {
                failed.accept(e);
            }
            each.accept(found.next());
        }
    }

    private static void failed(Throwable cause) {
        throw new TransportException("a transport provider could not be loaded: " + cause.getMessage(), cause);
    }

    private static TransportProvider load(ServiceLoader.Provider<TransportProvider> service) {
        try {
            return service.get();
        } catch (ServiceConfigurationError | LinkageError e) {
            throw new TransportException(notLoaded("transport provider", service.type(), cause(e)), e);
        }
    }

    /** Why a provider could not be made. */
    static Throwable cause(Throwable failure) {
        return failure instanceof ServiceConfigurationError && failure.getCause() != null
                ? failure.getCause()
                : failure;
    }

    static String notLoaded(String what, Class<?> type, Throwable cause) {
        return "%s %s could not be loaded: %s %s. Add the missing jar, or remove this one."
                .formatted(what, type.getName(), cause.getClass().getSimpleName(), cause.getMessage());
    }

    private void add(TransportProvider provider) {
        if (provider.id().equals(LocalProvider.ID)) {
            throw new TransportException(
                    "transport provider " + describe(provider) + ": the id '" + LocalProvider.ID
                            + "' is that of the in-process bus",
                    null);
        }
        TransportProvider known = byId.putIfAbsent(provider.id(), provider);
        if (known != null) {
            throw new TransportException(
                    "two transports have the id '%s': %s, %s. Remove one jar or pass one explicitly."
                            .formatted(provider.id(), describe(known), describe(provider)),
                    null);
        }
    }

    /** Its class and the jar that has it. */
    static String describe(Object provider) {
        CodeSource source = provider.getClass().getProtectionDomain().getCodeSource();
        URL location = source == null ? null : source.getLocation();
        if (location == null) {
            return provider.getClass().getName();
        }
        String path = location.getPath();
        String jar = path.substring(path.lastIndexOf('/', path.length() - 2) + 1);
        return provider.getClass().getName() + " (" + jar + ")";
    }
}
