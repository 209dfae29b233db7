/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.http.javalin.cases;

import dev.cyanotype.exchange.Response;
import dev.cyanotype.http.AfterHook;
import dev.cyanotype.http.BeforeHook;
import dev.cyanotype.http.RouteHandler;
import dev.cyanotype.http.TeardownHook;
import java.util.ArrayList;
import java.util.List;

/** What ran, in order; thread-safe. */
final class Trace {

    private final List<String> steps = new ArrayList<>();

    synchronized void add(String step) {
        steps.add(step);
    }

    /** What ran since the last call. */
    synchronized List<String> taken() {
        List<String> taken = List.copyOf(steps);
        steps.clear();
        return taken;
    }

    /** Goes on. */
    BeforeHook before(String step) {
        return ctx -> {
            add(step);
            return null;
        };
    }

    /** Answers instead of the handler. */
    BeforeHook halt(String step, int status, String text) {
        return ctx -> {
            add(step);
            return Response.text(text).status(status);
        };
    }

    /** Leaves the response as it is. */
    AfterHook after(String step) {
        return (ctx, response) -> {
            add(step);
            return response;
        };
    }

    TeardownHook teardown(String step) {
        return (ctx, unhandled) -> add(step);
    }

    /** Tells the type of the unhandled error too, or none. */
    TeardownHook teardownWithError(String step) {
        return (ctx, unhandled) -> add(
                step + "(" + (unhandled == null ? "none" : unhandled.getClass().getSimpleName()) + ")");
    }

    /** Answers 200 with a text. */
    RouteHandler handler(String step, String text) {
        return ctx -> {
            add(step);
            return Response.text(text);
        };
    }
}
