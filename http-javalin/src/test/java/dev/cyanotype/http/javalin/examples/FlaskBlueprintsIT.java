/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.http.javalin.examples;

import static dev.cyanotype.http.javalin.examples.Checks.is;
import static dev.cyanotype.http.javalin.examples.Checks.isJson;
import static dev.cyanotype.http.javalin.examples.Checks.names;
import static dev.cyanotype.http.javalin.examples.Checks.notFound;
import static dev.cyanotype.http.javalin.examples.Checks.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cyanotype.App;
import dev.cyanotype.AppBuildException;
import dev.cyanotype.Blueprint;
import dev.cyanotype.exchange.Attribute;
import dev.cyanotype.exchange.HttpException;
import dev.cyanotype.exchange.Response;
import dev.cyanotype.http.RouteHandler;
import dev.cyanotype.http.UrlBuildException;
import dev.cyanotype.http.javalin.BothWays;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The examples of a description of Flask's blueprints and modular design, in its order. */
class FlaskBlueprintsIT {

    private static Blueprint.Builder auth() {
        return Blueprint.named("auth")
                .prefix("/auth")
                .get("/login", text("Log in"), r -> r.name("login"))
                .get("/register", text("Register"), r -> r.name("register"));
    }

    private static Blueprint.Builder blog() {
        return Blueprint.named("blog")
                .get("/", text("All posts"), r -> r.name("index"))
                .get("/{id:int}", ctx -> Response.text("Post " + ctx.pathParam("id")), r -> r.name("show"));
    }

    @Nested
    @DisplayName("Core Concepts")
    class CoreConcepts {

        @Test
        @DisplayName("The Blueprint Class: its name stands in front of the names of its routes")
        void the_name() {
            App app = App.named("flaskr")
                    .register(auth().build())
                    .register(Blueprint.named("admin")
                            .prefix("/admin")
                            .get("/login", text("Log in as admin"), r -> r.name("login"))
                            .build())
                    .build();

            assertThat(names(app)).containsExactly("auth.login", "auth.register", "admin.login");
            assertThat(app.urls().to("auth.login").path()).isEqualTo("/auth/login");
            assertThat(app.urls().to("admin.login").path()).isEqualTo("/admin/login");
        }

        @Test
        @DisplayName("The Blueprint Class: what it records is applied when it is registered")
        void deferred() {
            List<String> applied = new ArrayList<>();
            Blueprint auth = auth().onMount(place -> applied.add(place.app() + place.path()))
                    .build();
            assertThat(applied).isEmpty();

            App.named("one").register(auth).build();
            App.named("two").register(auth, mount -> mount.prefix("/login")).build();

            assertThat(applied).containsExactly("one/auth", "two/login");
        }

        @Test
        @DisplayName("Registration and Setup State: options of the registration decide about prefix and subdomain")
        void setup_state() throws Exception {
            List<String> states = new ArrayList<>();
            Blueprint auth = auth().onMount(place ->
                            states.add(place.name() + " " + place.hosts() + " " + place.path() + " " + place.first()))
                    .build();
            App app = App.named("app")
                    .host("example.com")
                    .register(auth)
                    .register(
                            auth,
                            mount -> mount.named("members").prefix("/members").subdomain("my"))
                    .build();

            assertThat(states)
                    .containsExactly("auth [example.com] /auth true", "members [my.example.com] /members false");
            BothWays.with(app.toBuilder()).run(client -> {
                is(client.get("/auth/login", "Host", "example.com"), 200, "Log in");
                is(client.get("/members/login", "Host", "my.example.com"), 200, "Log in");
                assertThat(client.get("/auth/login", "Host", "my.example.com").status())
                        .isEqualTo(404);
            });
        }
    }

    @Nested
    @DisplayName("Modular Application Structure")
    class ModularApplicationStructure {

        private static final Attribute<String> USER = Attribute.named("user", String.class);

        private static final Map<String, String> USERS = Map.of("1", "ann");

        private App createApp(String title) {
            return App.named("flaskr")
                    .register(auth().build())
                    .register(blog().get("/title", text(title)).build())
                    .build();
        }

        @Test
        @DisplayName("Application Factories: one function makes differently configured apps of the same blueprints")
        void application_factories() throws Exception {
            for (String title : List.of("Production", "Test")) {
                BothWays.with(createApp(title).toBuilder()).run(client -> {
                    is(client.get("/title"), 200, title);
                    is(client.get("/auth/login"), 200, "Log in");
                    is(client.get("/"), 200, "All posts");
                });
            }
        }

        @Test
        @DisplayName("Middleware and Handlers: a blueprint's hook runs for its own requests, an app-wide one for all")
        void local_and_app_wide() throws Exception {
            RouteHandler seen = ctx -> Response.text(ctx.attribute(USER) + "");
            Blueprint auth = Blueprint.named("auth")
                    .prefix("/auth")
                    .appWide(hooks -> hooks.before(ctx -> {
                        String id = ctx.cookie("user_id");
                        ctx.attribute(USER, id == null ? null : USERS.get(id));
                        return null;
                    }))
                    .before(ctx -> ctx.attribute(USER) == null
                            ? Response.text("Log in first").status(401)
                            : null)
                    .get("/profile", seen)
                    .build();
            Blueprint blog = Blueprint.named("blog").get("/", seen).build();
            BothWays.with(blog, auth).run(client -> {
                is(client.get("/", "Cookie", "user_id=1"), 200, "ann");
                is(client.get("/", "Cookie", "user_id=2"), 200, "null");
                is(client.get("/"), 200, "null");
                is(client.get("/auth/profile", "Cookie", "user_id=1"), 200, "ann");
                is(client.get("/auth/profile"), 401, "Log in first");
            });
        }
    }

    @Nested
    @DisplayName("Advanced Modularization")
    class AdvancedModularization {

        private Blueprint.Builder level(String name) {
            return Blueprint.named(name)
                    .get("/route", ctx -> Response.text(ctx.blueprint()), r -> r.name("route"))
                    .get("/no", ctx -> {
                        throw new HttpException(403, "no");
                    });
        }

        @Test
        @DisplayName("Nesting Blueprints: the prefixes given at each registration are joined")
        void nesting() throws Exception {
            Blueprint grandchild = level("grandchild").build();
            Blueprint child = level("child")
                    .register(grandchild, mount -> mount.prefix("/grandchild"))
                    .build();
            Blueprint parent = level("parent")
                    .register(child, mount -> mount.prefix("/child"))
                    .build();
            App app = App.named("app")
                    .register(parent, mount -> mount.prefix("/parent"))
                    .build();

            assertThat(app.urls().to("parent.child.grandchild.route").path())
                    .isEqualTo("/parent/child/grandchild/route");
            BothWays.with(app.toBuilder()).run(client -> {
                is(client.get("/parent/route"), 200, "parent");
                is(client.get("/parent/child/route"), 200, "parent.child");
                is(client.get("/parent/child/grandchild/route"), 200, "parent.child.grandchild");
                notFound(client, "/child/route", "/grandchild/route", "/parent/grandchild/route");
            });
        }

        @Test
        @DisplayName("Nesting Blueprints: subdomains are joined too, the child's in front")
        void nested_subdomains() throws Exception {
            Blueprint child = level("child").subdomain("api").build();
            Blueprint parent = level("parent").register(child).build();
            App.Builder app =
                    App.named("app").host("example.test").register(parent, mount -> mount.subdomain("parent"));
            BothWays.with(app).run(client -> {
                is(client.get("/route", "Host", "parent.example.test"), 200, "parent");
                is(client.get("/route", "Host", "api.parent.example.test"), 200, "parent.child");
                assertThat(client.get("/route", "Host", "api.example.test").status())
                        .isEqualTo(404);
            });
        }

        @Test
        @DisplayName("Nesting Blueprints: the nearest error handler answers")
        void nested_error_handlers() throws Exception {
            Blueprint grandchild =
                    level("grandchild").error(403, (ctx, e) -> "Grandchild no").build();
            Blueprint child = level("child")
                    .register(grandchild, mount -> mount.prefix("/grandchild"))
                    .build();
            Blueprint parent = level("parent")
                    .error(403, (ctx, e) -> "Parent no")
                    .register(child, mount -> mount.prefix("/child"))
                    .build();
            BothWays.with(App.named("app").register(parent, mount -> mount.prefix("/parent")))
                    .run(client -> {
                        isJson(client.get("/parent/no"), 403, "\"Parent no\"");
                        isJson(client.get("/parent/child/no"), 403, "\"Parent no\"");
                        isJson(client.get("/parent/child/grandchild/no"), 403, "\"Grandchild no\"");
                    });
        }
    }

    @Nested
    @DisplayName("Constraints and Best Practices")
    class Constraints {

        @Test
        @DisplayName("Constraints and Best Practices: a name has no dots")
        void no_dots() {
            String expected = "(expected: a letter or '_', then letters, digits, '_' and '-', e.g. 'users')";
            assertThatThrownBy(() -> Blueprint.named("auth.login"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("blueprint: name 'auth.login' " + expected);
            // here: refused in a registration too, because there it would split the names just as well
            App.Builder app = App.named("app");
            assertThatThrownBy(() -> app.register(auth().build(), mount -> mount.named("a.b")))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("app 'app': mount of blueprint 'auth': name 'a.b' " + expected);
        }

        @Test
        @DisplayName("Constraints and Best Practices: what is built is locked, registered or not")
        void locked() throws Exception {
            Blueprint.Builder builder = auth();
            Blueprint auth = builder.build();
            builder.get("/late", text("late"));

            // here: said by build(), because until then a builder touches nothing that was built
            assertThatThrownBy(builder::build)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("blueprint 'auth' was already built, and later calls did not reach it."
                            + " Use toBuilder() to derive a changed one.");
            BothWays.with(auth).run(client -> notFound(client, "/auth/late"));
        }

        @Test
        @DisplayName("Constraints and Best Practices: a prefix on the blueprint or its registration avoids collisions")
        void prefixes() throws Exception {
            Blueprint news = Blueprint.named("news").get("/", text("News")).build();

            assertThatThrownBy(() -> App.named("app")
                            .register(blog().build())
                            .register(news)
                            .build())
                    .isInstanceOf(AppBuildException.class)
                    .hasMessageMatching("app 'app': GET /: declared by 'blog' \\(FlaskBlueprintsIT.java:\\d+\\) and"
                            + " 'news' \\(FlaskBlueprintsIT.java:\\d+\\). Change one path or method.");

            BothWays.with(App.named("app").register(blog().build()).register(news, mount -> mount.prefix("/news")))
                    .run(client -> {
                        is(client.get("/"), 200, "All posts");
                        is(client.get("/news"), 200, "News");
                    });
        }

        @Test
        @DisplayName("Constraints and Best Practices: a leading dot finds a route of the same blueprint")
        void relative_names() throws Exception {
            Blueprint auth = auth().get(
                            "/out",
                            ctx -> Response.redirect(ctx.urls().to(".login").path()))
                    .build();
            Blueprint blog = blog().get(
                            "/new",
                            ctx -> Response.redirect(ctx.urls().to("auth.login").path()))
                    .get(
                            "/help",
                            ctx -> Response.redirect(ctx.urls().to(".login").path()))
                    .error(
                            UrlBuildException.class,
                            (ctx, e) -> Response.text(e.getMessage()).status(500))
                    .build();
            BothWays.with(auth, blog).run(client -> {
                assertThat(client.get("/auth/out").header("Location")).isEqualTo("/auth/login");
                assertThat(client.get("/new").header("Location")).isEqualTo("/auth/login");
                is(
                        client.get("/help"),
                        500,
                        "url '.login': no route has the name 'blog.login'. Name one with r -> r.name(…).");
            });
        }
    }
}
