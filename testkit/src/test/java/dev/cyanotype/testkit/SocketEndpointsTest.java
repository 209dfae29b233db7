/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.testkit;

import static dev.cyanotype.testkit.CyanotypeAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cyanotype.App;
import dev.cyanotype.AppBuildException;
import dev.cyanotype.Blueprint;
import dev.cyanotype.ConflictPolicy;
import dev.cyanotype.exchange.Attribute;
import dev.cyanotype.exchange.HttpException;
import dev.cyanotype.exchange.Response;
import dev.cyanotype.socket.SocketCloseException;
import dev.cyanotype.socket.SocketEndpoint;
import dev.cyanotype.socket.SocketOptions;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Websockets with a path of their own. */
class SocketEndpointsTest {

    private final List<String> record = new ArrayList<>();

    private static SocketEndpoint saying(String hello) {
        return SocketEndpoint.builder().onOpen(ctx -> hello).build();
    }

    private static SocketEndpoint echo() {
        return SocketEndpoint.builder().onText((text, ctx) -> text).build();
    }

    /** Opens a websocket; what it says first. */
    private static String first(TestApp app, String target) {
        return app.open(target).next().text();
    }

    @Nested
    class A_place {

        @Test
        void may_have_a_strict_slash_beside_routes() {
            Blueprint bp = Blueprint.named("bp")
                    .strictSlashes(true)
                    .get("/get", ctx -> "got")
                    .websocket("/ws/", saying("opened"))
                    .build();
            try (TestApp app = TestApp.of(bp)) {
                assertThat(first(app, "/ws/")).isEqualTo("opened");
                assertThat(app.websocket("/ws").refused()).hasStatus(404);
                assertThat(app.get("/get")).hasStatus(200);
            }
        }

        @Test
        void is_lenient_about_slashes_otherwise() {
            try (TestApp app = TestApp.of(
                    Blueprint.named("bp").websocket("/feed", saying("opened")).build())) {
                assertThat(first(app, "/feed/")).isEqualTo("opened");
            }
        }

        @Test
        void has_a_name_and_a_url() {
            Blueprint bp = Blueprint.named("test_bp")
                    .prefix("/bp")
                    .get("/main", ctx -> "", r -> r.name("main"))
                    .websocket("/route", saying("1"))
                    .websocket("/route2", saying("2"), r -> r.name("test_route2"))
                    .websocket("/route3/{id}", saying("3"), r -> r.name("foobar_3"))
                    .get(
                            "/urls",
                            ctx -> List.of(
                                    ctx.urls().to(".main").path(),
                                    ctx.urls().to(".test_route2").path(),
                                    ctx.urls().to(".test_route2").absolute(),
                                    ctx.urls()
                                            .to("test_bp.foobar_3")
                                            .with("id", "a b")
                                            .query("q", 1)
                                            .absolute("https://h:8443")))
                    .build();
            try (TestApp app = TestApp.of(bp)) {
                assertThat(app.get("/bp/urls"))
                        .hasJson(List.of(
                                "/bp/main",
                                "/bp/route2",
                                "ws://localhost/bp/route2",
                                "wss://h:8443/bp/route3/a%20b?q=1"));
                assertThat(first(app, "/bp/route2")).isEqualTo("2");
                assertThat(first(app, "/bp/route3/a%20b")).isEqualTo("3");
            }
        }

        @Test
        void may_have_a_version() {
            Blueprint bp = Blueprint.named("bp")
                    .websocket("/ws", saying("1"), r -> r.version(1))
                    .websocket("/ws", saying("2"), r -> r.version(2))
                    .build();
            try (TestApp app = TestApp.of(bp)) {
                assertThat(first(app, "/v1/ws")).isEqualTo("1");
                assertThat(first(app, "/v2/ws")).isEqualTo("2");
                assertThat(app.websocket("/ws").refused()).hasStatus(404);
            }
        }

        @Test
        void may_have_a_host() {
            Blueprint bp = Blueprint.named("bp")
                    .websocket("/ws", saying("a"), r -> r.host("a.test"))
                    .websocket("/ws", saying("any"))
                    .build();
            try (TestApp app = TestApp.of(bp)) {
                assertThat(app.websocket("/ws").host("A.test:81").open().next()).isText("a");
                assertThat(app.websocket("/ws").host("b.test").open().next()).isText("any");
            }
        }

        @Test
        void is_shared_with_routes_of_the_same_path() {
            Blueprint bp = Blueprint.named("bp")
                    .get("/x", ctx -> "get")
                    .post("/x", ctx -> "post")
                    .websocket("/x", saying("websocket"))
                    .build();
            try (TestApp app = TestApp.of(bp)) {
                assertThat(app.get("/x")).hasJson("\"get\"");
                assertThat(app.post("/x", Map.of())).hasJson("\"post\"");
                assertThat(first(app, "/x")).isEqualTo("websocket");
                assertThat(app.delete("/x")).hasStatus(405).hasHeader("Allow", "GET, POST, HEAD, OPTIONS");
                assertThat(app.request("OPTIONS", "/x").send())
                        .hasStatus(204)
                        .hasHeader("Allow", "GET, POST, HEAD, OPTIONS");
                assertThat(app.request("HEAD", "/x").send()).hasStatus(200).hasNoBody();
            }
        }

        @ParameterizedTest
        @ValueSource(strings = {"GET", "HEAD", "POST", "DELETE", "OPTIONS", "BREW"})
        void without_a_route_asks_for_an_upgrade(String method) {
            try (TestApp app =
                    TestApp.of(Blueprint.named("bp").websocket("/x", echo()).build())) {
                assertThat(app.request(method, "/x").send())
                        .hasStatus(426)
                        .hasHeader("Upgrade", "websocket")
                        .hasHeader("Connection", "Upgrade")
                        .hasNoHeader("Allow");
            }
        }

        @Test
        void that_has_only_routes_answers_as_they_do() {
            Blueprint bp = Blueprint.named("bp")
                    .get("/x", ctx -> "x")
                    .post("/y", ctx -> "y")
                    .websocket("/ws", echo())
                    .build();
            try (TestApp app = TestApp.of(bp)) {
                assertThat(app.websocket("/x").refused()).hasStatus(200).hasJson("\"x\"");
                assertThat(app.websocket("/y").refused()).hasStatus(405).hasHeader("Allow", "POST, OPTIONS");
                assertThat(app.websocket("/z").refused()).hasStatus(404);
                assertThat(app.websocket("/%zz").refused()).hasStatus(400);
            }
        }

        @Test
        void prefers_the_more_specific_path() {
            Blueprint bp = Blueprint.named("bp")
                    .websocket("/{any}", saying("any"))
                    .websocket("/{id:int}", saying("int"))
                    .websocket("/me", saying("me"))
                    .get("/only", ctx -> "route")
                    .build();
            try (TestApp app = TestApp.of(bp)) {
                assertThat(first(app, "/me")).isEqualTo("me");
                assertThat(first(app, "/7")).isEqualTo("int");
                assertThat(first(app, "/x")).isEqualTo("any");
                assertThat(first(app, "/only")).isEqualTo("any");
            }
        }

        @Test
        void may_be_replaced_in_a_copy() {
            Blueprint first = Blueprint.named("first")
                    .get("/x/{a}", ctx -> "route")
                    .websocket("/x/{a}", saying("old"), r -> r.name("feed"))
                    .build();
            Blueprint second = first.copy("second")
                    .replaceWebsocket("/x/{b}", saying("new"))
                    .build();
            try (TestApp app = TestApp.of(
                    Blueprint.group(first).prefix("/1").build(),
                    Blueprint.group(second).prefix("/2").build())) {
                assertThat(first(app, "/1/x/1")).isEqualTo("old");
                assertThat(first(app, "/2/x/1")).isEqualTo("new");
                assertThat(app.get("/2/x/1")).hasJson("\"route\"");
                assertThat(app.app().urls().to("second.feed").with("b", 1).path())
                        .isEqualTo("/2/x/1");
            }
            assertThatThrownBy(() -> first.toBuilder().replaceWebsocket("/y", echo()))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("blueprint 'first': replace: nothing inherited answers websocket /y (inherited:"
                            + " [GET /x/{}, websocket /x/{}]). Declare it as a new route.");
        }

        @Test
        void can_be_taken_only_once() {
            App.Builder app = App.named("app")
                    .register(Blueprint.named("a").websocket("/x/{a}", echo()).build())
                    .register(Blueprint.named("b")
                            .websocket("/x/{b}", saying("b"))
                            .build())
                    .websocket("/ws", saying("own"))
                    .socket("message", ctx -> null);
            assertThatThrownBy(app::build)
                    .isInstanceOf(AppBuildException.class)
                    .hasMessageMatching(
                            "(?s).*websocket /x/\\{b}: declared by 'a' \\(SocketEndpointsTest.java:\\d+\\) and"
                                    + " 'b' \\(SocketEndpointsTest.java:\\d+\\)\\. Change one path\\..*")
                    .hasMessageMatching("(?s).*websocket /ws: declared by app 'app' \\(SocketEndpointsTest.java:\\d+\\)"
                            + " and .*\\(SocketEndpointsTest.java:\\d+\\)\\. Change one path\\..*");
        }

        @Test
        void is_taken_by_the_later_one_where_that_is_wanted() {
            App app = App.named("app")
                    .conflicts(ConflictPolicy.OVERRIDE)
                    .register(Blueprint.named("a").websocket("/x", saying("a")).build())
                    .register(Blueprint.named("b").websocket("/x", saying("b")).build())
                    .build();
            try (TestApp test = TestApp.of(app)) {
                assertThat(first(test, "/x")).isEqualTo("b");
                assertThat(test.app().describe().operations()).hasSize(1);
            }
        }

        @Test
        void is_described_and_explained() {
            App app = App.named("app")
                    .register(Blueprint.named("news")
                            .prefix("/news")
                            .before(ctx -> null)
                            .websocket("/{room}", echo(), r -> r.name("feed"))
                            .socket("hi", ctx -> "ho")
                            .build())
                    .build();
            assertThat(app.describe().operations())
                    .extracting(
                            operation -> operation.kind().noun() + " " + operation.address() + " " + operation.name())
                    .containsExactly(
                            "websocket /news/{room} news.feed", "socket message hi news.hi", "websocket /ws null");
            assertThat(app.explain("news.feed"))
                    .contains("websocket /news/{room}", "before", "SocketEndpointsTest.java");
            assertThat(app.explain("websocket /news/{room}")).contains("'news.feed'");
            assertThat(app.explain("socket message hi")).contains("'news.hi'").doesNotContain("before");
            assertThat(app.explain("GET /news/x")).contains("has no route: 426 of 'news', there is a websocket");
        }
    }

    @Nested
    class Before_it_is_open {

        @Test
        void before_hooks_and_interceptors_run_and_after_hooks_do_not() {
            Blueprint bp = Blueprint.named("bp")
                    .prefix("/bp")
                    .version(1)
                    .before(ctx -> {
                        record.add("before " + ctx.pattern());
                        return null;
                    })
                    .intercept((exchange, next) -> {
                        record.add("in");
                        Object result = next.proceed();
                        record.add("out");
                        return result;
                    })
                    .after((ctx, response) -> {
                        record.add("after");
                        return response;
                    })
                    .teardown((ctx, error) -> record.add("teardown " + error))
                    .websocket("/ws", ws -> ws.onOpen(ctx -> record.add("open")), r -> r.name("ws"))
                    .build();
            try (TestApp app = TestApp.of(bp)) {
                app.open("/v1/bp/ws");
                assertThat(record).containsExactly("before /v1/bp/ws", "in", "out", "teardown null", "open");
                assertThat(app.app().urls().to("bp.ws").absolute("http://h")).isEqualTo("ws://h/v1/bp/ws");
            }
        }

        @Test
        void a_before_hook_refuses_with_its_response_and_after_hooks_see_it() {
            Blueprint bp = Blueprint.named("bp")
                    .before(ctx -> ctx.queryParam("ok") == null ? Response.of(401, Map.of("who", "are you")) : null)
                    .after((ctx, response) -> response.header("X-After", "1"))
                    .websocket(
                            "/ws",
                            ws -> ws.onOpen(ctx -> record.add("open")).onClose((ctx, status) -> record.add("close")))
                    .build();
            try (TestApp app = TestApp.of(bp)) {
                assertThat(app.websocket("/ws").refused())
                        .hasStatus(401)
                        .hasHeader("X-After", "1")
                        .hasJson(Map.of("who", "are you"));
                assertThat(record).isEmpty();
                app.open("/ws?ok");
                assertThat(record).containsExactly("open");
            }
        }

        @Test
        void an_interceptor_refuses_before_and_behind_the_decision() {
            Blueprint bp = Blueprint.named("bp")
                    .intercept((exchange, next) -> {
                        String how = exchange.as(dev.cyanotype.http.HttpContext.class)
                                .queryParam("how");
                        if ("before".equals(how)) {
                            return Response.of(403);
                        }
                        if ("close".equals(how)) {
                            throw new SocketCloseException(4000, "before");
                        }
                        Object result = next.proceed();
                        if ("behind".equals(how)) {
                            throw new HttpException(409, "too late");
                        }
                        if ("close behind".equals(how)) {
                            throw new SocketCloseException(4001, "behind");
                        }
                        return result;
                    })
                    .websocket(
                            "/ws",
                            ws -> ws.onOpen(ctx -> record.add("open"))
                                    .onClose((ctx, status) -> record.add("close " + status.code())))
                    .build();
            try (TestApp app = TestApp.of(bp)) {
                assertThat(app.websocket("/ws?how=before").refused()).hasStatus(403);
                assertThat(app.open("/ws?how=close")).wasClosedWith(4000, "before");
                assertThat(app.websocket("/ws?how=behind").refused()).isProblem(409);
                assertThat(record).isEmpty();
                assertThat(app.open("/ws?how=close%20behind")).wasClosedWith(4001, "behind");
                assertThat(record).containsExactly("open", "close 4001");
                assertThat(app.app().sockets().count()).isZero();
            }
        }

        @Test
        void foreign_pages_are_refused_before_any_hook_runs() {
            Blueprint bp = Blueprint.named("bp")
                    .before(ctx -> {
                        record.add("before");
                        return null;
                    })
                    .error(403, (ctx, e) -> Response.of(403, "ours"))
                    .websocket("/ws", echo())
                    .build();
            try (TestApp app = TestApp.of(bp)) {
                assertThat(app.websocket("/ws").origin("null").refused())
                        .hasStatus(403)
                        .hasJson("\"ours\"");
                assertThat(record).isEmpty();
            }
        }

        @Test
        void a_sub_protocol_is_chosen_and_nothing_else_confirmed() {
            Blueprint bp = Blueprint.named("bp")
                    .websocket(
                            "/ws",
                            ws -> ws.subprotocols("v2", "v1")
                                    .onOpen(ctx -> ctx.handshake().subprotocol()))
                    .websocket(
                            "/plain",
                            ws -> ws.onOpen(ctx -> "none: " + ctx.handshake().subprotocol()))
                    .build();
            try (TestApp app = TestApp.of(bp)) {
                TestSocket both =
                        app.websocket("/ws").subprotocols("token", "v1", "v2").open();
                assertThat(both).hasSubprotocol("v2").hasGot("v2");
                assertThat(app.websocket("/ws")
                                .header("Sec-WebSocket-Protocol", "bearer.SECRET,v1")
                                .open())
                        .hasSubprotocol("v1");
                assertThat(app.websocket("/ws").subprotocols("V1").open().subprotocol())
                        .isNull();
                assertThat(app.open("/ws").subprotocol()).isNull();
                assertThat(app.websocket("/plain").subprotocols("a").open()).hasGot("none: null");
                assertThat(app.websocket("/ws").subprotocols("a").open().frames())
                        .isEmpty();
            }
        }

        @Test
        void its_parameters_and_attributes_are_kept() {
            Attribute<String> user = Attribute.named("user", String.class);
            Blueprint bp = Blueprint.named("bp")
                    .urlValues((ctx, values) -> values.put("added", "by hook"))
                    .before(ctx -> {
                        ctx.attribute(user, "Ann");
                        return null;
                    })
                    .websocket(
                            "/{room}/{n:int}",
                            ws -> ws.onText((text, ctx) -> ctx.attribute(user)
                                    + " in " + ctx.handshake().pathParam("room")
                                    + " " + (ctx.handshake().pathParam("n", Integer.class) + 1)
                                    + " " + ctx.handshake().pathParams().keySet()))
                    .build();
            try (TestApp app = TestApp.of(bp)) {
                assertThat(app.open("/a%20b/7").sendText("?").next()).isText("Ann in a b 8 [room, n, added]");
            }
        }
    }

    @Nested
    class Messages {

        record Point(int x) {}

        @Test
        void are_answered_with_texts_bytes_or_json() {
            Blueprint bp = Blueprint.named("bp")
                    .websocket(
                            "/ws",
                            ws -> ws.onText((text, ctx) -> switch (text) {
                                case "text" -> "a text";
                                case "bytes" -> new byte[] {1, 2, 3};
                                case "json" -> Map.of("a", List.of(1));
                                case "null" -> null;
                                case "response" ->
                                    Response.of(201, Map.of("b", 2)).header("X-A", "1");
                                case "response text" -> Response.text("t");
                                case "response bytes" -> Response.bytes("image/png", new byte[4]);
                                case "empty" -> Response.empty();
                                case "error" -> Response.of(409, Map.of("error", "taken"));
                                case "later" -> CompletableFuture.completedFuture("later");
                                default -> throw new AssertionError(text);
                            }))
                    .build();
            try (TestApp app = TestApp.of(bp)) {
                TestSocket socket = app.open("/ws");
                List.of(
                                "text",
                                "bytes",
                                "json",
                                "null",
                                "response",
                                "response text",
                                "response bytes",
                                "empty",
                                "error",
                                "later")
                        .forEach(socket::sendText);
                assertThat(socket)
                        .isOpen()
                        .hasGot(
                                "a text",
                                "3 bytes",
                                "{\"a\":[1]}",
                                "{\"b\":2}",
                                "t",
                                "4 bytes",
                                "{\"error\":\"taken\"}",
                                "later");
            }
        }

        @Test
        void that_can_not_be_decoded_are_answered_with_a_problem_and_it_stays_open() {
            Blueprint bp = Blueprint.named("bp")
                    .websocket("/ws", ws -> ws.onJson(Point.class, (point, ctx) -> new Point(point.x() + 1)))
                    .build();
            try (TestApp app = TestApp.of(bp)) {
                TestSocket socket = app.open("/ws");
                for (String bad : List.of("{bad", "", "{\"x\":\"MARKER\"}", "null")) {
                    TestFrame problem = socket.sendText(bad).next();
                    assertThat(problem.json().path("status").intValue()).isEqualTo(400);
                    assertThat(problem.json().path("detail").stringValue()).startsWith("the message ");
                    assertThat(problem.text()).doesNotContain("MARKER");
                }
                assertThat(socket.sendText("{\"x\":1}").next()).isText("{\"x\":2}");
                assertThat(socket).isOpen();
            }
        }

        @Test
        void of_a_kind_that_nobody_handles_close_it() {
            Blueprint bp = Blueprint.named("bp")
                    .websocket("/text", echo())
                    .websocket("/binary", ws -> ws.onBinary((bytes, ctx) -> null))
                    .websocket("/none", ws -> ws.onOpen(ctx -> null))
                    .build();
            try (TestApp app = TestApp.of(bp)) {
                assertThat(app.open("/text").sendBinary(new byte[0]))
                        .wasClosedWith(1003, "Binary messages are not expected here");
                assertThat(app.open("/binary").sendText("")).wasClosedWith(1003, "Text messages are not expected here");
                assertThat(app.open("/none").sendText("")).wasClosedWith(1003, "Text messages are not expected here");
            }
        }

        @Test
        void that_fail_close_it_with_nothing_but_an_id() {
            Blueprint bp = Blueprint.named("bp")
                    .websocket(
                            "/ws",
                            ws -> ws.onText((text, ctx) -> {
                                        switch (text) {
                                            case "throw" -> throw new IllegalStateException("MARKER");
                                            case "later" -> {
                                                return CompletableFuture.failedFuture(new IOException("MARKER"));
                                            }
                                            case "http" -> throw new HttpException(503, "MARKER");
                                            case "view" -> {
                                                return Response.view("MARKER.html");
                                            }
                                            default -> {
                                                return new Object() {
                                                    @SuppressWarnings("unused")
                                                    public String getName() {
                                                        throw new IllegalStateException("MARKER");
                                                    }
                                                };
                                            }
                                        }
                                    })
                                    .onClose((ctx, status) -> record.add(status.code() + " " + status.reason())))
                    .build();
            try (TestApp app = TestApp.of(bp);
                    LoggedErrors log = new LoggedErrors()) {
                for (String how : List.of("throw", "later", "http", "view", "unencodable")) {
                    TestSocket socket = app.open("/ws").sendText(how);
                    assertThat(socket).wasClosedWith(1011).hasGot();
                    assertThat(socket.closed().reason()).matches("Internal error \\(correlation id [^ ]+\\)");
                    String id = socket.closed().reason().replaceAll(".* |\\)", "");
                    assertThat(log.lines()).as(how).anyMatch(line -> line.contains(id));
                }
                assertThat(record).hasSize(5).allMatch(line -> line.startsWith("1011 ") && !line.contains("MARKER"));
            }
        }

        @Test
        void that_fail_are_answered_by_its_own_error_handler_and_then_by_those_of_its_scopes() {
            Blueprint bp = Blueprint.named("bp")
                    .error(
                            IllegalArgumentException.class,
                            (exchange, e) -> Response.of(422, Map.of("scope", e.getMessage())))
                    .websocket(
                            "/ws",
                            ws -> ws.onText((text, ctx) -> {
                                        throw text.equals("own")
                                                ? new IllegalStateException(text)
                                                : new IllegalArgumentException(text);
                                    })
                                    .onBinary((bytes, ctx) -> {
                                        throw new HttpException(409, "for you");
                                    })
                                    .onError((exchange, e) ->
                                            e instanceof IllegalStateException ? Map.of("own", e.getMessage()) : null))
                    .build();
            try (TestApp app = TestApp.of(bp)) {
                TestSocket socket =
                        app.open("/ws").sendText("own").sendText("other").sendBinary(new byte[0]);
                assertThat(socket.next()).isText("{\"own\":\"own\"}");
                assertThat(socket.next()).isText("{\"scope\":\"other\"}");
                assertThat(socket.next().json().path("detail").stringValue()).isEqualTo("for you");
                assertThat(socket).isOpen();
            }
        }

        @Test
        void run_through_the_interceptors_of_the_scopes() {
            Blueprint bp = Blueprint.named("bp")
                    .intercept((exchange, next) -> {
                        record.add(exchange.operation());
                        return next.proceed();
                    })
                    .websocket("/ws", echo(), r -> r.name("echo"))
                    .build();
            try (TestApp app = TestApp.of(bp)) {
                app.open("/ws").sendText("a").sendText("b");
                assertThat(record).containsExactly("bp.echo", "bp.echo", "bp.echo");
            }
        }

        @Test
        void are_limited() {
            App app = App.named("app")
                    .websocket("/ws", echo())
                    .sockets(SocketOptions.builder()
                            .rateLimit(1, java.time.Duration.ofHours(1))
                            .build())
                    .build();
            try (TestApp test = TestApp.of(app)) {
                TestSocket socket = test.open("/ws").sendText("a").sendText("b");
                assertThat(socket.next()).isText("a");
                assertThat(socket.next())
                        .hasJson("{\"title\":\"Too Many Requests\",\"status\":429,"
                                + "\"detail\":\"Rate limit exceeded\",\"retryAfter\":3600}");
            }
        }
    }

    @Nested
    class Its_beginning_and_end {

        @Test
        void are_seen_by_its_hooks_in_order() {
            Blueprint bp = Blueprint.named("bp")
                    .websocket(
                            "/ws",
                            ws -> ws.onOpen(ctx -> {
                                        record.add("open " + ctx.socket().isOpen());
                                        ctx.socket().join("r");
                                        return "hello";
                                    })
                                    .onText((text, ctx) -> record.add(text))
                                    .onClose((ctx, status) -> record.add("close " + status + " "
                                            + ctx.socket().rooms())))
                    .build();
            try (TestApp app = TestApp.of(bp)) {
                TestSocket socket = app.open("/ws").sendText("a");
                assertThat(app.app().sockets().room("r").members()).hasSize(1);
                socket.close(4000, "bye");
                assertThat(record).containsExactly("open true", "a", "close CloseStatus[code=4000, reason=bye] []");
                assertThat(app.app().sockets().room("r").members()).isEmpty();
            }
        }

        @Test
        void may_be_refused_when_it_is_open() {
            Blueprint bp = Blueprint.named("bp")
                    .websocket(
                            "/ws",
                            ws -> ws.onOpen(ctx -> switch (ctx.handshake().queryParam("how")) {
                                case "close" -> throw new SocketCloseException(4000, "no");
                                case "status" -> throw new HttpException(403, "not you");
                                case "response" -> Response.of(409, Map.of("not", "now"));
                                default -> throw new IllegalStateException("MARKER");
                            }))
                    .build();
            try (TestApp app = TestApp.of(bp)) {
                assertThat(app.open("/ws?how=close")).wasClosedWith(4000, "no").hasGot();
                TestSocket status = app.open("/ws?how=status");
                assertThat(status.next().json().path("detail").stringValue()).isEqualTo("not you");
                assertThat(status).wasClosedWith(1008);
                assertThat(app.open("/ws?how=response")).wasClosedWith(1008).hasGot("{\"not\":\"now\"}");
                TestSocket failed = app.open("/ws?how=fail");
                assertThat(failed).wasClosedWith(1011).hasGot();
                assertThat(failed.closed().reason()).doesNotContain("MARKER");
            }
        }
    }
}
