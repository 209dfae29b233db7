/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.http.javalin.examples;

import static dev.cyanotype.http.javalin.examples.Checks.is;
import static dev.cyanotype.http.javalin.examples.Checks.isJson;
import static dev.cyanotype.http.javalin.examples.Checks.notFound;
import static dev.cyanotype.http.javalin.examples.Checks.paths;
import static dev.cyanotype.http.javalin.examples.Checks.routes;
import static dev.cyanotype.http.javalin.examples.Checks.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cyanotype.App;
import dev.cyanotype.Blueprint;
import dev.cyanotype.exchange.NotFoundException;
import dev.cyanotype.exchange.Response;
import dev.cyanotype.http.BeforeHook;
import dev.cyanotype.http.HttpContext;
import dev.cyanotype.http.HttpMethod;
import dev.cyanotype.http.javalin.BothWays;
import dev.cyanotype.internal.testkit.wire.Answer;
import dev.cyanotype.spi.MountedRoute;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The examples of the page on blueprints in Sanic's earlier manual, in its order. */
class SanicManualIT {

    private final List<String> trace = new CopyOnWriteArrayList<>();

    private BeforeHook note(String step) {
        return ctx -> {
            trace.add(step);
            return null;
        };
    }

    private static Blueprint.Builder blueprint(String name) {
        return Blueprint.named(name).prefix("/" + name).get("/", text(name));
    }

    @Test
    @DisplayName("My First Blueprint: a handler at the root of the application")
    void my_first_blueprint() throws Exception {
        Blueprint bp = Blueprint.named("my_blueprint")
                .get("/", ctx -> Map.of("my", "blueprint"))
                .build();
        BothWays.with(bp).run(client -> {
            isJson(client.get("/"), 200, "{\"my\":\"blueprint\"}");
            notFound(client, "/my_blueprint");
        });
    }

    @Test
    @DisplayName("Registering blueprints: the routes of the app have method, name and path")
    void registering_blueprints() {
        Blueprint bp = Blueprint.named("my_blueprint")
                .get("/", ctx -> Map.of("my", "blueprint"), r -> r.name("bp_root"))
                .build();
        App app = App.named("app").register(bp).build();

        assertThat(routes(app)).hasSize(1);
        MountedRoute route = routes(app).get(0);
        assertThat(route.methods()).containsExactly(HttpMethod.GET);
        assertThat(route.name()).isEqualTo("my_blueprint.bp_root");
        assertThat(route.path()).isEqualTo("/");
    }

    @Nested
    @DisplayName("Blueprint groups and nesting")
    class Groups {

        @Test
        @DisplayName("Blueprint groups and nesting: the hierarchy of the directories")
        void directories() throws Exception {
            SanicDirectories.areWhereTheirDirectoriesAre();
        }

        @Test
        @DisplayName("Blueprint groups and nesting: lists in lists are registered one by one")
        void lists() {
            Blueprint one = blueprint("one").build();
            Blueprint two = blueprint("two").build();
            Blueprint three = blueprint("three").build();
            Blueprint nested =
                    Blueprint.group(one, Blueprint.group(two, three).build()).build();
            App.Builder byHand = App.named("app");
            List.of(one, two, three).forEach(byHand::register);

            assertThat(paths(App.named("app").register(nested).build()))
                    .containsExactly("/one/", "/two/", "/three/")
                    .isEqualTo(paths(byHand.build()));
        }
    }

    @Nested
    @DisplayName("Using Blueprints")
    class Using {

        @Test
        @DisplayName("Blueprint Middleware: a spy, then a request that is halted, then a response that is replaced")
        void middleware() throws Exception {
            Blueprint bp = blueprint("bp")
                    .before(note("I am a spy"))
                    .before(ctx -> Response.text("I halted the request"))
                    .after((ctx, response) -> {
                        trace.add(String.valueOf(response.body()));
                        return Response.text("I halted the response");
                    })
                    .get("/more", ctx -> trace.add("never"))
                    .build();
            BothWays.with(bp, blueprint("other").build()).run(client -> {
                trace.clear();
                is(client.get("/bp/more"), 200, "I halted the response");
                assertThat(trace).containsExactly("I am a spy", "I halted the request");

                trace.clear();
                // here: of the blueprint's own requests only, as in later versions; the app has hooks for all
                is(client.get("/other"), 200, "other");
                assertThat(trace).isEmpty();
            });
        }

        @Test
        @DisplayName("Blueprint Middleware: registered globally from a blueprint")
        void global_middleware() throws Exception {
            Blueprint bp = blueprint("bp")
                    .appWide(hooks ->
                            hooks.before(note("I am a spy")).after((ctx, response) -> response.header("X-Spy", "bp")))
                    .build();
            BothWays.with(bp, blueprint("other").build()).run(client -> {
                for (String path : List.of("/bp", "/other")) {
                    trace.clear();
                    assertThat(client.get(path).header("X-Spy")).isEqualTo("bp");
                    assertThat(trace).containsExactly("I am a spy");
                }
            });
        }

        @Test
        @DisplayName("Blueprint Group Middleware: common to all blueprints of the group")
        void group_middleware() throws Exception {
            Blueprint bp1 = blueprint("bp1").before(note("bp1 only")).build();
            Blueprint bp2 = Blueprint.named("bp2")
                    .prefix("/bp2")
                    .get("/{param}", ctx -> Response.text(ctx.pathParam("param")))
                    .build();
            Blueprint group = Blueprint.group(bp1, bp2)
                    .before(note("bp1 and bp2"))
                    .after((ctx, response) -> response.header("X-Group", "yes"))
                    .build();
            BothWays.with(group).run(client -> {
                trace.clear();
                Answer first = client.get("/bp1");
                is(first, 200, "bp1");
                assertThat(first.header("X-Group")).isEqualTo("yes");
                // here: the group's comes first, because it is outside
                assertThat(trace).containsExactly("bp1 and bp2", "bp1 only");

                trace.clear();
                Answer second = client.get("/bp2/5");
                is(second, 200, "5");
                assertThat(second.header("X-Group")).isEqualTo("yes");
                assertThat(trace).containsExactly("bp1 and bp2");
            });
        }

        @Test
        @DisplayName("Exceptions: of a blueprint, and of the whole app")
        void exceptions() throws Exception {
            Blueprint bp = blueprint("bp")
                    .error(NotFoundException.class, (exchange, e) -> {
                        HttpContext ctx = exchange.as(HttpContext.class);
                        return Response.text("Yep, I totally found the page: " + ctx.path());
                    })
                    .build();
            Blueprint pages = blueprint("pages")
                    .appWide(hooks -> hooks.error(404, (exchange, e) -> "Not here"))
                    .build();
            BothWays.with(bp, pages).run(client -> {
                is(client.get("/bp/lost"), 200, "Yep, I totally found the page: /bp/lost");
                isJson(client.get("/pages/lost"), 404, "\"Not here\"");
                isJson(client.get("/lost"), 404, "\"Not here\"");
            });
        }
    }

    @Nested
    @DisplayName("Start and stop")
    class StartAndStop {

        @Test
        @DisplayName("Start and stop: the four events around the server")
        void four_events() throws Exception {
            Blueprint bp = blueprint("bp")
                    .onStarting(ctx -> trace.add("before_server_start"))
                    .onStart(ctx -> trace.add("after_server_start"))
                    .onStopping(ctx -> trace.add("before_server_stop"))
                    .onStop(ctx -> trace.add("after_server_stop"))
                    .before(note("request"))
                    .build();
            BothWays.with(bp).run(client -> {
                trace.removeIf(step -> step.endsWith("_stop"));
                is(client.get("/bp"), 200, "bp");
                assertThat(trace).containsExactly("before_server_start", "after_server_start", "request");
                trace.clear();
            });
            assertThat(trace).containsExactly("before_server_stop", "after_server_stop");
        }

        /** Stands in for one that has to be connected to. */
        private static final class Database {

            private volatile boolean open;

            String query() {
                return open ? "connected" : "closed";
            }
        }

        @Test
        @DisplayName("Start and stop: a connection is there for all requests")
        void a_connection() throws Exception {
            Database database = new Database();
            Blueprint bp = Blueprint.named("my_blueprint")
                    .onStarting(ctx -> database.open = true)
                    .onStop(ctx -> database.open = false)
                    .get("/", ctx -> Response.text(database.query()))
                    .build();
            BothWays.with(bp).run(client -> is(client.get("/"), 200, "connected"));
            assertThat(database.query()).isEqualTo("closed");
        }
    }

    @Nested
    @DisplayName("Use-case: API versioning")
    class Versions {

        private final Blueprint v1 = Blueprint.named("v1")
                .prefix("/api")
                .version("v1")
                .get("/", text("Welcome to version 1 of our documentation"))
                .build();

        private final Blueprint v2 = Blueprint.named("v2")
                .prefix("/api")
                .version("v2")
                .get("/", text("Welcome to version 2 of our documentation"))
                .build();

        @Test
        @DisplayName("Use-case: API versioning: each version has its own sub-site")
        void sub_sites() throws Exception {
            BothWays.with(v1, v2).run(client -> {
                is(client.get("/v1/api"), 200, "Welcome to version 1 of our documentation");
                is(client.get("/v2/api"), 200, "Welcome to version 2 of our documentation");
                notFound(client, "/api", "/v3/api", "/api/v1");
            });
        }

        @Test
        @DisplayName("URL Building with url_for: a route redirects to another by its name")
        void url_building() throws Exception {
            Blueprint posts = Blueprint.named("v1")
                    .prefix("/api")
                    .version("v1")
                    .get(
                            "/",
                            ctx -> Response.redirect(ctx.urls()
                                    .to("v1.post_handler")
                                    .with("post_id", 5)
                                    .path()))
                    .get(
                            "/post/{post_id}",
                            ctx -> Response.text("Post " + ctx.pathParam("post_id") + " in Blueprint V1"),
                            r -> r.name("post_handler"))
                    .build();
            BothWays.with(posts).run(client -> {
                Answer redirect = client.get("/v1/api/");
                assertThat(redirect.status()).isEqualTo(302);
                assertThat(redirect.header("Location")).isEqualTo("/v1/api/post/5");
                is(client.get("/v1/api/post/5"), 200, "Post 5 in Blueprint V1");
            });
        }
    }
}
