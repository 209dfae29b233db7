/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype;

import dev.cyanotype.http.BodyHandler;
import dev.cyanotype.http.HttpMethod;
import dev.cyanotype.http.Route;
import dev.cyanotype.http.RouteHandler;
import dev.cyanotype.internal.spec.OperationSpec.RouteSpec;
import dev.cyanotype.internal.spec.ScopeDraft;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Declares routes.
 *
 * <p>A path is joined to the prefix with one slash. {@code {id}} takes one segment, {@code {id:int}} one that fits a
 * converter ({@code int long uuid alpha slug regex(…)} and those of the app), {@code {path*}} takes the rest. The most
 * specific pattern wins, whatever the order of declaration. Not thread-safe.
 *
 * @param <B> the builder itself
 * @since 0.1
 */
public abstract sealed class RoutesBuilder<B extends RoutesBuilder<B>> extends ScopeBuilder<B> permits FilesBuilder {

    RoutesBuilder(ScopeDraft draft) {
        super(draft);
    }

    /**
     * Answers GET requests.
     *
     * @param path the path, joined to the prefix
     * @param handler answers them
     * @return this
     * @throws IllegalArgumentException if it is no path
     */
    public B get(String path, RouteHandler handler) {
        return get(path, handler, options -> {});
    }

    /**
     * Answers GET requests.
     *
     * @param path the path, joined to the prefix
     * @param handler answers them
     * @param options sets the route's name and other options
     * @return this
     * @throws IllegalArgumentException if it is no path
     */
    public B get(String path, RouteHandler handler, Consumer<Route.Builder> options) {
        return route(Set.of(HttpMethod.GET), Collections.singletonList(path), handler, options);
    }

    /**
     * Answers POST requests.
     *
     * @param path the path, joined to the prefix
     * @param handler answers them
     * @return this
     * @throws IllegalArgumentException if it is no path
     */
    public B post(String path, RouteHandler handler) {
        return post(path, handler, options -> {});
    }

    /**
     * Answers POST requests.
     *
     * @param path the path, joined to the prefix
     * @param handler answers them
     * @param options sets the route's name and other options
     * @return this
     * @throws IllegalArgumentException if it is no path
     */
    public B post(String path, RouteHandler handler, Consumer<Route.Builder> options) {
        return route(Set.of(HttpMethod.POST), Collections.singletonList(path), handler, options);
    }

    /**
     * Answers POST requests whose JSON body is decoded first.
     *
     * @param <T> the type of the body
     * @param path the path, joined to the prefix
     * @param bodyType the type of the body
     * @param handler answers them
     * @return this
     * @throws IllegalArgumentException if it is no path
     */
    public <T> B post(String path, Class<T> bodyType, BodyHandler<T> handler) {
        return post(path, bodyType, handler, options -> {});
    }

    /**
     * Answers POST requests whose JSON body is decoded first.
     *
     * @param <T> the type of the body
     * @param path the path, joined to the prefix
     * @param bodyType the type of the body
     * @param handler answers them
     * @param options sets the route's name and other options
     * @return this
     * @throws IllegalArgumentException if it is no path
     */
    public <T> B post(String path, Class<T> bodyType, BodyHandler<T> handler, Consumer<Route.Builder> options) {
        return route(build(
                Route.builder(Set.of(HttpMethod.POST), Collections.singletonList(path), bodyType, handler), options));
    }

    /**
     * Answers PUT requests.
     *
     * @param path the path, joined to the prefix
     * @param handler answers them
     * @return this
     * @throws IllegalArgumentException if it is no path
     */
    public B put(String path, RouteHandler handler) {
        return put(path, handler, options -> {});
    }

    /**
     * Answers PUT requests.
     *
     * @param path the path, joined to the prefix
     * @param handler answers them
     * @param options sets the route's name and other options
     * @return this
     * @throws IllegalArgumentException if it is no path
     */
    public B put(String path, RouteHandler handler, Consumer<Route.Builder> options) {
        return route(Set.of(HttpMethod.PUT), Collections.singletonList(path), handler, options);
    }

    /**
     * Answers PUT requests whose JSON body is decoded first.
     *
     * @param <T> the type of the body
     * @param path the path, joined to the prefix
     * @param bodyType the type of the body
     * @param handler answers them
     * @return this
     * @throws IllegalArgumentException if it is no path
     */
    public <T> B put(String path, Class<T> bodyType, BodyHandler<T> handler) {
        return put(path, bodyType, handler, options -> {});
    }

    /**
     * Answers PUT requests whose JSON body is decoded first.
     *
     * @param <T> the type of the body
     * @param path the path, joined to the prefix
     * @param bodyType the type of the body
     * @param handler answers them
     * @param options sets the route's name and other options
     * @return this
     * @throws IllegalArgumentException if it is no path
     */
    public <T> B put(String path, Class<T> bodyType, BodyHandler<T> handler, Consumer<Route.Builder> options) {
        return route(build(
                Route.builder(Set.of(HttpMethod.PUT), Collections.singletonList(path), bodyType, handler), options));
    }

    /**
     * Answers PATCH requests.
     *
     * @param path the path, joined to the prefix
     * @param handler answers them
     * @return this
     * @throws IllegalArgumentException if it is no path
     */
    public B patch(String path, RouteHandler handler) {
        return patch(path, handler, options -> {});
    }

    /**
     * Answers PATCH requests.
     *
     * @param path the path, joined to the prefix
     * @param handler answers them
     * @param options sets the route's name and other options
     * @return this
     * @throws IllegalArgumentException if it is no path
     */
    public B patch(String path, RouteHandler handler, Consumer<Route.Builder> options) {
        return route(Set.of(HttpMethod.PATCH), Collections.singletonList(path), handler, options);
    }

    /**
     * Answers PATCH requests whose JSON body is decoded first.
     *
     * @param <T> the type of the body
     * @param path the path, joined to the prefix
     * @param bodyType the type of the body
     * @param handler answers them
     * @return this
     * @throws IllegalArgumentException if it is no path
     */
    public <T> B patch(String path, Class<T> bodyType, BodyHandler<T> handler) {
        return patch(path, bodyType, handler, options -> {});
    }

    /**
     * Answers PATCH requests whose JSON body is decoded first.
     *
     * @param <T> the type of the body
     * @param path the path, joined to the prefix
     * @param bodyType the type of the body
     * @param handler answers them
     * @param options sets the route's name and other options
     * @return this
     * @throws IllegalArgumentException if it is no path
     */
    public <T> B patch(String path, Class<T> bodyType, BodyHandler<T> handler, Consumer<Route.Builder> options) {
        return route(build(
                Route.builder(Set.of(HttpMethod.PATCH), Collections.singletonList(path), bodyType, handler), options));
    }

    /**
     * Answers DELETE requests.
     *
     * @param path the path, joined to the prefix
     * @param handler answers them
     * @return this
     * @throws IllegalArgumentException if it is no path
     */
    public B delete(String path, RouteHandler handler) {
        return delete(path, handler, options -> {});
    }

    /**
     * Answers DELETE requests.
     *
     * @param path the path, joined to the prefix
     * @param handler answers them
     * @param options sets the route's name and other options
     * @return this
     * @throws IllegalArgumentException if it is no path
     */
    public B delete(String path, RouteHandler handler, Consumer<Route.Builder> options) {
        return route(Set.of(HttpMethod.DELETE), Collections.singletonList(path), handler, options);
    }

    /**
     * Answers DELETE requests whose JSON body is decoded first.
     *
     * @param <T> the type of the body
     * @param path the path, joined to the prefix
     * @param bodyType the type of the body
     * @param handler answers them
     * @return this
     * @throws IllegalArgumentException if it is no path
     */
    public <T> B delete(String path, Class<T> bodyType, BodyHandler<T> handler) {
        return delete(path, bodyType, handler, options -> {});
    }

    /**
     * Answers DELETE requests whose JSON body is decoded first.
     *
     * @param <T> the type of the body
     * @param path the path, joined to the prefix
     * @param bodyType the type of the body
     * @param handler answers them
     * @param options sets the route's name and other options
     * @return this
     * @throws IllegalArgumentException if it is no path
     */
    public <T> B delete(String path, Class<T> bodyType, BodyHandler<T> handler, Consumer<Route.Builder> options) {
        return route(build(
                Route.builder(Set.of(HttpMethod.DELETE), Collections.singletonList(path), bodyType, handler), options));
    }

    /**
     * Answers HEAD requests.
     *
     * @param path the path, joined to the prefix
     * @param handler answers them
     * @return this
     * @throws IllegalArgumentException if it is no path
     */
    public B head(String path, RouteHandler handler) {
        return head(path, handler, options -> {});
    }

    /**
     * Answers HEAD requests.
     *
     * @param path the path, joined to the prefix
     * @param handler answers them
     * @param options sets the route's name and other options
     * @return this
     * @throws IllegalArgumentException if it is no path
     */
    public B head(String path, RouteHandler handler, Consumer<Route.Builder> options) {
        return route(Set.of(HttpMethod.HEAD), Collections.singletonList(path), handler, options);
    }

    /**
     * Answers OPTIONS requests.
     *
     * @param path the path, joined to the prefix
     * @param handler answers them
     * @return this
     * @throws IllegalArgumentException if it is no path
     */
    public B options(String path, RouteHandler handler) {
        return options(path, handler, options -> {});
    }

    /**
     * Answers OPTIONS requests.
     *
     * @param path the path, joined to the prefix
     * @param handler answers them
     * @param options sets the route's name and other options
     * @return this
     * @throws IllegalArgumentException if it is no path
     */
    public B options(String path, RouteHandler handler, Consumer<Route.Builder> options) {
        return route(Set.of(HttpMethod.OPTIONS), Collections.singletonList(path), handler, options);
    }

    /**
     * Answers several methods on several paths.
     *
     * @param methods one or more
     * @param paths one or more, joined to the prefix
     * @param handler answers them
     * @return this
     * @throws IllegalArgumentException if there is none of either, or one is no path
     */
    public B route(Set<HttpMethod> methods, List<String> paths, RouteHandler handler) {
        return route(methods, paths, handler, options -> {});
    }

    /**
     * Answers several methods on several paths.
     *
     * @param methods one or more
     * @param paths one or more, joined to the prefix
     * @param handler answers them
     * @param options sets the route's name and other options
     * @return this
     * @throws IllegalArgumentException if there is none of either, or one is no path
     */
    public B route(Set<HttpMethod> methods, List<String> paths, RouteHandler handler, Consumer<Route.Builder> options) {
        return route(build(Route.builder(methods, paths, handler), options));
    }

    /**
     * Adds a route made elsewhere.
     *
     * @param route the route
     * @return this
     * @throws IllegalArgumentException if a path or an option is wrong
     */
    public B route(Route route) {
        draft().add(checked(route));
        return self();
    }

    /** A route with the line that declares it. */
    final RouteSpec checked(Route route) {
        return RouteSpec.checked(where(), Objects.requireNonNull(route, "route"));
    }

    static Route build(Route.Builder builder, Consumer<Route.Builder> options) {
        Objects.requireNonNull(options, "options").accept(builder);
        return builder.build();
    }
}
