/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.http.javalin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cyanotype.App;
import dev.cyanotype.Blueprint;
import dev.cyanotype.exchange.Cookie;
import dev.cyanotype.exchange.HttpException;
import dev.cyanotype.exchange.Response;
import dev.cyanotype.http.HttpOptions;
import dev.cyanotype.internal.testkit.wire.Answer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same app answers the same in memory and over HTTP. */
class BothWaysIT {

    record NewUser(String name, int age) {}

    @Test
    void routes() throws Exception {
        Blueprint users = Blueprint.named("users")
                .prefix("/users")
                .get("/", ctx -> List.of("all"))
                .get("/me", ctx -> "me")
                .get("/{id:int}", ctx -> ctx.pathParam("id", Integer.class))
                .get("/{name}", ctx -> Map.of("name", ctx.pathParam("name"), "pattern", ctx.pattern()))
                .get("/{name}/files/{path*}", ctx -> ctx.pathParams())
                .build();
        BothWays.with(users).run(client -> {
            assertThat(client.get("/users").text()).isEqualTo("[\"all\"]");
            assertThat(client.get("/users/").text()).isEqualTo("[\"all\"]");
            assertThat(client.get("/users/me").text()).isEqualTo("\"me\"");
            assertThat(client.get("/users/7").text()).isEqualTo("7");
            assertThat(client.get("/users/%C3%A4%20b").json().path("name").stringValue())
                    .isEqualTo("ä b");
            assertThat(client.get("/users/a+b").json().path("name").stringValue())
                    .isEqualTo("a+b");
            assertThat(client.get("/users/ann/files/a/b%20c").text())
                    .isEqualTo("{\"name\":\"ann\",\"path\":\"a/b c\"}");
            assertThat(client.get("/users/a%2Fb").status()).isEqualTo(400);
            assertThat(client.get("/users/%2e%2e").status()).isEqualTo(400);
            assertThat(client.get("/user").status()).isEqualTo(404);
            assertThat(client.get("/users/7/8").status()).isEqualTo(404);
            assertThat(client.get("//users").status()).isEqualTo(404);
        });
    }

    @Test
    void queries() throws Exception {
        BothWays.with(Blueprint.named("query")
                        .get("/", ctx -> ctx.query().toMap())
                        .build())
                .run(client -> {
                    assertThat(client.get("/?a=1&a=2&b=%26+x&c").text())
                            .isEqualTo("{\"a\":[\"1\",\"2\"],\"b\":[\"& x\"],\"c\":[\"\"]}");
                    assertThat(client.get("/?").text()).isEqualTo("{}");
                    assertThat(client.get("/?&&=x&%3D=%3d").text()).isEqualTo("{\"\":[\"x\"],\"=\":[\"=\"]}");
                    assertThat(client.get("/?q=" + "x".repeat(9000)).status()).isEqualTo(414);
                });
    }

    @Test
    void methods() throws Exception {
        Blueprint things = Blueprint.named("things")
                .get("/", ctx -> Response.text("read").header("X-Own", "1"))
                .post("/", ctx -> Response.created("added"))
                .delete("/", ctx -> null)
                .build();
        BothWays.with(things).run(client -> {
            assertThat(client.get("/").status()).isEqualTo(200);
            assertThat(client.send("POST", "/", "").status()).isEqualTo(201);
            assertThat(client.send("DELETE", "/", "").status()).isEqualTo(204);
            Answer head = client.send("HEAD", "/", "");
            assertThat(head.header("Content-Length")).isEqualTo("4");
            assertThat(head.header("X-Own")).isEqualTo("1");
            assertThat(head.body()).isEmpty();
            Answer wrong = client.send("PUT", "/", "");
            assertThat(wrong.status()).isEqualTo(405);
            assertThat(wrong.header("Allow")).isEqualTo("GET, POST, DELETE, HEAD, OPTIONS");
            assertThat(client.send("OPTIONS", "/", "").header("Allow")).isEqualTo("GET, POST, DELETE, HEAD, OPTIONS");
            assertThat(client.send("OPTIONS", "/none", "").status()).isEqualTo(404);
            assertThat(client.send("PROPFIND", "/", "").status()).isEqualTo(405);
            assertThat(client.send("get", "/", "").status()).isEqualTo(405);
            assertThat(client.send("FOO", "/none", "").status()).isEqualTo(404);
            assertThat(client.send("POST", "/", "", "X-HTTP-Method-Override", "DELETE")
                            .status())
                    .isEqualTo(201);
        });
    }

    @Test
    void json() throws Exception {
        App.Builder app = App.named("test")
                .http(HttpOptions.builder().maxBodyBytes(200).build())
                .post("/users", NewUser.class, (user, ctx) -> Response.created(user))
                .post("/tree", ctx -> ctx.body().json());
        BothWays.with(app).run(client -> {
            assertThat(client.post("/users", "application/json", "{\"name\": \"Zoë\", \"age\": 7}")
                            .text())
                    .isEqualTo("{\"name\":\"Zoë\",\"age\":7}");
            assertThat(client.post("/tree", "application/vnd.own+json", "[1, 2.5, null]")
                            .text())
                    .isEqualTo("[1,2.5,null]");
            for (String bad : List.of("{", "{\"age\": \"x\"}", "[]", "null", "{} {}", "{\"name\": \"\u0001\"}")) {
                assertThat(client.post("/users", "application/json", bad).status())
                        .as(bad)
                        .isEqualTo(400);
            }
            assertThat(client.post("/users", "text/plain", "{}").status()).isEqualTo(415);
            assertThat(client.send("POST", "/users", "").status()).isEqualTo(415);
            assertThat(client.send("POST", "/users", "", "Content-Type", "application/json")
                            .status())
                    .isEqualTo(400);
            assertThat(client.post("/users", "application/json", "\"" + "x".repeat(200) + "\"")
                            .status())
                    .isEqualTo(413);
        });
    }

    @Test
    void forms() throws Exception {
        Blueprint forms = Blueprint.named("forms")
                .post("/form", ctx -> ctx.body().form().toMap())
                .post(
                        "/uploads",
                        ctx -> ctx.body().uploads().stream()
                                .map(upload ->
                                        upload.fileName() + " " + upload.sizeBytes() + " " + upload.contentType())
                                .toList())
                .build();
        BothWays.with(forms).run(client -> {
            assertThat(client.post("/form", "application/x-www-form-urlencoded", "a=%C3%A4+b&a=2")
                            .text())
                    .isEqualTo("{\"a\":[\"ä b\",\"2\"]}");
            assertThat(client.post("/form", "application/x-www-form-urlencoded", "a=%zz")
                            .status())
                    .isEqualTo(400);
            assertThat(client.post("/form", "text/plain", "a=1").status()).isEqualTo(415);
            assertThat(client.post(
                                    "/uploads",
                                    "multipart/form-data; boundary=x",
                                    "--x\r\nContent-Disposition: form-data; name=\"f\"; filename=\"a.txt\"\r\n"
                                            + "Content-Type: text/plain\r\n\r\nhello\r\n--x--\r\n")
                            .text())
                    .isEqualTo("[\"a.txt 5 text/plain\"]");
            assertThat(client.post("/uploads", "multipart/form-data; boundary=x", "--x\r\nContent")
                            .status())
                    .isEqualTo(400);
        });
    }

    @Test
    void charsets() throws Exception {
        Blueprint texts = Blueprint.named("texts")
                .get("/text", ctx -> Response.text("grün"))
                .get("/html", ctx -> Response.html("<p>grün</p>"))
                .get("/json", ctx -> "grün")
                .get("/typed", ctx -> Response.text("a,b").contentType("text/csv"))
                .get(
                        "/latin",
                        ctx -> Response.bytes(
                                "text/plain;charset=iso-8859-1", "grün".getBytes(StandardCharsets.ISO_8859_1)))
                .get("/odd", ctx -> Response.bytes("Text/Plain; Charset=\"UTF-8\"; x=y", new byte[] {65}))
                .post("/echo", ctx -> Response.text(ctx.body().text()))
                .build();
        BothWays.with(texts).run(client -> {
            assertThat(client.get("/text").header("Content-Type")).isEqualTo("text/plain;charset=utf-8");
            assertThat(client.get("/html").header("Content-Type")).isEqualTo("text/html;charset=utf-8");
            assertThat(client.get("/json").header("Content-Type")).isEqualTo("application/json");
            assertThat(client.get("/typed").header("Content-Type")).isEqualTo("text/csv");
            assertThat(client.get("/latin").header("Content-Type")).isEqualTo("text/plain;charset=iso-8859-1");
            assertThat(client.get("/odd").header("Content-Type")).isEqualTo("Text/Plain; Charset=\"UTF-8\"; x=y");
            assertThat(client.post("/echo", "text/plain", "grün").text()).isEqualTo("grün");
            assertThat(client.post("/echo", "text/plain;charset=utf-16be", "aa").text())
                    .isEqualTo("慡");
            assertThat(client.post("/echo", "text/plain;charset=none", "a").status())
                    .isEqualTo(415);
        });
    }

    @Test
    void headers_and_cookies() throws Exception {
        Blueprint blueprint = Blueprint.named("headers")
                .get(
                        "/set",
                        ctx -> Response.text("x")
                                .cookie(Cookie.of("a", "1").secure(true))
                                .cookie(Cookie.of("b", "2").path("/b"))
                                .header("X-Own", "one, two")
                                .header("Cache-Control", "no-store"))
                .get("/cookies", ctx -> Response.text(ctx.cookie("a") + ctx.cookie("b") + ctx.cookie("c")))
                .get("/header", ctx -> Response.text(String.valueOf(ctx.header("x-own"))))
                .get("/redirect", ctx -> Response.redirect("/set"))
                .get(
                        "/moved",
                        ctx -> Response.redirect("https://example.com/?q=a%20b").status(308))
                .get("/broken", ctx -> Response.text("x").header("X-A", "1\r\nX-B: 2"))
                .build();
        BothWays.with(blueprint).run(client -> {
            assertThat(client.get("/set").headers("Set-Cookie"))
                    .containsExactly(
                            "a=1; Path=/; Secure; HttpOnly; SameSite=Lax", "b=2; Path=/b; HttpOnly; SameSite=Lax");
            assertThat(client.get("/cookies", "Cookie", "a=1; b=\"2\"; c=").text())
                    .isEqualTo("1\"2\"");
            assertThat(client.get("/cookies", "Cookie", "x=a=1;a = 5 ;;").text())
                    .isEqualTo("5nullnull");
            assertThat(client.get("/header", "X-Own", "1", "X-Own", "2").text()).isEqualTo("1");
            assertThat(client.get("/header").text()).isEqualTo("null");
            assertThat(client.get("/redirect").header("Location")).isEqualTo("/set");
            assertThat(client.get("/moved").status()).isEqualTo(308);
            assertThat(client.get("/broken").status()).isEqualTo(500);
        });
    }

    @Test
    void results_of_every_kind(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("page.html"), "<p>file</p>");
        Blueprint blueprint = Blueprint.named("results")
                .get("/null", ctx -> null)
                .get("/empty", ctx -> Response.of(200))
                .get("/present", ctx -> Optional.of(1))
                .get("/absent", ctx -> Optional.empty())
                .get("/later", ctx -> CompletableFuture.supplyAsync(() -> Optional.of("later")))
                .get("/failing", ctx -> CompletableFuture.failedFuture(new IllegalStateException("secret")))
                .get("/large", ctx -> Response.bytes("application/octet-stream", new byte[50_000]))
                .get("/file", ctx -> Response.file(file))
                .get("/missing", ctx -> Response.file(folder.resolve("none")))
                .get("/stream", ctx -> Response.stream("text/plain", out -> out.write("streamed".getBytes())))
                .get("/events", ctx -> Response.events(events -> events.send("n", Map.of("a", 1), "1")))
                .get("/unmodified", ctx -> Response.of(304).header("ETag", "\"1\""))
                .get("/teapot", ctx -> Response.of(418, Map.of("short", "stout")))
                .build();
        BothWays.with(blueprint).run(client -> {
            for (String path : List.of(
                    "/null",
                    "/empty",
                    "/present",
                    "/absent",
                    "/later",
                    "/failing",
                    "/large",
                    "/file",
                    "/missing",
                    "/stream",
                    "/events",
                    "/unmodified",
                    "/teapot")) {
                Answer got = client.get(path);
                Answer head = client.send("HEAD", path, "");
                assertThat(head.status()).as(path).isEqualTo(got.status());
                assertThat(head.header("Content-Type")).as(path).isEqualTo(got.header("Content-Type"));
                assertThat(head.body()).as(path).isEmpty();
            }
        });
    }

    @Test
    void errors_and_hooks() throws Exception {
        Blueprint api = Blueprint.named("api")
                .prefix("/api")
                .before(ctx -> ctx.header("Authorization") == null ? Response.of(401, Map.of("error", "who?")) : null)
                .after((ctx, response) -> response.header("X-After", "api " + response.status()))
                .error(IllegalStateException.class, (exchange, e) -> Response.of(409, Map.of("error", e.getMessage())))
                .error(404, (exchange, e) -> Map.of("error", "not in the api"))
                .get("/state", ctx -> {
                    throw new IllegalStateException("taken");
                })
                .get("/io", ctx -> {
                    throw new IOException("secret");
                })
                .get("/absent", ctx -> Optional.empty())
                .get("/busy", ctx -> {
                    throw new HttpException(503, "Later");
                })
                .build();
        BothWays.with(api).run(client -> {
            assertThat(client.get("/api/state").status()).isEqualTo(401);
            assertThat(client.get("/api/state", "Authorization", "x").text()).isEqualTo("{\"error\":\"taken\"}");
            assertThat(client.get("/api/state", "Authorization", "x").header("X-After"))
                    .isEqualTo("api 409");
            assertThat(client.get("/api/io", "Authorization", "x").status()).isEqualTo(500);
            assertThat(client.get("/api/absent", "Authorization", "x").text())
                    .isEqualTo("{\"error\":\"not in the api\"}");
            assertThat(client.get("/api/busy", "Authorization", "x").status()).isEqualTo(503);
            assertThat(client.get("/api/none", "Authorization", "x").status()).isEqualTo(404);
            assertThat(client.get("/none").status()).isEqualTo(404);
        });
    }

    @Test
    void entity_tags_of_a_handler() throws Exception {
        Blueprint blueprint = Blueprint.named("tags")
                .get("/", ctx -> Response.text("x").header("ETag", "\"1\""))
                .post("/", ctx -> Response.text("posted").header("ETag", "\"1\""))
                .get("/gone", ctx -> Response.of(410).header("ETag", "\"1\""))
                .build();
        BothWays.with(blueprint).run(client -> {
            client.get("/", "If-None-Match", "\"1\"");
            assertThat(client.send("POST", "/", "", "If-None-Match", "\"1\"").status())
                    .isEqualTo(200);
            assertThat(client.get("/gone", "If-None-Match", "\"1\"").status()).isEqualTo(410);
        });
    }

    @Test
    void lengths() throws Exception {
        Blueprint blueprint = Blueprint.named("lengths")
                .get("/empty", ctx -> Response.of(200))
                .get("/redirect", ctx -> Response.redirect("/"))
                .get("/none", ctx -> null)
                .get("/reset", ctx -> Response.of(205, "x"))
                .get("/short", ctx -> Response.text("hello").header("Content-Length", "3"))
                .get("/long", ctx -> Response.text("hello").header("Content-Length", "9"))
                .get("/coded", ctx -> Response.text("hello").header("Transfer-Encoding", "chunked"))
                .build();
        BothWays.with(blueprint).run(client -> {
            assertThat(client.get("/empty").header("Content-Length")).isEqualTo("0");
            assertThat(client.send("HEAD", "/empty", "").header("Content-Length"))
                    .isEqualTo("0");
            assertThat(client.get("/redirect").header("Content-Length")).isEqualTo("0");
            assertThat(client.get("/none").header("Content-Length")).isNull();
            assertThat(client.get("/reset").body()).isEmpty();
            assertThat(client.get("/short").text()).isEqualTo("hello");
            assertThat(client.get("/long").text()).isEqualTo("hello");
            assertThat(client.get("/coded").text()).isEqualTo("hello");
        });
    }
}
