/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.message;

/**
 * Is told that a listener has missed messages, so that it can read anew what it keeps.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface GapListener {

    /**
     * Hears of a gap, in its place between the messages before and after it.
     *
     * @param gap when, and why
     * @throws Exception to have it logged
     */
    void missed(Gap gap) throws Exception;
}
