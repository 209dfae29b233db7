/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.testkit;

import static dev.cyanotype.testkit.CyanotypeAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cyanotype.App;
import dev.cyanotype.Blueprint;
import dev.cyanotype.socket.Presence;
import dev.cyanotype.socket.Room;
import dev.cyanotype.socket.Socket;
import dev.cyanotype.socket.SocketOptions;
import dev.cyanotype.socket.Sockets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What an app does with its websockets. */
class SocketsTest {

    private final List<String> record = new ArrayList<>();

    private final Blueprint chat = Blueprint.named("chat")
            .socket("echo", ctx -> ctx.data())
            .socketDisconnect((ctx, status) -> record.add("gone " + status.code()))
            .websocket("/feed", ws -> ws.onText((text, ctx) -> text), r -> r.name("feed"))
            .websocket("/nameless", ws -> ws.onText((text, ctx) -> text))
            .get("/", ctx -> "", r -> r.name("home"))
            .build();

    private final TestApp app = TestApp.of(App.named("sockets")
            .register(chat)
            .sockets(SocketOptions.builder().clientIds(h -> h.queryParam("as")).build())
            .build());
    private final Sockets sockets = app.app().sockets();

    @AfterEach
    void stop() {
        app.close();
    }

    private static String message(String type, String data) {
        return "{\"type\":\"" + type + "\",\"data\":" + data + "}";
    }

    @Nested
    class Sending {

        private final TestSocket ann = app.open("/ws?as=ann");
        private final TestSocket bob = app.open("/ws?as=bob");
        private final TestSocket feed = app.open("/feed?as=feed");
        private final TestSocket nameless = app.open("/nameless?as=nameless");

        @Test
        void to_all_reaches_the_socket_for_messages_only() {
            assertThat(sockets.all().send(1)).isEqualTo(2);
            assertThat(sockets.all().send("news", null)).isEqualTo(2);
            assertThat(ann).hasGot(message("broadcast", "1"), message("news", "null"));
            assertThat(bob).hasGot(message("broadcast", "1"), message("news", "null"));
            assertThat(feed).hasGot();
            assertThat(nameless).hasGot();
        }

        @Test
        void to_an_endpoint_reaches_its_clients_only() {
            assertThat(sockets.endpoint("chat.feed").send("text")).isEqualTo(1);
            assertThat(sockets.endpoint("chat.feed").send("type", "text")).isEqualTo(1);
            assertThat(feed).hasGot("text", message("type", "\"text\""));
            assertThat(nameless).hasGot();
            assertThat(ann).hasGot();
        }

        @Test
        void to_an_endpoint_that_is_none_is_an_error() {
            for (String name : List.of("feed", "chat.home", "chat", "")) {
                assertThatThrownBy(() -> sockets.endpoint(name))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessage("sockets: no websocket has the name '" + name
                                + "' (expected: a full name, e.g. 'news.feed'). Name one with r -> r.name(…).");
            }
        }

        @Test
        void to_some_reaches_those_that_are_there() {
            assertThat(sockets.to("ann", "feed", "nobody").send("hi")).isEqualTo(2);
            assertThat(sockets.to(List.of("bob", "bob", "nobody")).send("ho")).isEqualTo(1);
            assertThat(sockets.to().send("no")).isZero();
            assertThat(ann).hasGot(message("message", "\"hi\""));
            assertThat(feed).hasGot("hi");
            assertThat(bob).hasGot(message("message", "\"ho\""));
        }

        @Test
        void can_leave_some_out_and_leaves_the_audience_as_it_was() {
            var all = sockets.all();
            var rest = all.except("ann").except("nobody");
            assertThat(rest.send(1)).isEqualTo(1);
            assertThat(all.send(2)).isEqualTo(2);
            assertThat(all.except("ann", "bob").send(3)).isZero();
            assertThat(ann).hasGot(message("broadcast", "2"));
            assertThat(bob).hasGot(message("broadcast", "1"), message("broadcast", "2"));
            assertThat(rest).hasToString("Audience[All[] except " + java.util.Set.of("ann", "nobody") + "]");
        }

        @Test
        void does_not_reach_one_that_has_gone() {
            bob.vanish();
            assertThat(sockets.all().send(1)).isEqualTo(1);
            assertThat(sockets.to("bob").send(1)).isZero();
        }

        @Test
        void what_can_not_be_encoded_reaches_nobody() {
            Object broken = new Object() {
                @SuppressWarnings("unused")
                public String getName() {
                    throw new IllegalStateException("no name");
                }
            };
            assertThatThrownBy(() -> sockets.all().send(broken)).hasRootCauseMessage("no name");
            assertThat(ann).hasGot();
            assertThat(ann).isOpen();
        }

        @Test
        void of_nothing_is_refused() {
            assertThatThrownBy(() -> sockets.all().send(null)).hasMessage("data");
            assertThatThrownBy(() -> sockets.all().send(null, 1)).hasMessage("type");
            assertThatThrownBy(() -> sockets.client("ann").orElseThrow().send(null))
                    .hasMessage("data");
            assertThatThrownBy(() -> sockets.room("")).hasMessage("sockets: the room's name is empty");
            assertThatThrownBy(() -> sockets.room(null)).hasMessage("room");
        }
    }

    @Nested
    class Rooms {

        private final TestSocket ann = app.open("/ws?as=ann");
        private final TestSocket feed = app.open("/feed?as=feed");
        private final Room room = sockets.room("r");

        private Socket socket(String id) {
            return sockets.client(id).orElseThrow();
        }

        @Test
        void have_members_of_both_kinds_that_come_and_go() {
            assertThat(room.send("nobody")).isZero();
            socket("ann").join("r");
            socket("ann").join("r");
            socket("feed").join("r", Map.of("n", 1));
            assertThat(room.name()).isEqualTo("r");
            assertThat(room.members()).containsExactlyInAnyOrder("ann", "feed");
            assertThat(socket("ann").rooms()).containsExactly("r");
            assertThat(room.send("x")).isEqualTo(2);
            socket("ann").leave("r");
            socket("ann").leave("r");
            socket("ann").leave("other");
            assertThat(room.send("t", 1)).isEqualTo(1);
            assertThat(ann).hasGot(message("message", "\"x\""));
            assertThat(feed).hasGot("x", message("t", "1"));
        }

        @Test
        void show_who_is_there_and_what_was_said_last() {
            socket("ann").join("r");
            socket("feed").join("r", Map.of("n", 1));
            socket("feed").join("r", Map.of("n", 2));
            assertThat(room.presence())
                    .extracting(Presence::clientId, p -> String.valueOf(p.about()))
                    .containsExactlyInAnyOrder(
                            org.assertj.core.groups.Tuple.tuple("ann", "null"),
                            org.assertj.core.groups.Tuple.tuple("feed", "{\"n\":2}"));
            feed.vanish();
            assertThat(room.presence()).extracting(Presence::clientId).containsExactly("ann");
        }

        @Test
        void are_left_by_one_that_closes_in_whatever_way() {
            app.open("/ws?as=eve");
            List.of("ann", "feed", "eve").forEach(id -> socket(id).join("r"));
            ann.close();
            feed.vanish();
            sockets.disconnect("eve", 4000, "");
            assertThat(room.members()).isEmpty();
        }
    }

    @Nested
    class Clients {

        @Test
        void are_counted_and_found() {
            assertThat(sockets.count()).isZero();
            TestSocket ann = app.open("/ws?as=ann");
            app.open("/feed?as=feed");
            assertThat(sockets.count()).isEqualTo(2);
            assertThat(sockets.clients()).extracting(Socket::id).containsExactlyInAnyOrder("ann", "feed");
            assertThat(sockets.client("nobody")).isEmpty();
            ann.close();
            assertThat(sockets.count()).isEqualTo(1);
        }

        @Test
        void know_about_themselves() {
            Instant begin = app.clock().instant();
            TestSocket ann = app.open("/ws?as=ann").send("echo", 1);
            app.clock().advance(Duration.ofSeconds(2));
            ann.send("echo", 2);
            app.clock().advance(Duration.ofSeconds(3));
            Socket socket = sockets.client("ann").orElseThrow();
            assertThat(socket.connectedAt()).isEqualTo(begin);
            assertThat(socket.lastActivity()).isEqualTo(begin.plusSeconds(2));
            assertThat(socket.messagesReceived()).isEqualTo(2);
            assertThat(socket.messagesSent()).isEqualTo(2);
            assertThat(socket.pendingBytes()).isZero();
            assertThat(socket.isOpen()).isTrue();
            assertThat(socket).hasToString("Socket[ann]");
            ann.close();
            assertThat(socket.isOpen()).isFalse();
            assertThat(socket.send(1)).isFalse();
            socket.close(1000, "");
            socket.join("r");
            assertThat(socket.rooms()).isEmpty();
        }

        @Test
        void can_be_disconnected() {
            TestSocket ann = app.open("/ws?as=ann");
            assertThat(sockets.disconnect("ann", 4000, "out")).isTrue();
            assertThat(ann).wasClosedWith(4000, "out");
            assertThat(record).containsExactly("gone 4000");
            assertThat(sockets.disconnect("ann", 4000, "out")).isFalse();
            assertThatThrownBy(() -> sockets.disconnect("ann", 1006, "")).isInstanceOf(IllegalArgumentException.class);
        }

        @Test
        void that_do_not_read_are_disconnected_too() {
            TestSocket ann = app.open("/ws?as=ann").pause();
            sockets.to("ann").send(1);
            sockets.disconnect("ann", 4000, "out");
            assertThat(ann).wasClosedWith(4000, "out");
        }
    }

    @Nested
    class The_end {

        @Test
        void is_told_to_clients() {
            TestSocket ann = app.open("/ws?as=ann");
            TestSocket feed = app.open("/feed?as=feed");
            app.app().stop(Duration.ofSeconds(5));
            assertThat(ann)
                    .hasGot("{\"type\":\"server_shutdown\",\"data\":{\"message\":\"Server shutting down\"}}")
                    .wasClosedWith(1001, "");
            assertThat(feed).hasGot().wasClosedWith(1001, "");
            assertThat(record).containsExactly("gone 1001");
            assertThat(sockets.count()).isZero();
        }

        @Test
        void lets_hooks_that_see_clients_go_still_publish() {
            App leaving = App.named("leaving")
                    .socketDisconnect((ctx, status) -> ctx.broadcast("left", Map.of("code", status.code())))
                    .listen("left", (message, ctx) -> record.add("heard " + message))
                    .build();
            TestApp test = TestApp.of(leaving);
            test.open("/ws");
            test.close();
            assertThat(test.broadcasts("left"))
                    .singleElement()
                    .satisfies(message -> assertThat(message.message()).hasToString("{\"code\":1001}"));
            assertThat(record).containsExactly("heard {\"code\":1001}");
        }

        @Test
        void waits_for_messages_and_calls_under_way() {
            CompletableFuture<Object> message = new CompletableFuture<>();
            CompletableFuture<Object> call = new CompletableFuture<>();
            App slow = App.named("slow")
                    .socket("wait", ctx -> message)
                    .action("wait", ctx -> call)
                    .sockets(SocketOptions.builder()
                            .gateway(gateway -> gateway.service("slow"))
                            .build())
                    .build();
            TestApp test = TestApp.of(slow);
            TestSocket first = test.open("/ws").send("wait", null);
            TestSocket second = test.open("/ws")
                    .sendText(
                            "{\"type\":\"publish\",\"channel\":\"slow\",\"data\":{\"action\":\"wait\",\"request_id\":\"r\"}}");
            CompletableFuture<Void> stop =
                    CompletableFuture.runAsync(() -> test.app().stop(Duration.ofSeconds(60)));
            Awaitility.await().until(() -> test.websocket("/ws").refused().status() == 503);
            assertThat(first).isOpen();
            assertThat(second).isOpen();
            message.complete("done");
            assertThat(first).isOpen();
            call.complete("called");
            stop.join();

            assertThat(first.next()).hasType("response").hasData("\"done\"");
            assertThat(first.next()).hasType("server_shutdown");
            assertThat(second.next())
                    .hasJson("{\"type\":\"response\",\"request_id\":\"r\",\"success\":true,\"data\":\"called\"}");
            assertThat(second.next()).hasType("server_shutdown");
            assertThat(first).wasClosedWith(1001);
        }
    }
}
