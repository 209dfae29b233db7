/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.websocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.cyanotype.http.javalin.JavalinHttp;
import dev.cyanotype.http.javalin.JavalinOptions;
import dev.cyanotype.internal.testkit.wire.Answer;
import dev.cyanotype.internal.testkit.wire.RawSocket;
import dev.cyanotype.spi.MountedOperation;
import dev.cyanotype.spi.OperationKind;
import dev.cyanotype.spi.TransportException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SeparatePortIT {

    private record Operation(OperationKind kind) implements MountedOperation {

        @Override
        public String name() {
            return null;
        }

        @Override
        public String address() {
            return "/ws";
        }

        @Override
        public String blueprint() {
            return "chat";
        }

        @Override
        public String source() {
            return "Chat.java:1";
        }
    }

    @Test
    void every_path_is_asked_for() throws Exception {
        try (Host host = Host.startedApart()) {
            assertThat(host.address().toString()).startsWith("ws://127.0.0.1:");
            try (RawSocket client = host.open("/echo/anything?token=abc")) {
                assertThat(host.lastAnyPath).isTrue();
                assertThat(host.peer().request.path()).isEqualTo("/echo/anything");
                client.text("x");
                assertThat(client.read().toString()).isEqualTo("81 x");
                client.closing(1000, "bye");
                assertThat(client.read().closing()).isEqualTo("1000 bye");
            }
        }
    }

    @Test
    void a_plain_request_is_told_to_upgrade() throws Exception {
        try (Host host = Host.startedApart();
                RawSocket client = host.connect()) {
            Answer answer = client.get("/echo");
            assertThat(answer.status()).isEqualTo(426);
            assertThat(answer.header("Upgrade")).isEqualTo("websocket");
            assertThat(answer.header("Content-Type")).isEqualTo("text/plain;charset=utf-8");
            assertThat(answer.header("Server")).isNull();
            assertThat(answer.text()).isEqualTo("Only websockets are served here.\n");
            assertThat(client.ask("/nowhere").text()).isEqualTo("There is no websocket here.\n");
            assertThat(client.ask("/echo").status()).isEqualTo(101);
        }
    }

    @Test
    void a_request_that_jetty_can_not_read_is_answered_without_a_word_about_jetty() throws Exception {
        try (Host host = Host.startedApart();
                RawSocket client = host.connect()) {
            Answer answer = client.get("/echo", "X-Long: " + "x".repeat(20_000));
            assertThat(answer.status()).isEqualTo(431);
            assertThat(answer.text()).isEqualTo("This request can't be answered.\n");
        }
    }

    @Test
    void the_server_of_the_routes_takes_none_then() throws Exception {
        try (Host host = new Host(Map.of("websocket.port", "0"))) {
            host.make(JavalinHttp.with(JavalinOptions.builder().port(0).build()));
            host.make(new Websockets());
            host.start();
            try (RawSocket routes =
                            RawSocket.connect(host.transport("http").address().orElseThrow());
                    RawSocket client = host.open("/echo")) {
                assertThat(routes.ask("/echo").status()).isEqualTo(404);
                client.text("x");
                assertThat(client.read().toString()).isEqualTo("81 x");
            }
        }
    }

    @Test
    void after_its_end_nobody_listens() throws Exception {
        try (Host host = Host.startedApart();
                RawSocket client = host.open("/echo")) {
            Peer peer = host.peer();
            assertThat(peer.next()).isEqualTo("opened");
            URI address = host.address();
            host.transport("websocket").close();
            host.transport("websocket").close();
            assertThat(client.isEnded()).isTrue();
            assertThat(peer.next()).isEqualTo("closed 1006");
            assertThatExceptionOfType(IOException.class).isThrownBy(() -> RawSocket.connect(address));
        }
    }

    @Test
    void a_port_that_is_taken_is_said() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
                Host host = new Host(Map.of("websocket.port", "" + taken.getLocalPort()))) {
            host.make(new Websockets());
            assertThatExceptionOfType(TransportException.class)
                    .isThrownBy(host::start)
                    .withMessage("transport 'websocket' of app 'test' could not listen on port " + taken.getLocalPort()
                            + " of '127.0.0.1': Address already in use. Free the port, or set websocket.port or"
                            + " websocket.host.");
        }
    }

    @Test
    void without_a_server_there_must_be_a_port() throws Exception {
        try (Host host = new Host(Map.of())) {
            host.make(new Websockets());
            host.operations = List.of(new Operation(OperationKind.SOCKET_MESSAGE));
            assertThatExceptionOfType(TransportException.class)
                    .isThrownBy(host::start)
                    .withMessage("transport 'websocket' of app 'test' has no server: no other transport offers one of"
                            + " Javalin's, and websocket.port is not set (expected: one of both). Add"
                            + " dev.cyanotype:cyanotype-http-javalin, or set websocket.port.");
        }
    }

    @Test
    void without_a_server_an_app_that_has_no_websocket_starts() throws Exception {
        try (Host host = new Host(Map.of())) {
            host.make(new Websockets());
            host.start();
            assertThat(host.transport("websocket").address()).isEmpty();
        }
    }

    @Test
    void before_the_start_requests_go_their_usual_way() throws Exception {
        try (Host host = new Host(Map.of())) {
            host.make(JavalinHttp.with(JavalinOptions.builder().port(0).build()));
            host.make(new Websockets());
            host.transport("http").start();
            try (RawSocket client = host.connect()) {
                assertThat(client.ask("/echo").status()).isEqualTo(404);
                host.transport("websocket").start();
                assertThat(client.ask("/echo").status()).isEqualTo(101);
            }
        }
    }
}
