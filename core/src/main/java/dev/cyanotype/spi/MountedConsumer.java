/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.spi;

import dev.cyanotype.message.ConsumerOptions;

/**
 * A stream consumer in its place on an app.
 *
 * <p>Implemented by the library only. Immutable and thread-safe.
 *
 * @since 0.1
 */
public interface MountedConsumer extends MountedOperation {

    /**
     * The stream.
     *
     * @return its name
     */
    String stream();

    /**
     * The group of consumers it belongs to.
     *
     * @return its name
     */
    String group();

    /**
     * The stream for entries that were tried in vain.
     *
     * @return the declared one, else the stream's name in braces and {@code :dead}, which Redis keeps on the same node
     */
    default String deadLetters() {
        String declared = options().deadLetters();
        if (declared != null) {
            return declared;
        }
        return stream().contains("{") ? stream() + ":dead" : "{" + stream() + "}:dead";
    }

    /**
     * How entries are consumed.
     *
     * @return as it was declared
     */
    ConsumerOptions options();
}
