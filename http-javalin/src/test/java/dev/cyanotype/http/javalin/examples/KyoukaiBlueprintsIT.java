/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.http.javalin.examples;

import static dev.cyanotype.http.HttpMethod.GET;
import static dev.cyanotype.http.HttpMethod.HEAD;
import static dev.cyanotype.http.HttpMethod.POST;
import static dev.cyanotype.http.HttpMethod.PUT;
import static dev.cyanotype.http.javalin.examples.Checks.is;
import static dev.cyanotype.http.javalin.examples.Checks.isJson;
import static dev.cyanotype.http.javalin.examples.Checks.notFound;
import static dev.cyanotype.http.javalin.examples.Checks.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cyanotype.App;
import dev.cyanotype.Blueprint;
import dev.cyanotype.exchange.HttpException;
import dev.cyanotype.exchange.Response;
import dev.cyanotype.http.BeforeHook;
import dev.cyanotype.http.Route;
import dev.cyanotype.http.RouteHandler;
import dev.cyanotype.http.javalin.BothWays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The examples of Kyoukai's documentation of blueprints, in its order. */
class KyoukaiBlueprintsIT {

    private final List<String> trace = new CopyOnWriteArrayList<>();

    private BeforeHook note(String step) {
        return ctx -> {
            trace.add(step);
            return null;
        };
    }

    private static RouteHandler fail(int status) {
        return ctx -> {
            throw new HttpException(status, "failed");
        };
    }

    @Nested
    @DisplayName("Blueprints")
    class Introduction {

        @Test
        @DisplayName("Blueprints: one is made with a name")
        void a_name() {
            assertThat(Blueprint.named("my_blueprint").build().name()).isEqualTo("my_blueprint");
        }

        @Test
        @DisplayName("Blueprints: a prefix makes the routes accessible under it only")
        void a_prefix() throws Exception {
            Blueprint users = Blueprint.named("users")
                    .prefix("/api/v1")
                    .get("/users", text("all users"))
                    .build();
            BothWays.with(users).run(client -> {
                is(client.get("/api/v1/users"), 200, "all users");
                notFound(client, "/users", "/api/users", "/v1/users");
            });
        }

        @Test
        @DisplayName("Blueprints: a host answers requests for that host only")
        void a_host() throws Exception {
            Blueprint api = Blueprint.named("api")
                    .host("api.example.com")
                    .get("/", text("api"))
                    .build();
            BothWays.with(api).run(client -> {
                is(client.get("/", "Host", "api.example.com"), 200, "api");
                // here: port and letter case do not count, because they are no part of a host's name
                is(client.get("/", "Host", "API.example.com:8080"), 200, "api");
                assertThat(client.get("/", "Host", "www.example.com").status()).isEqualTo(404);
            });
        }

        @Test
        @DisplayName("Blueprints: a tree hands down the prefixes and the request hooks of all parents")
        void a_tree() throws Exception {
            Blueprint posts = Blueprint.named("posts")
                    .prefix("/posts")
                    .before(note("posts"))
                    .get("/{id}", ctx -> Response.text(ctx.blueprints() + " " + ctx.pathParam("id")))
                    .build();
            Blueprint v1 = Blueprint.named("v1")
                    .prefix("/v1")
                    .before(note("v1"))
                    .register(posts)
                    .build();
            Blueprint api = Blueprint.named("api")
                    .prefix("/api")
                    .before(note("api"))
                    .register(v1)
                    .build();
            BothWays.with(App.named("root").before(note("root")).register(api)).run(client -> {
                trace.clear();
                is(client.get("/api/v1/posts/3"), 200, "[api.v1.posts, api.v1, api] 3");
                assertThat(trace).containsExactly("root", "api", "v1", "posts");
                notFound(client, "/posts/3", "/v1/posts/3", "/api/posts/3");
            });
        }
    }

    @Nested
    @DisplayName("A note on the tree")
    class Tree {

        @Test
        @DisplayName("A note on the tree: a blueprint has any number of children, also none")
        void children() {
            Blueprint first = Blueprint.named("first").build();
            Blueprint second = Blueprint.named("second").build();
            Blueprint parent =
                    Blueprint.named("parent").register(first).register(second).build();

            assertThat(parent.members()).containsExactly(first, second);
            assertThat(first.members()).isEmpty();
        }

        @Test
        @DisplayName("A note on the tree: children inherit error handlers unless they override them")
        void error_handlers() throws Exception {
            Blueprint grandchild = Blueprint.named("grandchild")
                    .prefix("/grandchild")
                    .get("/500", fail(500))
                    .get("/403", fail(403))
                    .build();
            Blueprint child = Blueprint.named("child")
                    .prefix("/child")
                    .error(500, (ctx, e) -> "child")
                    .get("/500", fail(500))
                    .get("/403", fail(403))
                    .register(grandchild)
                    .build();
            Blueprint parent = Blueprint.named("parent")
                    .prefix("/parent")
                    .error(500, (ctx, e) -> "parent")
                    .error(403, (ctx, e) -> "parent's too")
                    .get("/500", fail(500))
                    .register(child)
                    .build();
            BothWays.with(parent).run(client -> {
                isJson(client.get("/parent/500"), 500, "\"parent\"");
                isJson(client.get("/parent/child/500"), 500, "\"child\"");
                isJson(client.get("/parent/child/403"), 403, "\"parent's too\"");
                isJson(client.get("/parent/child/grandchild/500"), 500, "\"child\"");
                isJson(client.get("/parent/child/grandchild/403"), 403, "\"parent's too\"");
            });
        }

        @Test
        @DisplayName("A note on the tree: children inherit request hooks")
        void request_hooks() throws Exception {
            Blueprint plain = Blueprint.named("plain")
                    .prefix("/plain")
                    .get("/", text("plain"))
                    .build();
            Blueprint own = Blueprint.named("own")
                    .prefix("/own")
                    .before(note("own before"))
                    .after((ctx, response) ->
                            response.header("X-Passed", response.headers().first("X-Passed") + " own"))
                    .get("/", ctx -> Response.text("own").header("X-Passed", "handler"))
                    .build();
            Blueprint parent = Blueprint.named("parent")
                    .before(note("parent before"))
                    .after((ctx, response) ->
                            response.header("X-Passed", response.headers().first("X-Passed") + " parent"))
                    .register(plain)
                    .register(own)
                    .build();
            BothWays.with(parent).run(client -> {
                trace.clear();
                client.get("/plain");
                assertThat(trace).containsExactly("parent before");

                trace.clear();
                // here: both run, and the way out mirrors the way in, because a hook of a child says nothing about its
                // parent's
                assertThat(client.get("/own").header("X-Passed")).isEqualTo("handler own parent");
                assertThat(trace).containsExactly("parent before", "own before");
            });
        }
    }

    @Nested
    @DisplayName("Routing")
    class Routing {

        @Test
        @DisplayName("Routing: a route on a blueprint, and one on the bare app")
        void some_route() throws Exception {
            Blueprint myBlueprint = Blueprint.named("my_blueprint")
                    .get("/some/route", text("Some route"))
                    .build();
            BothWays.with(App.named("app").get("/bare", text("Bare")).register(myBlueprint))
                    .run(client -> {
                        is(client.get("/some/route"), 200, "Some route");
                        is(client.get("/bare"), 200, "Bare");
                    });
        }

        @Test
        @DisplayName("Routing: GET answers HEAD too, and nothing else")
        void default_methods() throws Exception {
            Blueprint myBlueprint = Blueprint.named("my_blueprint")
                    .get("/some/route", text("Some route"))
                    .build();
            BothWays.with(myBlueprint).run(client -> {
                assertThat(client.send(HEAD.name(), "/some/route", "").status()).isEqualTo(200);
                assertThat(client.send(HEAD.name(), "/some/route", "").body()).isEmpty();
                assertThat(client.send(POST.name(), "/some/route", "").status()).isEqualTo(405);
                assertThat(client.send(POST.name(), "/some/route", "").header("Allow"))
                        .isEqualTo("GET, HEAD, OPTIONS");
            });
        }

        @Test
        @DisplayName("Routing: a route made first is added to a blueprint, with its methods and several URLs")
        void a_route_as_a_value() throws Exception {
            Route route = Route.builder(Set.of(GET, PUT), List.of("/some/route", "/other/{id:int}"), text("Some route"))
                    .build();
            BothWays.with(Blueprint.named("my_blueprint").route(route).build()).run(client -> {
                is(client.get("/some/route"), 200, "Some route");
                is(client.get("/other/7"), 200, "Some route");
                is(client.send(PUT.name(), "/other/7", ""), 200, "Some route");
                assertThat(client.send(POST.name(), "/other/7", "").status()).isEqualTo(405);
                notFound(client, "/other/x");
            });
        }
    }

    @Nested
    @DisplayName("Error handlers")
    class ErrorHandlers {

        @Test
        @DisplayName("Error handlers: a handler of 500 is local to its blueprint and the children")
        void local() throws Exception {
            RouteHandler broken = ctx -> {
                throw new IllegalStateException("a secret");
            };
            Blueprint child =
                    Blueprint.named("child").prefix("/child").get("/", broken).build();
            Blueprint myBlueprint = Blueprint.named("my_blueprint")
                    .prefix("/mine")
                    .get("/", broken)
                    // here: the status is 500, because an answer to an error has the error's unless it says otherwise
                    .error(500, (ctx, e) -> "Handled an error")
                    .register(child)
                    .build();
            Blueprint other =
                    Blueprint.named("other").prefix("/other").get("/", broken).build();
            BothWays.with(myBlueprint, other).run(client -> {
                isJson(client.get("/mine"), 500, "\"Handled an error\"");
                isJson(client.get("/mine/child"), 500, "\"Handled an error\"");
                is(
                        client.get("/other"),
                        500,
                        "{\"title\":\"Internal Server Error\",\"status\":500,\"correlationId\":\"r1\"}");
            });
        }

        @Test
        @DisplayName("Error handlers: the handler gets the error")
        void the_error() throws Exception {
            Blueprint myBlueprint = Blueprint.named("my_blueprint")
                    .get("/{number}", ctx -> Integer.parseInt(ctx.pathParam("number")))
                    .error(500, (ctx, e) -> e.getCause().getClass().getSimpleName())
                    .build();
            BothWays.with(myBlueprint).run(client -> isJson(client.get("/seven"), 500, "\"NumberFormatException\""));
        }

        @Test
        @DisplayName("Error handlers: a range of codes goes from a code to an end that is not in it")
        void a_range() throws Exception {
            Blueprint myBlueprint = Blueprint.named("my_blueprint")
                    .errors(400, 404, (ctx, e) -> "range " + e.status())
                    .error(401, (ctx, e) -> "exact " + e.status())
                    .get(
                            "/{status:int}",
                            ctx -> fail(ctx.pathParam("status", Integer.class)).handle(ctx))
                    .build();
            BothWays.with(App.named("app").errors(400, 600, (ctx, e) -> "app").register(myBlueprint))
                    .run(client -> {
                        isJson(client.get("/400"), 400, "\"range 400\"");
                        isJson(client.get("/401"), 401, "\"exact 401\"");
                        isJson(client.get("/403"), 403, "\"range 403\"");
                        isJson(client.get("/404"), 404, "\"app\"");
                    });
        }

        @Test
        @DisplayName("Error handlers: a step leaves out the codes between")
        void a_step() throws Exception {
            Blueprint myBlueprint = Blueprint.named("my_blueprint")
                    .errors(500, 505, 2, (ctx, e) -> "even")
                    .errors(501, 505, 2, (ctx, e) -> "odd")
                    .get(
                            "/{status:int}",
                            ctx -> fail(ctx.pathParam("status", Integer.class)).handle(ctx))
                    .build();
            BothWays.with(myBlueprint).run(client -> {
                for (int status : List.of(500, 502, 504)) {
                    isJson(client.get("/" + status), status, "\"even\"");
                }
                for (int status : List.of(501, 503)) {
                    isJson(client.get("/" + status), status, "\"odd\"");
                }
                assertThat(client.get("/505").text()).startsWith("{\"title\":\"HTTP Version Not Supported\"");
            });
        }

        @Test
        @DisplayName("Error handlers: a range without codes")
        void an_empty_range() {
            Blueprint.Builder builder = Blueprint.named("my_blueprint");
            // here: refused, because a handler that never runs is a mistake
            assertThatThrownBy(() -> builder.errors(500, 500, (ctx, e) -> "never"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("blueprint 'my_blueprint': errors from 500 to 500 by 1 is empty"
                            + " (expected: from < to, step >= 1)");
        }
    }

    @Nested
    @DisplayName("Registering blueprints")
    class Registering {

        private final Blueprint myBlueprint = Blueprint.named("my_blueprint")
                .prefix("/mine")
                .get("/some/route", text("Some route"))
                .build();

        @Test
        @DisplayName("Registering blueprints: before it is registered, its routes are 404")
        void not_registered() throws Exception {
            BothWays.with(App.named("app")).run(client -> notFound(client, "/mine/some/route"));
        }

        @Test
        @DisplayName("Registering blueprints: registered on the app, it is a child of the root")
        void on_the_app() throws Exception {
            App.Builder app = App.named("app").prefix("/root").register(myBlueprint);
            BothWays.with(app).run(client -> {
                is(client.get("/root/mine/some/route"), 200, "Some route");
                notFound(client, "/mine/some/route");
            });
        }

        @Test
        @DisplayName("Registering blueprints: to inherit from a blueprint, be registered on it")
        void on_a_blueprint() throws Exception {
            Blueprint other = Blueprint.named("my_other_blueprint")
                    .get("/other", text("Other"))
                    .build();
            Blueprint parent = myBlueprint.toBuilder()
                    .before(note("parent"))
                    .error(404, (ctx, e) -> "parent's 404")
                    .register(other)
                    .build();
            BothWays.with(parent).run(client -> {
                trace.clear();
                is(client.get("/mine/other"), 200, "Other");
                assertThat(trace).containsExactly("parent");
                // here: the blueprint's handler also answers what nobody matches, because the prefix is the blueprint's
                isJson(client.get("/mine/none"), 404, "\"parent's 404\"");
                assertThat(client.get("/none").text())
                        .isEqualTo("{\"title\":\"Not Found\",\"status\":404,"
                                + "\"detail\":\"There is nothing at this address\",\"correlationId\":\"r1\"}");
            });
        }
    }
}
