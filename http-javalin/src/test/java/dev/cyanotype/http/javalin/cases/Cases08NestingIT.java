/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.http.javalin.cases;

import static dev.cyanotype.http.javalin.cases.Cases.app;
import static dev.cyanotype.http.javalin.cases.Cases.notFound;
import static dev.cyanotype.http.javalin.cases.Cases.problems;
import static dev.cyanotype.http.javalin.cases.Cases.says;
import static dev.cyanotype.http.javalin.cases.Handlers.lineBefore;
import static dev.cyanotype.http.javalin.cases.Handlers.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cyanotype.App;
import dev.cyanotype.Blueprint;
import dev.cyanotype.exchange.HttpException;
import dev.cyanotype.exchange.Response;
import dev.cyanotype.http.HttpContext;
import dev.cyanotype.http.RouteHandler;
import dev.cyanotype.http.javalin.BothWays;
import dev.cyanotype.internal.testkit.wire.Answer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Behaviour cases 133 to 145: nesting of blueprints. */
class Cases08NestingIT {

    private static final RouteHandler FORBIDDEN = ctx -> {
        throw new HttpException(403, "no");
    };

    @Test
    @DisplayName("case 133: three levels")
    void three_levels() throws Exception {
        Blueprint grandchild = Blueprint.named("grandchild")
                .error(403, (ctx, e) -> Response.text("Grandchild no").status(403))
                .get("/", text("Grandchild yes"))
                .get("/no", FORBIDDEN)
                .build();
        Blueprint child = Blueprint.named("child")
                .get("/", text("Child yes"))
                .get("/no", FORBIDDEN)
                .register(grandchild, mount -> mount.prefix("/grandchild"))
                .build();
        Blueprint parent = Blueprint.named("parent")
                .error(403, (ctx, e) -> Response.text("Parent no").status(403))
                .get("/", text("Parent yes"))
                .get("/no", FORBIDDEN)
                .register(child, mount -> mount.prefix("/child"))
                .build();
        BothWays.with(app().register(parent, mount -> mount.prefix("/parent"))).run(client -> {
            says(client, "/parent/", "Parent yes");
            says(client, "/parent/child/", "Child yes");
            says(client, "/parent/child/grandchild/", "Grandchild yes");
            forbidden(client, "/parent/no", "Parent no");
            forbidden(client, "/parent/child/no", "Parent no");
            forbidden(client, "/parent/child/grandchild/no", "Grandchild no");
            notFound(client, "/child/", "/parent/grandchild/", "/grandchild/");
        });
    }

    @ParameterizedTest(name = "{0}: parent {1}, child {2}, nested at {3}, mounted at {4}: {5}")
    @CsvSource({
        "case 135, /parent, /child, , , /parent/child/",
        "case 137, , , /child, /parent, /parent/child/",
        "near case 137, /parent, , /child, , /parent/child/",
        "near case 137, /other, /child, , /parent, /parent/child/",
        "near case 137, /parent, /other, /child, , /parent/child/",
        "near case 137, /other, /other, /child, /parent, /parent/child/",
        "near case 137, , /child, , , /child/",
        "near case 137, /parent, , , , /parent/",
        "near case 137, /parent/, /child/, , , /parent/child/",
        "near case 137, parent, child, , , /parent/child/"
    })
    void prefix_at_creation_or_when_nesting(
            String number, String parentPrefix, String childPrefix, String nested, String mounted, String path)
            throws Exception {
        Blueprint.Builder child = Blueprint.named("child").get("/", text("x"));
        Blueprint.Builder parent = Blueprint.named("parent");
        if (childPrefix != null) {
            child.prefix(childPrefix);
        }
        if (parentPrefix != null) {
            parent.prefix(parentPrefix);
        }
        parent.register(child.build(), mount -> {
            if (nested != null) {
                mount.prefix(nested);
            }
        });
        BothWays.with(app().register(parent.build(), mount -> {
                    if (mounted != null) {
                        mount.prefix(mounted);
                    }
                }))
                .run(client -> {
                    says(client, path, "x");
                    notFound(client, "/other/child/", "/parent/other/", "/other/other/");
                });
    }

    @Test
    @DisplayName("case 139: a blueprint can't contain itself (here: only what it was before)")
    void a_blueprint_cant_contain_itself() throws Exception {
        Blueprint bp = Blueprint.named("bp")
                .prefix("/bp")
                .get("/x", Cases::operation, r -> r.name("x"))
                .build();
        // Flask: an error; here: nobody can say it, since a blueprint is complete before anything can contain it.
        Blueprint derived = bp.toBuilder().register(bp).build();
        BothWays.with(derived).run(client -> {
            says(client, "/bp/x", "bp.x");
            says(client, "/bp/bp/x", "bp.bp.x");
            notFound(client, "/bp/bp/bp/x");
        });
    }

    @Test
    @DisplayName("case 140: longer cycles (here: there are none)")
    void longer_cycles() throws Exception {
        Blueprint a0 = Blueprint.named("a")
                .prefix("/a")
                .get("/x", Cases::operation, r -> r.name("x"))
                .build();
        Blueprint b = Blueprint.named("b").prefix("/b").register(a0).build();
        // Flask, Sanic, Kyoukai: endless recursion; here: 'b' has the 'a' that was there when it was built.
        Blueprint a = a0.toBuilder().register(b).build();
        BothWays.with(a).run(client -> {
            says(client, "/a/x", "a.x");
            says(client, "/a/b/a/x", "a.b.a.x");
            notFound(client, "/a/b/a/b/a/x");
        });
    }

    @Test
    @DisplayName("case 142: equal names of children under one parent (here: said when the app is built)")
    void equal_names_of_children() throws Exception {
        Blueprint one = Blueprint.named("c")
                .get("/1", Cases::operation, r -> r.name("r"))
                .build();
        Blueprint two = Blueprint.named("c")
                .get("/2", Cases::operation, r -> r.name("r"))
                .build();
        Blueprint.Builder p = Blueprint.named("p");
        p.register(one);
        String first = lineBefore();
        p.register(two);
        String second = lineBefore();

        // Flask leaves 'p' and the first 'c' mounted; here: there is no app then, so nothing is left behind.
        problems(
                app(p.build()),
                "'p.c': the name of two blueprints, mounted at " + first + " and at " + second
                        + ". Rename one with named(…).");
        Blueprint renamed = Blueprint.named("p")
                .register(one)
                .register(two, mount -> mount.named("c2"))
                .build();
        BothWays.with(renamed).run(client -> {
            says(client, "/1", "p.c.r");
            says(client, "/2", "p.c2.r");
        });
    }

    @Test
    @DisplayName("case 145: names seen inside a nested, renamed blueprint")
    void names_seen_inside_a_nested_blueprint() throws Exception {
        Blueprint c = Blueprint.named("c")
                .get("/x", Cases08NestingIT::names, r -> r.name("x"))
                .get("/y", Cases08NestingIT::names)
                .build();
        Blueprint p = Blueprint.named("p").register(c).build();
        App.Builder app = app().register(p, mount -> mount.named("alias"))
                .register(Blueprint.group(c).prefix("/group").build())
                .get("/app", Cases08NestingIT::names);
        BothWays.with(app).run(client -> {
            says(client, "/x", "alias.c.x alias.c [alias.c, alias]");
            says(client, "/y", "GET /y alias.c [alias.c, alias]");
            says(client, "/group/x", "c.x c [c]");
            says(client, "/app", "GET /app  []");
        });
    }

    private static Object names(HttpContext ctx) {
        return Response.text(ctx.operation() + " " + ctx.blueprint() + " " + ctx.blueprints());
    }

    private static void forbidden(BothWays.Client client, String target, String text) {
        Answer answer = client.get(target);
        assertThat(answer.status() + " " + answer.text()).as(target).isEqualTo("403 " + text);
    }
}
