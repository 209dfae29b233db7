/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.http.javalin.cases;

import static dev.cyanotype.http.javalin.cases.Cases.app;
import static dev.cyanotype.http.javalin.cases.Cases.problems;
import static dev.cyanotype.http.javalin.cases.Cases.says;
import static dev.cyanotype.http.javalin.cases.Cases.status;
import static dev.cyanotype.http.javalin.cases.Handlers.lineBefore;
import static dev.cyanotype.http.javalin.cases.Handlers.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cyanotype.App;
import dev.cyanotype.Blueprint;
import dev.cyanotype.exchange.Response;
import dev.cyanotype.http.javalin.BothWays;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Behaviour cases 97 to 113: hosts and subdomains. */
class Cases06HostsIT {

    @Test
    @DisplayName("case 97: host of a route replaces that of its blueprint")
    void host_of_a_route_replaces_that_of_its_blueprint() throws Exception {
        Blueprint test = Blueprint.named("test_bp_host")
                .prefix("/test1")
                .host("example.com")
                .get("/", text("Hello"))
                .get("/", text("Hello subdomain!"), r -> r.host("sub.example.com"))
                .build();
        BothWays.with(test).run(client -> {
            says(client, "/test1/", "Hello", "Host", "example.com");
            says(client, "/test1/", "Hello subdomain!", "Host", "sub.example.com");
            status(client, 404, "other.com", "/test1/");
            status(client, 404, "sub.sub.example.com", "/test1/");
        });
    }

    @Test
    @DisplayName("near case 97: hosts are compared without port and letter case (Sanic: as they are sent)")
    void hosts_are_compared_without_port_and_letter_case() throws Exception {
        Blueprint test = Blueprint.named("test")
                .host("Example.COM")
                .get("/", text("Hello"))
                .build();
        BothWays.with(test).run(client -> {
            says(client, "/", "Hello", "Host", "example.com");
            says(client, "/", "Hello", "Host", "EXAMPLE.com");
            says(client, "/", "Hello", "Host", "example.com:8080");
            status(client, 404, "example.com.evil", "/");
            status(client, 404, "example", "/");
        });
    }

    @Test
    @DisplayName("case 99: several hosts")
    void several_hosts() throws Exception {
        Blueprint test = Blueprint.named("test_bp_host")
                .prefix("/test1")
                .hosts("example.com", "sub.example.com")
                .get("/", ctx -> Response.text("Hello " + ctx.operation()), r -> r.name("handler1"))
                .get(
                        "/",
                        ctx -> Response.text("Hello subdomain! " + ctx.operation()),
                        r -> r.name("handler2").hosts("sub1.example.com"))
                .build();
        BothWays.with(test).run(client -> {
            says(client, "/test1/", "Hello test_bp_host.handler1", "Host", "example.com");
            says(client, "/test1/", "Hello test_bp_host.handler1", "Host", "sub.example.com");
            says(client, "/test1/", "Hello subdomain! test_bp_host.handler2", "Host", "sub1.example.com");
            status(client, 404, "sub2.example.com", "/test1/");
        });
    }

    @Test
    @DisplayName("near case 99: several hosts of a mount, a group and an app; each is in conflict on its own")
    void several_hosts_elsewhere() throws Exception {
        Blueprint bp = Blueprint.named("bp").get("/x", text("x")).build();
        for (App.Builder app : new App.Builder[] {
            app().register(bp, mount -> mount.hosts("a.test", "B.test")),
            app(Blueprint.group(bp).hosts("a.test", "B.test").build()),
            app(bp).hosts("a.test", "B.test")
        }) {
            BothWays.with(app).run(client -> {
                status(client, 200, "a.test", "/x");
                status(client, 200, "b.test", "/x");
                status(client, 404, "c.test", "/x");
            });
        }
        Blueprint.Builder one = Blueprint.named("one").hosts("a.test", "b.test");
        one.get("/x", text("x"));
        String first = lineBefore();
        Blueprint.Builder two = Blueprint.named("two").hosts("b.test", "c.test");
        two.get("/x", text("x"));
        String second = lineBefore();
        problems(
                app(one.build(), two.build()),
                "GET b.test/x: declared by 'one' (" + first + ") and 'two' (" + second
                        + "). Change one path or method.");
    }

    @Test
    @DisplayName("case 101: blueprint without host, route with host")
    void blueprint_without_host_route_with_host() throws Exception {
        Blueprint bp1 = Blueprint.named("bp1")
                .prefix("/bp1")
                .get("/", text("x"))
                .get("/host", text("x"), r -> r.host("matching.com"))
                .build();
        BothWays.with(bp1).run(client -> {
            says(client, "/bp1", "x");
            status(client, 200, "maybe.com", "/bp1");
            status(client, 200, "matching.com", "/bp1");
            status(client, 200, "matching.com", "/bp1/host");
            status(client, 404, "wrong.com", "/bp1/host");
        });
    }

    @Test
    @DisplayName("near case 101: same path with and without host (Sanic: refused; here: the host is more specific)")
    void same_path_with_and_without_host() throws Exception {
        Blueprint bp = Blueprint.named("bp")
                .get("/x", text("any"))
                .get("/x", text("own"), r -> r.host("own.com"))
                .get("/{p}", text("parameter of own"), r -> r.host("own.com"))
                .get("/y", text("any y"))
                .build();
        BothWays.with(bp).run(client -> {
            says(client, "/x", "any", "Host", "other.com");
            says(client, "/x", "own", "Host", "own.com");
            says(client, "/y", "any y", "Host", "other.com");
            // The host is decided first, then the path.
            says(client, "/y", "parameter of own", "Host", "own.com");
        });
    }

    @ParameterizedTest(name = "case 103: \"{0}\" is no host")
    @ValueSource(
            strings = {"", " ", "a b", "a.com:80", "http://a.com", "a.com/", ".a.com", "a.com.", "{user}.a.com", "é.com"
            })
    void what_is_no_host(String host) {
        String expected = ": host '" + host + "' (expected: a host name without port, e.g. 'api.example.com')";
        refused("blueprint 'bp'" + expected, () -> Blueprint.named("bp").host(host));
        refused("app 'test'" + expected, () -> app().host(host));
        refused(
                "blueprint 'bp': route [GET] [/test]" + expected,
                () -> Blueprint.named("bp").get("/test", text("x"), r -> r.host(host)));
        refused(
                "app 'test': mount of blueprint 'bp'" + expected,
                () -> app().register(Blueprint.named("bp").build(), mount -> mount.host(host)));
        assertThatThrownBy(() -> Blueprint.named("bp").host(null))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("host");
        assertThatThrownBy(() -> Blueprint.named("bp").get("/test", text("x"), r -> r.host(null)))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("host");
    }

    @Test
    @DisplayName("case 105: subdomain given at a mount reaches a nested child")
    void subdomain_given_at_a_mount_reaches_a_nested_child() throws Exception {
        Blueprint child = Blueprint.named("child").get("/child/", text("child")).build();
        Blueprint parent = Blueprint.named("parent").register(child).build();
        App.Builder app = app().host("example.test").register(parent, mount -> mount.subdomain("api"));
        BothWays.with(app).run(client -> {
            says(client, "/child/", "child", "Host", "api.example.test");
            status(client, 404, "example.test", "/child/");
            status(client, 404, "api", "/child/");
        });
    }

    @Test
    @DisplayName("near case 105: a subdomain needs a host to stand in front of")
    void a_subdomain_needs_a_host() {
        Blueprint bp =
                Blueprint.named("bp").subdomain("api").get("/x", text("x")).build();
        App.Builder app = App.named("test");
        app.register(bp);
        String line = lineBefore();
        app.get("/y", text("y"), r -> r.subdomain("www"));
        String second = lineBefore();

        String problem = "has no host to stand in front of. Set host(…) on the app or on an enclosing scope.";
        problems(
                app,
                "app 'test' (" + second + "): subdomain 'www' " + problem,
                "'bp' (" + line + "): subdomain 'api' " + problem);
    }

    @Test
    @DisplayName("case 107: subdomains of three levels, those of mounts replace those of blueprints")
    void subdomains_of_three_levels() throws Exception {
        Blueprint g = Blueprint.named("g")
                .subdomain("g")
                .get("/", Cases::operation, r -> r.name("route"))
                .build();
        Blueprint c = Blueprint.named("c").subdomain("c").register(g).build();
        Blueprint p = Blueprint.named("p")
                .subdomain("p")
                .register(c, mount -> mount.subdomain("cc"))
                .build();
        App app = app().host("example.test")
                .register(p, mount -> mount.subdomain("pp"))
                .build();
        assertThat(app.urls().to("p.c.g.route").absolute("http://example.test"))
                .isEqualTo("http://g.cc.pp.example.test/");
        BothWays.with(app.toBuilder()).run(client -> {
            says(client, "/", "p.c.g.route", "Host", "g.cc.pp.example.test");
            for (String host :
                    new String[] {"g.c.p.example.test", "g.cc.p.example.test", "cc.pp.example.test", "example.test"}) {
                status(client, 404, host, "/");
            }
        });
    }

    @Test
    @DisplayName("near case 107: a host replaces that of the parent, with its subdomains")
    void a_host_replaces_that_of_the_parent() throws Exception {
        Blueprint g = Blueprint.named("g").subdomain("g").get("/", text("x")).build();
        Blueprint c = Blueprint.named("c").host("own.test").register(g).build();
        Blueprint p = Blueprint.named("p").subdomain("p").register(c).build();
        BothWays.with(app(p).host("example.test")).run(client -> {
            status(client, 200, "g.own.test", "/");
            status(client, 404, "g.p.own.test", "/");
            status(client, 404, "g.p.example.test", "/");
        });
    }

    @Test
    @DisplayName("case 109: routes with a subdomain")
    void routes_with_a_subdomain() throws Exception {
        App.Builder app = app().host("localhost.localdomain")
                .get("/", text("normal index"))
                .get("/", text("test index"), r -> r.subdomain("test"));
        BothWays.with(app).run(client -> {
            says(client, "/", "normal index", "Host", "localhost.localdomain");
            says(client, "/", "test index", "Host", "test.localhost.localdomain");
            status(client, 404, "other.localhost.localdomain", "/");
        });
        Blueprint bp = Blueprint.named("bp")
                .subdomain("bp")
                .get("/", text("inner"), r -> r.subdomain("test"))
                .get("/", text("own"), r -> r.host("own.test").subdomain("www"))
                .build();
        BothWays.with(app(bp).hosts("a.test", "b.test")).run(client -> {
            says(client, "/", "inner", "Host", "test.bp.a.test");
            says(client, "/", "inner", "Host", "test.bp.b.test");
            says(client, "/", "own", "Host", "www.own.test");
            status(client, 404, "bp.a.test", "/");
            status(client, 404, "test.a.test", "/");
        });
    }

    @Test
    @DisplayName("case 110: parameter in a subdomain (here: refused)")
    void parameter_in_a_subdomain() throws Exception {
        // Flask: the name of the user is an argument; here: hosts are looked up as they are, and a handler reads the
        // name from the host.
        refused(
                "blueprint 'bp': subdomain '{user}' (expected: a host name without port, e.g. 'api.example.com')",
                () -> Blueprint.named("bp").subdomain("{user}"));
        App.Builder app = app().get(
                        "/",
                        ctx -> Response.text("index for "
                                + ctx.host().substring(0, ctx.host().indexOf('.'))));
        BothWays.with(app).run(client -> {
            says(client, "/", "index for mitsuhiko", "Host", "mitsuhiko.localhost.localdomain");
            says(client, "/", "index for mitsuhiko", "Host", "mitsuhiko.localhost.localdomain:3000");
        });
    }

    @Test
    @DisplayName("case 113: host of a child counts without anything switched on")
    void host_of_a_child_counts() throws Exception {
        Blueprint child = Blueprint.named("child")
                .prefix("/1")
                .host("api.me")
                .get("/h", text("x"))
                .build();
        Blueprint root = Blueprint.named("root").register(child).build();
        // Kyoukai: the host is ignored unless matching is on at the root; here: what is declared counts.
        BothWays.with(root).run(client -> {
            status(client, 200, "api.me", "/1/h");
            status(client, 404, "other.me", "/1/h");
            Cases.notFound(client, "/1/h");
        });
    }

    private static void refused(String message, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOf(IllegalArgumentException.class).hasMessage(message);
    }
}
