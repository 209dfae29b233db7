/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype;

import static dev.cyanotype.internal.dispatch.InMemoryRequest.get;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cyanotype.spi.MountedOperation;
import dev.cyanotype.spi.OperationKind;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where options lead: which of two wins, and how they add up. */
class OptionsTest {

    @Nested
    class A_prefix {

        @ParameterizedTest(name = "app {0}, own {1}, mounted {2} under {3}, rule {4}: {5}")
        @CsvSource(nullValues = "-", textBlock = """
                        -,    -,       -,    -,     /x,   /x
                        -,    -,       -,    -,     '',   /
                        -,    -,       -,    -,     /,    /
                        -,    /,       -,    -,     '',   /
                        -,    /a,      -,    -,     '',   /a
                        -,    /a/,     -,    -,     '',   /a/
                        -,    /a/,     -,    -,     /x,   /a/x
                        -,    /a/,     -,    -,     x,    /a/x
                        -,    /a//,    -,    -,     /x,   /a/x
                        -,    a,       -,    -,     x,    /a/x
                        -,    /a,      /m,   -,     /x,   /m/x
                        -,    /a,      '',   -,     /x,   /x
                        -,    /a,      /,    -,     /x,   /x
                        -,    /a,      -,    /u,    /x,   /u/a/x
                        -,    /a,      /m,   /u,    /x,   /u/m/x
                        -,    -,       -,    /u/,   /,    /u/
                        /app, /a,      /m,   /u,    /x,   /app/u/m/x
                        /app, -,       -,    -,     '',   /app
                        app/, a,       -,    -,     x/,   /app/a/x/
                        -,    /{id},   -,    -,     /x,   /{id}/x
                        """)
        void is_joined_with_one_slash(
                @Nullable String app,
                @Nullable String own,
                @Nullable String mounted,
                @Nullable String under,
                String rule,
                String path) {
            Blueprint.Builder a = Blueprint.named("a").get(rule, ctx -> "x");
            set(own, a::prefix);
            App.Builder shop = App.named("shop");
            set(app, shop::prefix);

            Assembled assembled = Assembled.of(shop.register(a.build(), mount -> {
                set(mounted, mount::prefix);
                set(under, mount::under);
            }));

            assertThat(path(assembled)).isEqualTo(path);
        }

        @Test
        void of_a_parent_always_goes_in_front() {
            Blueprint child =
                    Blueprint.named("c").prefix("/own").get("/x", ctx -> "x").build();
            Blueprint parent = Blueprint.named("p")
                    .prefix("/p")
                    .register(child, mount -> mount.prefix("/c").under("/u"))
                    .build();
            Blueprint outer = Blueprint.group(parent).prefix("/group").build();

            Assembled app = Assembled.of(App.named("shop")
                    .prefix("/app")
                    .register(Blueprint.group(outer).build(), mount -> mount.under("/top")));

            assertThat(path(app)).isEqualTo("/app/top/group/p/u/c/x");
        }

        @Test
        void may_be_dropped_by_a_mount() {
            Blueprint child =
                    Blueprint.named("c").prefix("/own").get("/x", ctx -> "x").build();

            assertThat(path(Assembled.of(App.named("shop").register(child, mount -> mount.noPrefix()))))
                    .isEqualTo("/x");
        }

        @Test
        void may_bring_a_parameter_to_every_handler() {
            Blueprint resource = Blueprint.named("resource")
                    .prefix("/{resource_id}")
                    .get("/", ctx -> ctx.pathParam("resource_id"))
                    .build();

            Assembled app = Assembled.of(Blueprint.group(Blueprint.group(Blueprint.group(resource)
                                    .prefix("/resources")
                                    .build())
                            .prefix("/v1")
                            .build())
                    .prefix("/api")
                    .build());

            assertThat(app.get("/api/v1/resources/3f2b").text()).isEqualTo("\"3f2b\"");
        }
    }

    @Nested
    class A_version {

        @ParameterizedTest(name = "group {0}, mounted {1}, own {2}, route {3}: {4}")
        @CsvSource(nullValues = "-", textBlock = """
                        -,   -,     -,   -,       /g/a/x
                        1,   -,     -,   -,       /v1/g/a/x
                        1,   -,     1.1, -,       /v1.1/g/a/x
                        1,   1.2,   1.1, -,       /v1.2/g/a/x
                        1,   1.2,   1.1, 1.3,     /v1.3/g/a/x
                        -,   -,     -,   1.3,     /v1.3/g/a/x
                        0,   -,     -,   -,       /v0/g/a/x
                        1,   0,     2,   -,       /v0/g/a/x
                        -,   -,     -,   v1.0.1,  /v1.0.1/g/a/x
                        -,   -,     vv2, -,       /v2/g/a/x
                        -,   /v2,   -,   -,       /v2/g/a/x
                        """)
        void of_the_nearest_wins_and_a_mount_beats_what_it_mounts(
                @Nullable String group,
                @Nullable String mounted,
                @Nullable String own,
                @Nullable String route,
                String path) {
            Blueprint.Builder a = Blueprint.named("a").prefix("/a").get("/x", ctx -> "x", r -> set(route, r::version));
            set(own, version -> a.version(version));
            Blueprint.Builder outer = Blueprint.group(a.build()).prefix("/g");
            set(group, version -> outer.version(version));

            Assembled app =
                    Assembled.of(App.named("shop").register(outer.build(), mount -> set(mounted, mount::version)));

            assertThat(path(app)).isEqualTo(path);
        }

        @Test
        void of_an_inner_mount_beats_that_of_an_outer_one() {
            Blueprint a = Blueprint.named("a").get("/x", ctx -> "x").build();
            Blueprint inner = Blueprint.group()
                    .register(a, mount -> mount.version(3))
                    .get("/g", ctx -> "g")
                    .build();

            Assembled app = Assembled.of(App.named("shop").version(1).register(inner, mount -> mount.version(2)));

            assertThat(app.get("/v3/x").status()).isEqualTo(200);
            assertThat(app.get("/v2/g").status()).isEqualTo(200);
        }

        @Test
        void of_a_blueprint_beats_that_of_an_outer_group() {
            Blueprint a = Blueprint.named("a")
                    .prefix("/bp")
                    .version(2)
                    .get("/", ctx -> "x")
                    .build();

            assertThat(path(Assembled.of(
                            Blueprint.group(Blueprint.group(a).prefix("/in").build())
                                    .prefix("/out")
                                    .version(1)
                                    .build())))
                    .isEqualTo("/v2/out/in/bp/");
        }

        @ParameterizedTest(name = "group {0}, mounted {1}, own {2}, route {3}: {4}")
        @CsvSource(nullValues = "-", textBlock = """
                        -,          -,         -,         -,         /v1/a
                        -,          -,         /api/v,    -,         /api/v1/a
                        /api/v,     -,         -,         -,         /api/v1/a
                        /other/v,   -,         /api/v,    -,         /api/v1/a
                        /other/v,   /api/v,    /more/v,   -,         /api/v1/a
                        /other/v,   /more/v,   /third/v,  /api/v,    /api/v1/a
                        -,          -,         /api/v,    /v,        /v1/a
                        -,          -,         api/,      -,         /api/1/a
                        -,          -,         /{t}/v,    -,         /{t}/v1/a
                        """)
        void stands_behind_a_prefix_that_is_found_the_same_way(
                @Nullable String group,
                @Nullable String mounted,
                @Nullable String own,
                @Nullable String route,
                String path) {
            Blueprint.Builder a =
                    Blueprint.named("a").prefix("/a").version(1).get("", ctx -> "x", r -> set(route, r::versionPrefix));
            set(own, a::versionPrefix);
            Blueprint.Builder outer = Blueprint.group(a.build());
            set(group, outer::versionPrefix);

            Assembled app = Assembled.of(
                    App.named("shop").register(outer.build(), mount -> set(mounted, mount::versionPrefix)));

            assertThat(path(app)).isEqualTo(path);
        }

        @Test
        void that_is_missing_leaves_its_prefix_without_effect() {
            Blueprint a = Blueprint.named("a")
                    .prefix("/bp")
                    .versionPrefix("/api/v")
                    .get("/x", ctx -> "x")
                    .build();

            assertThat(path(Assembled.of(a))).isEqualTo("/bp/x");
        }

        @Test
        void stands_in_front_of_the_prefix_of_the_app_too() {
            Assembled app =
                    Assembled.of(App.named("shop").prefix("/app").version(1).get("/x", ctx -> "x"));

            assertThat(path(app)).isEqualTo("/v1/app/x");
        }
    }

    @Nested
    class Strictness {

        @ParameterizedTest(name = "app {0}, group {1}, mounted {2}, own {3}, route {4}: {5}")
        @CsvSource(nullValues = "-", textBlock = """
                        -,     -,     -,     -,     -,     false
                        true,  -,     -,     -,     -,     true
                        true,  false, -,     -,     -,     false
                        false, true,  -,     -,     -,     true
                        -,     true,  -,     false, -,     false
                        -,     false, -,     true,  -,     true
                        -,     -,     false, true,  -,     false
                        -,     -,     true,  false, -,     true
                        -,     -,     true,  false, false, false
                        true,  true,  true,  true,  false, false
                        false, false, false, false, true,  true
                        true,  -,     -,     -,     false, false
                        """)
        void is_that_of_the_nearest_and_false_is_not_unset(
                @Nullable Boolean app,
                @Nullable Boolean group,
                @Nullable Boolean mounted,
                @Nullable Boolean own,
                @Nullable Boolean route,
                boolean strict) {
            Blueprint.Builder a = Blueprint.named("a").get("/x", ctx -> "x", r -> set(route, r::strictSlashes));
            set(own, a::strictSlashes);
            Blueprint.Builder outer = Blueprint.group(a.build());
            set(group, outer::strictSlashes);
            App.Builder shop = App.named("shop");
            set(app, shop::strictSlashes);

            Assembled assembled =
                    Assembled.of(shop.register(outer.build(), mount -> set(mounted, mount::strictSlashes)));

            assertThat(assembled.get("/x").status()).isEqualTo(200);
            assertThat(assembled.get("/x/").status()).isEqualTo(strict ? 404 : 200);
        }
    }

    @Nested
    class A_host {

        @ParameterizedTest(name = "app {0}, group {1}, mounted {2}, own {3}, route {4}: {5}")
        @CsvSource(nullValues = "-", textBlock = """
                        -,     -,     -,     -,     -,     -
                        app,   -,     -,     -,     -,     app
                        app,   group, -,     -,     -,     group
                        app,   group, -,     own,   -,     own
                        app,   group, mount, own,   -,     mount
                        app,   group, mount, own,   route, route
                        -,     -,     mount, -,     -,     mount
                        -,     -,     -,     -,     Route, route
                        """)
        void replaces_that_of_the_enclosing_scope(
                @Nullable String app,
                @Nullable String group,
                @Nullable String mounted,
                @Nullable String own,
                @Nullable String route,
                @Nullable String host) {
            Blueprint.Builder a = Blueprint.named("a").get("/x", ctx -> "x", r -> set(route, r::host));
            set(own, a::host);
            Blueprint.Builder outer = Blueprint.group(a.build());
            set(group, outer::host);
            App.Builder shop = App.named("shop");
            set(app, shop::host);

            Assembled assembled = Assembled.of(shop.register(outer.build(), mount -> set(mounted, mount::host)));

            assertThat(assembled.operations(OperationKind.HTTP).get(0).address())
                    .isEqualTo("GET " + (host == null ? "" : host) + "/x");
        }

        @Test
        void gets_the_subdomains_of_all_levels_the_innermost_in_front() {
            Blueprint g =
                    Blueprint.named("g").subdomain("g").get("/", ctx -> "x").build();
            Blueprint c = Blueprint.named("c").subdomain("c").register(g).build();
            Blueprint p = Blueprint.named("p")
                    .subdomain("p")
                    .register(c, mount -> mount.subdomain("cc"))
                    .build();

            Assembled app =
                    Assembled.of(App.named("shop").host("example.test").register(p, mount -> mount.subdomain("pp")));

            assertThat(app.send(get("/").host("g.cc.pp.example.test")).status()).isEqualTo(200);
            assertThat(app.send(get("/").host("g.c.p.example.test")).status()).isEqualTo(404);
        }

        @Test
        void of_a_nearer_scope_drops_the_subdomains_further_out() {
            Blueprint inner = Blueprint.named("inner")
                    .host("other.test")
                    .subdomain("in")
                    .get("/x", ctx -> "x")
                    .build();
            Blueprint outer =
                    Blueprint.named("outer").subdomain("out").register(inner).build();

            Assembled app = Assembled.of(App.named("shop").host("base.test").register(outer));

            assertThat(app.send(get("/x").host("in.other.test")).status()).isEqualTo(200);
        }

        @Test
        void of_a_route_has_no_subdomains() {
            Blueprint a = Blueprint.named("a")
                    .subdomain("api")
                    .get("/x", ctx -> "x", route -> route.host("own.test"))
                    .get("/y", ctx -> "y")
                    .build();

            Assembled app = Assembled.of(App.named("shop").host("base.test").register(a));

            assertThat(app.send(get("/x").host("own.test")).status()).isEqualTo(200);
            assertThat(app.send(get("/y").host("api.base.test")).status()).isEqualTo(200);
        }

        @Test
        void of_a_child_without_one_is_that_of_its_parent() {
            Blueprint child = Blueprint.named("c").get("/x", ctx -> "x").build();
            Blueprint parent =
                    Blueprint.named("p").subdomain("api").register(child).build();

            Assembled app = Assembled.of(App.named("shop").host("base.test").register(parent));

            assertThat(app.send(get("/x").host("api.base.test")).status()).isEqualTo(200);
            assertThat(app.send(get("/x").host("base.test")).status()).isEqualTo(404);
        }
    }

    private static String path(Assembled app) {
        MountedOperation only = app.operations(OperationKind.HTTP).get(0);
        return only.address().substring("GET ".length());
    }

    private static <T> void set(@Nullable T value, Consumer<T> setter) {
        if (value != null) {
            setter.accept(value);
        }
    }
}
