/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.spec;

import dev.cyanotype.exchange.Attribute;
import dev.cyanotype.internal.routing.PathJoin;
import dev.cyanotype.internal.routing.PathPattern;
import dev.cyanotype.internal.text.Ascii;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Collects options, each at most once, and checks them where they are given. */
public final class OptionsDraft {

    private final String where;
    private final String remedy;
    private final Map<Object, Object> given = new HashMap<>();
    private @Nullable String name;
    private @Nullable String prefix;
    private @Nullable String under;
    private @Nullable String version;
    private @Nullable String versionPrefix;
    private @Nullable List<String> hosts;
    private @Nullable String subdomain;
    private @Nullable Boolean strictSlashes;
    private @Nullable String namePrefix;
    private @Nullable String actionPrefix;
    private final Map<String, String> urlDefaults;
    private final Map<Attribute<?>, Object> attributes;

    /**
     * Starts from options that may be set anew.
     *
     * @param where what messages start with, such as {@code blueprint 'users'}
     * @param remedy what to do instead of setting an option twice
     */
    public OptionsDraft(String where, String remedy, Options start) {
        this.where = where;
        this.remedy = remedy;
        this.name = start.name();
        this.prefix = start.prefix();
        this.under = start.under();
        this.version = start.version();
        this.versionPrefix = start.versionPrefix();
        this.hosts = start.hosts();
        this.subdomain = start.subdomain();
        this.strictSlashes = start.strictSlashes();
        this.namePrefix = start.namePrefix();
        this.actionPrefix = start.actionPrefix();
        this.urlDefaults = new LinkedHashMap<>(start.urlDefaults());
        this.attributes = new HashMap<>(start.attributes());
    }

    public String where() {
        return where;
    }

    public void name(String value) {
        name = once("name", Names.check(where, Objects.requireNonNull(value, "name")));
    }

    public void prefix(String value) {
        prefix = once("prefix", path("prefix", value));
    }

    public void noPrefix() {
        once("prefix", "none");
        prefix = "";
    }

    public void under(String value) {
        under = once("under", path("under", value));
    }

    public void version(String value) {
        Objects.requireNonNull(value, "version");
        version = once("version", version(where, value));
    }

    public void versionPrefix(String value) {
        Objects.requireNonNull(value, "versionPrefix");
        versionPrefix = once("versionPrefix", versionPrefix(where, value));
    }

    public void hosts(String... values) {
        List<String> all = hosts(where, Arrays.asList(values));
        once("host", String.join(", ", all));
        hosts = all;
    }

    public void subdomain(String value) {
        Objects.requireNonNull(value, "subdomain");
        subdomain = once("subdomain", host(where, "subdomain", value));
    }

    public void strictSlashes(boolean value) {
        strictSlashes = once("strictSlashes", value);
    }

    public void namePrefix(String value) {
        namePrefix = once("namePrefix", Names.check(where, Objects.requireNonNull(value, "namePrefix")));
    }

    public void actionPrefix(String value) {
        if (Objects.requireNonNull(value, "actionPrefix").isEmpty()) {
            throw new IllegalArgumentException(where + ": actionPrefix is empty (expected: text such as 'v2.')");
        }
        actionPrefix = once("actionPrefix", value);
    }

    public void urlDefault(String parameter, Object value) {
        PathPattern.checkName(where + ": urlDefault", Objects.requireNonNull(parameter, "parameter"));
        Objects.requireNonNull(value, "value");
        urlDefaults.put(parameter, once("urlDefault '" + parameter + "'", value.toString()));
    }

    public <T> void attribute(Attribute<T> key, T value) {
        Objects.requireNonNull(value, "value");
        // Two keys may have one name; each is set once.
        attributes.put(key, once(Objects.requireNonNull(key, "key"), "attribute '" + key.name() + "'", value));
    }

    public Options build() {
        return new Options(
                name,
                prefix,
                under,
                version,
                versionPrefix,
                hosts,
                subdomain,
                strictSlashes,
                namePrefix,
                actionPrefix,
                urlDefaults,
                attributes);
    }

    /** A version of a number. */
    public static String version(String where, int value) {
        if (value < 0) {
            throw new IllegalArgumentException(where + ": version " + value + " (expected: 0 or more)");
        }
        return Integer.toString(value);
    }

    /** A version without its leading {@code v}. */
    public static String version(String where, String value) {
        int start = 0;
        while (start < value.length() && (value.charAt(start) == 'v' || value.charAt(start) == '/')) {
            start++;
        }
        String version = value.substring(start);
        boolean good = !version.isEmpty();
        for (int i = 0; good && i < version.length(); i++) {
            char c = version.charAt(i);
            good = Ascii.isLetterOrDigit(c) || ".-_".indexOf(c) >= 0;
        }
        if (!good) {
            throw new IllegalArgumentException(
                    where + ": version '" + value + "' (expected: a number or text such as '1.1' or 'v2')");
        }
        return version;
    }

    /** A version prefix, checked with a version behind it. */
    public static String versionPrefix(String where, String value) {
        parse(where, "versionPrefix", value, value + "1");
        return value;
    }

    /** Host names in lower case. */
    public static List<String> hosts(String where, List<String> values) {
        if (values.isEmpty()) {
            throw new IllegalArgumentException(where + ": no hosts (expected: one or more)");
        }
        return values.stream()
                .map(value -> host(where, "host", Objects.requireNonNull(value, "host")))
                .distinct()
                .toList();
    }

    /** A host name in lower case. */
    public static String host(String where, String option, String value) {
        boolean good = !value.isEmpty() && !value.startsWith(".") && !value.endsWith(".");
        for (int i = 0; good && i < value.length(); i++) {
            char c = value.charAt(i);
            good = Ascii.isLetterOrDigit(c) || "-._[]:".indexOf(c) >= 0;
        }
        if (good && value.indexOf(':') >= 0 && !value.startsWith("[")) {
            good = false;
        }
        if (!good) {
            throw new IllegalArgumentException(where + ": " + option + " '" + value
                    + "' (expected: a host name without port, e.g. 'api.example.com')");
        }
        return value.toLowerCase(Locale.ROOT);
    }

    private String path(String option, String value) {
        Objects.requireNonNull(value, option);
        // A prefix may begin and end with several slashes, which the join drops; a pattern may not.
        parse(where, option, value, PathJoin.join(value, ""));
        return value;
    }

    private static void parse(String where, String option, String value, String pattern) {
        try {
            for (PathPattern.Segment segment : PathPattern.parse(pattern).segments()) {
                if (segment instanceof PathPattern.Rest) {
                    throw new IllegalArgumentException("nothing can follow a parameter that takes the rest");
                }
            }
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    where + ": " + option + " '" + value + "' (expected: path segments, e.g. '/api'): "
                            + e.getMessage(),
                    e);
        }
    }

    private <V> V once(String option, V value) {
        return once(option, option, value);
    }

    private <V> V once(Object key, String option, V value) {
        Object old = given.putIfAbsent(key, value);
        if (old != null) {
            throw new IllegalStateException(
                    "%s: %s was already set to '%s', now '%s'. %s".formatted(where, option, old, value, remedy));
        }
        return value;
    }
}
