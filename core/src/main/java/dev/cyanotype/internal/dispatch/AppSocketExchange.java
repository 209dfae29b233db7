/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.dispatch;

import dev.cyanotype.exchange.Attribute;
import dev.cyanotype.internal.assembly.Level;
import dev.cyanotype.internal.socket.Client;
import dev.cyanotype.socket.Socket;
import dev.cyanotype.socket.SocketCloseException;
import dev.cyanotype.socket.SocketExchange;
import dev.cyanotype.socket.Sockets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Something that a websocket's client does. */
class AppSocketExchange extends BaseExchange implements SocketExchange {

    private final Level level;
    private final String operation;
    private final Map<Attribute<?>, Object> declared;
    private final Client client;

    AppSocketExchange(
            AppRuntime runtime, Level level, String operation, Map<Attribute<?>, Object> declared, Client client) {
        super(runtime);
        this.level = level;
        this.operation = operation;
        this.declared = declared;
        this.client = client;
    }

    final Client client() {
        return client;
    }

    @Override
    final Level level() {
        return level;
    }

    @Override
    final Map<Attribute<?>, Object> declaredAttributes() {
        return declared;
    }

    @Override
    final <T> @Nullable T inherited(Attribute<T> key) {
        return client.attribute(key);
    }

    @Override
    final Carrier carrier() {
        return Carrier.SOCKET;
    }

    @Override
    public final String operation() {
        return operation;
    }

    @Override
    final boolean endsBy(Throwable error) {
        if (!(error instanceof SocketCloseException end)) {
            return false;
        }
        client.close(end.code(), end.reason());
        return true;
    }

    @Override
    @Nullable
    final String traceparent() {
        return TraceParent.from(client.handshake().header("traceparent"));
    }

    @Override
    public final Socket socket() {
        return client;
    }

    @Override
    public final Sockets sockets() {
        return runtime().sockets();
    }
}
