/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.plugin;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/**
 * What {@link ServiceLoader} finds of a service, none of it made yet.
 *
 * <p>It is looked for with the thread's context class loader, which knows the application, then with the library's own, which knows
 * what lies beside it, and in the module layer of the library. What is seen several times counts once.
 *
 * @param <P> the service
 */
public final class Services<P> {

    private final String what;
    private final Class<P> service;
    private final Map<Class<?>, ServiceLoader.Provider<P>> found = new LinkedHashMap<>();
    private @Nullable String problem;
    private @Nullable Throwable cause;

    private Services(String what, Class<P> service) {
        this.what = what;
        this.service = service;
    }

    /**
     * Looks for providers.
     *
     * @param what how a provider is called
     */
    public static <P> Services<P> find(String what, Class<P> service) {
        Services<P> services = new Services<>(what, service);
        ClassLoader own = Services.class.getClassLoader();
        ClassLoader context = Thread.currentThread().getContextClassLoader();
        if (context != null && context != own) {
            services.look(ServiceLoader.load(service, context), context);
        }
        services.look(ServiceLoader.load(service, own), own);
        ModuleLayer layer = Services.class.getModule().getLayer();
        if (layer != null && layer != ModuleLayer.boot()) {
            services.look(ServiceLoader.load(layer, service), own);
        }
        return services;
    }

    private void look(ServiceLoader<P> loader, ClassLoader where) {
        Iterator<ServiceLoader.Provider<P>> all = loader.stream().iterator();
        try {
            while (all.hasNext()) {
                ServiceLoader.Provider<P> provider = all.next();
                found.putIfAbsent(provider.type(), provider);
            }
        } catch (ServiceConfigurationError | LinkageError e) {
            if (problem == null) {
                String known = Declarations.problem(what, service, where);
                problem = known == null ? "a " + what + " could not be loaded: " + Failure.text(e) : known;
                cause = e;
            }
        }
    }

    /** The classes found. */
    public List<Class<?>> types() {
        return new ArrayList<>(found.keySet());
    }

    /**
     * Those found.
     *
     * @param failed throws what it means that one can't be read; called before any is returned
     */
    public List<ServiceLoader.Provider<P>> all(Failed failed) {
        if (problem != null) {
            throw failed.because(problem, Objects.requireNonNull(cause, "cause"));
        }
        return List.copyOf(found.values());
    }

    /** Makes the exception of a service. */
    public interface Failed {
        RuntimeException because(String problem, Throwable cause);
    }
}
