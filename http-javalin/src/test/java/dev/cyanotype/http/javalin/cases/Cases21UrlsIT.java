/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.http.javalin.cases;

import static dev.cyanotype.http.javalin.cases.Answers.is;
import static dev.cyanotype.http.javalin.cases.Handlers.lineBefore;
import static dev.cyanotype.http.javalin.cases.Handlers.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cyanotype.App;
import dev.cyanotype.Blueprint;
import dev.cyanotype.exchange.Response;
import dev.cyanotype.http.HttpMethod;
import dev.cyanotype.http.RouteHandler;
import dev.cyanotype.http.Url;
import dev.cyanotype.http.UrlBuildException;
import dev.cyanotype.http.Urls;
import dev.cyanotype.http.javalin.BothWays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Behaviour cases 339 to 363: building URLs. */
class Cases21UrlsIT {

    @Test
    @DisplayName("case 339: blueprint routes with parameters")
    void blueprint_routes_with_parameters() throws Exception {
        Blueprint first = Blueprint.named("first")
                .prefix("/first")
                .get(
                        "/foo/{param}",
                        ctx -> Response.text("first " + ctx.pathParam("param")),
                        r -> r.name("foo_with_param"))
                .build();
        Blueprint second = Blueprint.named("second")
                .prefix("/second")
                .get(
                        "/foo/{param}",
                        ctx -> Response.text("second " + ctx.pathParam("param")),
                        r -> r.name("bar_with_param"))
                .build();
        BothWays.with(App.named("test")
                        .register(first)
                        .register(second)
                        .get(
                                "/url/{name}",
                                ctx -> Response.text(ctx.urls()
                                        .to(ctx.pathParam("name"))
                                        .with("param", "bar")
                                        .path())))
                .run(client -> {
                    is(client.get("/url/first.foo_with_param"), 200, "/first/foo/bar");
                    is(client.get("/url/second.bar_with_param"), 200, "/second/foo/bar");
                    is(client.get("/first/foo/bar"), 200, "first bar");
                    is(client.get("/second/foo/bar"), 200, "second bar");
                });
    }

    @Test
    @DisplayName("case 341: absolute URL with query and anchor")
    void absolute_url() {
        Url url = app(App.named("test").get("/myurl", text("ok"), r -> r.name("passes")))
                .to("passes")
                .query("arg1", "v1")
                .anchor("anchor");
        assertThat(url.scheme("http").absolute("https://127.0.0.1:4242"))
                .isEqualTo("http://127.0.0.1:4242/myurl?arg1=v1#anchor");
        assertThat(url.absolute("http://127.0.0.1:4242")).isEqualTo("http://127.0.0.1:4242/myurl?arg1=v1#anchor");
        assertThat(url.path()).isEqualTo("/myurl?arg1=v1#anchor");
    }

    @Test
    @DisplayName("case 341, near: values that the path does not have go to the query, lists repeat the key")
    void query() {
        Urls urls = app(App.named("test").get("/u/{id}", text("ok"), r -> r.name("passes")));
        assertThat(urls.to("passes")
                        .with("id", 7)
                        .with("arg1", List.of("v1", "v2"))
                        .query("arg2", "a b&c=d", 3)
                        .anchor("x y")
                        .path())
                .isEqualTo("/u/7?arg1=v1&arg1=v2&arg2=a%20b%26c%3Dd&arg2=3#x%20y");
    }

    @Test
    @DisplayName("case 341, near: during a request scheme and host are the client's")
    void absolute_url_during_a_request() throws Exception {
        BothWays.with(App.named("test")
                        .get(
                                "/myurl",
                                ctx -> Response.text(ctx.urls()
                                        .to("passes")
                                        .query("arg1", "v1")
                                        .anchor("anchor")
                                        .absolute()),
                                r -> r.name("passes")))
                .run(client -> is(
                        client.get("/myurl", "Host", "example.com:4242"),
                        200,
                        "http://example.com:4242/myurl?arg1=v1#anchor"));
    }

    @Test
    @DisplayName("case 343: unknown name")
    void unknown_name() {
        Urls urls = app(App.named("test").get("/fail", text("ok"), r -> r.name("fail")));
        assertThatThrownBy(() -> urls.to("passes").path())
                .isInstanceOf(UrlBuildException.class)
                .hasMessage("url 'passes': no route has the name 'passes'. Name one with r -> r.name(…).");
        assertThatThrownBy(() -> urls.to("fial"))
                .isInstanceOf(UrlBuildException.class)
                .hasMessage("url 'fial': no route has the name 'fial'. Did you mean 'fail'?");
        assertThatThrownBy(() -> urls.to(".fail"))
                .isInstanceOf(UrlBuildException.class)
                .hasMessage(
                        "url '.fail': a relative name needs a request (expected: a full name, e.g. 'users.show'). Use"
                                + " ctx.urls() in a handler.");
    }

    @Test
    @DisplayName("case 345: scheme of a URL that is not absolute")
    void scheme_without_absolute() {
        Url url = app(App.named("test").get("/fail", text("ok"), r -> r.name("fail")))
                .to("fail")
                .scheme("http");
        assertThatThrownBy(url::path)
                .isInstanceOf(UrlBuildException.class)
                .hasMessage("url 'fail': a scheme was chosen, which a path does not have. Use absolute().");
        assertThat(url.absolute("https://example.com")).isEqualTo("http://example.com/fail");
    }

    @Test
    @DisplayName("case 347: value that the pattern does not take")
    void pattern_not_satisfied() {
        Urls urls = app(App.named("test")
                .converter("float", value -> value.matches("-?\\d+\\.\\d+"))
                .get(
                        "/{foo:int}/{four_letter_string:regex([A-z]{4})}/{two_letter_string:regex([A-z]{2})}"
                                + "/{normal_string}/{some_number:float}",
                        text("ok"), r -> r.name("passes")));
        Url url = urls.to("passes")
                .with("foo", 4)
                .with("four_letter_string", "woof")
                .with("two_letter_string", "foobar")
                .with("normal_string", "normal")
                .with("some_number", "1.001");
        assertThatThrownBy(url::path)
                .isInstanceOf(UrlBuildException.class)
                .hasMessage("url 'passes': parameter 'two_letter_string' is 'foobar', which does not fit"
                        + " {two_letter_string:regex([A-z]{2})} (path /{foo:int}/{four_letter_string:regex([A-z]{4})}"
                        + "/{two_letter_string:regex([A-z]{2})}/{normal_string}/{some_number:float})");
        assertThat(url.with("two_letter_string", "ba").path()).isEqualTo("/4/woof/ba/normal/1.001");
    }

    @ParameterizedTest(name = "case 347, near: parameter {0} with the value {1}")
    @CsvSource({
        "foo, x, 'which does not fit {foo:int}'",
        "plain, '', 'which no path can hold (expected: a character or more)'",
    })
    void values_that_do_not_fit(String name, String value, String why) {
        Urls urls = app(App.named("test").get("/{foo:int}/{plain}", text("ok"), r -> r.name("passes")));
        Url url = urls.to("passes").with("foo", 4).with("plain", "p").with(name, value);
        assertThatThrownBy(url::path)
                .isInstanceOf(UrlBuildException.class)
                .hasMessage("url 'passes': parameter '" + name + "' is '" + value + "', " + why
                        + " (path /{foo:int}/{plain})");
    }

    @Test
    @DisplayName("case 347, near: missing value")
    void missing_value() {
        Urls urls = app(App.named("test").get("/{foo:int}/{plain}", text("ok"), r -> r.name("passes")));
        assertThatThrownBy(urls.to("passes").with("foo", 4)::path)
                .isInstanceOf(UrlBuildException.class)
                .hasMessage("url 'passes': parameter 'plain' is missing (expected: a value for each of [foo, plain] in"
                        + " /{foo:int}/{plain}). Give it with with(\"plain\", …).");
    }

    @ParameterizedTest(name = "case {0}: trailing slash of built URLs: {1} with strict {2}")
    @CsvSource({"349, /foo, false, /foo", "351, /foo, true, /foo"})
    void trailing_slash(int number, String path, boolean strict, String url) {
        Urls urls =
                app(App.named("test").get(path, text("ok"), r -> r.name("foo").strictSlashes(strict)));
        assertThat(urls.to("foo").path()).isEqualTo(url);
    }

    // Sanic: removed where slashes are lenient; here: always as it was declared, so that links don't change with an
    // option.
    @ParameterizedTest(
            name = "cases 349 and 351, near: trailing slash of built URLs: {0} with strict {1} (here: as declared)")
    @CsvSource({"/foo/, false", "/foo/, true", "/, false", "/, true"})
    void declared_trailing_slash(String path, boolean strict) {
        Urls urls =
                app(App.named("test").get(path, text("ok"), r -> r.name("foo").strictSlashes(strict)));
        assertThat(urls.to("foo").path()).isEqualTo(path);
    }

    @Test
    @DisplayName("case 353: named and unnamed blueprint route")
    void named_and_unnamed() {
        Blueprint bp = Blueprint.named("test_bp")
                .prefix("/bp")
                .get("/get", text("handler2"), r -> r.name("route_bp"))
                .get("/unnamed", text("unnamed"))
                .build();
        Urls urls = app(App.named("test")
                .get("/get", text("handler"), r -> r.name("route_get"))
                .register(bp));
        assertThat(urls.to("route_get").path()).isEqualTo("/get");
        assertThat(urls.to("test_bp.route_bp").path()).isEqualTo("/bp/get");
        // A handler has no name, and a route none that it was not given.
        for (String name : List.of("handler", "test_bp.handler2", "test_bp.unnamed", "route_bp")) {
            assertThatThrownBy(() -> urls.to(name).path())
                    .isInstanceOf(UrlBuildException.class)
                    .hasMessageContaining("'" + name + "'");
        }
    }

    @Test
    @DisplayName("case 355: host of the URL, one host for each route")
    void one_host_for_each_route() throws Exception {
        BothWays.with(App.named("test")
                        .get("/", text("index"), r -> r.name("hostindex").host("example.com"))
                        .get("/path", text("path"), r -> r.name("hostpath").host("path.example.com"))
                        .get(
                                "/relative/{name}",
                                ctx -> Response.text(
                                        ctx.urls().to(ctx.pathParam("name")).path()))
                        .get(
                                "/absolute/{name}",
                                ctx -> Response.text(
                                        ctx.urls().to(ctx.pathParam("name")).absolute())))
                .run(client -> {
                    is(client.get("/relative/hostindex"), 200, "/");
                    is(client.get("/relative/hostpath"), 200, "/path");
                    is(client.get("/absolute/hostindex", "Host", "localhost"), 200, "http://example.com/");
                    is(client.get("/absolute/hostpath", "Host", "localhost"), 200, "http://path.example.com/path");
                });
    }

    @Test
    @DisplayName("case 355, near: one of several hosts is chosen, else it is the client's")
    void several_hosts() throws Exception {
        BothWays.with(App.named("test")
                        .hosts("a.example.com", "b.example.com")
                        .get("/x", ctx -> Response.text(ctx.urls().to("x").absolute()), r -> r.name("x"))
                        .get(
                                "/b",
                                ctx -> Response.text(
                                        ctx.urls().to("x").host("b.example.com").absolute()))
                        .get(
                                "/c",
                                ctx -> Response.text(
                                        ctx.urls().to("x").host("c.example.com").absolute()))
                        .error(UrlBuildException.class, (exchange, error) -> Response.text(error.getMessage())))
                .run(client -> {
                    is(client.get("/x", "Host", "b.example.com"), 200, "http://b.example.com/x");
                    is(client.get("/x", "Host", "a.example.com:81"), 200, "http://a.example.com:81/x");
                    is(client.get("/b", "Host", "a.example.com"), 200, "http://b.example.com/x");
                    is(
                            client.get("/c", "Host", "a.example.com"),
                            200,
                            "url 'x': it does not answer on host 'c.example.com' (expected: one of [a.example.com, b.example.com])");
                });
    }

    @Test
    @DisplayName("case 357: from app to blueprint and back")
    void from_app_to_blueprint_and_back() throws Exception {
        Blueprint test = Blueprint.named("test")
                .get("/test/", url("app_index"), r -> r.name("index"))
                .build();
        BothWays.with(App.named("test").register(test).get("/", url("test.index"), r -> r.name("app_index")))
                .run(client -> {
                    is(client.get("/"), 200, "/test/");
                    is(client.get("/test/"), 200, "/");
                });
    }

    @Test
    @DisplayName("case 359: URL while mounted twice")
    void mounted_twice() throws Exception {
        Blueprint bp = Blueprint.named("bp")
                .get("/ping", url(".ping"), r -> r.name("ping"))
                .build();
        BothWays.with(App.named("test")
                        .register(bp, mount -> mount.prefix("/ar"))
                        .register(bp, mount -> mount.prefix("/uy").named("uy"))
                        .get(
                                "/both",
                                ctx -> Response.text(ctx.urls().to("bp.ping").path() + " "
                                        + ctx.urls().to("uy.ping").path())))
                .run(client -> {
                    is(client.get("/ar/ping"), 200, "/ar/ping");
                    is(client.get("/uy/ping"), 200, "/uy/ping");
                    is(client.get("/both"), 200, "/ar/ping /uy/ping");
                });
    }

    @Test
    @DisplayName("case 359, near: a relative name may go into a child; the full name of two places says which compete")
    void relative_names() throws Exception {
        Blueprint child = Blueprint.named("child")
                .prefix("/c")
                .get("/x", text("x"), r -> r.name("x"))
                .build();
        Blueprint parent = Blueprint.named("parent")
                .get("/", url(".child.x"))
                .register(child)
                .build();
        Blueprint twice = Blueprint.named("twice")
                .get("/ping", url(".ping"), r -> r.name("ping"))
                .build();
        App.Builder app = App.named("test");
        app.register(parent);
        app.register(twice, mount -> mount.prefix("/ar"));
        String first = lineBefore();
        app.register(twice, mount -> mount.prefix("/uy"));
        String second = lineBefore();
        app.get("/both", url("twice.ping"));
        app.get("/top", url(".parent.child.x"));
        app.error(UrlBuildException.class, (exchange, error) -> Response.text(error.getMessage()));
        BothWays.with(app).run(client -> {
            is(client.get("/"), 200, "/c/x");
            is(client.get("/top"), 200, "/c/x");
            is(client.get("/ar/ping"), 200, "/ar/ping");
            is(client.get("/uy/ping"), 200, "/uy/ping");
            is(
                    client.get("/both"),
                    200,
                    "url 'twice.ping': it leads to several places: /ar/ping (mounted at " + first
                            + "), /uy/ping (mounted at " + second + "). Give each mount a name with named(…).");
        });
    }

    @Test
    @DisplayName("case 361: URL escaping")
    void escaping() {
        Urls urls = app(App.named("test").post("/hello/{name}", text("ok"), r -> r.name("hello")));
        assertThat(urls.to("hello").with("name", "test x").path()).isEqualTo("/hello/test%20x");
        assertThat(urls.to("hello").with("name", "test x").absolute("http://localhost"))
                .isEqualTo("http://localhost/hello/test%20x");
    }

    // Kyoukai: several declarations share a name and the method chooses; here: a name belongs to one route, which may
    // have several paths, and what is given chooses among them.
    @Test
    @DisplayName("case 363: several patterns for one name")
    void several_patterns_for_one_name() {
        Blueprint p = Blueprint.named("p")
                .prefix("/p")
                .route(
                        Set.of(HttpMethod.GET, HttpMethod.POST),
                        List.of("/b/{i}", "/a"),
                        text("ok"),
                        r -> r.name("multi"))
                .build();
        Urls urls = app(App.named("test").register(p));
        assertThat(urls.to("p.multi").with("i", 4).path()).isEqualTo("/p/b/4");
        assertThat(urls.to("p.multi").path()).isEqualTo("/p/a");
    }

    private static Urls app(App.Builder app) {
        return app.build().urls();
    }

    private static RouteHandler url(String name) {
        return ctx -> Response.text(ctx.urls().to(name).path());
    }
}
