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
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
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
 * The same as {@link RouteMatchBenchmark} with paths that nobody has seen before, as a server reads them off the wire,
 * and with routes of which half have a parameter and half have none.
 *
 * <p>{@link #pathAlone} is what making the path costs, which is part of the other figures.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 4, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Fork(1)
public class FreshPathBenchmark {

    @Param({"10", "1000"})
    int routes;

    @Param({"LITERAL", "ONE_PARAMETER"})
    Shape shape;

    @Param({"FIRST", "LAST"})
    Position position;

    private byte[][] paths;
    private int next;
    private String parameter;
    private Router<String> cyanotype;
    private PathMatcher javalin;
    private Jooby jooby;
    private final JoobyRequest joobyRequest = new JoobyRequest();

    @Setup
    public void fill() {
        List<String> patterns = new ArrayList<>(RouteTable.patterns(Shape.LITERAL, routes / 2));
        patterns.addAll(RouteTable.patterns(Shape.ONE_PARAMETER, routes / 2));
        String[] texts = RouteTable.paths(shape, routes / 2, position);
        paths = new byte[texts.length][];
        for (int i = 0; i < texts.length; i++) {
            paths[i] = texts[i].getBytes(StandardCharsets.ISO_8859_1);
        }
        parameter = shape.lastParameter();
        cyanotype = Routers.cyanotype(patterns);
        javalin = Routers.javalin(patterns);
        jooby = Routers.jooby(patterns);
    }

    private String path() {
        return new String(paths[next++ & RouteTable.PATHS - 1], StandardCharsets.ISO_8859_1);
    }

    @Benchmark
    public String pathAlone() {
        return path();
    }

    @Benchmark
    public void cyanotype(Blackhole sink) {
        Match<String> match = Routers.match(cyanotype, path());
        sink.consume(match);
        if (match != null && parameter != null) {
            sink.consume(match.values()[0]);
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
