/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.lifecycle;

import dev.cyanotype.internal.plugin.Failure;
import dev.cyanotype.internal.plugin.OneVersion;
import dev.cyanotype.internal.plugin.Places;
import dev.cyanotype.internal.plugin.Services;
import dev.cyanotype.spi.TransportException;
import dev.cyanotype.spi.TransportProvider;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds the transports' providers. */
final class Providers {

    private static final Logger LOG = LoggerFactory.getLogger("dev.cyanotype.spi");

    private static final String WHAT = "transport provider";

    private final Map<String, CheckedProvider> given = new LinkedHashMap<>();
    private final Map<String, CheckedProvider> found = new LinkedHashMap<>();

    private Providers() {}

    /**
     * All providers in starting order: those given, and those found that are not replaced by a given one.
     *
     * @throws TransportException if a provider is broken, two have one id, or their versions do not fit together
     */
    static List<TransportProvider> find(List<TransportProvider> given, boolean discovery) {
        Set<Class<?>> givenTypes = new HashSet<>();
        given.forEach(provider -> givenTypes.add(provider.getClass()));
        requireOneVersion(OneVersion.problem(givenTypes));
        Providers providers = new Providers();
        for (TransportProvider provider : given) {
            providers.give(new CheckedProvider(provider));
        }
        if (discovery) {
            providers.discover(givenTypes);
        }
        List<TransportProvider> all = new ArrayList<>(providers.given.values());
        all.addAll(providers.found.values());
        all.sort(Comparator.comparingInt(TransportProvider::order).thenComparing(TransportProvider::id));
        return all;
    }

    private static void requireOneVersion(@Nullable String problem) {
        if (problem != null) {
            throw new TransportException(problem, null);
        }
    }

    private void give(CheckedProvider provider) {
        CheckedProvider known = given.putIfAbsent(provider.id(), provider);
        if (known != null) {
            throw new TransportException(
                    "two transports given to the app have the id '%s': %s, %s. Give one, or start with noTransports()."
                            .formatted(provider.id(), known, provider),
                    null);
        }
    }

    private void discover(Set<Class<?>> givenTypes) {
        Services<TransportProvider> services = Services.find(WHAT, TransportProvider.class);
        // First of all: what does not fit may fail in any other way.
        requireOneVersion(OneVersion.problemOnPath(services.types()));
        for (ServiceLoader.Provider<TransportProvider> service : services.all(TransportException::new)) {
            TransportProvider made = make(service, givenTypes);
            if (made != null) {
                add(new CheckedProvider(made));
            }
        }
    }

    /** The provider of a declaration; null if it fails, and one of its class is given, which replaces it. */
    private static @Nullable TransportProvider make(
            ServiceLoader.Provider<TransportProvider> service, Set<Class<?>> givenTypes) {
        try {
            return service.get();
        } catch (ServiceConfigurationError | LinkageError e) {
            if (givenTypes.contains(service.type())) {
                LOG.debug("{} is given to the app; the one that was found can't be made", service.type(), e);
                return null;
            }
            throw new TransportException(
                    "%s %s could not be loaded: %s".formatted(WHAT, Places.describe(service.type()), Failure.text(e)),
                    e);
        }
    }

    private void add(CheckedProvider provider) {
        CheckedProvider instead = given.get(provider.id());
        if (instead != null) {
            LOG.debug("found transport '{}': {}, replaced by {}", provider.id(), provider, instead);
            return;
        }
        LOG.debug("found transport '{}': {}", provider.id(), provider);
        CheckedProvider known = found.putIfAbsent(provider.id(), provider);
        if (known != null && known.toString().equals(provider.toString())) {
            throw new TransportException(
                    "%s %s was found by two class loaders: %s and %s. Have its jar in one of them."
                            .formatted(WHAT, provider, known.loader(), provider.loader()),
                    null);
        }
        if (known != null) {
            throw new TransportException(
                    "two transports have the id '%s': %s, %s. Remove one jar or pass one explicitly."
                            .formatted(provider.id(), known, provider),
                    null);
        }
    }
}
