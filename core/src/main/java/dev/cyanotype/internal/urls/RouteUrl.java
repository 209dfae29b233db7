/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.urls;

import dev.cyanotype.http.Url;
import dev.cyanotype.http.UrlDefaultsHook;
import dev.cyanotype.internal.assembly.Operation;
import dev.cyanotype.internal.routing.PercentEncoder;
import dev.cyanotype.internal.spec.OptionsDraft;
import dev.cyanotype.internal.text.Origin;
import dev.cyanotype.internal.urls.AppUrls.Here;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A URL of a route, with what has been given so far.
 *
 * @param values given for parameters, in order
 * @param query name and value by turns, as text
 */
record RouteUrl(
        Target target,
        Map<String, Object> values,
        List<String> query,
        @Nullable String anchor,
        @Nullable String version,
        @Nullable String host,
        @Nullable String scheme)
        implements Url {

    private static final Set<String> SCHEMES = Set.of("http", "https", "ws", "wss");

    RouteUrl(Target target) {
        this(target, Map.of(), List.of(), null, null, null, null);
    }

    @Override
    public Url with(String name, Object value) {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(value, "value");
        Map<String, Object> more = new LinkedHashMap<>(values);
        more.put(name, value);
        return new RouteUrl(target, more, query, anchor, version, host, scheme);
    }

    @Override
    public Url query(String name, Object... given) {
        Objects.requireNonNull(name, "name");
        List<String> more = new ArrayList<>(query);
        for (Object value : given) {
            addAll(more, name, Objects.requireNonNull(value, "value"));
        }
        return new RouteUrl(target, values, more, anchor, version, host, scheme);
    }

    @Override
    public Url anchor(String text) {
        return new RouteUrl(target, values, query, Objects.requireNonNull(text, "text"), version, host, scheme);
    }

    @Override
    public Url version(String wanted) {
        Objects.requireNonNull(wanted, "version");
        String normal = OptionsDraft.version("url '" + target.name() + "'", wanted);
        return new RouteUrl(target, values, query, anchor, normal, host, scheme);
    }

    @Override
    public Url host(String wanted) {
        Objects.requireNonNull(wanted, "host");
        String normal = OptionsDraft.host("url '" + target.name() + "'", "host", wanted);
        return new RouteUrl(target, values, query, anchor, version, normal, scheme);
    }

    @Override
    public Url scheme(String wanted) {
        Objects.requireNonNull(wanted, "scheme");
        if (!SCHEMES.contains(wanted)) {
            throw new IllegalArgumentException(
                    "url '" + target.name() + "': scheme '" + wanted + "' (expected: http, https, ws or wss)");
        }
        return new RouteUrl(target, values, query, anchor, version, host, wanted);
    }

    @Override
    public String path() {
        if (scheme != null || host != null) {
            throw target.failure("a " + (scheme != null ? "scheme" : "host")
                    + " was chosen, which a path does not have. Use absolute().");
        }
        return text(chosen());
    }

    @Override
    public String absolute() {
        Here here = target.here();
        String origin = target.origin();
        if (origin == null && here != null) {
            origin = here.origin();
        }
        if (origin == null) {
            throw target.failure(
                    "nobody said where the app is reached. Set HttpOptions.origin(…), the setting http.origin,"
                            + " or use absolute(\"https://…\").");
        }
        return absolute(origin);
    }

    @Override
    public String absolute(String given) {
        Origin origin;
        try {
            origin = Origin.parse(Objects.requireNonNull(given, "origin"));
        } catch (IllegalArgumentException e) {
            throw target.failure(String.valueOf(e.getMessage()));
        }
        FilledPath path = chosen();
        return schemeOf(path.route(), scheme == null ? origin.scheme() : scheme) + "://" + hostOf(path.route(), origin)
                + origin.portPart() + text(path);
    }

    /** A websocket has schemes of its own (RFC 6455, 3), which are as safe as the others. */
    private String schemeOf(Operation.Http route, String wanted) {
        if (route.isUpgrade()) {
            return wanted.endsWith("s") && !wanted.equals("ws") ? "wss" : "ws";
        }
        if (wanted.startsWith("ws")) {
            throw target.failure("it is no websocket, so its scheme can't be " + wanted + " (expected: http or https)");
        }
        return wanted;
    }

    private String hostOf(Operation.Http route, Origin origin) {
        List<String> hosts = route.hosts();
        if (host != null) {
            if (!hosts.isEmpty() && !hosts.contains(host)) {
                throw target.failure("it does not answer on host '" + host + "' (expected: one of " + hosts + ")");
            }
            return host;
        }
        if (hosts.isEmpty() || hosts.contains(origin.host())) {
            return origin.host();
        }
        if (hosts.size() > 1) {
            throw target.failure("it answers on several hosts " + hosts + ". Choose one with host(…).");
        }
        return hosts.get(0);
    }

    /** Of the paths of the route the one that takes most of what was given. */
    private FilledPath chosen() {
        List<Operation.Http> routes = target.inOnePlace(version);
        Map<String, Object> filled = filled(routes.get(0));
        List<FilledPath> paths = routes.stream()
                .map(route -> new FilledPath(route, values, filled))
                .toList();
        return paths.stream()
                .filter(path -> path.problem() == null)
                // The first of several maximal ones.
                .reduce((best, path) -> path.used() > best.used() ? path : best)
                .orElseThrow(() -> target.failure(String.valueOf(paths.get(0).problem())));
    }

    private Map<String, Object> filled(Operation.Http route) {
        UrlDefaultsHook[] hooks = route.chain().urlDefaults();
        Here here = target.here();
        if (here == null || hooks.length == 0) {
            return values;
        }
        Map<String, Object> filled = new LinkedHashMap<>(values);
        for (UrlDefaultsHook hook : hooks) {
            hook.apply(here.ctx(), filled);
        }
        return filled;
    }

    private String text(FilledPath path) {
        List<String> all = new ArrayList<>();
        values.forEach((name, value) -> {
            if (path.isExtra(name)) {
                addAll(all, name, value);
            }
        });
        all.addAll(query);
        StringBuilder text = new StringBuilder(path.text());
        for (int i = 0; i < all.size(); i += 2) {
            text.append(i == 0 ? '?' : '&')
                    .append(encoded(all.get(i)))
                    .append('=')
                    .append(encoded(all.get(i + 1)));
        }
        if (anchor != null) {
            text.append('#').append(PercentEncoder.fragment(anchor));
        }
        return text.toString();
    }

    private String encoded(String text) {
        try {
            return PercentEncoder.query(text);
        } catch (IllegalArgumentException e) {
            throw target.failure("the query can't hold '" + text + "': " + e.getMessage());
        }
    }

    /** Adds a name and a value; the name again for each further value. */
    private static void addAll(List<String> query, String name, Object value) {
        if (value instanceof Iterable<?> several) {
            several.forEach(one -> addAll(query, name, Objects.requireNonNull(one, "value")));
        } else if (value instanceof Object[] several) {
            addAll(query, name, Arrays.asList(several));
        } else {
            query.add(name);
            query.add(value.toString());
        }
    }

    @Override
    public String toString() {
        return "url '" + target.name() + "'";
    }
}
