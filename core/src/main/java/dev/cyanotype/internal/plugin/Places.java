/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.plugin;

import java.io.IOException;
import java.net.URL;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Where classes come from, for messages. */
public final class Places {

    private Places() {}

    /** A class and the jar that has it. */
    public static String describe(Class<?> type) {
        String jar = jar(type);
        return jar == null ? type.getName() : type.getName() + " (" + jar + ")";
    }

    /** The jar or folder that has a class, without the way there; null where that is not known. */
    static @Nullable String jar(Class<?> type) {
        CodeSource source = type.getProtectionDomain().getCodeSource();
        URL location = source == null ? null : source.getLocation();
        return location == null ? null : lastName(location.getPath());
    }

    /** The jar or folder that has a resource. */
    static String jar(URL resource, String name) {
        String path = resource.getPath();
        return lastName(path.endsWith(name) ? path.substring(0, path.length() - name.length()) : path);
    }

    private static String lastName(String path) {
        String folder = path.endsWith("!/") ? path.substring(0, path.length() - 2) : path;
        return folder.substring(folder.lastIndexOf('/', folder.length() - 2) + 1);
    }

    static String file(Class<?> type) {
        return type.getName().replace('.', '/') + ".class";
    }

    /** All files of a class that its own loader could have taken; those of loaders above are other copies, kept apart. */
    static List<URL> files(Class<?> type) {
        ClassLoader loader = type.getClassLoader();
        if (loader == null) {
            return List.of();
        }
        try {
            // By text: equals of a URL may ask the network.
            Set<String> above = new LinkedHashSet<>();
            if (loader.getParent() != null) {
                loader.getParent()
                        .getResources(file(type))
                        .asIterator()
                        .forEachRemaining(url -> above.add(url.toString()));
            }
            List<URL> own = new ArrayList<>();
            Set<String> seen = new LinkedHashSet<>();
            for (URL url : Collections.list(loader.getResources(file(type)))) {
                if (!above.contains(url.toString()) && seen.add(url.toString())) {
                    own.add(url);
                }
            }
            return own;
        } catch (IOException e) {
            // Only a check for what is there twice is lost.
            return List.of();
        }
    }
}
