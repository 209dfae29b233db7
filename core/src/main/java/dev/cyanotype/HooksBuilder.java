/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype;

import dev.cyanotype.exchange.ErrorHandler;
import dev.cyanotype.exchange.HttpException;
import dev.cyanotype.exchange.Interceptor;
import dev.cyanotype.http.AfterHook;
import dev.cyanotype.http.BeforeHook;
import dev.cyanotype.http.ModelHook;
import dev.cyanotype.http.TeardownHook;
import dev.cyanotype.http.UrlDefaultsHook;
import dev.cyanotype.http.UrlValuesHook;
import dev.cyanotype.internal.spec.ErrorSpec;
import dev.cyanotype.internal.spec.HooksDraft;
import java.util.Objects;

/**
 * Declares hooks and error handlers.
 *
 * <p>They cover what the same scope declares, whatever the order of declaration, and nothing else. Going in, outer scopes
 * run before inner ones, and within a scope the order is that of declaration; going out it is exactly the reverse. Not
 * thread-safe.
 *
 * @param <B> the builder itself
 * @since 0.1
 */
public abstract sealed class HooksBuilder<B extends HooksBuilder<B>> permits ScopeBuilder, AppWide {

    HooksBuilder() {}

    abstract HooksDraft hooksDraft();

    abstract String where();

    @SuppressWarnings("unchecked")
    final B self() {
        return (B) this;
    }

    /**
     * Looks at the path parameters of HTTP requests before everything else.
     *
     * @param hook may take parameters out
     * @return this
     */
    public B urlValues(UrlValuesHook hook) {
        hooksDraft().urlValues(hook);
        return self();
    }

    /**
     * Supplies path parameters when a URL of a route inside is built during a request.
     *
     * @param hook adds values
     * @return this
     */
    public B urlDefaults(UrlDefaultsHook hook) {
        hooksDraft().urlDefaults(hook);
        return self();
    }

    /**
     * Runs before the handlers of HTTP requests and websocket upgrades.
     *
     * @param hook may answer instead of the handler
     * @return this
     */
    public B before(BeforeHook hook) {
        return before(0, hook);
    }

    /**
     * Runs before the handlers of HTTP requests and websocket upgrades.
     *
     * @param priority within this scope higher ones run earlier; others have 0
     * @param hook may answer instead of the handler
     * @return this
     */
    public B before(int priority, BeforeHook hook) {
        hooksDraft().before(hook, priority);
        return self();
    }

    /**
     * Runs after the handlers of HTTP requests, also after a short-circuit and after a handled error.
     *
     * @param hook may change the response
     * @return this
     */
    public B after(AfterHook hook) {
        return after(0, hook);
    }

    /**
     * Runs after the handlers of HTTP requests, also after a short-circuit and after a handled error.
     *
     * @param priority within this scope higher ones run later; others have 0
     * @param hook may change the response
     * @return this
     */
    public B after(int priority, AfterHook hook) {
        hooksDraft().after(hook, priority);
        return self();
    }

    /**
     * Runs at the end of every HTTP request, whatever happened.
     *
     * @param hook gives back what the request held
     * @return this
     */
    public B teardown(TeardownHook hook) {
        hooksDraft().teardown(hook);
        return self();
    }

    /**
     * Runs around the handlers of every transport.
     *
     * @param interceptor may look, change the result, or answer itself
     * @return this
     */
    public B intercept(Interceptor interceptor) {
        return intercept(0, interceptor);
    }

    /**
     * Runs around the handlers of every transport.
     *
     * @param priority within this scope higher ones are further out; others have 0
     * @param interceptor may look, change the result, or answer itself
     * @return this
     */
    public B intercept(int priority, Interceptor interceptor) {
        hooksDraft().intercept(interceptor, priority);
        return self();
    }

    /**
     * Gives values to the views that answer HTTP requests.
     *
     * <p>It runs when a view is rendered, and not otherwise. Values of inner scopes replace those of outer ones, and
     * those given to the view replace all.
     *
     * @param hook makes the values
     * @return this
     */
    public B model(ModelHook hook) {
        hooksDraft().model(hook);
        return self();
    }

    /**
     * Answers errors of a type and its subtypes, on every transport.
     *
     * <p>The nearest scope is asked first; in a scope the nearest type, then the exact status, then
     * {@link HttpException}, then ranges, then the general types {@link RuntimeException}, {@link Exception}, {@link Error}
     * and {@link Throwable}.
     *
     * @param <E> the type
     * @param type the type
     * @param handler answers the error
     * @return this
     * @throws IllegalArgumentException if this scope has a handler for the type already
     */
    public <E extends Throwable> B error(Class<E> type, ErrorHandler<? super E> handler) {
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(handler, "handler");
        // Found by type, the error is an E.
        hooksDraft().error(new ErrorSpec.OfType(type), (exchange, error) -> handler.handle(exchange, type.cast(error)));
        return self();
    }

    /**
     * Answers errors of a status, on every transport.
     *
     * <p>An exception that is no {@link HttpException} and that no handler takes by its type counts as 500; the handler
     * then gets one whose cause it is.
     *
     * @param status from 400 to 599
     * @param handler answers the error
     * @return this
     * @throws IllegalArgumentException if the status is no error, or this scope has a handler for it already
     */
    public B error(int status, ErrorHandler<? super HttpException> handler) {
        requireError(status, 599);
        Objects.requireNonNull(handler, "handler");
        hooksDraft().error(new ErrorSpec.OfCode(status), ofStatus(handler));
        return self();
    }

    /**
     * Answers errors of a range of statuses, on every transport.
     *
     * @param from the first status, from 400
     * @param to after the last status, up to 600
     * @param step from one status to the next, 1 or more
     * @param handler answers the errors
     * @return this
     * @throws IllegalArgumentException if the range is empty, or overlaps another one of this scope
     */
    public B errors(int from, int to, int step, ErrorHandler<? super HttpException> handler) {
        requireError(from, 599);
        requireError(to, 600);
        Objects.requireNonNull(handler, "handler");
        if (from >= to || step < 1) {
            throw new IllegalArgumentException(
                    "%s: errors from %d to %d by %d is empty (expected: from < to, step >= 1)"
                            .formatted(where(), from, to, step));
        }
        hooksDraft().error(new ErrorSpec.OfRange(from, to, step), ofStatus(handler));
        return self();
    }

    /**
     * Answers errors of a range of statuses, on every transport.
     *
     * @param from the first status, from 400
     * @param to after the last status, up to 600
     * @param handler answers the errors
     * @return this
     * @throws IllegalArgumentException if the range is empty, or overlaps another one of this scope
     */
    public B errors(int from, int to, ErrorHandler<? super HttpException> handler) {
        return errors(from, to, 1, handler);
    }

    private static ErrorHandler<Throwable> ofStatus(ErrorHandler<? super HttpException> handler) {
        return (exchange, error) -> handler.handle(exchange, (HttpException) error);
    }

    private void requireError(int status, int most) {
        if (status < 400 || status > most) {
            throw new IllegalArgumentException(
                    "%s: status %d is no error (expected: 400 to %d). For an error of another"
                                    .formatted(where(), status, most)
                            + " kind name its exception type.");
        }
    }
}
