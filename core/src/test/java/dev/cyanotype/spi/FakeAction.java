/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.spi;

import dev.cyanotype.message.ActionOptions;
import org.jspecify.annotations.Nullable;

/** An action of no app. */
public record FakeAction(String address, ActionOptions options) implements MountedAction {

    public FakeAction(String address) {
        this(address, ActionOptions.builder().build());
    }

    @Override
    public OperationKind kind() {
        return OperationKind.ACTION;
    }

    @Override
    public @Nullable String name() {
        return null;
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
