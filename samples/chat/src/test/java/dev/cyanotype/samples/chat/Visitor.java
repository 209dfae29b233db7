/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.samples.chat;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A client of the chat: that of the JDK. */
final class Visitor implements WebSocket.Listener, AutoCloseable {

    private static final int PATIENCE_SECONDS = 20;

    private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    private final StringBuilder part = new StringBuilder();
    private final WebSocket socket;

    Visitor(URI address) throws Exception {
        socket = HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .buildAsync(address, this)
                .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    @Override
    public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
        part.append(data);
        if (last) {
            heard.add(part.toString().replaceAll("\"user_[^\"]*\"", "*"));
            part.setLength(0);
        }
        webSocket.request(1);
        return null;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket webSocket, int code, String reason) {
        heard.add("closed " + code + " " + reason);
        return null;
    }

    @Override
    public void onError(WebSocket webSocket, Throwable error) {
        heard.add(error.toString());
    }

    Visitor send(String message) throws Exception {
        socket.sendText(message, true).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        return this;
    }

    /** The next message, with a star for each id; or how it was closed. */
    String next() throws Exception {
        String next = heard.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        assertThat(next).as("something within " + PATIENCE_SECONDS + " s").isNotNull();
        return next;
    }

    /** The next that is not the list that comes by itself. */
    String nextEvent() throws Exception {
        String next = next();
        return next.startsWith("{\"type\":\"people\"") ? nextEvent() : next;
    }

    /** Whether something is among what has come since, which is forgotten. */
    boolean heard(String message) {
        List<String> all = new ArrayList<>();
        heard.drainTo(all);
        return all.contains(message);
    }

    void leave() throws Exception {
        socket.sendClose(WebSocket.NORMAL_CLOSURE, "").get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        socket.abort();
    }
}
