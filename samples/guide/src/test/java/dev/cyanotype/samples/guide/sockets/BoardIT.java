/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.samples.guide.sockets;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cyanotype.App;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The board on a port, with the client of the JDK. */
class BoardIT {

    private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();

    private final class Hearing implements WebSocket.Listener {

        @Override
        public CompletionStage<?> onText(WebSocket socket, CharSequence text, boolean last) {
            heard.add(text.toString());
            return WebSocket.Listener.super.onText(socket, text, last);
        }
    }

    @Test
    void frames_go_both_ways() throws InterruptedException {
        App app = Board.app().toBuilder().setting("http.port", "0").build();
        app.start();
        try {
            URI http = app.address("http");
            WebSocket socket = HttpClient.newHttpClient()
                    .newWebSocketBuilder()
                    .header("Origin", "http://" + http.getAuthority())
                    .buildAsync(URI.create("ws://" + http.getAuthority() + "/ws?name=ann"), new Hearing())
                    .join();
            assertThat(next()).isEqualTo("{\"type\":\"response\",\"data\":{\"hello\":\"ann\"}}");

            socket.sendText("{\"type\":\"note\",\"data\":{\"text\":\"hello\"},\"id\":1}", true)
                    .join();

            assertThat(next()).isEqualTo("{\"type\":\"response\",\"data\":{\"length\":5},\"id\":1}");
            socket.abort();
        } finally {
            app.stop();
        }
    }

    private String next() throws InterruptedException {
        return String.valueOf(heard.poll(10, TimeUnit.SECONDS));
    }
}
