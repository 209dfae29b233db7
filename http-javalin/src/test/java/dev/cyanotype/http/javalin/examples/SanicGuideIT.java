/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.http.javalin.examples;

import static dev.cyanotype.http.javalin.examples.Checks.is;
import static dev.cyanotype.http.javalin.examples.Checks.isJson;
import static dev.cyanotype.http.javalin.examples.Checks.names;
import static dev.cyanotype.http.javalin.examples.Checks.notFound;
import static dev.cyanotype.http.javalin.examples.Checks.paths;
import static dev.cyanotype.http.javalin.examples.Checks.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cyanotype.App;
import dev.cyanotype.Blueprint;
import dev.cyanotype.exchange.NotFoundException;
import dev.cyanotype.exchange.Response;
import dev.cyanotype.http.BeforeHook;
import dev.cyanotype.http.HttpContext;
import dev.cyanotype.http.HttpMethod;
import dev.cyanotype.http.javalin.BothWays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The examples of the chapter on blueprints in Sanic's guide, in its order; {@link SanicGuideVersionsIT} goes on. */
class SanicGuideIT {

    private final List<String> trace = new CopyOnWriteArrayList<>();

    private BeforeHook note(String step) {
        return ctx -> {
            trace.add(step);
            return null;
        };
    }

    private static Blueprint root(String name, String answer) {
        return Blueprint.named(name)
                .prefix("/" + name)
                .get("/", text(answer), r -> r.name("root"))
                .build();
    }

    @Nested
    @DisplayName("Creating and registering")
    class Creating {

        @Test
        @DisplayName("Creating and registering: a blueprint with one route, registered on an app")
        void my_blueprint() throws Exception {
            Blueprint bp = Blueprint.named("my_blueprint")
                    .get("/", ctx -> Map.of("my", "blueprint"))
                    .build();
            BothWays.with(App.named("app").register(bp))
                    .run(client -> isJson(client.get("/"), 200, "{\"my\":\"blueprint\"}"));
        }

        @Test
        @DisplayName("Creating and registering: a route added after the registration")
        void added_later() throws Exception {
            Blueprint.Builder bp = Blueprint.named("my_blueprint");
            App.Builder app = App.named("app").register(bp.build());
            bp.get("/", ctx -> Map.of("my", "blueprint"));

            // here: it does not reach the app, and build() says so, because what is registered is a value
            assertThatThrownBy(bp::build)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("blueprint 'my_blueprint' was already built, and later calls did not reach it."
                            + " Use toBuilder() to derive a changed one.");
            BothWays.with(app).run(client -> notFound(client, "/"));
        }
    }

    @Nested
    @DisplayName("Copying")
    class Copying {

        private final Blueprint v1 = Blueprint.named("Version1")
                .version(1)
                .get("/something", text("something"), r -> r.name("something"))
                .build();

        @Test
        @DisplayName("Copying: a copy in another version has the same routes")
        void another_version() throws Exception {
            Blueprint v2 = v1.copy("Version2").version(2).build();
            App app = App.named("app").register(v1).register(v2).build();

            assertThat(paths(app)).containsExactly("/v1/something", "/v2/something");
            BothWays.with(app.toBuilder()).run(client -> {
                is(client.get("/v1/something"), 200, "something");
                is(client.get("/v2/something"), 200, "something");
                notFound(client, "/something", "/v3/something");
            });
        }

        @Test
        @DisplayName("Copying: a copy overrides what it wants")
        void overridden() throws Exception {
            Blueprint v2 = v1.copy("Version2")
                    .version(2)
                    .prefix("/new")
                    .replace(HttpMethod.GET, "/something", text("something else"))
                    .build();
            BothWays.with(v1, v2).run(client -> {
                is(client.get("/v1/something"), 200, "something");
                is(client.get("/v2/new/something"), 200, "something else");
                notFound(client, "/v2/something");
            });
        }
    }

    @Nested
    @DisplayName("Blueprint groups")
    class Groups {

        @Test
        @DisplayName("Blueprint groups: groups in groups mimic directories")
        void directories() throws Exception {
            SanicDirectories.areWhereTheirDirectoriesAre();
        }

        @Test
        @DisplayName("Blueprint group prefixes and composability: a name for each group that a blueprint is in")
        void name_prefixes() throws Exception {
            Blueprint bp1 = Blueprint.named("bp1")
                    .prefix("/bp1")
                    .get("/", ctx -> Response.text(ctx.operation()), r -> r.name("route1"))
                    .build();
            Blueprint bp2 = Blueprint.named("bp2")
                    .prefix("/bp2")
                    .get("/", ctx -> Response.text(ctx.operation()), r -> r.name("route2"))
                    .build();
            App app = App.named("TestApp")
                    .register(Blueprint.group(bp1, bp2)
                            .prefix("/group-a")
                            .namePrefix("group-a")
                            .build())
                    .register(Blueprint.group(bp1, bp2)
                            .prefix("/group-b")
                            .namePrefix("group-b")
                            .build())
                    .build();

            // here: dotted and without the app's name, because a full name is made of the names of the mounts
            assertThat(names(app))
                    .containsExactly(
                            "group-a.bp1.route1", "group-a.bp2.route2", "group-b.bp1.route1", "group-b.bp2.route2");
            assertThat(app.urls().to("group-b.bp2.route2").path()).isEqualTo("/group-b/bp2/");
            BothWays.with(app.toBuilder()).run(client -> {
                is(client.get("/group-a/bp1/"), 200, "group-a.bp1.route1");
                is(client.get("/group-a/bp2/"), 200, "group-a.bp2.route2");
                is(client.get("/group-b/bp1/"), 200, "group-b.bp1.route1");
                is(client.get("/group-b/bp2/"), 200, "group-b.bp2.route2");
            });
        }
    }

    @Nested
    @DisplayName("Middleware")
    class Middleware {

        @Test
        @DisplayName("Middleware: a request hook looks on, a response hook changes the answer, for the blueprint only")
        void of_a_blueprint() throws Exception {
            Blueprint bp = root("bp", "bp").toBuilder()
                    .before(note("I am a spy"))
                    .after((ctx, response) -> Response.text("I halted the response"))
                    .build();
            BothWays.with(bp, root("other", "other")).run(client -> {
                trace.clear();
                is(client.get("/other"), 200, "other");
                assertThat(trace).isEmpty();
                is(client.get("/bp"), 200, "I halted the response");
                assertThat(trace).containsExactly("I am a spy");
            });
        }

        @Test
        @DisplayName("Middleware: a request hook that answers halts the request")
        void halts() throws Exception {
            Blueprint bp = Blueprint.named("bp")
                    .before(note("I am a spy"))
                    .before(ctx -> Response.text("I halted the request"))
                    .before(note("never"))
                    .get("/", ctx -> trace.add("never"))
                    .build();
            BothWays.with(bp).run(client -> {
                trace.clear();
                is(client.get("/"), 200, "I halted the request");
                assertThat(trace).containsExactly("I am a spy");
            });
        }

        @Test
        @DisplayName("Middleware: a group's runs for all its members")
        void of_a_group() throws Exception {
            Blueprint bp1 =
                    root("bp1", "bp1").toBuilder().before(note("bp1 only")).build();
            Blueprint bp2 = Blueprint.named("bp2")
                    .prefix("/bp2")
                    .get("/{param}", ctx -> Response.text(ctx.pathParam("param")))
                    .build();
            Blueprint group = Blueprint.group(bp1, bp2).before(note("both")).build();
            BothWays.with(group, root("bp3", "bp3")).run(client -> {
                trace.clear();
                is(client.get("/bp1"), 200, "bp1");
                // here: the group's comes first, because the order is that of the structure, not of the declarations
                assertThat(trace).containsExactly("both", "bp1 only");

                trace.clear();
                is(client.get("/bp2/x"), 200, "x");
                is(client.get("/bp3"), 200, "bp3");
                assertThat(trace).containsExactly("both");
            });
        }
    }

    @Test
    @DisplayName("Exceptions: a blueprint's handler of an exception")
    void exceptions() throws Exception {
        Blueprint bp = Blueprint.named("bp")
                .prefix("/bp")
                .get("/{id}", ctx -> {
                    throw new NotFoundException("no " + ctx.pathParam("id"));
                })
                .error(NotFoundException.class, (exchange, e) -> {
                    HttpContext ctx = exchange.as(HttpContext.class);
                    return Response.text("Yep, I totally found the page: " + ctx.path());
                })
                .build();
        BothWays.with(bp).run(client -> {
            is(client.get("/bp/7"), 200, "Yep, I totally found the page: /bp/7");
            // here: of paths that no route matches too, because the blueprint owns its prefix
            is(client.get("/bp/no/such"), 200, "Yep, I totally found the page: /bp/no/such");
            notFound(client, "/elsewhere");
        });
    }

    @Test
    @DisplayName("Listeners: before the server starts and after it has stopped")
    void listeners() throws Exception {
        Blueprint bp = Blueprint.named("bp")
                .onStarting(ctx -> trace.add("before start of " + ctx.app()))
                .onStop(ctx -> trace.add("after stop of " + ctx.app()))
                .before(note("request"))
                .get("/", text("up"))
                .build();
        BothWays.with(App.named("app").register(bp)).run(client -> is(client.get("/"), 200, "up"));

        List<String> once = List.of("before start of app", "request", "after stop of app");
        assertThat(trace.subList(0, 3)).isEqualTo(once);
        assertThat(trace.subList(3, 6)).isEqualTo(once);
    }
}
