/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.socket;

import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import dev.cyanotype.internal.concurrent.SystemClock;
import dev.cyanotype.internal.json.JsonCodec;
import dev.cyanotype.json.JsonOptions;
import dev.cyanotype.socket.CloseStatus;
import dev.cyanotype.socket.Handshake;
import dev.cyanotype.socket.SlowClientPolicy;
import dev.cyanotype.socket.SocketOptions;
import dev.cyanotype.spi.AppClock;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One replica with clients, without an app: what they send is noted. */
final class TestHub {

    final SocketHub hub;

    /** What was made of the clients' messages. */
    final List<String> record = new CopyOnWriteArrayList<>();

    /** What is done with a message beside that. */
    Function<String, CompletableFuture<?>> handler = message -> Conversation.DONE;

    TestHub() {
        this(Runnable::run, SocketOptions.builder());
    }

    /** Each client's id is its number. */
    TestHub(Executor executor, SocketOptions.Builder options) {
        this(executor, options, new SystemClock("shop"));
    }

    TestHub(Executor executor, SocketOptions.Builder options, AppClock clock) {
        hub = new SocketHub(
                "shop",
                "replica-" + System.identityHashCode(this),
                options.build(),
                new JsonCodec(JsonOptions.builder().build()),
                executor,
                "feed"::equals,
                clock);
    }

    TestHub join(FakeBus bus) {
        hub.join(bus);
        return this;
    }

    static Handshake handshake(String address) {
        Handshake handshake = mock();
        when(handshake.remoteAddress())
                .thenReturn(address.isEmpty() ? null : InetSocketAddress.createUnresolved(address, 5000));
        return handshake;
    }

    /** A client that may come in, on the socket for messages. */
    Client admit() {
        return hub.admit(new Noting(true), handshake(""), rules(SlowClientPolicy.CLOSE), Map.of());
    }

    Client admit(Handshake handshake) {
        return hub.admit(new Noting(true), handshake, rules(SlowClientPolicy.CLOSE), Map.of());
    }

    static ClientRules rules(SlowClientPolicy policy) {
        return new ClientRules(1000, 1000, policy);
    }

    /** An open client on the socket for messages. */
    Client open(FakeConnection connection) {
        return open(connection, true);
    }

    /** An open client on the websocket of the name {@code feed}. */
    Client openFeed(FakeConnection connection) {
        return open(connection, false);
    }

    private Client open(FakeConnection connection, boolean enveloped) {
        Client client = hub.admit(new Noting(enveloped), handshake(""), rules(SlowClientPolicy.CLOSE), Map.of());
        client.welcome(List.of());
        connection.onClose(() -> client.closed(1006, ""));
        client.opened(connection);
        return client;
    }

    /** What a client has got, without what its transport was asked for. */
    static List<String> got(FakeConnection connection) {
        return connection.record().stream()
                .filter(what -> !what.equals("(demand)"))
                .toList();
    }

    private final class Noting implements Conversation {

        private final boolean enveloped;

        Noting(boolean enveloped) {
            this.enveloped = enveloped;
        }

        @Override
        public boolean isEnveloped() {
            return enveloped;
        }

        @Override
        public @Nullable String name() {
            return enveloped ? null : "feed";
        }

        @Override
        public CompletableFuture<?> opened(Client client) {
            record.add("opened");
            return DONE;
        }

        @Override
        public CompletableFuture<?> text(Client client, String message) {
            record.add(message);
            return handler.apply(message);
        }

        @Override
        public CompletableFuture<?> binary(Client client, byte[] message) {
            record.add(new String(message, StandardCharsets.UTF_8));
            return DONE;
        }

        @Override
        public void limited(Client client, long retryAfterSeconds) {
            record.add("limited for " + retryAfterSeconds + " s");
        }

        @Override
        public CompletableFuture<?> closed(Client client, CloseStatus status) {
            record.add("closed " + status.code());
            return handler.apply("closed");
        }
    }
}
