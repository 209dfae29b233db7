/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.testkit.contract;

import dev.cyanotype.App;
import dev.cyanotype.internal.testkit.wire.Answer;
import dev.cyanotype.internal.testkit.wire.RawSocket;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Websockets on a port, and a client that speaks RFC 6455 byte for byte. */
record PortSocketSite(App app, URI uri) implements SocketSite {

    @Override
    public Optional<URI> address() {
        return Optional.of(uri);
    }

    @Override
    public Asked ask(String target, String... headerLines) throws IOException {
        RawSocket socket = RawSocket.connect(uri);
        Answer answer = socket.ask(target, headerLines);
        if (answer.status() == 101) {
            return new Asked(new RawVisitor(socket, answer.header("Sec-WebSocket-Protocol")), null);
        }
        socket.close();
        return new Asked(null, answer);
    }

    private record RawVisitor(RawSocket socket, @Nullable String subprotocol) implements Visitor {

        @Override
        public void text(String message) throws IOException {
            socket.text(message);
        }

        @Override
        public void binary(byte[] message) throws IOException {
            socket.frame(RawSocket.FIN | RawSocket.BINARY, message);
        }

        @Override
        public void close(int code, String reason) throws IOException {
            socket.closing(code, reason);
        }

        @Override
        public void vanish() throws IOException {
            socket.reset();
        }

        @Override
        public String next() throws IOException {
            while (true) {
                RawSocket.Frame frame = socket.read();
                switch (frame.opCode()) {
                    case RawSocket.TEXT -> {
                        return "text " + frame.text();
                    }
                    case RawSocket.BINARY -> {
                        return "binary " + frame.payload().length;
                    }
                    case RawSocket.PING -> socket.frame(RawSocket.FIN | RawSocket.PONG, frame.payload());
                    case RawSocket.CLOSE -> {
                        socket.offer(RawSocket.encode(RawSocket.FIN | RawSocket.CLOSE, frame.payload()));
                        return "closed " + frame.closing();
                    }
                    default -> {
                        // A pong, which nobody has asked for.
                    }
                }
            }
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
