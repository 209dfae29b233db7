/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.samples.guide.sockets;

import static dev.cyanotype.testkit.CyanotypeAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cyanotype.testkit.TestApp;
import dev.cyanotype.testkit.TestSocket;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BoardTest {

    @Test
    void a_note_reaches_those_who_watch() {
        try (TestApp app = TestApp.of(Board.blueprint())) {
            TestSocket ann = app.open("/ws");
            TestSocket bob = app.open("/ws");
            assertThat(bob.send("watch", null).next()).hasData("{\"watching\": 1}");

            ann.send("note", Map.of("text", "hello"), 1);

            assertThat(ann.next()).hasJson("{\"type\": \"response\", \"data\": {\"length\": 5}, \"id\": 1}");
            assertThat(bob.next()).hasType("noted").hasData("{\"text\": \"hello\"}");
        }
    }

    @Test
    void a_route_reaches_them_too() {
        try (TestApp app = TestApp.of(Board.blueprint())) {
            TestSocket bob = app.open("/ws").send("watch", null);
            bob.next();

            assertThat(app.post("/notes", Map.of("text", "hello"))).hasJson("{\"clients\": 1}");

            assertThat(bob.next()).hasType("noted");
        }
    }

    @Test
    void an_error_leaves_the_socket_open() {
        try (TestApp app = TestApp.of(Board.blueprint())) {
            TestSocket ann = app.open("/ws").send("note", Map.of("text", "x".repeat(1001)));

            assertThat(ann.next()).isError("A note has at most 1000 characters");
            assertThat(ann).isOpen();
        }
    }

    @Test
    void who_has_no_name_is_not_let_in_and_neither_are_other_sites() {
        try (TestApp app = TestApp.of(Board.app())) {
            assertThat(app.websocket("/ws").refused()).isProblem(400);
            assertThat(app.websocket("/ws?name=eve")
                            .origin("https://evil.example.net")
                            .refused())
                    .isProblem(403);
            assertThat(app.websocket("/ws?name=ann")
                            .origin("https://www.example.com")
                            .open()
                            .next())
                    .hasData("{\"hello\": \"ann\"}");
        }
    }
}
