/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.http.javalin.cases;

import static dev.cyanotype.http.javalin.cases.Answers.is;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cyanotype.App;
import dev.cyanotype.Blueprint;
import dev.cyanotype.exchange.Attribute;
import dev.cyanotype.exchange.Response;
import dev.cyanotype.http.HttpMethod;
import dev.cyanotype.http.RouteHandler;
import dev.cyanotype.http.javalin.BothWays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Behaviour cases 365 to 372: path parameters that are taken out, and given to URLs. */
class Cases22UrlValuesIT {

    private static final Attribute<String> LANG = Attribute.named("lang", String.class);
    private static final Attribute<String> TENANT = Attribute.named("tenant", String.class);

    @Test
    @DisplayName("case 365: language code in the prefix")
    void language_in_the_prefix() throws Exception {
        Blueprint frontend = Blueprint.named("frontend")
                .prefix("/{lang_code}")
                .urlValues((ctx, values) -> ctx.attribute(LANG, values.remove("lang_code")))
                .urlDefaults((ctx, values) -> values.putIfAbsent("lang_code", ctx.attribute(LANG)))
                .get("/", url(".about"), r -> r.name("index"))
                .get("/about", url(".index"), r -> r.name("about"))
                .get("/left", ctx -> Response.text(ctx.pathParams().toString()))
                .build();
        BothWays.with(frontend).run(client -> {
            is(client.get("/de/"), 200, "/de/about");
            is(client.get("/de/about"), 200, "/de/");
            is(client.get("/fr/about"), 200, "/fr/");
            is(client.get("/de/left"), 200, "{}");
        });
    }

    @Test
    @DisplayName("case 367: processors on the app, only where expected")
    void processors_on_the_app() throws Exception {
        App.Builder app = App.named("test")
                .urlValues((ctx, values) -> {
                    if (values.containsKey("lang_code")) {
                        ctx.attribute(LANG, values.remove("lang_code"));
                    }
                })
                .urlDefaults((ctx, values) -> {
                    String lang = ctx.attribute(LANG);
                    if (lang != null) {
                        values.putIfAbsent("lang_code", lang);
                    }
                })
                .get("/{lang_code}/", url("about"), r -> r.name("index"))
                .get("/{lang_code}/about", url("something_else"), r -> r.name("about"))
                .get(
                        "/foo",
                        ctx -> Response.text(
                                ctx.urls().to("about").with("lang_code", "en").path()),
                        r -> r.name("something_else"));
        BothWays.with(app).run(client -> {
            is(client.get("/de/"), 200, "/de/about");
            is(client.get("/de/about"), 200, "/foo");
            is(client.get("/foo"), 200, "/en/about");
        });
    }

    @Test
    @DisplayName("case 369: two patterns, one with a default")
    void two_patterns() throws Exception {
        Blueprint bp = Blueprint.named("bp")
                .route(
                        Set.of(HttpMethod.GET),
                        List.of("/", "/page/{page}"),
                        ctx -> Response.text(ctx.pathParam("page")),
                        r -> r.urlDefault("page", 1))
                .build();
        BothWays.with(bp).run(client -> {
            is(client.get("/"), 200, "1");
            is(client.get("/page/2"), 200, "2");
        });
    }

    // Flask: only the child's own z=1 is present; here: defaults are inherited and the nearest wins, as all options
    // are.
    @Test
    @DisplayName("case 371: defaults of the parent (here: inherited, the nearest wins)")
    void inherited_defaults() throws Exception {
        Blueprint c = Blueprint.named("c")
                .urlDefault("z", 1)
                .urlDefault("b", "c")
                .get("/", shown())
                .get("/own", shown(), r -> r.urlDefault("z", 2))
                .build();
        Blueprint p = Blueprint.named("p")
                .urlDefault("a", "bp")
                .urlDefault("b", "p")
                .register(c)
                .build();
        BothWays.with(App.named("test")
                        .urlDefault("a", "app")
                        .urlDefault("y", "app")
                        .register(p))
                .run(client -> {
                    is(client.get("/"), 200, "a=bp b=c y=app z=1");
                    is(client.get("/own"), 200, "a=bp b=c y=app z=2");
                });
    }

    @Test
    @DisplayName("case 372: processors of the parent act on child routes")
    void processors_of_the_parent() throws Exception {
        Blueprint c = Blueprint.named("c")
                .prefix("/c")
                .get(
                        "/x",
                        ctx -> Response.text(ctx.attribute(TENANT) + " "
                                + ctx.urls().to(".x").path()),
                        r -> r.name("x"))
                .build();
        Blueprint p = Blueprint.named("p")
                .prefix("/{tenant}")
                .urlValues((ctx, values) -> ctx.attribute(TENANT, values.remove("tenant")))
                .urlDefaults((ctx, values) -> values.putIfAbsent("tenant", ctx.attribute(TENANT)))
                .register(c)
                .build();
        BothWays.with(p).run(client -> is(client.get("/7/c/x"), 200, "7 /7/c/x"));
    }

    @Test
    @DisplayName(
            "cases 365 to 372, near: a mount's default beats the blueprint's, a route's beats both, the path beats all")
    void precedence_of_defaults() throws Exception {
        Blueprint bp = Blueprint.named("bp")
                .urlDefault("z", "own")
                .get("/", shown())
                .get("/route", shown(), r -> r.urlDefault("z", "route"))
                .get("/path/{z}", shown(), r -> r.urlDefault("z", "route"))
                .build();
        Blueprint parent = Blueprint.named("parent")
                .urlDefault("z", "parent")
                .register(bp, mount -> mount.prefix("/mount").urlDefault("z", "mount"))
                .register(bp, mount -> mount.prefix("/plain").named("plain"))
                .build();
        BothWays.with(parent).run(client -> {
            is(client.get("/mount"), 200, "z=mount");
            is(client.get("/mount/route"), 200, "z=route");
            is(client.get("/mount/path/a%20b"), 200, "z=a b");
            is(client.get("/plain"), 200, "z=own");
        });
    }

    @Test
    @DisplayName("cases 365 to 372, near: values are taken out before all before hooks, going in")
    void order_of_processors() throws Exception {
        Trace trace = new Trace();
        Blueprint child = Blueprint.named("child")
                .prefix("/c")
                .before(ctx -> {
                    trace.add("child before " + ctx.pathParams());
                    return null;
                })
                .urlValues((ctx, values) -> trace.add("child " + values))
                .get("/{id}", shown())
                .build();
        Blueprint parent = Blueprint.named("parent")
                .prefix("/{tenant}")
                .urlValues((ctx, values) -> trace.add("parent " + values + " took " + values.remove("lang")))
                .register(child)
                .build();
        BothWays.with(App.named("test")
                        .prefix("/{lang}")
                        .before(ctx -> {
                            trace.add("app before " + ctx.pathParams());
                            return null;
                        })
                        .urlValues((ctx, values) -> trace.add("app " + values))
                        .register(parent))
                .run(client -> {
                    is(client.get("/de/7/c/x"), 200, "id=x tenant=7");
                    assertThat(trace.taken())
                            .containsExactly(
                                    "app {lang=de, tenant=7, id=x}",
                                    "parent {lang=de, tenant=7, id=x} took de",
                                    "child {tenant=7, id=x}",
                                    "app before {tenant=7, id=x}",
                                    "child before {tenant=7, id=x}");
                });
    }

    // Flask: the app's processors get nothing; here: the owner's run too, with the values of its prefix.
    @Test
    @DisplayName("cases 365 to 372, near: processors of an unmatched path")
    void processors_of_an_unmatched_path() throws Exception {
        Trace trace = new Trace();
        Blueprint bp = Blueprint.named("bp")
                .prefix("/{tenant}")
                .urlValues((ctx, values) -> trace.add("bp " + values))
                .get("/x/{id}", shown())
                .build();
        BothWays.with(App.named("test")
                        .urlValues((ctx, values) -> trace.add("app " + values))
                        .register(bp))
                .run(client -> {
                    assertThat(client.get("/7/none").status()).isEqualTo(404);
                    assertThat(trace.taken()).containsExactly("app {tenant=7}", "bp {tenant=7}");
                    assertThat(client.get("/").status()).isEqualTo(404);
                    assertThat(trace.taken()).containsExactly("app {}");
                });
    }

    /** Answers the URL of a route. */
    private static RouteHandler url(String name) {
        return ctx -> Response.text(ctx.urls().to(name).path());
    }

    private static RouteHandler shown() {
        return ctx -> Response.text(values(ctx.pathParams()));
    }

    private static String values(Map<String, String> parameters) {
        StringBuilder text = new StringBuilder();
        new TreeMap<>(parameters)
                .forEach((name, value) -> text.append(text.isEmpty() ? "" : " ")
                        .append(name)
                        .append('=')
                        .append(value));
        return text.toString();
    }
}
