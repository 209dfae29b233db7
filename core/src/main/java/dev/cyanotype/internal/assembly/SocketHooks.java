/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.assembly;

import dev.cyanotype.socket.ConnectHook;
import dev.cyanotype.socket.DisconnectHook;
import java.util.List;

/**
 * What runs when clients of the app's socket for messages come and go.
 *
 * @param connect the app's own first, then in mounting order
 * @param disconnect in the same order
 */
public record SocketHooks(List<SocketHook<ConnectHook>> connect, List<SocketHook<DisconnectHook>> disconnect) {

    public SocketHooks {
        connect = List.copyOf(connect);
        disconnect = List.copyOf(disconnect);
    }

    /** A hook and the scope that has it. */
    public record SocketHook<T>(Level level, T hook) {}
}
