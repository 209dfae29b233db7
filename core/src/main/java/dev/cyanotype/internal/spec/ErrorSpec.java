/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.spec;

import dev.cyanotype.exchange.ErrorHandler;

/**
 * One declared error handler.
 *
 * @param key what it is for
 * @param source the declaring line
 */
public record ErrorSpec(Key key, ErrorHandler<? super Throwable> handler, String source) {

    /** What an error handler is for. */
    public sealed interface Key {}

    /** Errors of a type. */
    public record OfType(Class<? extends Throwable> type) implements Key {
        @Override
        public String toString() {
            return type.getSimpleName();
        }
    }

    /** Errors of a status. */
    public record OfCode(int code) implements Key {
        @Override
        public String toString() {
            return Integer.toString(code);
        }
    }

    /** Errors whose status is one of a range, its end exclusive. */
    public record OfRange(int from, int to, int step) implements Key {

        public boolean has(int code) {
            return code >= from && code < to && (code - from) % step == 0;
        }

        public boolean overlaps(OfRange other) {
            for (int code = from; code < to; code += step) {
                if (other.has(code)) {
                    return true;
                }
            }
            return false;
        }

        @Override
        public String toString() {
            return from + " to " + to + (step == 1 ? "" : " by " + step);
        }
    }

    /** Whether one error could belong to both in the same way. */
    public boolean collidesWith(ErrorSpec other) {
        return key.equals(other.key)
                || key instanceof OfRange range && other.key instanceof OfRange that && range.overlaps(that);
    }
}
