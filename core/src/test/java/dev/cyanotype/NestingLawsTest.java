/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cyanotype.exchange.HttpException;
import dev.cyanotype.exchange.Response;
import dev.cyanotype.http.RouteHandler;
import dev.cyanotype.internal.dispatch.Answer;
import dev.cyanotype.internal.dispatch.InMemoryRequest;
import dev.cyanotype.spi.MountedOperation;
import dev.cyanotype.spi.OperationKind;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;

/**
 * A nested blueprint equals its flattened form: a tree of scopes answers as an app with one blueprint for each route,
 * whose options this test computes as they are documented: route, then mounts from the innermost, then the scopes
 * themselves from the nearest, then the app.
 */
class NestingLawsTest {

    /** What a scope, a mount or a route may say. */
    record Options(
            @Nullable String prefix,
            @Nullable String version,
            @Nullable String versionPrefix,
            @Nullable String host,
            @Nullable String subdomain,
            @Nullable Boolean strict) {}

    record Rule(String form, Options options, boolean fails) {}

    /** Which hooks a scope has. */
    record Hooks(
            boolean urlValues,
            boolean before,
            boolean after,
            boolean teardown,
            boolean around,
            boolean error,
            boolean appWide) {}

    record Scope(boolean group, Options options, Hooks hooks, List<Rule> rules, List<Mounted> children) {}

    /** A scope in its place, perhaps a second time elsewhere. */
    record Mounted(Scope scope, Options options, @Nullable String under, boolean named, boolean again) {}

    /** A scope with the number that tells its names from others. */
    private record Numbered(int id, Scope scope, Blueprint blueprint, List<Place> children) {}

    private record Place(
            Numbered scope,
            Options options,
            @Nullable String under,
            @Nullable String name) {}

    /** Everything a route is worth once it stands alone. */
    private record Flat(
            String path,
            @Nullable String host,
            boolean strict,
            String name,
            List<Place> chain,
            int rule,
            Rule declared) {}

    private int ids;

    @Property(tries = 400, edgeCases = EdgeCasesMode.NONE)
    void a_nested_blueprint_equals_its_flattened_form(@ForAll("apps") Scope app) {
        ids = 0;
        List<String> nestedRecord = new ArrayList<>();
        List<String> flatRecord = new ArrayList<>();
        List<Place> mounts = new ArrayList<>();
        List<Boolean> matched = new ArrayList<>();
        App.Builder nestedBuilder = noting(matched, options(App.named("shop"), app.options()));
        hooks(nestedBuilder, "app 1", app.hooks(), nestedRecord);
        rules(nestedBuilder, 0, app, nestedRecord);
        for (Mounted child : app.children()) {
            mounts.addAll(mount(nestedBuilder, child, nestedRecord));
        }
        hooks(nestedBuilder, "app 2", withoutError(app.hooks()), nestedRecord);
        List<Flat> flats = new ArrayList<>();
        flatten(List.of(), app, 0, app, mounts, flats);

        Assembled nested = Assembled.of(nestedBuilder);
        Assembled flat = Assembled.of(noting(matched, flatApp(app, mounts, flats, flatRecord)));

        assertThat(nested.operations(OperationKind.HTTP))
                .extracting(MountedOperation::name)
                .containsExactlyElementsOf(flats.stream().map(Flat::name).toList());
        for (InMemoryRequest request :
                requests(flats).stream().map(Wanted::request).toList()) {
            nestedRecord.clear();
            flatRecord.clear();
            matched.clear();
            String what = request.method() + " " + request.header("Host") + request.path();
            Answer expected = flat.send(request);
            Answer actual = nested.send(request);
            assertThat(matched).as(what).hasSize(2).containsOnly(matched.get(0));
            if (!matched.get(0)) {
                // Nobody answers; then it matters who owns the prefix, which the flattened form has lost.
                continue;
            }
            assertThat(actual).as(what).hasToString(expected.toString());
            assertThat(actual.headers()).as(what).isEqualTo(expected.headers());
            assertThat(nestedRecord).as("hooks of " + what).isEqualTo(flatRecord);
        }
    }

    /** Notes before everything else whether a route was found. */
    private static App.Builder noting(List<Boolean> matched, App.Builder builder) {
        return builder.before(1000, ctx -> {
            matched.add(!ctx.pattern().isEmpty());
            return null;
        });
    }

    // The nested form. --------------------------------------------------------------------------------------------

    private Numbered build(Scope scope, List<String> record) {
        int id = ++ids;
        Blueprint.Builder builder = scope.group() ? Blueprint.group().namePrefix("g" + id) : Blueprint.named("b" + id);
        options(builder, numbered(scope.options(), "o" + id));
        hooks(builder, "s" + id, scope.hooks(), record);
        rules(builder, id, scope, record);
        List<Place> children = new ArrayList<>();
        for (Mounted child : scope.children()) {
            children.addAll(mount(builder, child, record));
        }
        return new Numbered(id, scope, builder.build(), children);
    }

    private List<Place> mount(OperationsBuilder<?> builder, Mounted mounted, List<String> record) {
        Numbered scope = build(mounted.scope(), record);
        List<Place> places = new ArrayList<>();
        for (int i = 0; i < (mounted.again() ? 2 : 1); i++) {
            String id = scope.id() + "_" + i;
            Place place = new Place(
                    scope,
                    numbered(mounted.options(), "m" + id),
                    i == 0 && mounted.under() == null
                            ? null
                            : "/u" + id + (mounted.under() == null ? "" : mounted.under()),
                    mounted.named() || i > 0 ? "n" + id : null);
            builder.register(scope.blueprint(), mount -> {
                Options given = place.options();
                set(given.prefix(), prefix -> prefix.isEmpty() ? mount.noPrefix() : mount.prefix(prefix));
                set(place.under(), mount::under);
                set(place.name(), mount::named);
                set(given.version(), version -> mount.version(version));
                set(given.versionPrefix(), mount::versionPrefix);
                set(given.host(), mount::host);
                set(given.subdomain(), mount::subdomain);
                set(given.strict(), mount::strictSlashes);
            });
            places.add(place);
        }
        return places;
    }

    private static <B extends OperationsBuilder<B>> B options(B builder, Options options) {
        set(options.prefix(), builder::prefix);
        set(options.version(), version -> builder.version(version));
        set(options.versionPrefix(), builder::versionPrefix);
        set(options.host(), builder::host);
        set(options.subdomain(), builder::subdomain);
        set(options.strict(), builder::strictSlashes);
        return builder;
    }

    private static void rules(RoutesBuilder<?> builder, int id, Scope scope, List<String> record) {
        for (int i = 0; i < scope.rules().size(); i++) {
            Rule rule = scope.rules().get(i);
            String name = "r" + id + "_" + i;
            builder.get(rule.form().formatted(name), handler(name, rule, record), route -> {
                Options own = rule.options();
                route.name(name);
                set(own.version(), version -> route.version(version));
                set(own.versionPrefix(), route::versionPrefix);
                set(own.host(), route::host);
                set(own.strict(), route::strictSlashes);
            });
        }
    }

    private static RouteHandler handler(String name, Rule rule, List<String> record) {
        return ctx -> {
            record.add("handler " + name);
            if (rule.fails()) {
                throw new HttpException(409, "from " + name);
            }
            return name + " " + ctx.pathParams() + " " + ctx.pattern();
        };
    }

    private static void hooks(HooksBuilder<?> builder, String label, Hooks hooks, List<String> record) {
        if (hooks.urlValues()) {
            builder.urlValues((ctx, values) -> record.add(label + " values " + values));
        }
        if (hooks.before()) {
            builder.before(ctx -> {
                record.add(label + " before");
                return null;
            });
        }
        if (hooks.after()) {
            builder.after((ctx, response) -> {
                record.add(label + " after " + response.status());
                return response;
            });
        }
        if (hooks.teardown()) {
            builder.teardown((ctx, unhandled) -> record.add(label + " teardown " + unhandled));
        }
        if (hooks.around()) {
            builder.intercept((exchange, next) -> {
                record.add(label + " around");
                Object result = next.proceed();
                return Response.from(result).header("X-Around", label);
            });
        }
        if (hooks.error()) {
            error(builder, label, record);
        }
        if (hooks.appWide() && builder instanceof ScopeBuilder<?> scope) {
            scope.appWide(appWide -> appWideHook(appWide, label, record));
        }
    }

    private static void error(HooksBuilder<?> builder, String label, List<String> record) {
        builder.error(409, (exchange, e) -> {
            record.add(label + " error");
            return label + " handled " + e.getMessage();
        });
    }

    private static void appWideHook(HooksBuilder<?> builder, String label, List<String> record) {
        builder.before(ctx -> {
            record.add(label + " app-wide");
            return null;
        });
    }

    // The flat form. ----------------------------------------------------------------------------------------------

    private void flatten(List<Place> chain, Scope app, int id, Scope scope, List<Place> children, List<Flat> flats) {
        for (int i = 0; i < scope.rules().size(); i++) {
            Rule rule = scope.rules().get(i);
            String version = option(chain, app, rule, Options::version);
            String versionPrefix = option(chain, app, rule, Options::versionPrefix);
            Boolean strict = option(chain, app, rule, Options::strict);
            List<String> parts = new ArrayList<>();
            if (version != null) {
                parts.add((versionPrefix == null ? "/v" : versionPrefix) + version);
            }
            parts.add(text(app.options().prefix()));
            List<String> names = new ArrayList<>();
            for (Place place : chain) {
                parts.add(text(place.under()));
                Options own = own(place);
                parts.add(
                        text(place.options().prefix() != null ? place.options().prefix() : own.prefix()));
                names.add(
                        place.name() != null
                                ? place.name()
                                : (place.scope().scope().group() ? "g" : "b")
                                        + place.scope().id());
            }
            String name = "r" + id + "_" + i;
            names.add(name);
            parts.add(rule.form().formatted(name));
            flats.add(new Flat(
                    joined(parts),
                    host(chain, app, rule),
                    strict != null && strict,
                    String.join(".", names),
                    chain,
                    i,
                    rule));
        }
        for (Place child : children) {
            List<Place> longer = new ArrayList<>(chain);
            longer.add(child);
            flatten(
                    longer,
                    app,
                    child.scope().id(),
                    child.scope().scope(),
                    child.scope().children(),
                    flats);
        }
    }

    private static <T> @Nullable T option(
            List<Place> chain, Scope app, Rule rule, Function<Options, @Nullable T> option) {
        if (option.apply(rule.options()) != null) {
            return option.apply(rule.options());
        }
        for (int i = chain.size() - 1; i >= 0; i--) {
            if (option.apply(chain.get(i).options()) != null) {
                return option.apply(chain.get(i).options());
            }
        }
        for (int i = chain.size() - 1; i >= 0; i--) {
            if (option.apply(own(chain.get(i))) != null) {
                return option.apply(own(chain.get(i)));
            }
        }
        return option.apply(app.options());
    }

    /** The host that holds, behind the subdomains of the scope that says so and of those inside it. */
    private static @Nullable String host(List<Place> chain, Scope app, Rule rule) {
        if (rule.options().host() != null) {
            return rule.options().host();
        }
        String host = option(chain, app, rule, Options::host);
        int from = -1;
        for (int i = 0; i < chain.size(); i++) {
            boolean byMount = chain.get(i).options().host() != null;
            boolean anyMount = chain.stream().anyMatch(place -> place.options().host() != null);
            if (byMount || !anyMount && own(chain.get(i)).host() != null) {
                from = i;
            }
        }
        StringBuilder full = new StringBuilder();
        for (int i = chain.size() - 1; i >= Math.max(from, 0); i--) {
            String subdomain = chain.get(i).options().subdomain() != null
                    ? chain.get(i).options().subdomain()
                    : own(chain.get(i)).subdomain();
            full.append(subdomain == null ? "" : subdomain + ".");
        }
        if (from < 0 && app.options().subdomain() != null) {
            full.append(app.options().subdomain()).append('.');
        }
        return host == null ? null : full + host;
    }

    private static Options own(Place place) {
        return numbered(place.scope().scope().options(), "o" + place.scope().id());
    }

    private static String text(@Nullable String part) {
        return part == null ? "" : part;
    }

    /** The segments of all parts, and the last part's trailing slash. */
    private static String joined(List<String> parts) {
        StringBuilder path = new StringBuilder();
        for (String part : parts) {
            for (String segment : part.split("/")) {
                if (!segment.isEmpty()) {
                    path.append('/').append(segment);
                }
            }
        }
        return path + (parts.get(parts.size() - 1).endsWith("/") ? "/" : "");
    }

    private static App.Builder flatApp(Scope app, List<Place> mounts, List<Flat> flats, List<String> record) {
        App.Builder flatApp = App.named("flat");
        hooks(flatApp, "app 1", withoutAppWide(app.hooks()), record);
        if (app.hooks().appWide()) {
            appWideHook(flatApp, "app 1", record);
        }
        Set<Integer> seen = new LinkedHashSet<>();
        mounts.forEach(mount -> appWideHooks(flatApp, mount, seen, record));
        hooks(flatApp, "app 2", withoutAppWide(withoutError(app.hooks())), record);
        if (app.hooks().appWide()) {
            appWideHook(flatApp, "app 2", record);
        }
        for (int i = 0; i < flats.size(); i++) {
            Flat flat = flats.get(i);
            Blueprint.Builder alone = Blueprint.named("f" + i);
            for (Place place : flat.chain()) {
                hooks(
                        alone,
                        "s" + place.scope().id(),
                        withoutAppWide(withoutError(place.scope().scope().hooks())),
                        record);
            }
            flat.chain().stream()
                    .filter(place -> place.scope().scope().hooks().error())
                    .reduce((outer, inner) -> inner)
                    .ifPresent(nearest -> error(alone, "s" + nearest.scope().id(), record));
            String name = flat.name().substring(flat.name().lastIndexOf('.') + 1);
            alone.get(flat.path(), handler(name, flat.declared(), record), route -> {
                route.strictSlashes(flat.strict());
                set(flat.host(), route::host);
            });
            flatApp.register(alone.build());
        }
        return flatApp;
    }

    private static void appWideHooks(App.Builder flatApp, Place place, Set<Integer> seen, List<String> record) {
        if (seen.add(place.scope().id())) {
            if (place.scope().scope().hooks().appWide()) {
                appWideHook(flatApp, "s" + place.scope().id(), record);
            }
            place.scope().children().forEach(child -> appWideHooks(flatApp, child, seen, record));
        }
    }

    private static Hooks withoutError(Hooks hooks) {
        return new Hooks(
                hooks.urlValues(),
                hooks.before(),
                hooks.after(),
                hooks.teardown(),
                hooks.around(),
                false,
                hooks.appWide());
    }

    private static Hooks withoutAppWide(Hooks hooks) {
        return new Hooks(
                hooks.urlValues(),
                hooks.before(),
                hooks.after(),
                hooks.teardown(),
                hooks.around(),
                hooks.error(),
                false);
    }

    // What is asked. ----------------------------------------------------------------------------------------------

    /** A request by value, so that each is sent once. */
    private record Wanted(
            String method, String path, @Nullable String host) {

        InMemoryRequest request() {
            InMemoryRequest request = InMemoryRequest.of(method, path).header("X-Request-Id", "r");
            return host == null ? request : request.host(host);
        }
    }

    private static Set<Wanted> requests(List<Flat> flats) {
        Set<Wanted> wanted = new LinkedHashSet<>();
        wanted.add(new Wanted("GET", "/none", null));
        for (Flat flat : flats) {
            String path = flat.path().replaceAll("\\{[^/]*}", "value");
            String other = path.endsWith("/") ? path.substring(0, path.length() - 1) : path + "/";
            wanted.add(new Wanted("GET", path, flat.host()));
            wanted.add(new Wanted("GET", other, flat.host()));
            wanted.add(new Wanted("GET", path, "other.test"));
            wanted.add(new Wanted("HEAD", path, flat.host()));
            wanted.add(new Wanted("POST", path, flat.host()));
        }
        return wanted;
    }

    // What is generated. ------------------------------------------------------------------------------------------

    /** Apps with a host, so that subdomains have something to stand in front of, and apps without either. */
    @Provide
    Arbitrary<Scope> apps() {
        return Arbitraries.of(true, false)
                .flatMap(subdomains -> scope(3, subdomains)
                        .map(scope -> new Scope(
                                false,
                                subdomains ? withHost(scope.options()) : scope.options(),
                                scope.hooks(),
                                scope.rules(),
                                scope.children())));
    }

    private static Options withHost(Options options) {
        String host = options.host() == null ? "base.test" : options.host();
        return new Options(
                options.prefix(),
                options.version(),
                options.versionPrefix(),
                host,
                options.subdomain(),
                options.strict());
    }

    private static Arbitrary<Scope> scope(int depth, boolean subdomains) {
        Arbitrary<List<Mounted>> children = depth == 0
                ? Arbitraries.just(List.of())
                : Arbitraries.lazy(() -> mounted(depth - 1, subdomains)).list().ofMaxSize(2);
        return Combinators.combine(
                        rarely(),
                        options(subdomains, "/p", "q/", "/{x}", "/p/q//"),
                        hooks(),
                        rule().list().ofMaxSize(2),
                        children)
                .as(Scope::new);
    }

    private static Arbitrary<Mounted> mounted(int depth, boolean subdomains) {
        return Combinators.combine(
                        scope(depth, subdomains),
                        options(subdomains, "/m", "", "/m/{x}"),
                        Arbitraries.of("/u", "/{u}/").injectNull(0.7),
                        rarely(),
                        rarely())
                .as((scope, options, under, named, again) ->
                        new Mounted(scope, options, under == null ? null : under.replace("{u}", "u"), named, again));
    }

    private static Arbitrary<Rule> rule() {
        return Combinators.combine(
                        Arbitraries.of("/%s", "%s/", "%s", "/%s/{id}", "/%s/{rest*}"), options(false), rarely())
                .as(Rule::new);
    }

    private static Arbitrary<Hooks> hooks() {
        return Combinators.combine(rarely(), often(), often(), rarely(), rarely(), rarely(), rarely())
                .as(Hooks::new);
    }

    private static Arbitrary<Boolean> rarely() {
        return Arbitraries.integers().between(0, 3).map(number -> number == 0);
    }

    private static Arbitrary<Boolean> often() {
        return Arbitraries.of(true, false);
    }

    private static Arbitrary<Options> options(boolean subdomains, String... prefixes) {
        Arbitrary<@Nullable String> prefix = prefixes.length == 0
                ? Arbitraries.just(null)
                : Arbitraries.of(prefixes).injectNull(0.4);
        Arbitrary<@Nullable String> subdomain =
                subdomains ? Arbitraries.of("s", "t.u").injectNull(0.6) : Arbitraries.just(null);
        return Combinators.combine(
                        prefix,
                        Arbitraries.of("1", "2.0", "0").injectNull(0.7),
                        Arbitraries.of("/api/v", "w", "/v").injectNull(0.7),
                        Arbitraries.of("a.test", "b.test").injectNull(0.8),
                        subdomain,
                        Arbitraries.of(true, false).injectNull(0.5))
                .as(Options::new);
    }

    /** The same with the parameter of its prefix named after its scope, so that no path has a name twice. */
    private static Options numbered(Options options, String id) {
        String prefix = options.prefix() == null ? null : options.prefix().replace("{x}", "{" + id + "}");
        return new Options(
                prefix,
                options.version(),
                options.versionPrefix(),
                options.host(),
                options.subdomain(),
                options.strict());
    }

    private static <T> void set(@Nullable T value, Function<T, ?> setter) {
        if (value != null) {
            setter.apply(value);
        }
    }
}
