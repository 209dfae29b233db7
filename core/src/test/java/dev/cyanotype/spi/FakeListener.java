/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.spi;

import dev.cyanotype.message.ListenerOptions;
import org.jspecify.annotations.Nullable;

/** A listener of no app. */
public record FakeListener(String channel, ListenerOptions options) implements MountedListener {

    @Override
    public OperationKind kind() {
        return OperationKind.LISTENER;
    }

    @Override
    public @Nullable String name() {
        return "a." + channel;
    }

    @Override
    public String address() {
        return channel;
    }

    @Override
    public String blueprint() {
        return "a";
    }

    @Override
    public String source() {
        return "A.java:1";
    }
}
