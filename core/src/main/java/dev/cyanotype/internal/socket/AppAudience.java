/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.socket;

import dev.cyanotype.socket.Audience;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Clients to send to. */
class AppAudience implements Audience {

    private final SocketHub hub;
    private final Target target;
    private final Set<String> except;
    private final @Nullable String key;

    AppAudience(SocketHub hub, Target target) {
        this(hub, target, Set.of(), null);
    }

    private AppAudience(SocketHub hub, Target target, Set<String> except, @Nullable String key) {
        this.hub = hub;
        this.target = target;
        this.except = except;
        this.key = key;
    }

    final SocketHub hub() {
        return hub;
    }

    @Override
    public int send(Object data) {
        return hub.send(new Post(target, except, null, Objects.requireNonNull(data, "data"), key));
    }

    @Override
    public int send(String type, @Nullable Object data) {
        return hub.send(new Post(target, except, Objects.requireNonNull(type, "type"), data, key));
    }

    @Override
    public Audience except(String... clientIds) {
        Set<String> all = new HashSet<>(except);
        all.addAll(List.of(clientIds));
        return new AppAudience(hub, target, Set.copyOf(all), key);
    }

    @Override
    public Audience conflatedBy(String newKey) {
        return new AppAudience(hub, target, except, Objects.requireNonNull(newKey, "key"));
    }

    @Override
    public String toString() {
        return "Audience[" + target + (except.isEmpty() ? "" : " except " + except) + "]";
    }
}
