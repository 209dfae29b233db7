/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.testkit;

import static dev.cyanotype.testkit.CyanotypeAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cyanotype.App;
import dev.cyanotype.Blueprint;
import dev.cyanotype.exchange.Attribute;
import dev.cyanotype.exchange.HttpException;
import dev.cyanotype.exchange.Problem;
import dev.cyanotype.exchange.Response;
import dev.cyanotype.json.JsonOptions;
import dev.cyanotype.socket.SocketCloseException;
import dev.cyanotype.socket.SocketContext;
import dev.cyanotype.socket.Sockets;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** What the socket for messages makes of what clients send. */
class SocketMessagesTest {

    private final List<String> record = new ArrayList<>();

    private final Blueprint messages = Blueprint.named("messages")
            .socket("echo", SocketContext::data)
            .socket("nothing", ctx -> null)
            .socket("refuse", ctx -> {
                throw new HttpException(400, "ws kaboom");
            })
            .socket("viaprog", ctx -> {
                Map<String, Object> progress = new LinkedHashMap<>();
                progress.put("p", 1);
                progress.put("progress_percentage", 33);
                ctx.progress(progress);
                return null;
            })
            .socket("bc", ctx -> Map.of("told", ctx.sockets().all().send(Map.of("msg", ctx.data()))))
            .socketConnect(ctx -> {
                record.add("connect");
                return null;
            })
            .socketDisconnect((ctx, status) -> record.add("disconnect"))
            .socketRegister(ctx -> Map.of("registered", ctx.data().path("name")))
            .build();

    record Vector(String name, String send, List<String> got) {

        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Vector> vectors() throws IOException {
        try (InputStream in = SocketMessagesTest.class.getResourceAsStream("/wire/sockets.json")) {
            JsonNode all = TestJson.parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
            return all.valueStream()
                    .map(vector -> new Vector(
                            vector.path("name").stringValue(),
                            vector.path("send").stringValue(),
                            vector.path("got")
                                    .valueStream()
                                    .map(JsonNode::stringValue)
                                    .toList()));
        }
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void frames_are_those_of_the_wire(Vector vector) {
        try (TestApp app = TestApp.of(messages)) {
            TestSocket socket = app.open("/ws");
            socket.sendText(vector.send);
            assertThat(socket).isOpen().hasGot(vector.got.toArray(String[]::new));

            // The kind of frame makes no difference.
            TestSocket binary = app.open("/ws");
            socket.close();
            binary.sendBinary(vector.send.getBytes(StandardCharsets.UTF_8));
            assertThat(binary).isOpen().hasGot(vector.got.toArray(String[]::new));
            assertThat(record).containsExactly("connect", "connect", "disconnect");
        }
    }

    @Test
    void bytes_that_are_no_text_are_no_json() {
        try (TestApp app = TestApp.of(messages)) {
            TestSocket socket = app.open("/ws");
            socket.sendBinary(new byte[] {'"', (byte) 0xc3, '"'}).sendBinary(new byte[0]);
            assertThat(socket.next()).isError("Invalid JSON");
            assertThat(socket.next()).isError("Invalid JSON");
        }
    }

    @Test
    void deep_and_large_messages_are_refused_and_the_socket_stays_open() {
        App small = App.named("small")
                .register(messages)
                .json(JsonOptions.builder().maxDocumentBytes(5000).build())
                .build();
        try (TestApp app = TestApp.of(small)) {
            TestSocket socket = app.open("/ws");
            socket.sendText("[".repeat(2000) + "]".repeat(2000));
            assertThat(socket.next()).isError("Invalid JSON");
            socket.sendText("{\"type\":\"echo\",\"data\":\"" + "x".repeat(5000) + "\"}");
            assertThat(socket.next()).isError("Message is too large");
            assertThat(socket).isOpen();
        }
    }

    @Test
    void a_long_type_is_shown_in_part() {
        try (TestApp app = TestApp.of(messages)) {
            TestSocket socket = app.open("/ws");
            socket.send("x".repeat(99) + "😀".repeat(10), null);
            assertThat(socket.next().json().path("error").stringValue())
                    .startsWith("No handler found for message type '" + "x".repeat(99))
                    .hasSizeLessThan(150);
        }
    }

    @Test
    void answers_may_be_responses_whose_headers_nobody_sees() {
        Blueprint answers = Blueprint.named("answers")
                .socket("created", ctx -> Response.created(Map.of("id", 1)).header("X-Secret", "s"))
                .socket("text", ctx -> Response.text("hi"))
                .socket("empty", ctx -> Response.empty())
                .socket("empty 404", ctx -> Response.of(404))
                .socket("conflict", ctx -> Response.of(409, Map.of("error", "exists", "by", "Ann")))
                .socket("list", ctx -> Response.of(400, List.of(1)))
                .socket("problem", ctx -> Response.problem(Problem.of(403).detail("Not yours")))
                .socket("none", ctx -> Optional.empty())
                .socket("some", ctx -> Optional.of(7))
                .socket("later", ctx -> CompletableFuture.completedFuture(Response.of(409, "taken")))
                .build();
        try (TestApp app = TestApp.of(answers)) {
            TestSocket socket = app.open("/ws");
            List.of("created", "text", "empty", "empty 404", "conflict", "list", "problem", "none", "some", "later")
                    .forEach(type -> socket.send(type, null));
            assertThat(socket.frames().get(3).data().path("error").isString()).isTrue();
            assertThat(socket.next()).isText("{\"type\":\"response\",\"data\":{\"id\":1}}");
            assertThat(socket.next()).isText("{\"type\":\"response\",\"data\":\"hi\"}");
            assertThat(socket.next()).hasType("error").hasData("{\"error\":\"Error 404\",\"details\":{}}");
            assertThat(socket.next()).hasType("error").hasData(Map.of("error", "exists", "by", "Ann"));
            assertThat(socket.next()).hasType("error").hasData("{\"error\":\"Error 400\",\"details\":[1]}");
            assertThat(socket.next()).isError("Not yours");
            assertThat(socket.next()).hasType("error");
            assertThat(socket.next()).isText("{\"type\":\"response\",\"data\":7}");
            assertThat(socket.next()).isError("taken");
        }
    }

    @Test
    void bodies_that_are_no_message_are_an_error_that_says_so_in_the_log_only() {
        Blueprint bodies = Blueprint.named("bodies")
                .socket("view", ctx -> Response.view("marker.html"))
                .socket("bytes", ctx -> Response.bytes("image/png", new byte[] {1}))
                .socket("stream", ctx -> Response.stream("text/plain", out -> out.write('x')))
                .build();
        try (TestApp app = TestApp.of(bodies);
                LoggedErrors log = new LoggedErrors()) {
            TestSocket socket = app.open("/ws");
            for (String type : List.of("view", "bytes", "stream")) {
                socket.send(type, null, 7);
                TestFrame frame = socket.next();
                assertThat(frame.text())
                        .startsWith("{\"type\":\"error\",\"data\":{\"error\":\"Internal Server Error (correlation id ")
                        .endsWith(")\"},\"id\":7}")
                        .doesNotContain("marker");
            }
            assertThat(log.causes())
                    .containsExactly(
                            "socket bodies.view: a VIEW body can't be a reply (expected: JSON or text)",
                            "socket bodies.bytes: a BYTES body can't be a reply (expected: JSON or text)",
                            "socket bodies.stream: a STREAM body can't be a reply (expected: JSON or text)");
        }
    }

    @Test
    void data_are_decoded_and_a_mistake_is_the_clients() {
        record Point(int x, int y) {}
        Blueprint typed = Blueprint.named("typed")
                .socket("point", Point.class, (point, ctx) -> point.x() + point.y())
                .socket("whole", ctx -> ctx.type() + " " + ctx.data(Point.class).x())
                .build();
        try (TestApp app = TestApp.of(typed)) {
            TestSocket socket = app.open("/ws");
            socket.send("point", Map.of("x", 1, "y", 2)).send("whole", Map.of("x", 3));
            assertThat(socket.next()).hasData(3);
            assertThat(socket.next()).isText("{\"type\":\"response\",\"data\":\"whole 3\"}");
            socket.send("point", Map.of("x", "secret"));
            assertThat(socket.next()).isError("the data does not have the expected form: see 'x'");
            socket.send("point", "null");
            assertThat(socket.next()).isError("the data is null");
            assertThat(socket).isOpen();
        }
    }

    @Test
    void answers_that_come_later_keep_the_order_of_each_client_and_hold_up_no_other() {
        Map<Integer, CompletableFuture<Object>> answers = new LinkedHashMap<>();
        Blueprint later = Blueprint.named("later")
                .socket("wait", ctx -> {
                    record.add(ctx.clientId() + " waits");
                    return answers.computeIfAbsent(ctx.data().intValue(), n -> new CompletableFuture<>());
                })
                .socket("now", ctx -> "now")
                .build();
        try (TestApp app = TestApp.of(later)) {
            TestSocket one = app.open("/ws");
            TestSocket two = app.open("/ws");
            one.send("wait", 1).send("now", null).send("wait", 2).send("now", null);
            two.send("now", null);
            assertThat(one.frames()).isEmpty();
            assertThat(two.next()).hasData("\"now\"");
            assertThat(answers).containsOnlyKeys(1);

            answers.get(1).complete("first");
            assertThat(answers).containsOnlyKeys(1, 2);
            answers.get(2).completeExceptionally(new HttpException(409, "second"));

            assertThat(one.next()).hasData("\"first\"");
            assertThat(one.next()).hasData("\"now\"");
            assertThat(one.next()).isError("second");
            assertThat(one.next()).hasData("\"now\"");
        }
    }

    @Test
    void an_answer_that_comes_after_the_client_has_gone_is_dropped() {
        CompletableFuture<Object> answer = new CompletableFuture<>();
        Blueprint later = Blueprint.named("later")
                .socket("wait", ctx -> answer)
                .socketDisconnect(
                        (ctx, status) -> record.add("gone " + ctx.socket().send("x") + " " + status.code()))
                .build();
        try (TestApp app = TestApp.of(later)) {
            TestSocket socket = app.open("/ws").send("wait", null);
            socket.vanish();
            assertThat(record).isEmpty();
            answer.complete("late");
            assertThat(record).containsExactly("gone false 1006");
            assertThat(socket.frames()).isEmpty();
        }
    }

    @Test
    void interceptors_and_error_handlers_of_the_scopes_stand_around_messages() {
        Blueprint inner = Blueprint.named("inner")
                .intercept((exchange, next) -> {
                    record.add("inner " + exchange.operation());
                    return next.proceed();
                })
                .error(IllegalStateException.class, (exchange, e) -> Map.of("taken", e.getMessage()))
                .socket("ok", ctx -> "ok")
                .socket("state", ctx -> {
                    throw new IllegalStateException("here");
                })
                .socket("argument", ctx -> {
                    throw new IllegalArgumentException("there");
                })
                .build();
        Blueprint outer = Blueprint.named("outer")
                .before(ctx -> {
                    record.add("before " + ctx.path());
                    return null;
                })
                .intercept((exchange, next) -> {
                    record.add("outer");
                    Object result = next.proceed();
                    return "ok".equals(result) ? "changed" : result;
                })
                .error(IllegalArgumentException.class, (exchange, e) -> Response.of(422, "no " + e.getMessage()))
                .register(inner)
                .build();
        try (TestApp app = TestApp.of(outer)) {
            TestSocket socket = app.open("/ws");
            assertThat(record).isEmpty();
            socket.send("ok", null).send("state", null).send("argument", null);
            assertThat(socket.next()).hasData("\"changed\"");
            assertThat(socket.next())
                    .hasType("error")
                    .hasData("{\"error\":\"Error 500\",\"details\":{\"taken\":\"here\"}}");
            assertThat(socket.next()).hasType("error").isError("no there");
            assertThat(record).hasSize(6).startsWith("outer", "inner outer.inner.ok");
        }
    }

    @Test
    void attributes_of_before_hooks_and_connect_hooks_are_seen_in_messages() {
        Attribute<String> user = Attribute.named("user", String.class);
        Attribute<String> role = Attribute.named("role", String.class);
        Attribute<String> own = Attribute.named("own", String.class);
        App app = App.named("attributes")
                .before(ctx -> {
                    ctx.attribute(user, "Ann");
                    return null;
                })
                .socketConnect(ctx -> {
                    ctx.socket().attribute(role, "admin of " + ctx.attribute(user));
                    return null;
                })
                .socket("who", ctx -> {
                    String before = ctx.attribute(own);
                    ctx.attribute(own, "mine");
                    return ctx.attribute(user) + ", " + ctx.attribute(role) + ", " + before + ", " + ctx.attribute(own)
                            + ", " + ctx.socket().attribute(own);
                })
                .socket("forget", ctx -> {
                    ctx.socket().attribute(role, null);
                    return ctx.attribute(role);
                })
                .build();
        try (TestApp test = TestApp.of(app)) {
            TestSocket socket = test.open("/ws");
            socket.send("who", null).send("who", null).send("forget", null).send("who", null);
            assertThat(socket.next()).hasData("\"Ann, admin of Ann, null, mine, null\"");
            assertThat(socket.next()).hasData("\"Ann, admin of Ann, null, mine, null\"");
            assertThat(socket.next()).hasData("\"Ann, null, null, mine, null\"");
        }
    }

    @Test
    void a_handler_closes_with_a_code_behind_what_it_has_sent() {
        Blueprint closing = Blueprint.named("closing")
                .socket("end", ctx -> {
                    ctx.socket().send("last", 1);
                    throw new SocketCloseException(4000, "done");
                })
                .socket("close", ctx -> {
                    ctx.socket().close(1000, "");
                    return "unsaid";
                })
                .build();
        try (TestApp app = TestApp.of(closing)) {
            assertThat(app.open("/ws").send("end", null))
                    .wasClosedWith(4000, "done")
                    .hasGot("{\"type\":\"last\",\"data\":1}");
            assertThat(app.open("/ws").send("close", null))
                    .wasClosedWith(1000, "")
                    .hasGot();
        }
    }

    @Test
    void an_unexpected_error_shows_only_an_id_that_the_log_has_too() {
        Blueprint failing = Blueprint.named("failing")
                .socket("fail", ctx -> {
                    throw new IllegalStateException("MARKER");
                })
                .socket("fail later", ctx -> CompletableFuture.failedFuture(new IOException("MARKER")))
                .socket("circle", ctx -> new Object() {
                    @SuppressWarnings("unused")
                    public String getName() {
                        throw new IllegalStateException("MARKER");
                    }
                })
                .build();
        try (TestApp app = TestApp.of(failing);
                LoggedErrors log = new LoggedErrors()) {
            TestSocket socket = app.open("/ws");
            for (String type : List.of("fail", "fail later", "circle")) {
                TestFrame frame = socket.send(type, null).next();
                assertThat(frame.text()).doesNotContain("MARKER");
                String text = frame.data().path("error").stringValue();
                assertThat(text).matches("Internal Server Error \\(correlation id [^ ]+\\)");
                String id = text.substring(text.lastIndexOf(' ') + 1, text.length() - 1);
                assertThat(log.lines()).anyMatch(line -> line.contains(id));
            }
            assertThat(socket).isOpen();
        }
    }

    @Test
    void routes_reach_the_websockets_of_their_app() {
        Blueprint both = Blueprint.named("both")
                .socket("x", ctx -> null)
                .post("/tell", ctx -> Map.of("told", Sockets.of(ctx).all().send("news", 1)))
                .build();
        try (TestApp app = TestApp.of(both)) {
            TestSocket socket = app.open("/ws");
            assertThat(app.post("/tell", Map.of())).hasJson(Map.of("told", 1));
            assertThat(socket).hasGot("{\"type\":\"news\",\"data\":1}");
        }
    }
}
