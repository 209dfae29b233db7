/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.lifecycle;

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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds the transports' providers. */
final class Providers {

    private static final Logger LOG = LoggerFactory.getLogger("dev.cyanotype.spi");

    /** The id of the in-process bus. */
    static final String LOCAL = "local";

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
        ClassLoader context = Thread.currentThread().getContextClassLoader();
        ClassLoader loader = context == null ? Providers.class.getClassLoader() : context;
        Iterator<ServiceLoader.Provider<TransportProvider>> found =
                ServiceLoader.load(TransportProvider.class, loader).stream().iterator();
        while (hasNext(found)) {
            ServiceLoader.Provider<TransportProvider> service = found.next();
            TransportProvider provider = load(service);
            LOG.debug("found transport '{}': {}", provider.id(), describe(provider));
            if (!given.contains(provider.id())) {
                add(provider);
            }
        }
    }

    private static boolean hasNext(Iterator<?> found) {
        try {
            return found.hasNext();
        } catch (ServiceConfigurationError | LinkageError e) {
            throw new TransportException("a transport provider could not be loaded: " + e.getMessage(), e);
        }
    }

    private static TransportProvider load(ServiceLoader.Provider<TransportProvider> service) {
        try {
            return service.get();
        } catch (ServiceConfigurationError | LinkageError e) {
            Throwable cause = e instanceof ServiceConfigurationError && e.getCause() != null ? e.getCause() : e;
            throw new TransportException(
                    "transport provider %s could not be loaded: %s %s. Add the missing jar, or remove this one."
                            .formatted(
                                    service.type().getName(), cause.getClass().getSimpleName(), cause.getMessage()),
                    e);
        }
    }

    private void add(TransportProvider provider) {
        if (provider.id().equals(LOCAL)) {
            throw new TransportException(
                    "transport provider " + describe(provider) + ": the id '" + LOCAL
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

    private static String describe(TransportProvider provider) {
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
