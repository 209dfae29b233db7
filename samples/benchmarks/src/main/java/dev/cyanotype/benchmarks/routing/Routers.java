/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.benchmarks.routing;

import dev.cyanotype.http.HttpMethod;
import dev.cyanotype.internal.routing.Match;
import dev.cyanotype.internal.routing.PathPattern;
import dev.cyanotype.internal.routing.Router;
import io.javalin.config.RouterConfig;
import io.javalin.http.HandlerType;
import io.javalin.router.Endpoint;
import io.javalin.router.ParsedEndpoint;
import io.javalin.router.matcher.PathMatcher;
import io.jooby.ForwardingContext;
import io.jooby.Jooby;
import java.util.List;
import java.util.Map;

/**
 * Three routers behind their own entries: each gives the route and its path parameters in the form it gives them to a
 * handler.
 */
final class Routers {

    private Routers() {}

    static Router<String> cyanotype(List<String> patterns) {
        Router<String> router = new Router<>(Map.of());
        for (String pattern : patterns) {
            router.add(null, HttpMethod.GET.ordinal(), PathPattern.parse(pattern), false, pattern, false);
        }
        return router;
    }

    static Match<String> match(Router<String> router, String path) {
        return router.match(null, path, HttpMethod.GET.ordinal(), Router.NO_SLOT);
    }

    static PathMatcher javalin(List<String> patterns) {
        PathMatcher matcher = new PathMatcher();
        RouterConfig config = new RouterConfig();
        for (String pattern : patterns) {
            matcher.add(new ParsedEndpoint(new Endpoint(HandlerType.GET, pattern, ctx -> {}), config));
        }
        return matcher;
    }

    static Jooby jooby(List<String> patterns) {
        Jooby jooby = new Jooby();
        for (String pattern : patterns) {
            jooby.get(pattern, ctx -> pattern);
        }
        return jooby;
    }

    /** As much of a request as Jooby's router looks at. */
    static final class JoobyRequest extends ForwardingContext {

        private String path = "/";

        @SuppressWarnings("DataFlowIssue")
        JoobyRequest() {
            super(null);
        }

        JoobyRequest to(String newPath) {
            path = newPath;
            return this;
        }

        @Override
        public String getMethod() {
            return "GET";
        }

        @Override
        public String getRequestPath() {
            return path;
        }
    }
}
