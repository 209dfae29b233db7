/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.testkit.real;

import dev.cyanotype.message.ConsumerOptions;
import dev.cyanotype.spi.MountedConsumer;
import dev.cyanotype.spi.OperationKind;
import org.jspecify.annotations.Nullable;

/**
 * Reads a stream of dead letters for the test: the broker writes them, and this shows them.
 *
 * @param stream where the letters are
 */
record LetterReader(String stream) implements MountedConsumer {

    private static final String GROUP = "cyanotype-testkit";

    @Override
    public String group() {
        return GROUP;
    }

    @Override
    public ConsumerOptions options() {
        return ConsumerOptions.builder().build();
    }

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
        return stream + " " + GROUP;
    }

    @Override
    public String blueprint() {
        return "";
    }

    @Override
    public String source() {
        return "testkit";
    }
}
