/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.assembly;

import dev.cyanotype.exchange.ErrorHandler;
import dev.cyanotype.exchange.HttpException;
import dev.cyanotype.internal.spec.ErrorSpec;
import dev.cyanotype.internal.spec.ErrorSpec.OfCode;
import dev.cyanotype.internal.spec.ErrorSpec.OfRange;
import dev.cyanotype.internal.spec.ErrorSpec.OfType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The error handlers of one scope, in the order they are asked. */
public final class ErrorScope {

    private final Map<Class<?>, ErrorHandler<? super Throwable>> types = new HashMap<>();
    private final Map<Integer, ErrorHandler<? super Throwable>> codes = new HashMap<>();
    private final List<ErrorSpec> ranges = new ArrayList<>();

    /** The handlers of a scope. */
    public ErrorScope(List<ErrorSpec> errors) {
        for (ErrorSpec error : errors) {
            if (error.key() instanceof OfType type) {
                types.put(type.type(), error.handler());
            } else if (error.key() instanceof OfCode code) {
                codes.put(code.code(), error.handler());
            } else {
                ranges.add(error);
            }
        }
    }

    /** A handler and the error it is to get. */
    public record Found(ErrorHandler<? super Throwable> handler, Throwable error) {}

    /**
     * The handler for an error.
     *
     * @param error the error as it was thrown
     * @param http the same as an {@link HttpException}: itself, or one whose cause it is
     * @return null if this scope has none
     */
    public @Nullable Found find(Throwable error, HttpException http) {
        for (Class<?> type = error.getClass(); !isGeneral(type); type = type.getSuperclass()) {
            ErrorHandler<? super Throwable> handler = types.get(type);
            if (handler != null) {
                return new Found(handler, error);
            }
        }
        ErrorHandler<? super Throwable> handler = codes.get(http.status());
        if (handler == null) {
            handler = types.get(HttpException.class);
        }
        if (handler == null) {
            for (ErrorSpec range : ranges) {
                if (((OfRange) range.key()).has(http.status())) {
                    handler = range.handler();
                }
            }
        }
        return handler != null ? new Found(handler, http) : general(error);
    }

    /** What a handler for everything is declared for: it comes after codes and ranges. */
    private @Nullable Found general(Throwable error) {
        for (Class<?> type = error.getClass(); type != null; type = type.getSuperclass()) {
            ErrorHandler<? super Throwable> handler = isGeneral(type) ? types.get(type) : null;
            if (handler != null) {
                return new Found(handler, error);
            }
        }
        return null;
    }

    private static boolean isGeneral(Class<?> type) {
        return type == HttpException.class
                || type == RuntimeException.class
                || type == Exception.class
                || type == Error.class
                || type == Throwable.class;
    }
}
