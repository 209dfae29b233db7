/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cyanotype.exchange.Response;
import dev.cyanotype.http.HttpContext;
import dev.cyanotype.http.HttpMethod;
import dev.cyanotype.http.HttpOptions;
import dev.cyanotype.http.RouteHandler;
import dev.cyanotype.http.Url;
import dev.cyanotype.http.UrlBuildException;
import dev.cyanotype.http.Urls;
import dev.cyanotype.internal.dispatch.InMemoryRequest;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UrlsTest {

    private static Urls urls(Blueprint... blueprints) {
        return app(blueprints).build().urls();
    }

    private static App.Builder app(Blueprint... blueprints) {
        App.Builder app = App.named("app");
        for (Blueprint blueprint : blueprints) {
            app.register(blueprint);
        }
        return app;
    }

    private static RouteHandler text(Function<HttpContext, String> text) {
        return ctx -> Response.text(text.apply(ctx));
    }

    private static void refused(String message, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOf(UrlBuildException.class).hasMessage(message);
    }

    private final Blueprint users = Blueprint.named("users")
            .prefix("/api/users")
            .get("/", ctx -> "", r -> r.name("list"))
            .get("/{id:int}", ctx -> "", r -> r.name("show"))
            .get("/{id}/files/{path*}", ctx -> "", r -> r.name("files"))
            .get("/{id}/ü+b", ctx -> "", r -> r.name("odd"))
            .build();

    @Nested
    class A_path {

        @Test
        void has_prefix_and_parameters() {
            assertThat(urls(users).to("users.show").with("id", 3).path()).isEqualTo("/api/users/3");
        }

        @Test
        void ends_as_it_was_declared() {
            assertThat(urls(users).to("users.list").path()).isEqualTo("/api/users/");
        }

        @Test
        void is_encoded() {
            assertThat(urls(users)
                            .to("users.files")
                            .with("id", "ä b&c/d?".replace("/", "+"))
                            .with("path", "x y/50%.txt")
                            .path())
                    .isEqualTo("/api/users/%C3%A4%20b&c+d%3F/files/x%20y/50%25.txt");
        }

        @Test
        void gets_the_query_from_what_it_has_no_place_for() {
            Url url = urls(users).to("users.show").with("id", 3).with("page", 2).with("tag", List.of("a", "b"));

            assertThat(url.query("q", "a b&c", 7)
                            .query("none")
                            .query("x", (Object) new String[] {"1", "2"})
                            .path())
                    .isEqualTo("/api/users/3?page=2&tag=a&tag=b&q=a%20b%26c&q=7&x=1&x=2");
        }

        @Test
        void has_an_encoded_fragment_at_its_end() {
            assertThat(urls(users)
                            .to("users.list")
                            .anchor("a b#c")
                            .query("x", "+")
                            .path())
                    .isEqualTo("/api/users/?x=%2B#a%20b%23c");
        }

        @Test
        void of_the_app_itself_has_no_prefix() {
            Urls urls = app().get("/", ctx -> "", r -> r.name("home")).build().urls();

            assertThat(urls.to("home").path()).isEqualTo("/");
        }

        @Test
        void leaves_what_it_came_from_as_it_was() {
            Url url = urls(users).to("users.show");
            url.with("id", 3);

            refused(
                    "url 'users.show': parameter 'id' is missing (expected: a value for each of [id] in"
                            + " /api/users/{id:int}). Give it with with(\"id\", …).",
                    url::path);
            assertThat(url).hasToString("url 'users.show'");
        }
    }

    @Nested
    class Refused_is {

        @Test
        void an_unknown_name_with_the_closest_one() {
            refused(
                    "url 'users.shwo': no route has the name 'users.shwo'. Did you mean 'users.show'?",
                    () -> urls(users).to("users.shwo"));
            refused(
                    "url 'nothing': no route has the name 'nothing'. Name one with r -> r.name(…).",
                    () -> urls(users).to("nothing"));
        }

        @Test
        void a_value_that_the_converter_refuses() {
            refused(
                    "url 'users.show': parameter 'id' is 'x', which does not fit {id:int} (path /api/users/{id:int})",
                    () -> urls(users).to("users.show").with("id", "x").path());
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "a/b", "a\\b", "..", ".", "a\nb", "..;x", "\uD800"})
        void a_value_that_would_not_come_back(String value) {
            assertThatThrownBy(() -> urls(users)
                            .to("users.files")
                            .with("id", value)
                            .with("path", "x")
                            .path())
                    .isInstanceOf(UrlBuildException.class)
                    .hasMessageStartingWith(
                            "url 'users.files': parameter 'id' is '" + value + "', which no path can hold");
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "/evil.test", "../x", "a/../b", "a/.", "a\\b", "a\0"})
        void a_rest_that_would_lead_elsewhere(String value) {
            assertThatThrownBy(() -> urls(users)
                            .to("users.files")
                            .with("id", 1)
                            .with("path", value)
                            .path())
                    .isInstanceOf(UrlBuildException.class)
                    .hasMessageStartingWith("url 'users.files': parameter 'path' is '");
        }

        @Test
        void a_relative_name_without_a_request() {
            refused(
                    "url '.show': a relative name needs a request (expected: a full name, e.g. 'users.show')."
                            + " Use ctx.urls() in a handler.",
                    () -> urls(users).to(".show"));
        }

        @Test
        void a_scheme_or_a_host_without_absolute() {
            refused(
                    "url 'users.list': a scheme was chosen, which a path does not have. Use absolute().",
                    () -> urls(users).to("users.list").scheme("https").path());
            refused(
                    "url 'users.list': a host was chosen, which a path does not have. Use absolute().",
                    () -> urls(users).to("users.list").host("a.test").path());
            assertThatThrownBy(() -> urls(users).to("users.list").scheme("ftp"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("url 'users.list': scheme 'ftp' (expected: http, https, ws or wss)");
        }

        @Test
        void a_route_where_files_are_asked_for() {
            assertThatThrownBy(() -> urls(users).file("users.list", "a.css"))
                    .isInstanceOf(UrlBuildException.class)
                    .hasMessageContaining("url 'users.list': this is a route (UrlsTest.java:");
        }

        @Test
        void a_name_of_several_places() {
            Blueprint bp =
                    Blueprint.named("bp").get("/x", ctx -> "", r -> r.name("x")).build();
            App.Builder app = app();
            app.register(bp, mount -> mount.prefix("/a"));
            String first = Lines.before();
            app.register(bp, mount -> mount.prefix("/b"));
            String second = Lines.before();

            refused(
                    "url 'bp.x': it leads to several places: /a/x (mounted at " + first + "), /b/x (mounted at "
                            + second + "). Give each mount a name with named(…).",
                    () -> app.build().urls().to("bp.x").path());
        }
    }

    @Nested
    class Where_conflicts_are_allowed {

        @Test
        void the_later_blueprint_and_the_later_route_have_the_name() {
            Urls urls = app(
                            Blueprint.named("a")
                                    .get("/1", ctx -> "", r -> r.name("x"))
                                    .build(),
                            Blueprint.named("a")
                                    .get("/2", ctx -> "", r -> r.name("x"))
                                    .get("/3", ctx -> "", r -> r.name("x"))
                                    .build())
                    .conflicts(ConflictPolicy.OVERRIDE)
                    .build()
                    .urls();

            assertThat(urls.to("a.x").path()).isEqualTo("/3");
        }
    }

    @Nested
    class A_relative_name {

        private final Blueprint child = Blueprint.named("child")
                .prefix("/child")
                .get("/x", text(ctx -> ctx.urls().to(".x").path()), r -> r.name("x"))
                .build();

        private final Blueprint parent = Blueprint.named("parent")
                .get("/x", text(ctx -> ctx.urls().to(".x").path()), r -> r.name("x"))
                .get("/y", text(ctx -> ctx.urls().to(".child.x").path()))
                .register(child)
                .error(404, (ctx, e) -> text(c -> c.urls().to(".x").path()).handle(ctx.as(HttpContext.class)))
                .build();

        @ParameterizedTest
        @CsvSource({
            "/a/x, /a/x",
            "/b/x, /b/x",
            "/a/y, /a/child/x",
            "/b/y, /b/child/x",
            "/b/child/x, /b/child/x",
            "/c/x, /c/x",
            "/c/y, /c/child/x",
            "/b/none, /b/x",
            "/, /home",
        })
        void stays_in_the_mount(String path, String expected) {
            Assembled app = Assembled.of(app().register(parent, m -> m.prefix("/a"))
                    .register(parent, m -> m.prefix("/b").named("other"))
                    .register(parent, m -> m.prefix("/c").named("third"))
                    .get("/", text(ctx -> ctx.urls().to(".home").path()))
                    .get("/home", ctx -> "", r -> r.name("home")));

            assertThat(app.get(path).text()).isEqualTo(expected);
        }

        @Test
        void stays_in_the_mount_around_a_group() {
            Blueprint group = Blueprint.group()
                    .get("/z", text(ctx -> ctx.urls().to(".x").path()))
                    .build();
            Blueprint around = Blueprint.named("around")
                    .get("/x", ctx -> "", r -> r.name("x"))
                    .register(group)
                    .build();
            Assembled app =
                    Assembled.of(app().register(around, m -> m.prefix("/a")).register(around, m -> m.prefix("/b")));

            assertThat(app.get("/a/z").text()).isEqualTo("/a/x");
            assertThat(app.get("/b/z").text()).isEqualTo("/b/x");
        }

        @Test
        void stays_in_the_mount_even_without_a_name_of_its_own() {
            Assembled app =
                    Assembled.of(app().register(parent, m -> m.prefix("/a")).register(parent, m -> m.prefix("/b")));

            assertThat(app.get("/a/x").text()).isEqualTo("/a/x");
            assertThat(app.get("/b/y").text()).isEqualTo("/b/child/x");
        }
    }

    @Nested
    class Of_several_versions {

        private Blueprint auth(String version) {
            return Blueprint.named("auth")
                    .version(version)
                    .prefix("/auth")
                    .get("/", text(ctx -> ctx.urls().to("auth.index").path()), r -> r.name("index"))
                    .build();
        }

        private final App.Builder app = app(auth("1.9"), auth("1.10"), auth("1.1"))
                .get("/", text(ctx -> ctx.urls().to("auth.index").path()));

        @Test
        void that_of_the_request_is_kept_and_otherwise_the_highest_taken() {
            Assembled assembled = Assembled.of(app);

            assertThat(assembled.get("/v1.9/auth").text()).isEqualTo("/v1.9/auth/");
            assertThat(assembled.get("/v1.1/auth").text()).isEqualTo("/v1.1/auth/");
            assertThat(assembled.get("/").text()).isEqualTo("/v1.10/auth/");
        }

        @Test
        void one_can_be_chosen() {
            Urls urls = app.build().urls();

            assertThat(urls.to("auth.index").path()).isEqualTo("/v1.10/auth/");
            assertThat(urls.to("auth.index").version("v1.1").path()).isEqualTo("/v1.1/auth/");
            refused(
                    "url 'auth.index': there is no version '7' (expected: one of [1.1, 1.9, 1.10])",
                    () -> urls.to("auth.index").version(7).path());
        }
    }

    @Nested
    class Of_several_paths {

        private final Urls urls = urls(Blueprint.named("p")
                .route(
                        Set.of(HttpMethod.GET),
                        List.of("/", "/page/{page}", "/page/{page}/{size}"),
                        ctx -> ctx.pathParam("page"),
                        r -> r.name("list").urlDefault("page", 1))
                .build());

        @Test
        void the_one_with_most_of_the_values_is_taken() {
            assertThat(urls.to("p.list").path()).isEqualTo("/");
            assertThat(urls.to("p.list").with("page", 2).path()).isEqualTo("/page/2");
            assertThat(urls.to("p.list").with("size", 9).path()).isEqualTo("/page/1/9");
            assertThat(urls.to("p.list").with("x", 9).path()).isEqualTo("/?x=9");
        }
    }

    @Nested
    class Defaults {

        @Test
        void fill_the_path_and_reach_the_handler_nearest_first() {
            Blueprint bp = Blueprint.named("bp")
                    .urlDefault("bar", "own")
                    .urlDefault("b", "own")
                    .get("/{bar}", ctx -> "", r -> r.name("bar"))
                    .get("/all", ctx -> ctx.pathParams(), r -> r.name("all").urlDefault("baz", 42))
                    .build();
            App.Builder app = app().urlDefault("a", "app")
                    .urlDefault("b", "app")
                    .register(bp, m -> m.prefix("/1").urlDefault("bar", 23))
                    .register(bp, m -> m.prefix("/2").named("two"));
            Assembled assembled = Assembled.of(app);

            assertThat(assembled.get("/1/all").text())
                    .isEqualTo("{\"a\":\"app\",\"b\":\"own\",\"bar\":\"23\",\"baz\":\"42\"}");
            assertThat(assembled.get("/2/all").text())
                    .isEqualTo("{\"a\":\"app\",\"b\":\"own\",\"bar\":\"own\",\"baz\":\"42\"}");

            Urls urls = app().register(bp, m -> m.prefix("/1").urlDefault("bar", 23))
                    .build()
                    .urls();
            assertThat(urls.to("bp.bar").path()).isEqualTo("/1/23");
            assertThat(urls.to("bp.all").with("baz", "42").path()).isEqualTo("/1/all");
            refused(
                    "url 'bp.all': parameter 'baz' is '41', but on /1/all it is always '42'",
                    () -> urls.to("bp.all").with("baz", 41).path());
        }

        @Test
        void come_from_hooks_of_the_target_and_never_reach_the_query() {
            Blueprint pages = Blueprint.named("pages")
                    .prefix("/{lang}")
                    .urlValues((ctx, values) -> ctx.attribute(LANG, values.remove("lang")))
                    .urlDefaults((ctx, values) -> values.putIfAbsent("lang", String.valueOf(ctx.attribute(LANG))))
                    .get("/", text(ctx -> ctx.urls().to(".about").path()), r -> r.name("index"))
                    .get(
                            "/about",
                            text(ctx -> ctx.urls().to(".index").path() + " "
                                    + ctx.urls().to("other.x").path()),
                            r -> r.name("about"))
                    .build();
            Blueprint other = Blueprint.named("other")
                    .urlDefaults((ctx, values) -> values.put("unused", "x"))
                    .get(
                            "/x",
                            text(ctx -> ctx.urls()
                                    .to("pages.about")
                                    .with("lang", "en")
                                    .path()),
                            r -> r.name("x"))
                    .build();
            Assembled app = Assembled.of(pages, other);

            assertThat(app.get("/de/").text()).isEqualTo("/de/about");
            assertThat(app.get("/de/about").text()).isEqualTo("/de/ /x");
            assertThat(app.get("/x").text()).isEqualTo("/en/about");
        }

        private static final dev.cyanotype.exchange.Attribute<String> LANG =
                dev.cyanotype.exchange.Attribute.named("lang", String.class);
    }

    @Nested
    class An_absolute_url {

        private final Blueprint hosts = Blueprint.named("hosts")
                .get("/one", ctx -> "", r -> r.name("one").host("one.test"))
                .get("/two", ctx -> "", r -> r.name("two").hosts("a.test", "b.test"))
                .get(
                        "/any",
                        text(ctx -> ctx.urls().to(".one").absolute() + " " + link(ctx, ".any")),
                        r -> r.name("any"))
                .build();

        private String link(HttpContext ctx, String name) {
            return ctx.urls().to(name).query("x", 1).absolute();
        }

        @Test
        void leads_to_where_the_request_was_sent() {
            Assembled app = Assembled.of(hosts);

            assertThat(app.send(InMemoryRequest.get("/any").host("Me.test:8080"))
                            .text())
                    .isEqualTo("http://one.test:8080/one http://me.test:8080/any?x=1");
        }

        @Test
        void leads_to_the_origin_of_the_app_if_it_has_one() {
            HttpOptions options =
                    HttpOptions.builder().origin("https://Me.test").build();
            Assembled app = Assembled.of(app(hosts), options);

            assertThat(app.send(InMemoryRequest.get("/any").host("evil.test")).text())
                    .isEqualTo("https://one.test/one https://me.test/any?x=1");
            assertThat(app(hosts).http(options).build().urls().to("hosts.any").absolute())
                    .isEqualTo("https://me.test/any");
        }

        @Test
        void can_be_given_an_origin() {
            Urls urls = urls(hosts);

            assertThat(urls.to("hosts.any").absolute("http://127.0.0.1:4242/")).isEqualTo("http://127.0.0.1:4242/any");
            assertThat(urls.to("hosts.any").scheme("https").absolute("http://[::1]:4242"))
                    .isEqualTo("https://[::1]:4242/any");
            assertThat(urls.to("hosts.any").host("X.test").absolute("http://a:1"))
                    .isEqualTo("http://x.test:1/any");
            refused(
                    "url 'hosts.any': origin 'localhost' (expected: scheme, host and perhaps a port, e.g."
                            + " 'https://example.com')",
                    () -> urls.to("hosts.any").absolute("localhost"));
            refused(
                    "url 'hosts.any': nobody said where the app is reached. Set HttpOptions.origin(…), the setting"
                            + " http.origin, or use absolute(\"https://…\").",
                    () -> urls.to("hosts.any").absolute());
        }

        @Test
        void of_several_hosts_has_to_say_which() {
            Urls urls = urls(hosts);

            assertThat(urls.to("hosts.two").absolute("http://b.test")).isEqualTo("http://b.test/two");
            assertThat(urls.to("hosts.two").host("A.test").absolute("http://b.test"))
                    .isEqualTo("http://a.test/two");
            refused(
                    "url 'hosts.two': it answers on several hosts [a.test, b.test]. Choose one with host(…).",
                    () -> urls.to("hosts.two").absolute("http://c.test"));
            refused(
                    "url 'hosts.two': it does not answer on host 'c.test' (expected: one of [a.test, b.test])",
                    () -> urls.to("hosts.two").host("c.test").absolute("http://c.test"));
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "",
                    "x",
                    "ftp://a",
                    "http://",
                    "http://a/b",
                    "http://a?q",
                    "http://u@a",
                    "mailto:x",
                    "http:a",
                    "http://a b"
                })
        void needs_an_origin_that_is_one(String origin) {
            assertThatThrownBy(() -> HttpOptions.builder().origin(origin))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("origin '" + origin
                            + "' (expected: scheme, host and perhaps a port, e.g. 'https://example.com')");
        }
    }
}
