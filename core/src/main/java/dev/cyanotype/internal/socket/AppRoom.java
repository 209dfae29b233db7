/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.socket;

import dev.cyanotype.socket.Presence;
import dev.cyanotype.socket.Room;
import java.util.List;
import java.util.Set;

/** A named group of clients. */
final class AppRoom extends AppAudience implements Room {

    private final String name;

    AppRoom(SocketHub hub, String name) {
        super(hub, new Target.InRoom(name));
        this.name = name;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Set<String> members() {
        return hub().members(name);
    }

    @Override
    public List<Presence> presence() {
        return hub().presence(name);
    }
}
