/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.view;

import dev.cyanotype.exchange.TemplateException;
import dev.cyanotype.internal.spec.Names;
import dev.cyanotype.internal.spec.TemplateLocation;
import dev.cyanotype.internal.text.TemplateNames;
import dev.cyanotype.spi.TemplateFolders;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Folders in the order of one scope. */
final class SearchedFolders implements TemplateFolders {

    private final List<TemplateLocation> locations;
    private final boolean cached;

    SearchedFolders(List<TemplateLocation> locations, boolean cached) {
        this.locations = locations;
        this.cached = cached;
    }

    @Override
    public String read(String name) {
        String problem = TemplateNames.problem(name);
        if (problem != null) {
            throw new TemplateException(problem, null);
        }
        for (TemplateLocation location : locations) {
            byte[] bytes = bytes(location, name);
            if (bytes != null) {
                return text(location, name, bytes);
            }
        }
        throw missing(name);
    }

    @Override
    public boolean has(String name) {
        return TemplateNames.problem(name) == null
                && locations.stream().anyMatch(location -> bytes(location, name) != null);
    }

    private static byte @Nullable [] bytes(TemplateLocation location, String name) {
        try {
            return LocationReader.read(location, name);
        } catch (IOException e) {
            throw unreadable(location, name, e);
        }
    }

    /** The text, which has to be UTF-8: a wrong character would show up as a stain on some page. */
    private static String text(TemplateLocation location, String name, byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (IOException e) {
            throw new TemplateException(
                    "template '%s' in %s is not UTF-8. Save it as UTF-8.".formatted(name, location), e);
        }
    }

    private static TemplateException unreadable(TemplateLocation location, String name, IOException cause) {
        return new TemplateException("template '%s' in %s can't be read: %s".formatted(name, location, cause), cause);
    }

    private TemplateException missing(String name) {
        if (locations.isEmpty()) {
            return new TemplateException(
                    "template '%s': this app has no templates. Declare templates(…) on it or on a blueprint."
                            .formatted(name),
                    null);
        }
        String closest = Names.closest(name, names());
        return new TemplateException(
                "template '%s' is missing (searched: %s).%s"
                        .formatted(
                                name,
                                locations.stream()
                                        .map(TemplateLocation::toString)
                                        .collect(Collectors.joining(", ")),
                                closest == null ? "" : " Did you mean '" + closest + "'?"),
                null);
    }

    @Override
    public SortedSet<String> names() {
        SortedSet<String> names = new TreeSet<>();
        locations.forEach(location -> LocationReader.list(location, names));
        return names;
    }

    @Override
    public boolean cached() {
        return cached;
    }
}
