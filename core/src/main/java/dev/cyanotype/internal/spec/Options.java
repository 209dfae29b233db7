/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.spec;

import dev.cyanotype.exchange.Attribute;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a scope or a mount sets; null is unset, which differs from false and from empty.
 *
 * @param name the mount's name, for a mount only
 * @param prefix the path in front of what is declared inside; empty removes an earlier one
 * @param under the path in front of the prefix, for a mount only
 * @param version normalised: without a leading {@code v}
 * @param versionPrefix what stands before the version
 * @param hosts in lower case, one or more
 * @param subdomain put in front of the enclosing host
 * @param strictSlashes whether a trailing slash has to be as written
 * @param namePrefix the name of a nameless scope
 * @param actionPrefix put in front of actions' names, for a mount only
 * @param urlDefaults values of path parameters by name
 * @param attributes what exchanges find without having set it
 */
public record Options(
        @Nullable String name,
        @Nullable String prefix,
        @Nullable String under,
        @Nullable String version,
        @Nullable String versionPrefix,
        @Nullable List<String> hosts,
        @Nullable String subdomain,
        @Nullable Boolean strictSlashes,
        @Nullable String namePrefix,
        @Nullable String actionPrefix,
        Map<String, String> urlDefaults,
        Map<Attribute<?>, Object> attributes) {

    public static final Options NONE =
            new Options(null, null, null, null, null, null, null, null, null, null, Map.of(), Map.of());

    public Options {
        hosts = hosts == null ? null : List.copyOf(hosts);
        urlDefaults = Collections.unmodifiableMap(new LinkedHashMap<>(urlDefaults));
        attributes = Map.copyOf(attributes);
    }
}
