/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.http.javalin.cases;

import dev.cyanotype.exchange.ErrorHandler;
import dev.cyanotype.exchange.HttpException;
import dev.cyanotype.exchange.Response;
import dev.cyanotype.http.RouteHandler;
import java.util.function.Supplier;

/** The handlers that the cases are made of. */
final class Handlers {

    private Handlers() {}

    /** Answers 200 with a text. */
    static RouteHandler text(String text) {
        return ctx -> Response.text(text);
    }

    static RouteHandler raise(Supplier<? extends Exception> error) {
        return ctx -> {
            throw error.get();
        };
    }

    static RouteHandler abort(int status) {
        return raise(() -> new HttpException(status, "aborted"));
    }

    /** Answers errors of any kind with a status and a text. */
    static ErrorHandler<Throwable> answer(int status, String text) {
        return (exchange, error) -> Response.text(text).status(status);
    }

    /** The line before the calling one, as messages show it: {@code Cases15ErrorHandlersIT.java:41}. */
    static String lineBefore() {
        return StackWalker.getInstance()
                .walk(frames -> frames.skip(1)
                        .findFirst()
                        .map(frame -> frame.getFileName() + ":" + (frame.getLineNumber() - 1))
                        .orElseThrow());
    }
}
