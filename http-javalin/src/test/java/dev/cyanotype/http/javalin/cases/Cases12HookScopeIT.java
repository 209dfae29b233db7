/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.http.javalin.cases;

import static dev.cyanotype.http.javalin.cases.Answers.is;
import static dev.cyanotype.http.javalin.cases.Handlers.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cyanotype.App;
import dev.cyanotype.Blueprint;
import dev.cyanotype.exchange.Attribute;
import dev.cyanotype.exchange.Interceptor;
import dev.cyanotype.exchange.Response;
import dev.cyanotype.http.javalin.BothWays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Behaviour cases 183 to 192: which requests run a hook. */
class Cases12HookScopeIT {

    private static final Attribute<String> ACCEPTS = Attribute.named("accepts", String.class);

    private final Trace trace = new Trace();

    @Test
    @DisplayName("case 183: after hook of a blueprint without routes")
    void after_hook_without_routes() throws Exception {
        Blueprint bare = Blueprint.named("bare")
                .after((ctx, response) -> Response.text("OK"))
                .build();
        BothWays.with(App.named("test").register(bare).get("/", text("FAIL"))).run(client -> {
            assertThat(client.get("/").status()).isEqualTo(200);
            assertThat(client.get("/").text()).isEqualTo("FAIL");
        });
    }

    @Test
    @DisplayName("case 183, near: no kind of hook of a blueprint reaches routes declared beside it")
    void hooks_of_any_kind_without_routes() throws Exception {
        Blueprint bare = traced("bare", "/").build();
        BothWays.with(App.named("test")
                        .get("/early", text("early"))
                        .register(bare)
                        .get("/late", text("late")))
                .run(client -> {
                    assertThat(client.get("/early").text()).isEqualTo("early");
                    assertThat(client.get("/late").text()).isEqualTo("late");
                    assertThat(trace.taken()).isEmpty();
                });
    }

    @Test
    @DisplayName("case 185: before hook tells the handler something about the request (in an attribute)")
    void before_hook_sees_the_request() throws Exception {
        Blueprint wa = Blueprint.named("wa")
                .prefix("/wa")
                .before(ctx -> {
                    boolean json = "application/json".equals(ctx.header("Content-Type"));
                    ctx.attribute(ACCEPTS, json ? "plain/text" : "application/json");
                    return null;
                })
                .get(
                        "/",
                        ctx -> "application/json".equals(ctx.attribute(ACCEPTS))
                                ? Map.of("test", "value")
                                : Response.text("value"))
                .build();
        BothWays.with(wa).run(client -> {
            assertThat(client.get("/wa", "Content-Type", "application/json").text())
                    .isEqualTo("value");
            assertThat(client.get("/wa", "Content-Type", "plain/text")
                            .json()
                            .path("test")
                            .stringValue())
                    .isEqualTo("value");
            assertThat(client.get("/wa").text()).isEqualTo("{\"test\":\"value\"}");
        });
    }

    @Test
    @DisplayName("case 187: own before, after and teardown")
    void own_hooks() throws Exception {
        Blueprint bp = Blueprint.named("bp")
                .before(trace.before("before"))
                .after((ctx, response) -> {
                    trace.add("after");
                    return Response.text(response.body() + "|after");
                })
                .teardown(trace.teardown("teardown"))
                .get("/bp", text("request"))
                .build();
        BothWays.with(App.named("test").register(bp).get("/app", text("app"))).run(client -> {
            assertThat(trace.taken()).isEmpty();
            assertThat(client.get("/bp").text()).isEqualTo("request|after");
            assertThat(trace.taken()).containsExactly("before", "after", "teardown");
            assertThat(client.get("/app").text()).isEqualTo("app");
            assertThat(trace.taken()).isEmpty();
        });
    }

    @Test
    @DisplayName("case 187, near: hooks also cover what is declared before them")
    void hooks_declared_last() throws Exception {
        Blueprint bp = Blueprint.named("bp")
                .get("/bp", text("request"))
                .register(Blueprint.named("child").get("/child", text("child")).build())
                .before(trace.before("before"))
                .build();
        BothWays.with(bp).run(client -> {
            client.get("/bp");
            client.get("/child");
            assertThat(trace.taken()).containsExactly("before", "before");
        });
    }

    @Test
    @DisplayName("case 189: hooks of a sibling do not run")
    void hooks_of_a_sibling() throws Exception {
        Blueprint a = Blueprint.named("a")
                .prefix("/a")
                .before(trace.before("a"))
                .get("/h", text("a"))
                .build();
        Blueprint b = Blueprint.named("b").prefix("/b").get("/h", text("b")).build();
        BothWays.with(a, b).run(client -> {
            assertThat(client.get("/b/h").text()).isEqualTo("b");
            assertThat(trace.taken()).isEmpty();
            assertThat(client.get("/a/h").text()).isEqualTo("a");
            assertThat(trace.taken()).containsExactly("a");
        });
    }

    @Test
    @DisplayName(
            "case 189, near: nor do those of a sibling with the same prefix, of a child, or of the blueprint around it")
    void hooks_of_others() throws Exception {
        Blueprint child = traced("child", "/child").get("/h", text("child")).build();
        Blueprint parent = Blueprint.named("parent")
                .get("/h", text("parent"))
                .register(child)
                .build();
        Blueprint twin = traced("twin", "/").get("/twin", text("twin")).build();
        BothWays.with(parent, twin).run(client -> {
            client.get("/h");
            assertThat(trace.taken()).isEmpty();
            client.get("/child/h");
            assertThat(trace.taken()).containsExactly("child before", "child after", "child teardown");
            client.get("/twin");
            assertThat(trace.taken()).containsExactly("twin before", "twin after", "twin teardown");
        });
    }

    @Test
    @DisplayName("case 189, near: each mount of a blueprint runs the hooks of the scopes around that mount")
    void hooks_of_each_mount() throws Exception {
        Blueprint shared = Blueprint.named("shared").get("/h", text("shared")).build();
        Blueprint a = traced("a", "/a").register(shared).build();
        Blueprint b = traced("b", "/b").register(shared).build();
        BothWays.with(a, b).run(client -> {
            client.get("/a/h");
            assertThat(trace.taken()).containsExactly("a before", "a after", "a teardown");
            client.get("/b/h");
            assertThat(trace.taken()).containsExactly("b before", "b after", "b teardown");
        });
    }

    // Flask: before and after hooks may be coroutines; here: what waits is an interceptor, because before and after
    // hooks give their answer at once, and an interceptor may give a future instead.
    @Test
    @DisplayName("case 191: asynchronous hooks of app and blueprint (here: interceptors that return a future)")
    void asynchronous_hooks() throws Exception {
        Blueprint bp = Blueprint.named("bp")
                .prefix("/bp")
                .intercept(asynchronous("bp"))
                .get("/", text("bp"))
                .build();
        BothWays.with(App.named("test")
                        .intercept(asynchronous("app"))
                        .register(bp)
                        .get("/", text("app")))
                .run(client -> {
                    assertThat(client.get("/").text()).isEqualTo("app");
                    assertThat(trace.taken()).containsExactly("app before", "app after");
                    assertThat(client.get("/bp/").text()).isEqualTo("bp");
                    assertThat(trace.taken()).containsExactly("app before", "bp before", "bp after", "app after");
                });
    }

    // Sanic: only the app's hooks run; here: those of the blueprint that owns the prefix run too, because what a
    // client gets below a prefix is that blueprint's matter, also when nothing is there.
    @Test
    @DisplayName("case 192: unmatched path and method under the prefix (here: the owner's hooks run too)")
    void unmatched_under_the_prefix() throws Exception {
        Blueprint bp = traced("bp", "/bp").get("/x", text("x")).build();
        BothWays.with(App.named("test")
                        .before(trace.before("app before"))
                        .after(trace.after("app after"))
                        .register(bp))
                .run(client -> {
                    assertThat(client.get("/bp/zzz").status()).isEqualTo(404);
                    assertThat(trace.taken())
                            .containsExactly("app before", "bp before", "bp after", "app after", "bp teardown");
                    assertThat(client.send("POST", "/bp/x", "").status()).isEqualTo(405);
                    assertThat(trace.taken())
                            .containsExactly("app before", "bp before", "bp after", "app after", "bp teardown");
                    assertThat(client.get("/zzz").status()).isEqualTo(404);
                    assertThat(trace.taken()).containsExactly("app before", "app after");
                    assertThat(client.get("/bpx").status()).isEqualTo(404);
                    assertThat(trace.taken()).containsExactly("app before", "app after");
                });
    }

    @Test
    @DisplayName("case 192, near: the deepest prefix owns a path; what two mounts share belongs to what is around them")
    void deepest_prefix() throws Exception {
        Blueprint child = traced("child", "/c").get("/x", text("x")).build();
        Blueprint twin1 = traced("twin1", "/twin").get("/x", text("x")).build();
        Blueprint twin2 = traced("twin2", "/twin").get("/y", text("y")).build();
        Blueprint parent = Blueprint.named("parent")
                .prefix("/{tenant}")
                .before(ctx -> {
                    trace.add("parent of " + ctx.pathParam("tenant"));
                    return null;
                })
                .register(child)
                .register(twin1)
                .register(twin2)
                .build();
        BothWays.with(parent).run(client -> {
            for (String path : List.of("/7/c/none", "/7/c", "/7/c/x/y", "/7/c/%2e%2e")) {
                client.get(path);
                assertThat(trace.taken())
                        .as(path)
                        .containsExactly("parent of 7", "child before", "child after", "child teardown");
            }
            client.send("DELETE", "/7/c/x", "");
            assertThat(trace.taken()).containsExactly("parent of 7", "child before", "child after", "child teardown");
            assertThat(client.send("OPTIONS", "/7/c/x", "").status()).isEqualTo(204);
            assertThat(trace.taken()).containsExactly("parent of 7", "child before", "child after", "child teardown");
            for (String path : List.of("/7/twin/none", "/7/twinx", "/7")) {
                assertThat(client.get(path).status()).isEqualTo(404);
                assertThat(trace.taken()).as(path).containsExactly("parent of 7");
            }
            assertThat(client.get("/").status()).isEqualTo(404);
            assertThat(trace.taken()).isEmpty();
        });
    }

    @Test
    @DisplayName("case 192, near: version and host are part of the prefix")
    void owned_version_and_host() throws Exception {
        Blueprint bp = traced("bp", "/bp")
                .version(1)
                .host("example.com")
                .get("/x", text("x"))
                .build();
        BothWays.with(App.named("test").register(bp)).run(client -> {
            assertThat(client.get("/v1/bp/none", "Host", "example.com").status())
                    .isEqualTo(404);
            assertThat(trace.taken()).containsExactly("bp before", "bp after", "bp teardown");
            for (String path : List.of("/v2/bp/none", "/v1/none", "/bp/x")) {
                assertThat(client.get(path, "Host", "example.com").status()).isEqualTo(404);
                assertThat(trace.taken()).as(path).isEmpty();
            }
            assertThat(client.get("/v1/bp/x", "Host", "other.com").status()).isEqualTo(404);
            assertThat(trace.taken()).isEmpty();
        });
    }

    @Test
    @DisplayName("case 192, near: a before hook may answer a path where nothing is")
    void owner_answers_an_unmatched_path() throws Exception {
        Blueprint bp = Blueprint.named("bp")
                .prefix("/bp")
                .before(trace.halt("halt", 401, "log in first"))
                .get("/x", text("x"))
                .build();
        BothWays.with(bp).run(client -> {
            is(client.get("/bp/zzz"), 401, "log in first");
            is(client.send("POST", "/bp/x", ""), 401, "log in first");
            assertThat(trace.taken()).containsExactly("halt", "halt");
        });
    }

    private Blueprint.Builder traced(String name, String prefix) {
        return Blueprint.named(name)
                .prefix(prefix)
                .before(trace.before(name + " before"))
                .after(trace.after(name + " after"))
                .teardown(trace.teardown(name + " teardown"));
    }

    /** Does what it does on other threads, before and after the handler. */
    private Interceptor asynchronous(String name) {
        return (exchange, next) -> CompletableFuture.runAsync(() -> trace.add(name + " before"))
                .thenCompose(done -> proceed(next))
                .whenCompleteAsync((result, error) -> trace.add(name + " after"));
    }

    private static CompletionStage<?> proceed(Interceptor.Next next) {
        try {
            Object result = next.proceed();
            return result instanceof CompletionStage<?> stage ? stage : CompletableFuture.completedFuture(result);
        } catch (Exception e) {
            return CompletableFuture.failedFuture(e);
        }
    }
}
