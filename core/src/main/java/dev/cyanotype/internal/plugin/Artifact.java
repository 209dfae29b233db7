/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.plugin;

import java.io.IOException;
import java.lang.module.ModuleDescriptor;
import java.net.JarURLConnection;
import java.net.URL;
import java.util.function.Supplier;
import java.util.jar.Attributes;
import java.util.jar.Manifest;
import org.jspecify.annotations.Nullable;

/**
 * One of the library's own artifacts, as it is there.
 *
 * <p>Known by the module's descriptor on the module path, by the jar's manifest on the class path. Folders of classes, and jars
 * that others have put together of ours, are none.
 *
 * @param name such as {@code cyanotype-core}
 * @param jar the name of the file
 */
public record Artifact(String name, String version, String jar) {

    /** The mark in the manifest: {@code Implementation-Vendor}; its title is the artifact's name. */
    static final String GROUP = "dev.cyanotype";

    /** The artifact of a class; null if it is not one of ours, or does not say its version. */
    public static @Nullable Artifact of(Class<?> type) {
        ModuleDescriptor module = type.getModule().getDescriptor();
        if (module == null) {
            Package of = type.getPackage();
            return of(
                    of.getImplementationVendor(),
                    of.getImplementationTitle(),
                    of.getImplementationVersion(),
                    () -> String.valueOf(Places.jar(type)));
        }
        boolean ours = module.name().startsWith(GROUP + ".") && !module.name().startsWith(GROUP + ".samples.");
        String version = module.rawVersion().orElse(null);
        return ours && version != null
                // dev.cyanotype.http.javalin is cyanotype-http-javalin.
                ? new Artifact(
                        module.name().substring("dev.".length()).replace('.', '-'),
                        version,
                        String.valueOf(Places.jar(type)))
                : null;
    }

    /** The artifact that a file in a jar belongs to; null if it is not one of ours. */
    static @Nullable Artifact of(URL file, String name) {
        try {
            if (!(file.openConnection() instanceof JarURLConnection connection)) {
                return null;
            }
            // A cached jar would stay open after its class loader.
            connection.setUseCaches(false);
            try (var in = connection.getInputStream()) {
                Manifest manifest = connection.getManifest();
                Attributes attributes = manifest == null ? new Attributes() : manifest.getMainAttributes();
                return of(
                        attributes.getValue(Attributes.Name.IMPLEMENTATION_VENDOR),
                        attributes.getValue(Attributes.Name.IMPLEMENTATION_TITLE),
                        attributes.getValue(Attributes.Name.IMPLEMENTATION_VERSION),
                        () -> Places.jar(file, name));
            }
        } catch (IOException e) {
            return null;
        }
    }

    private static @Nullable Artifact of(
            @Nullable String vendor, @Nullable String title, @Nullable String version, Supplier<String> jar) {
        return GROUP.equals(vendor) && title != null && version != null
                ? new Artifact(title, version, jar.get())
                : null;
    }

    @Override
    public String toString() {
        return name + " " + version + " (" + jar + ")";
    }
}
