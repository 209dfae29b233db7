/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.testkit.contract;

import dev.cyanotype.App;
import dev.cyanotype.internal.testkit.wire.Answer;
import dev.cyanotype.socket.CloseStatus;
import dev.cyanotype.testkit.TestApp;
import dev.cyanotype.testkit.TestFrame;
import dev.cyanotype.testkit.TestResponse;
import dev.cyanotype.testkit.TestSocket;
import dev.cyanotype.testkit.TestSocketRequest;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Websockets in memory, and a client that uses them as tests do. */
record InMemorySocketSite(TestApp testApp) implements SocketSite {

    @Override
    public App app() {
        return testApp.app();
    }

    @Override
    public Optional<URI> address() {
        return Optional.empty();
    }

    @Override
    public Asked ask(String target, String... headerLines) {
        TestSocketRequest request = testApp.websocket(target);
        for (String line : headerLines) {
            int colon = line.indexOf(':');
            request.header(line.substring(0, colon), line.substring(colon + 1).strip());
        }
        TestSocket socket;
        try {
            socket = request.open();
        } catch (AssertionError e) {
            TestResponse refusal = request.refused();
            List<Answer.Field> fields = new ArrayList<>();
            refusal.headers().forEach((name, value) -> fields.add(new Answer.Field(name, value)));
            return new Asked(null, new Answer(refusal.status(), fields, refusal.bytes()));
        }
        return new Asked(new InMemoryVisitor(socket), null);
    }

    private record InMemoryVisitor(TestSocket socket) implements Visitor {

        @Override
        public String subprotocol() {
            return socket.subprotocol();
        }

        @Override
        public void text(String message) {
            socket.sendText(message);
        }

        @Override
        public void binary(byte[] message) {
            socket.sendBinary(message);
        }

        @Override
        public void close(int code, String reason) {
            socket.close(code, reason);
        }

        @Override
        public void vanish() {
            socket.vanish();
        }

        @Override
        public String next() {
            CloseStatus closed = socket.closed();
            if (socket.unseen().isEmpty() && closed != null) {
                return "closed " + closed.code() + (closed.reason().isEmpty() ? "" : " " + closed.reason());
            }
            TestFrame frame = socket.next();
            return frame.isText() ? "text " + frame.text() : "binary " + frame.bytes().length;
        }

        @Override
        public void close() {
            socket.vanish();
        }
    }
}
