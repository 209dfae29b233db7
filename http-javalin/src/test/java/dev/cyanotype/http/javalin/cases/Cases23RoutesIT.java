/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.http.javalin.cases;

import static dev.cyanotype.http.HttpMethod.DELETE;
import static dev.cyanotype.http.HttpMethod.POST;
import static dev.cyanotype.http.HttpMethod.PUT;
import static dev.cyanotype.http.javalin.cases.Cases.app;
import static dev.cyanotype.http.javalin.cases.Cases.problems;
import static dev.cyanotype.http.javalin.cases.Cases.says;
import static dev.cyanotype.http.javalin.cases.Handlers.lineBefore;
import static dev.cyanotype.http.javalin.cases.Handlers.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cyanotype.Blueprint;
import dev.cyanotype.exchange.Attribute;
import dev.cyanotype.exchange.Response;
import dev.cyanotype.http.HttpContext;
import dev.cyanotype.http.HttpMethod;
import dev.cyanotype.http.RouteHandler;
import dev.cyanotype.http.javalin.BothWays;
import dev.cyanotype.internal.testkit.wire.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Behaviour cases 375 to 396: options and methods of routes. */
class Cases23RoutesIT {

    @Test
    @DisplayName("case 375: a route for GET (here: the method is always named)")
    void a_route_for_get() throws Exception {
        Blueprint bp = Blueprint.named("bp").get("/x", text("x")).build();
        BothWays.with(bp).run(client -> {
            says(client, "/x", "x");
            Answer refused = client.send("POST", "/x", "");
            assertThat(refused.status()).isEqualTo(405);
            assertThat(refused.header("Allow")).isEqualTo("GET, HEAD, OPTIONS");
        });
    }

    @Test
    @DisplayName("case 377: HEAD and OPTIONS of a route for GET (here: both are answered)")
    void head_and_options_of_a_route_for_get() throws Exception {
        Blueprint bp = Blueprint.named("bp")
                .get(
                        "/c",
                        ctx -> Response.text(ctx.method() + "!")
                                .header("X-Method", ctx.method().name()))
                .post("/p", text("p"))
                .build();
        // Sanic: 405 for both; here: as RFC 9110 has it, HEAD is GET without the body, and the handler runs.
        BothWays.with(bp).run(client -> {
            Answer head = client.send("HEAD", "/c", "");
            assertThat(head.status()).isEqualTo(200);
            assertThat(head.text()).isEmpty();
            assertThat(head.header("X-Method")).isEqualTo("HEAD");
            Answer options = client.send("OPTIONS", "/c", "");
            assertThat(options.status()).isEqualTo(204);
            assertThat(options.header("Allow")).isEqualTo("GET, HEAD, OPTIONS");
            assertThat(client.send("HEAD", "/p", "").status()).isEqualTo(405);
            assertThat(client.send("OPTIONS", "/p", "").header("Allow")).isEqualTo("POST, OPTIONS");
        });
    }

    @Test
    @DisplayName("near case 377: a route for HEAD or OPTIONS comes before what is answered by itself")
    void routes_for_head_and_options() throws Exception {
        Blueprint bp = Blueprint.named("bp")
                .get("/c", text("get"))
                .head("/c", ctx -> Response.empty().header("X-Own", "head"))
                .options("/c", ctx -> Response.text("options"))
                .build();
        BothWays.with(bp).run(client -> {
            says(client, "/c", "get");
            assertThat(client.send("HEAD", "/c", "").header("X-Own")).isEqualTo("head");
            assertThat(client.send("OPTIONS", "/c", "").text()).isEqualTo("options");
        });
    }

    @Test
    @DisplayName("case 381: several methods (here: they are constants, so none is unknown or in lower case)")
    void several_methods() throws Exception {
        Blueprint bp = Blueprint.named("bp")
                .route(
                        Set.of(POST, PUT),
                        List.of("/x"),
                        ctx -> Response.text(ctx.method().name()))
                .build();
        BothWays.with(bp).run(client -> {
            assertThat(client.send("POST", "/x", "").text()).isEqualTo("POST");
            assertThat(client.send("PUT", "/x", "").text()).isEqualTo("PUT");
            // On the wire letter case counts, as RFC 9110 has it; a method that no route can have is not allowed.
            for (String method : new String[] {"GET", "post", "Put", "BOGUS", "PATCH"}) {
                Answer refused = client.send(method, "/x", "");
                assertThat(refused.status()).as(method).isEqualTo(405);
                assertThat(refused.header("Allow")).isEqualTo("POST, PUT, OPTIONS");
            }
        });
    }

    @ParameterizedTest(name = "near case 381: {0}")
    @EnumSource(HttpMethod.class)
    void each_method(HttpMethod method) throws Exception {
        RouteHandler handler =
                ctx -> Response.empty().header("X-Method", ctx.method().name());
        Blueprint.Builder bp = Blueprint.named("bp");
        switch (method) {
            case GET -> bp.get("/x", handler);
            case POST -> bp.post("/x", handler);
            case PUT -> bp.put("/x", handler);
            case PATCH -> bp.patch("/x", handler);
            case DELETE -> bp.delete("/x", handler);
            case HEAD -> bp.head("/x", handler);
            case OPTIONS -> bp.options("/x", handler);
        }
        BothWays.with(bp.build()).run(client -> {
            for (HttpMethod sent : HttpMethod.values()) {
                boolean runs = sent == method || sent == HttpMethod.HEAD && method == HttpMethod.GET;
                Answer answer = client.send(sent.name(), "/x", "");
                assertThat(answer.header("X-Method")).as(sent.name()).isEqualTo(runs ? sent.name() : null);
                assertThat(answer.status()).as(sent.name()).isEqualTo(runs || sent == HttpMethod.OPTIONS ? 204 : 405);
            }
        });
    }

    @Test
    @DisplayName("case 383: two blueprints share path and method")
    void two_blueprints_share_path_and_method() throws Exception {
        Blueprint.Builder a = Blueprint.named("a").prefix("/p");
        a.get("/x", text("a"));
        String first = lineBefore();
        Blueprint.Builder b = Blueprint.named("b").prefix("/p");
        b.get("/x", text("b"));
        String second = lineBefore();
        Blueprint builtA = a.build();

        problems(
                app(builtA, b.build()),
                "GET /p/x: declared by 'a' (" + first + ") and 'b' (" + second + "). Change one path or method.");
        Blueprint c = Blueprint.named("c")
                .prefix("/p")
                .post("/x", text("c"))
                .get("/y", text("y"))
                .build();
        BothWays.with(builtA, c).run(client -> {
            says(client, "/p/x", "a");
            says(client, "/p/y", "y");
            assertThat(client.send("POST", "/p/x", "").text()).isEqualTo("c");
            assertThat(client.send("DELETE", "/p/x", "").header("Allow")).isEqualTo("GET, POST, HEAD, OPTIONS");
        });
    }

    @Test
    @DisplayName("case 385: methods that overlap in part")
    void methods_that_overlap_in_part() throws Exception {
        Blueprint.Builder builder = Blueprint.named("bp").get("/overload", text("OK1"));
        builder.route(Set.of(POST, PUT), List.of("/overload"), text("OK2"));
        String first = lineBefore();
        Blueprint bp = builder.build();
        BothWays.with(bp).run(client -> {
            says(client, "/overload", "OK1");
            assertThat(client.send("POST", "/overload", "").text()).isEqualTo("OK2");
            assertThat(client.send("PUT", "/overload", "").text()).isEqualTo("OK2");
            Answer refused = client.send("DELETE", "/overload", "");
            assertThat(refused.status()).isEqualTo(405);
            assertThat(refused.header("Allow")).isEqualTo("GET, POST, PUT, HEAD, OPTIONS");
        });
        Blueprint.Builder third = bp.toBuilder();
        third.route(Set.of(PUT, DELETE), List.of("/overload"), text("OK3"));
        String second = lineBefore();

        problems(
                app(third.build()),
                "PUT /overload: declared by 'bp' (" + first + ") and 'bp' (" + second
                        + "). Change one path or method.");
    }

    @Test
    @DisplayName("case 387: two paths for one handler")
    void two_paths_for_one_handler() throws Exception {
        RouteHandler handler = Cases::operation;
        Blueprint bp = Blueprint.named("bp")
                .get("/test/1", handler, r -> r.name("test1"))
                .get("/test/2", handler, r -> r.name("test2"))
                .route(Set.of(HttpMethod.GET), List.of("/test/3", "/test/4/{x}"), handler, r -> r.name("test3"))
                .build();
        BothWays.with(bp).run(client -> {
            says(client, "/test/1", "bp.test1");
            says(client, "/test/2", "bp.test2");
            says(client, "/test/3", "bp.test3");
            says(client, "/test/4/x", "bp.test3");
        });
    }

    @Test
    @DisplayName("case 390: values of a route")
    void values_of_a_route() throws Exception {
        Attribute<String> foo = Attribute.named("foo", String.class);
        Attribute<Integer> bar = Attribute.named("bar", Integer.class);
        RouteHandler show = ctx -> Response.text(ctx.attribute(foo) + " " + ctx.attribute(bar));
        List<String> seen = new ArrayList<>();
        Blueprint bp = Blueprint.named("bp")
                .attribute(bar, 1)
                .before(ctx -> {
                    seen.add(ctx.attribute(foo) + " " + ctx.attribute(bar));
                    return null;
                })
                .get("/", show, r -> r.attribute(foo, "foo").attribute(bar, 99))
                .get("/none", show)
                .get(
                        "/own",
                        ctx -> {
                            ctx.attribute(bar, 5);
                            Integer own = ctx.attribute(bar);
                            ctx.attribute(bar, null);
                            return Response.text(own + " " + ctx.attribute(bar));
                        },
                        r -> r.attribute(bar, 7))
                .build();
        BothWays.with(app(bp).register(bp, mount -> mount.prefix("/m").attribute(bar, 2)))
                .run(client -> {
                    seen.clear();
                    says(client, "/", "foo 99");
                    says(client, "/none", "null 1");
                    says(client, "/m/none", "null 2");
                    says(client, "/m", "foo 99");
                    // Hooks see them too.
                    assertThat(seen).containsExactly("foo 99", "null 1", "null 2", "foo 99");
                    // What an exchange sets hides what was declared, until it is taken back.
                    says(client, "/own", "5 7");
                });
    }

    @Test
    @DisplayName("case 393: bodies of requests as streams")
    void bodies_of_requests_as_streams() throws Exception {
        // Larger than a body that is held may be, so it comes back only if it is read as it arrives.
        RouteHandler echo =
                ctx -> Response.bytes("text/plain", ctx.body().stream().readAllBytes());
        Blueprint bp = Blueprint.named("bp")
                .post("/post/{id}", echo)
                .put("/put", echo)
                .patch("/patch", echo)
                .post("/_post/{id}", text("_POST"))
                .post("/held", ctx -> Response.text(ctx.body().text()))
                .build();
        String body = "abc".repeat(1_000_000);
        BothWays.with(bp).run(client -> {
            for (String[] route : new String[][] {{"POST", "/post/1"}, {"PUT", "/put"}, {"PATCH", "/patch"}}) {
                Answer answer = client.send(route[0], route[1], body);
                assertThat(answer.status()).isEqualTo(200);
                assertThat(answer.text().equals(body)).as(route[1]).isTrue();
            }
            assertThat(client.send("POST", "/_post/1", body).text()).isEqualTo("_POST");
            assertThat(client.send("POST", "/held", body).status()).isEqualTo(413);
        });
    }

    @Test
    @DisplayName("case 394: a class of handlers (here: its methods, and it makes its own blueprint)")
    void a_class_of_handlers() throws Exception {
        Blueprint view = new View("I am get method").blueprint();
        BothWays.with(app(view).register(view, mount -> mount.named("second").prefix("/test1")))
                .run(client -> {
                    says(client, "/", "I am get method");
                    says(client, "/test1/", "I am get method");
                    assertThat(client.send("POST", "/test1/", "").text()).isEqualTo("posted");
                });
    }

    /** Handlers that share what they need. */
    private record View(String text) {

        Blueprint blueprint() {
            return Blueprint.named("view")
                    .get("/", this::get)
                    .post("/", View::post)
                    .build();
        }

        private Object get(HttpContext ctx) {
            return Response.text(text);
        }

        private static Object post(HttpContext ctx) {
            return Response.text("posted");
        }
    }
}
