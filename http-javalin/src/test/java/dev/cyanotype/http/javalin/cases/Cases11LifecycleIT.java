/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.http.javalin.cases;

import static dev.cyanotype.http.javalin.cases.Cases.app;
import static dev.cyanotype.http.javalin.cases.Cases.notFound;
import static dev.cyanotype.http.javalin.cases.Cases.says;
import static dev.cyanotype.http.javalin.cases.Handlers.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.cyanotype.App;
import dev.cyanotype.AppBuildException;
import dev.cyanotype.Blueprint;
import dev.cyanotype.exchange.Attribute;
import dev.cyanotype.exchange.HttpException;
import dev.cyanotype.exchange.Response;
import dev.cyanotype.http.javalin.BothWays;
import dev.cyanotype.testkit.TestApp;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Behaviour cases 167 to 182: life cycle and late changes. */
class Cases11LifecycleIT {

    @Test
    @DisplayName("case 167: routes added after mounting (here: adding means building another blueprint)")
    void routes_added_after_mounting() throws Exception {
        Blueprint.Builder builder = Blueprint.named("bp").get("/one", text("one"));
        Blueprint bp = builder.build();
        App.Builder app = app(bp);
        builder.get("/two", text("two"));
        Blueprint more = bp.toBuilder()
                .get("/two", text("two"))
                .get("/three", text("three"))
                .build();
        // Sanic: three routes; here: what is built stays as it is, so that it can be shared.
        BothWays.with(app).run(client -> {
            says(client, "/one", "one");
            notFound(client, "/two", "/three");
        });
        BothWays.with(more).run(client -> {
            says(client, "/one", "one");
            says(client, "/two", "two");
            says(client, "/three", "three");
        });
    }

    @Test
    @DisplayName(
            "case 169: hook added after mounting (here: it can't reach the blueprint, and building again is refused)")
    void hook_added_after_mounting() throws Exception {
        Blueprint.Builder builder = Blueprint.named("bp").get("/old", text("old"));
        Blueprint bp = builder.build();
        builder.before(ctx -> Response.of(418)).get("/new", text("new"));
        // Sanic: the hook is lost and nobody says so; here: who builds once more learns it.
        spent("blueprint 'bp'", builder::build);
        BothWays.with(bp).run(client -> {
            says(client, "/old", "old");
            notFound(client, "/new");
        });
    }

    @Test
    @DisplayName("case 172: before hook added to a mounted blueprint (here: its builder is independent of it)")
    void before_hook_added_to_a_mounted_blueprint() throws Exception {
        Blueprint.Builder builder = Blueprint.named("p").get("/x", text("x"));
        App.Builder app = app(builder.build());
        builder.before(ctx -> Response.of(418));
        BothWays.with(app).run(client -> says(client, "/x", "x"));
        spent("blueprint 'p'", builder::build);
    }

    @Test
    @DisplayName("case 174: error handler added to a mounted blueprint (here: its builder is independent of it)")
    void error_handler_added_to_a_mounted_blueprint() throws Exception {
        Blueprint.Builder builder = Blueprint.named("p").get("/x", ctx -> {
            throw new HttpException(409, "taken");
        });
        App.Builder app = app(builder.build());
        builder.error(409, (ctx, e) -> Response.of(418));
        BothWays.with(app).run(client -> Cases.statuses(client, 409, "/x"));
        spent("blueprint 'p'", builder::build);
    }

    @Test
    @DisplayName("near case 174: nothing of a spent builder reaches what it built")
    void nothing_of_a_spent_builder_reaches_what_it_built() throws Exception {
        Blueprint.Builder builder = Blueprint.named("p").get("/x", text("x"));
        Blueprint p = builder.build();
        builder.prefix("/late")
                .version(9)
                .host("late.test")
                .strictSlashes(true)
                .before(ctx -> Response.of(418))
                .after((ctx, response) -> Response.of(418))
                .teardown((ctx, error) -> {
                    throw new IllegalStateException("late");
                })
                .intercept((exchange, next) -> Response.of(418))
                .appWide(hooks -> hooks.before(ctx -> Response.of(418)))
                .register(Blueprint.named("late").get("/late", text("late")).build());
        BothWays.with(p).run(client -> {
            says(client, "/x", "x");
            says(client, "/x/", "x");
            notFound(client, "/late", "/late/x", "/v9/late/x");
        });
    }

    @Test
    @DisplayName("case 175: child that is changed before its parent is mounted (here: not seen)")
    void child_that_is_changed_before_its_parent_is_mounted() throws Exception {
        Blueprint.Builder child = Blueprint.named("c").get("/x", text("x"));
        Blueprint c = child.build();
        Blueprint q = Blueprint.named("q").register(c).build();
        child.get("/y", text("y"));
        Blueprint changed = c.toBuilder().get("/y", text("y")).build();
        // Flask: 'q' has the route; here: nested blueprints are values.
        BothWays.with(q).run(client -> {
            says(client, "/x", "x");
            notFound(client, "/y");
        });
        BothWays.with(Blueprint.named("q").register(changed).build()).run(client -> says(client, "/y", "y"));
    }

    @Test
    @DisplayName("case 176: an app is complete before its first request")
    void an_app_is_complete_before_its_first_request() {
        App.Builder builder = app().get("/", text("Awesome"));
        App app = builder.build();
        try (TestApp running = TestApp.of(app)) {
            assertThat(running.get("/").text()).isEqualTo("Awesome");
            builder.get("/late", text("late"))
                    .register(Blueprint.named("p").get("/p", text("p")).build());
            assertThat(running.get("/late").status()).isEqualTo(404);
            assertThat(running.get("/p").status()).isEqualTo(404);
            spent("app 'test'", builder::build);
        }
        try (TestApp changed =
                TestApp.of(app.toBuilder().get("/late", text("late")).build())) {
            assertThat(changed.get("/").text()).isEqualTo("Awesome");
            assertThat(changed.get("/late").text()).isEqualTo("late");
        }
    }

    @Test
    @DisplayName("case 179: hook added during the start (here: hooks are complete when the app is built)")
    void hook_added_during_the_start() throws Exception {
        Attribute<String> state = Attribute.named("state", String.class);
        AtomicReference<String> started = new AtomicReference<>();
        App.Builder builder = app();
        builder.get("/late", ctx -> Response.text(String.valueOf(ctx.attribute(state))))
                .get("/started", ctx -> Response.text(started.get()))
                .onStarting(ctx -> started.set("by " + ctx.app()))
                .onStarting(ctx -> builder.before(request -> {
                    request.attribute(state, "late");
                    return null;
                }));
        // Sanic: the hook runs; here: a start can prepare what hooks and handlers use, but adds none.
        BothWays.with(builder).run(client -> {
            says(client, "/late", "null");
            says(client, "/started", "by test");
        });
    }

    @Test
    @DisplayName("case 182: callbacks of mounts see the options that hold there")
    void callbacks_of_mounts_see_the_options() {
        Attribute<Integer> custom = Attribute.named("custom", Integer.class);
        List<String> seen = new ArrayList<>();
        Blueprint p = Blueprint.named("p")
                .prefix("/init")
                .subdomain("s")
                .onMount(mounted -> seen.add("%s %s %s %s first=%s custom=%s"
                        .formatted(
                                mounted.app(),
                                mounted.name(),
                                mounted.path(),
                                mounted.hosts(),
                                mounted.first(),
                                mounted.attribute(custom))))
                .build();
        assertThat(seen).isEmpty();
        app().host("example.test")
                .register(p, mount -> mount.prefix("/r").attribute(custom, 1))
                .register(p, mount -> mount.named("z"))
                .register(Blueprint.named("outer")
                        .prefix("/outer")
                        .version(2)
                        .register(p)
                        .build())
                .build();
        assertThat(seen)
                .containsExactly(
                        "test p /r [s.example.test] first=true custom=1",
                        "test z /init [s.example.test] first=false custom=null",
                        "test outer.p /v2/outer/init [s.example.test] first=false custom=null");
        // Which place is the first is a matter of each app.
        seen.clear();
        App.named("other").host("b.test").register(p).build();
        assertThat(seen).containsExactly("other p /init [s.b.test] first=true custom=null");
    }

    @Test
    @DisplayName("near case 182: a callback can refuse its mount")
    void a_callback_can_refuse_its_mount() {
        Blueprint.Builder p = Blueprint.named("p");
        p.onMount(mounted -> {
            if (mounted.version() == null) {
                throw new IllegalArgumentException("needs a version");
            }
        });
        Blueprint built = p.build();
        App.Builder app = App.named("test");
        app.register(built);
        String mounted = Handlers.lineBefore();
        app.register(built, mount -> mount.named("fine").version(1));

        AppBuildException refused = catchThrowableOfType(AppBuildException.class, app::build);
        assertThat(refused.problems())
                .singleElement()
                .asString()
                .startsWith("'p', mounted at " + mounted + ": the onMount hook (Cases11LifecycleIT.java:")
                .endsWith(") failed: java.lang.IllegalArgumentException: needs a version");
    }

    private static void spent(String what, ThrowingCallable build) {
        assertThatThrownBy(build)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage(what + " was already built, and later calls did not reach it."
                        + " Use toBuilder() to derive a changed one.");
    }
}
