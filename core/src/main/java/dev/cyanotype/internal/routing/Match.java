/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.routing;

/**
 * What a path led to.
 *
 * @param <T> what the routes lead to
 */
public final class Match<T> {

    static final String[] NO_VALUES = {};

    private final T target;
    private final String[] values;

    /**
     * A match whose values are to be filled in.
     *
     * @param count how many there are
     */
    public Match(T target, int count) {
        this.target = target;
        this.values = count == 0 ? NO_VALUES : new String[count];
    }

    public T target() {
        return target;
    }

    /** The parameters' values, decoded, in the order of the path. Not a copy. */
    public String[] values() {
        return values;
    }
}
