/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.benchmarks.routing;

import dev.cyanotype.benchmarks.routing.RouteTable.Position;
import dev.cyanotype.benchmarks.routing.RouteTable.Shape;
import dev.cyanotype.benchmarks.routing.Routers.JoobyRequest;
import dev.cyanotype.internal.routing.Match;
import dev.cyanotype.internal.routing.Router;
import io.javalin.http.HandlerType;
import io.javalin.router.ParsedEndpoint;
import io.javalin.router.matcher.PathMatcher;
import io.jooby.Jooby;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/**
 * What finding one route among many costs, its path parameters included, beside Javalin's and Jooby's routers.
 *
 * <p>The paths take turns and live through the run, so a router that looks up whole paths finds their hash codes
 * computed. {@link FreshPathBenchmark} is without that.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 4, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Fork(1)
public class RouteMatchBenchmark {

    @Param({"10", "100", "1000", "5000"})
    int routes;

    @Param
    Shape shape;

    @Param
    Position position;

    private String[] paths;
    private int next;
    private String parameter;
    private Router<String> cyanotype;
    private PathMatcher javalin;
    private Jooby jooby;
    private final JoobyRequest joobyRequest = new JoobyRequest();

    @Setup
    public void fill() {
        List<String> patterns = RouteTable.patterns(shape, routes);
        paths = RouteTable.paths(shape, routes, position);
        parameter = shape.lastParameter();
        cyanotype = Routers.cyanotype(patterns);
        javalin = Routers.javalin(patterns);
        jooby = Routers.jooby(patterns);
    }

    private String path() {
        return paths[next++ & RouteTable.PATHS - 1];
    }

    @Benchmark
    public void cyanotype(Blackhole sink) {
        Match<String> match = Routers.match(cyanotype, path());
        sink.consume(match);
        if (match != null && parameter != null) {
            String[] values = match.values();
            sink.consume(values[values.length - 1]);
        }
    }

    @Benchmark
    public void javalin(Blackhole sink) {
        String path = path();
        ParsedEndpoint endpoint = javalin.findFirstEntry(HandlerType.GET, path);
        sink.consume(endpoint);
        if (endpoint != null && parameter != null) {
            sink.consume(endpoint.extractPathParams(path).get(parameter));
        }
    }

    @Benchmark
    public void jooby(Blackhole sink) {
        io.jooby.Router.Match match = jooby.match(joobyRequest.to(path()));
        sink.consume(match);
        if (match.matches() && parameter != null) {
            sink.consume(match.pathMap().get(parameter));
        }
    }
}
