/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.plugin;

import java.net.URL;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sees to it that all artifacts of the library are there once, and of one version. Those of others are not bound to it. */
public final class OneVersion {

    private static final Logger LOG = LoggerFactory.getLogger("dev.cyanotype.spi");

    private static final @Nullable Artifact CORE = Artifact.of(OneVersion.class);

    private OneVersion() {}

    /** The version of core, or what says that it has none. */
    public static String ofCore() {
        return CORE == null ? "(unpackaged)" : CORE.version();
    }

    /**
     * Compares the artifacts of classes with core.
     *
     * @return what is wrong, or null
     */
    public static @Nullable String problem(Collection<Class<?>> types) {
        if (CORE == null) {
            return null;
        }
        Map<String, Artifact> found = new TreeMap<>();
        types.forEach(type -> add(found, Artifact.of(type)));
        return problem(CORE, found.values());
    }

    /**
     * The same, also with files that are there and were not taken, because another one came first. Looks at all jars, and warns of
     * what is there twice.
     *
     * @return what is wrong, or null
     */
    public static @Nullable String problemOnPath(Collection<Class<?>> types) {
        Map<String, Artifact> found = new TreeMap<>();
        types.forEach(type -> add(found, Artifact.of(type)));
        List<Class<?>> all = new ArrayList<>(types);
        all.add(OneVersion.class);
        for (Class<?> type : all) {
            List<URL> files = Places.files(type);
            if (files.size() > 1) {
                files.forEach(file -> add(found, Artifact.of(file, Places.file(type))));
                LOG.warn(
                        "{} is there {} times, in {}, of which one is taken. Keep one.",
                        type.getName(),
                        files.size(),
                        files.stream()
                                .map(file -> Places.jar(file, Places.file(type)))
                                .collect(Collectors.joining(" and ")));
            }
        }
        return problem(CORE, found.values());
    }

    private static void add(Map<String, Artifact> found, @Nullable Artifact artifact) {
        if (artifact != null) {
            found.put(artifact.toString(), artifact);
        }
    }

    /** What is wrong with artifacts beside a core, or null. */
    static @Nullable String problem(@Nullable Artifact core, Collection<Artifact> found) {
        if (core == null) {
            return null;
        }
        List<String> others = found.stream()
                .filter(artifact -> !artifact.version().equals(core.version()))
                .map(Artifact::toString)
                .toList();
        return others.isEmpty()
                ? null
                : "%s and %s do not fit together (expected: one version). Import dev.cyanotype:cyanotype as a BOM."
                        .formatted(String.join(", ", others), core);
    }
}
