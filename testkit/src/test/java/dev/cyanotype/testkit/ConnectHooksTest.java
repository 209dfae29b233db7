/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.testkit;

import static dev.cyanotype.testkit.CyanotypeAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cyanotype.App;
import dev.cyanotype.Blueprint;
import dev.cyanotype.exchange.HttpException;
import dev.cyanotype.exchange.Response;
import dev.cyanotype.socket.ConnectHook;
import dev.cyanotype.socket.SlowClientPolicy;
import dev.cyanotype.socket.SocketCloseException;
import dev.cyanotype.socket.SocketOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Who comes in to the socket for messages, and what runs when clients come and go. */
class ConnectHooksTest {

    private final List<String> record = new ArrayList<>();

    private Blueprint.Builder noting(String name) {
        return Blueprint.named(name)
                .socketConnect(ctx -> {
                    record.add("+" + name + " of " + ctx.blueprint());
                    return name;
                })
                .socketDisconnect((ctx, status) -> record.add("-" + name + " " + status.code()));
    }

    private static TestApp app(ConnectHook hook) {
        return TestApp.of(Blueprint.named("one").socketConnect(hook).build());
    }

    private static String response(String data) {
        return "{\"type\":\"response\",\"data\":\"" + data + "\"}";
    }

    @Nested
    class Hooks {

        @Test
        void run_the_apps_first_and_then_in_mounting_order_and_backwards_when_a_client_goes() {
            Blueprint c = noting("c").build();
            App app = App.named("all")
                    .register(noting("a").register(c).build())
                    .register(noting("b").build())
                    .register(c, mount -> mount.prefix("/again").named("again"))
                    .socketConnect(ctx -> {
                        record.add("+app");
                        return null;
                    })
                    .socketDisconnect((ctx, status) -> record.add("-app " + status.code()))
                    .build();
            try (TestApp test = TestApp.of(app)) {
                TestSocket socket = test.open("/ws");
                assertThat(socket).hasGot(response("a"), response("c"), response("b"));
                socket.close(4000, "");
                assertThat(record)
                        .containsExactly(
                                "+app",
                                "+a of a",
                                "+c of a.c",
                                "+b of b",
                                "-b 4000",
                                "-c 4000",
                                "-a 4000",
                                "-app 4000");
            }
        }

        @Test
        void of_an_app_that_declares_nothing_else_open_the_socket() {
            try (TestApp test = app(ctx -> null)) {
                assertThat(test.open("/ws")).isOpen().hasGot();
            }
        }

        @Test
        void come_before_what_they_send_or_what_reaches_a_room_that_they_joined() {
            Blueprint rooms = Blueprint.named("rooms")
                    .socketConnect(ctx -> {
                        ctx.socket().join("r");
                        ctx.socket().send("early", 1);
                        ctx.sockets()
                                .room("r")
                                .send("room", ctx.sockets().room("r").members().size());
                        assertThat(ctx.socket().isOpen()).isFalse();
                        return "first";
                    })
                    .socketConnect(ctx -> {
                        ctx.socket().send("early", 2);
                        return "second";
                    })
                    .build();
            try (TestApp test = TestApp.of(rooms)) {
                assertThat(test.open("/ws"))
                        .hasGot(
                                response("first"),
                                response("second"),
                                "{\"type\":\"early\",\"data\":1}",
                                "{\"type\":\"room\",\"data\":1}",
                                "{\"type\":\"early\",\"data\":2}");
            }
        }

        @Test
        void may_answer_later_one_after_the_other() {
            CompletableFuture<Object> first = new CompletableFuture<>();
            Blueprint later = Blueprint.named("later")
                    .socketConnect(ctx -> {
                        record.add("1");
                        return first;
                    })
                    .socketConnect(ctx -> {
                        record.add("2");
                        return CompletableFuture.completedFuture(Response.of(200, Map.of("b", 2)));
                    })
                    .build();
            try (TestApp test = TestApp.of(later)) {
                CompletableFuture<TestSocket> opening = CompletableFuture.supplyAsync(() -> test.open("/ws"));
                org.awaitility.Awaitility.await().until(() -> record.contains("1"));
                assertThat(opening).isNotDone();
                assertThat(record).containsExactly("1");
                first.complete(Map.of("a", 1));
                assertThat(opening.join())
                        .hasGot(
                                "{\"type\":\"response\",\"data\":{\"a\":1}}",
                                "{\"type\":\"response\",\"data\":{\"b\":2}}");
            }
        }

        @Test
        void that_fail_when_a_client_goes_do_not_keep_others_from_running() {
            Blueprint failing = Blueprint.named("failing")
                    .socketDisconnect((ctx, status) -> record.add("first"))
                    .socketDisconnect((ctx, status) -> {
                        throw new IllegalStateException("MARKER");
                    })
                    .error(IllegalStateException.class, (exchange, e) -> record.add("handled " + e.getMessage()))
                    .build();
            try (TestApp test = TestApp.of(failing)) {
                test.open("/ws").vanish();
                assertThat(record).containsExactly("handled MARKER", "first");
            }
        }

        @Test
        void see_the_handshake() {
            Blueprint shake = Blueprint.named("shake")
                    .socketConnect(ctx -> {
                        var h = ctx.handshake();
                        return List.of(
                                h.path(),
                                Objects.toString(h.queryParam("a")),
                                h.query().all("b"),
                                Objects.toString(h.header("X-A")),
                                Objects.toString(h.cookie("c")),
                                h.host(),
                                h.scheme(),
                                h.pathParams(),
                                h.toString());
                    })
                    .socket("again", ctx -> ctx.handshake().header("X-A"))
                    .build();
            try (TestApp test = TestApp.of(shake)) {
                TestSocketRequest request = test.websocket("/ws?a=1&b=2&b=%C3%A9&token=secret")
                        .header("X-A", "x")
                        .header("Cookie", "b=1; c=2")
                        .host("Example.com:8080");
                TestSocket socket = request.open();
                assertThat(socket.next())
                        .hasData(List.of(
                                "/ws",
                                "1",
                                List.of("2", "é"),
                                "x",
                                "2",
                                "example.com",
                                "ws",
                                Map.of(),
                                "Handshake[/ws]"));
                request.header("X-A", "y");
                assertThat(socket.send("again", null).next()).hasData("\"x\"");
            }
        }
    }

    @Nested
    class A_client_is_refused {

        @Test
        void with_the_status_of_an_error() {
            try (TestApp test = app(ctx -> {
                throw new HttpException(401, "No such token");
            })) {
                assertThat(test.websocket("/ws").refused()).isProblem(401).hasJsonAt("/detail", "No such token");
                assertThat(test.app().sockets().count()).isZero();
            }
        }

        @Test
        void with_a_response() {
            try (TestApp test = app(ctx -> Response.of(403, Map.of("no", "way")).header("X-A", "1"))) {
                assertThat(test.websocket("/ws").refused())
                        .hasStatus(403)
                        .hasHeader("X-A", "1")
                        .hasJson(Map.of("no", "way"));
            }
        }

        @Test
        void with_a_response_that_comes_later() {
            try (TestApp test = app(ctx -> CompletableFuture.failedFuture(new HttpException(402, "Pay")))) {
                assertThat(test.websocket("/ws").refused()).isProblem(402);
            }
        }

        @Test
        void by_an_unexpected_error_that_it_does_not_see() {
            try (TestApp test = app(ctx -> {
                throw new IllegalStateException("MARKER");
            })) {
                TestResponse refused = test.websocket("/ws").refused();
                assertThat(refused).isProblem(500);
                assertThat(refused.text()).doesNotContain("MARKER");
            }
        }

        @Test
        void as_the_error_handlers_of_the_hooks_own_scope_say() {
            Blueprint inner = Blueprint.named("inner")
                    .socketConnect(ctx -> {
                        throw new IllegalStateException("no");
                    })
                    .error(IllegalStateException.class, (exchange, e) -> Response.of(418, "inner " + e.getMessage()))
                    .build();
            Blueprint other = Blueprint.named("other")
                    .error(IllegalStateException.class, (exchange, e) -> Response.of(500, "other"))
                    .build();
            try (TestApp test =
                    TestApp.of(other, Blueprint.named("outer").register(inner).build())) {
                assertThat(test.websocket("/ws").refused()).hasStatus(418).hasJson("\"inner no\"");
            }
        }

        @Test
        void but_an_error_handler_may_let_it_in() {
            Blueprint kind = Blueprint.named("kind")
                    .socketConnect(ctx -> {
                        throw new IllegalStateException("no");
                    })
                    .error(IllegalStateException.class, (exchange, e) -> Response.of(200, "all the same"))
                    .build();
            try (TestApp test = TestApp.of(kind)) {
                assertThat(test.open("/ws")).hasGot(response("all the same"));
            }
        }

        @Test
        void with_a_close_code_and_then_gets_nothing_else() {
            Blueprint closing = Blueprint.named("closing")
                    .socketConnect(ctx -> "never seen")
                    .socketConnect(ctx -> {
                        ctx.socket().send("nor this");
                        throw new SocketCloseException(4001, "No such token");
                    })
                    .socketConnect(ctx -> record.add("not run"))
                    .socketDisconnect((ctx, status) -> record.add("not run"))
                    .build();
            try (TestApp test = TestApp.of(closing)) {
                assertThat(test.open("/ws"))
                        .wasClosedWith(4001, "No such token")
                        .hasGot();
                assertThat(record).isEmpty();
                assertThat(test.app().sockets().count()).isZero();
            }
        }

        @Test
        void with_a_close_code_that_comes_later() {
            try (TestApp test = app(ctx -> CompletableFuture.failedFuture(new SocketCloseException(4001, "late")))) {
                assertThat(test.open("/ws")).wasClosedWith(4001, "late");
            }
        }

        @Test
        void by_a_hook_that_closes_it() {
            Blueprint closing = Blueprint.named("closing")
                    .socketConnect(ctx -> {
                        ctx.socket().close(4002, "closed");
                        return "unsaid";
                    })
                    .socketConnect(ctx -> record.add("not run"))
                    .build();
            try (TestApp test = TestApp.of(closing)) {
                assertThat(test.open("/ws")).wasClosedWith(4002, "closed").hasGot();
                assertThat(record).isEmpty();
            }
        }

        @Test
        void by_a_later_hook_and_the_rooms_that_it_has_joined_are_left() {
            Blueprint rooms = Blueprint.named("rooms")
                    .socketConnect(ctx -> {
                        ctx.socket().join("r");
                        return null;
                    })
                    .socketConnect(ctx -> {
                        throw new HttpException(403, "no");
                    })
                    .socketDisconnect((ctx, status) -> record.add("not run"))
                    .build();
            try (TestApp test = TestApp.of(rooms)) {
                assertThat(test.websocket("/ws").refused()).isProblem(403);
                assertThat(test.app().sockets().room("r").members()).isEmpty();
                assertThat(test.app().sockets().room("r").presence()).isEmpty();
                assertThat(record).isEmpty();
            }
        }

        @Test
        void by_a_before_hook_with_a_close_code_before_connect_hooks_run() {
            App app = App.named("closing")
                    .before(ctx -> {
                        throw new SocketCloseException(4003, "before");
                    })
                    .socketConnect(ctx -> record.add("not run"))
                    .get("/http", ctx -> "x")
                    .build();
            try (TestApp test = TestApp.of(app)) {
                assertThat(test.open("/ws")).wasClosedWith(4003, "before");
                assertThat(test.get("/http")).isProblem(500);
                assertThat(record).isEmpty();
            }
        }

        @Test
        void if_there_is_no_room_even_to_be_closed() {
            App app = App.named("same")
                    .before(ctx -> {
                        if (ctx.queryParam("close") != null) {
                            throw new SocketCloseException(4003, "before");
                        }
                        return null;
                    })
                    .socketConnect(ctx -> null)
                    .sockets(
                            SocketOptions.builder().clientIds(handshake -> "me").build())
                    .build();
            try (TestApp test = TestApp.of(app)) {
                test.open("/ws");
                assertThat(test.websocket("/ws?close").refused()).isProblem(409);
            }
        }
    }

    @Nested
    class Ids {

        private TestApp with(SocketOptions.Builder options) {
            return TestApp.of(App.named("ids")
                    .socket("id", ctx -> ctx.clientId())
                    .sockets(options.build())
                    .build());
        }

        @Test
        void are_those_of_daebus_by_default() {
            try (TestApp test = with(SocketOptions.builder())) {
                assertThat(test.open("/ws").send("id", null).next().data().stringValue())
                        .matches("user_[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}");
            }
        }

        @Test
        void may_be_the_apps_own_but_each_only_once_at_a_time() {
            try (TestApp test = with(SocketOptions.builder().clientIds(h -> h.queryParam("as")))) {
                TestSocket ann = test.open("/ws?as=ann");
                assertThat(ann.send("id", null).next()).hasData("\"ann\"");
                assertThat(test.websocket("/ws?as=ann").refused())
                        .isProblem(409)
                        .hasJsonAt("/detail", "A client of this id is connected already");
                assertThat(ann).isOpen();
                assertThat(test.app().sockets().client("ann")).isPresent();
                assertThat(test.app().sockets().client("bob")).isEmpty();
                ann.close();
                test.open("/ws?as=ann");
            }
        }

        @Test
        void that_are_none_are_an_error() {
            AtomicInteger asked = new AtomicInteger();
            try (TestApp test = with(SocketOptions.builder().clientIds(h -> {
                        asked.incrementAndGet();
                        return h.queryParam("as");
                    }));
                    LoggedErrors log = new LoggedErrors()) {
                assertThat(test.websocket("/ws").refused()).isProblem(500);
                assertThat(test.websocket("/ws?as=").refused()).isProblem(500);
                assertThat(log.causes())
                        .containsExactly(
                                "sockets: the generator of client ids returned null (expected: a text). Return one for each client.",
                                "sockets: the generator of client ids returned an empty id (expected: a text). Return one for each client.");
                assertThat(test.app().sockets().count()).isZero();
                assertThat(asked).hasValue(2);
            }
        }
    }

    @Nested
    class Limits {

        private final java.net.InetSocketAddress here = new java.net.InetSocketAddress("127.0.0.1", 1);
        private final java.net.InetSocketAddress hereToo = new java.net.InetSocketAddress("127.0.0.1", 2);
        private final java.net.InetSocketAddress there = new java.net.InetSocketAddress("127.0.0.2", 1);

        private TestApp with(SocketOptions.Builder options) {
            return TestApp.of(App.named("limits")
                    .socketConnect(ctx -> record.add("hook"))
                    .sockets(options.build())
                    .build());
        }

        @Test
        void of_clients() {
            try (TestApp test = with(SocketOptions.builder().maxConnections(2))) {
                TestSocket first = test.open("/ws");
                test.open("/ws");
                TestResponse refused = test.websocket("/ws").refused();
                assertThat(refused).isProblem(503).hasHeader("Retry-After", "5").hasJsonAt("/status", 503);
                assertThat(record).hasSize(2);
                first.vanish();
                test.open("/ws");
                assertThat(test.app().status().counters())
                        .containsEntry("sockets.opened", 3L)
                        .containsEntry("sockets.refused", 1L);
            }
        }

        @Test
        void of_clients_of_one_address() {
            try (TestApp test = with(SocketOptions.builder().maxConnectionsPerAddress(1))) {
                TestSocket first = test.websocket("/ws").remoteAddress(here).open();
                assertThat(test.websocket("/ws").remoteAddress(hereToo).refused())
                        .isProblem(503);
                test.websocket("/ws").remoteAddress(there).open();
                first.close();
                test.websocket("/ws").remoteAddress(hereToo).open();
                assertThat(test.app().sockets().count()).isEqualTo(2);
            }
        }
    }

    @Nested
    class A_client_that_does_not_read {

        private TestApp with(SlowClientPolicy policy) {
            return TestApp.of(App.named("slow")
                    .socket("echo", ctx -> ctx.data())
                    .socketDisconnect((ctx, status) -> record.add(status.code() + " " + status.reason()))
                    .sockets(SocketOptions.builder()
                            .slowClients(policy)
                            .maxPendingBytes(10_000)
                            .build())
                    .build());
        }

        private static String payload(int number) {
            return number + "x".repeat(200);
        }

        private int send(TestApp test, int messages) {
            int taken = 0;
            for (int i = 0; i < messages; i++) {
                taken += test.app().sockets().all().conflatedBy("k").send(payload(i));
            }
            return taken;
        }

        @Test
        void is_closed() {
            try (TestApp test = with(SlowClientPolicy.CLOSE)) {
                TestSocket socket = test.open("/ws").pause();
                TestSocket quick = test.open("/ws");
                assertThat(send(test, 200)).isBetween(200 + 40, 200 + 50);
                assertThat(socket).wasClosedWith(1013, "Too slow");
                assertThat(quick).isOpen();
                assertThat(quick.frames()).hasSize(200);
                assertThat(record).containsExactly("1013 Too slow");
                assertThat(test.app().status().counters()).containsEntry("sockets.slow", 1L);
            }
        }

        @Test
        void misses_the_oldest() {
            try (TestApp test = with(SlowClientPolicy.DROP_OLDEST)) {
                TestSocket socket = test.open("/ws").pause();
                assertThat(send(test, 200)).isEqualTo(200);
                assertThat(test.app().sockets().clients().get(0).pendingBytes()).isBetween(9000L, 10_000L);
                socket.resume();
                assertThat(socket).isOpen();
                List<TestFrame> frames = socket.frames();
                assertThat(frames).hasSizeBetween(40, 50);
                assertThat(frames.get(frames.size() - 1)).hasData("\"" + payload(199) + "\"");
                assertThat(test.app().status().counters()).containsEntry("sockets.dropped", 200L - frames.size());
            }
        }

        @Test
        void gets_the_newest_of_each_key() {
            try (TestApp test = with(SlowClientPolicy.CONFLATE)) {
                TestSocket socket = test.open("/ws").pause();
                // What the transport has already can't be replaced.
                for (int i = 0; i < 64; i++) {
                    test.app().sockets().all().send(i);
                }
                assertThat(send(test, 200)).isEqualTo(200);
                socket.resume();
                assertThat(socket).isOpen();
                assertThat(socket.frames()).hasSize(65);
                assertThat(socket.frames().get(64)).hasData("\"" + payload(199) + "\"");
            }
        }

        @Test
        void is_not_read_from_either() {
            try (TestApp test = with(SlowClientPolicy.CLOSE)) {
                TestSocket socket = test.open("/ws").pause();
                for (int i = 0; i < 200; i++) {
                    socket.send("echo", "\"" + payload(i) + "\"");
                }
                assertThat(test.app().sockets().clients().get(0).pendingBytes()).isLessThan(6000);
                assertThat(socket).isOpen();
                socket.resume();
                assertThat(socket.frames()).hasSize(200);
                for (int i = 0; i < 200; i++) {
                    assertThat(socket.next()).hasData("\"" + payload(i) + "\"");
                }
            }
        }
    }
}
