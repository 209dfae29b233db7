/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.spi;

import dev.cyanotype.message.ConsumerOptions;
import org.jspecify.annotations.Nullable;

/** A stream consumer of no app. */
public record FakeConsumer(String stream, String group, ConsumerOptions options) implements MountedConsumer {

    @Override
    public OperationKind kind() {
        return OperationKind.STREAM;
    }

    @Override
    public @Nullable String name() {
        return null;
    }

    @Override
    public String address() {
        return stream + " for " + group;
    }

    @Override
    public String blueprint() {
        return "";
    }

    @Override
    public String source() {
        return "A.java:1";
    }
}
