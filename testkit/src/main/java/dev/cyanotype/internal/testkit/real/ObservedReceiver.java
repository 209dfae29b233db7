/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.testkit.real;

import dev.cyanotype.spi.SocketConnection;
import dev.cyanotype.spi.SocketFrame;
import dev.cyanotype.spi.SocketReceiver;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The app's side of a websocket, of which is known what has come and gone. */
final class ObservedReceiver implements SocketReceiver {

    private final SocketReceiver receiver;
    private final Activity activity;
    private final SocketTraffic traffic;

    ObservedReceiver(SocketReceiver receiver, Activity activity, SocketTraffic traffic) {
        this.receiver = receiver;
        this.activity = activity;
        this.traffic = traffic;
        traffic.accepted();
    }

    @Override
    public int maxMessageBytes() {
        return receiver.maxMessageBytes();
    }

    @Override
    public void opened(SocketConnection connection) {
        run(() -> {
            receiver.opened(new Connection(connection));
            traffic.opened();
        });
    }

    @Override
    public void text(String message) {
        run(() -> {
            traffic.appGot();
            receiver.text(message);
        });
    }

    @Override
    public void binary(byte[] message) {
        run(() -> {
            traffic.appGot();
            receiver.binary(message);
        });
    }

    @Override
    public void pong() {
        run(() -> {
            traffic.appSawPong();
            receiver.pong();
        });
    }

    @Override
    public void closed(int code, String reason) {
        run(() -> {
            receiver.closed(code, reason);
            traffic.appEnded();
        });
    }

    private void run(Runnable call) {
        Activity.Token token = activity.here("websocket " + traffic.id());
        try {
            call.run();
        } finally {
            token.end();
        }
    }

    private final class Connection implements SocketConnection {

        private final SocketConnection connection;

        Connection(SocketConnection connection) {
            this.connection = connection;
        }

        @Override
        public Executor executor(Executor app) {
            return activity.counting(connection.executor(app));
        }

        @Override
        public void send(SocketFrame frame, Consumer<@Nullable Throwable> done) {
            traffic.appSends();
            connection.send(frame, error -> {
                try {
                    done.accept(error);
                } finally {
                    traffic.appSent(error == null);
                }
            });
        }

        @Override
        public void ping() {
            traffic.appPings();
            connection.ping();
        }

        @Override
        public void demand() {
            traffic.appAsks();
            connection.demand();
        }

        @Override
        public void close(int code, String reason) {
            traffic.appCloses();
            connection.close(code, reason);
        }

        @Override
        public void abort() {
            traffic.appCloses();
            connection.abort();
        }
    }
}
