/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.samples.readme;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cyanotype.testkit.TestApp;
import dev.cyanotype.testkit.TestFrame;
import dev.cyanotype.testkit.TestSocket;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WebsocketExamplesTest {

    private final WebsocketExamples examples = new WebsocketExamples();

    @Test
    void a_note_is_counted_for_its_writer_and_shown_to_the_others() {
        try (TestApp app = TestApp.of(examples.notes())) {
            TestSocket writer = app.open("/ws");
            TestSocket reader = app.open("/ws");
            reader.send("watch", null);
            writer.send("watch", null);

            writer.send("note", Map.of("text", "hello"), 1);

            assertThat(writer.frames())
                    .extracting(TestFrame::text)
                    .containsExactly("{\"type\":\"response\",\"data\":{\"length\":5},\"id\":1}");
            assertThat(reader.next().text()).isEqualTo("{\"type\":\"noted\",\"data\":{\"text\":\"hello\"}}");
        }
    }

    @Test
    void the_doorkeeper_lets_in_whom_it_knows() {
        try (TestApp app = TestApp.of(examples.doorkeeper())) {
            assertThat(app.websocket("/ws").refused().status()).isEqualTo(401);
            assertThat(app.open("/ws?token=wrong").closed())
                    .hasToString("CloseStatus[code=4001, reason=That token is not good]");
            TestSocket ann = app.open("/ws?token=secret");
            assertThat(ann.next().data()).hasToString("{\"hello\":\"ann\"}");
            ann.send("whoami", null);
            assertThat(ann.next().data()).hasToString("{\"user\":\"ann\"}");
        }
    }

    @Test
    void points_reach_those_who_draw_at_the_same_drawing() {
        try (TestApp app = TestApp.of(examples.drawing())) {
            TestSocket one =
                    app.websocket("/drawings/1").subprotocols("drawing.v1").open();
            TestSocket other = app.open("/drawings/1");
            TestSocket elsewhere = app.open("/drawings/2");

            one.sendJson(Map.of("x", 1, "y", 2));

            assertThat(one.subprotocol()).isEqualTo("drawing.v1");
            assertThat(other.next().text()).isEqualTo("{\"x\":1,\"y\":2}");
            assertThat(elsewhere.frames()).isEmpty();
            one.sendBinary(new byte[3]);
            assertThat(one.next().text()).isEqualTo("got 3 bytes");
            assertThat(app.app().urls().to("drawing.live").with("id", 1).absolute("https://h"))
                    .isEqualTo("wss://h/drawings/1");
        }
    }

    @Test
    void a_route_reaches_everybody_and_sees_who_is_there() {
        try (TestApp app = TestApp.of(examples.app())) {
            TestSocket socket =
                    app.websocket("/live").origin("https://shop.example.org").open();
            socket.send("watch", null);

            app.put("/prices", Map.of("currency", "EUR", "amount", 1.5));

            assertThat(socket.next().text())
                    .isEqualTo("{\"type\":\"price\",\"data\":{\"currency\":\"EUR\",\"amount\":1.5}}");
            assertThat(app.get("/watchers").json()).hasSize(1);
            assertThat(app.websocket("/live")
                            .origin("https://example.net")
                            .refused()
                            .status())
                    .isEqualTo(403);
        }
    }
}
