/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.samples.chat;

import static dev.cyanotype.testkit.CyanotypeAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cyanotype.testkit.TestApp;
import dev.cyanotype.testkit.TestSocket;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The chat, in memory. */
class ChatTest {

    private static final Map<String, String> ANN = Map.of("room", "lobby", "name", "Ann");
    private static final Map<String, String> BOB = Map.of("room", "lobby", "name", "Bob");

    private final TestApp app = TestApp.of(ChatService.app());
    private final TestSocket ann = app.open("/ws");
    private final TestSocket bob = app.open("/ws");

    @AfterEach
    void stop() {
        app.close();
    }

    private static String next(TestSocket socket) {
        return socket.next().json().toString().replaceAll("\"user_[^\"]*\"", "*");
    }

    private void bothEnter() {
        ann.send("join", ANN).next();
        bob.send("join", BOB).next();
        ann.next();
    }

    @Test
    void who_enters_learns_who_is_there_and_they_learn_of_it() {
        ann.send("join", ANN);
        assertThat(next(ann))
                .isEqualTo("{\"type\":\"response\",\"data\":{\"id\":*,\"name\":\"Ann\",\"room\":\"lobby\","
                        + "\"people\":[{\"id\":*,\"name\":\"Ann\"}]}}");
        bob.send("join", BOB);
        assertThat(next(bob))
                .isEqualTo("{\"type\":\"response\",\"data\":{\"id\":*,\"name\":\"Bob\",\"room\":\"lobby\","
                        + "\"people\":[{\"id\":*,\"name\":\"Ann\"},{\"id\":*,\"name\":\"Bob\"}]}}");
        assertThat(next(ann)).isEqualTo("{\"type\":\"joined\",\"data\":{\"id\":*,\"name\":\"Bob\"}}");
    }

    @Test
    void what_is_said_everybody_in_the_room_hears_once() {
        bothEnter();
        TestSocket elsewhere = app.open("/ws").send("join", Map.of("room", "attic", "name", "Cy"));
        elsewhere.next();
        ann.send("say", Map.of("text", " <b>hi</b> "));
        String said = "{\"type\":\"said\",\"data\":{\"from\":{\"id\":*,\"name\":\"Ann\"},\"text\":\"<b>hi</b>\"}}";
        assertThat(next(ann)).isEqualTo(said);
        assertThat(next(bob)).isEqualTo(said);
        ann.send("leave", null);
        assertThat(next(bob)).isEqualTo("{\"type\":\"left\",\"data\":{\"id\":*,\"name\":\"Ann\"}}");
        assertThat(ann.frames()).hasSize(3);
        assertThat(elsewhere.frames()).hasSize(1);
    }

    @Test
    void who_is_cut_off_has_left() {
        bothEnter();
        ann.vanish();
        assertThat(next(bob)).isEqualTo("{\"type\":\"left\",\"data\":{\"id\":*,\"name\":\"Ann\"}}");
        app.runTask("people");
        assertThat(next(bob))
                .isEqualTo(
                        "{\"type\":\"people\",\"data\":{\"room\":\"lobby\",\"people\":[{\"id\":*,\"name\":\"Bob\"}]}}");
    }

    @Test
    void who_enters_another_room_leaves_the_first() {
        bothEnter();
        ann.send("join", Map.of("room", "attic", "name", "Anna"));
        assertThat(next(bob)).isEqualTo("{\"type\":\"left\",\"data\":{\"id\":*,\"name\":\"Ann\"}}");
        assertThat(next(ann))
                .isEqualTo("{\"type\":\"response\",\"data\":{\"id\":*,\"name\":\"Anna\",\"room\":\"attic\","
                        + "\"people\":[{\"id\":*,\"name\":\"Anna\"}]}}");
    }

    @Test
    void who_is_in_no_room_is_not_heard() {
        bob.send("join", BOB).next();
        ann.send("say", Map.of("text", "hi"));
        assertThat(next(ann))
                .isEqualTo("{\"type\":\"error\",\"data\":{\"error\":\"You are in no room. Join one first.\"}}");
        assertThat(bob.frames()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "name, 0, 'The name has 0 characters (expected: 1 to 30).'",
        "name, 31, 'The name has 31 characters (expected: 1 to 30).'",
        "room, 31, 'The room has 31 characters (expected: 1 to 30).'",
    })
    void names_have_a_limited_length(String field, int length, String error) {
        Map<String, String> join = new java.util.HashMap<>(ANN);
        join.put(field, "\uD83D\uDE00".repeat(length));
        ann.send("join", join);
        assertThat(next(ann)).isEqualTo("{\"type\":\"error\",\"data\":{\"error\":\"" + error + "\"}}");
        join.put(field, "\uD83D\uDE00".repeat(30));
        ann.send("join", join);
        assertThat(ann.next().type()).isEqualTo("response");
    }

    @Test
    void a_text_has_a_limited_length() {
        ann.send("join", ANN).next();
        ann.send("say", Map.of("text", "x".repeat(1001)));
        assertThat(next(ann))
                .isEqualTo(
                        "{\"type\":\"error\",\"data\":{\"error\":\"The text has 1001 characters (expected: 1 to 1000).\"}}");
        ann.send("say", "{}");
        assertThat(next(ann))
                .isEqualTo(
                        "{\"type\":\"error\",\"data\":{\"error\":\"The text has 0 characters (expected: 1 to 1000).\"}}");
    }

    @Test
    void the_page_may_run_its_own_script_only() {
        for (String file : new String[] {"/", "/chat.js", "/chat.css"}) {
            assertThat(app.get(file)).hasStatus(200).hasHeader("Content-Security-Policy", "default-src 'self'");
        }
        assertThat(app.get("/").text())
                .contains("<script src=\"chat.js\" defer></script>")
                .doesNotContain("<script>", "style=", "onclick");
    }
}
