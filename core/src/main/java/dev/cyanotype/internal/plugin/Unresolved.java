/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.plugin;

import java.io.File;
import java.lang.module.FindException;
import java.lang.module.ModuleFinder;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Finds modules that lie on the module path and are not part of the program.
 *
 * <p>Providers on the module path are resolved by themselves, because core uses their service, unless {@code --limit-modules} says
 * otherwise.
 */
public final class Unresolved {

    private Unresolved() {}

    /**
     * What would provide a service.
     *
     * @return names of modules in order; empty on the class path
     */
    public static List<String> providersOf(Class<?> service) {
        ModuleLayer layer = Unresolved.class.getModule().getLayer();
        String path = System.getProperty("jdk.module.path");
        if (layer == null || path == null) {
            return List.of();
        }
        try {
            Path[] places = Pattern.compile(Pattern.quote(File.pathSeparator))
                    .splitAsStream(path)
                    .map(Path::of)
                    .toArray(Path[]::new);
            return ModuleFinder.of(places).findAll().stream()
                    .map(found -> found.descriptor())
                    .filter(module -> module.provides().stream()
                            .anyMatch(provided -> provided.service().equals(service.getName())))
                    .map(module -> module.name())
                    .filter(name -> layer.findModule(name).isEmpty())
                    .sorted()
                    .toList();
        } catch (FindException | InvalidPathException e) {
            // It is only for a better message.
            return List.of();
        }
    }
}
