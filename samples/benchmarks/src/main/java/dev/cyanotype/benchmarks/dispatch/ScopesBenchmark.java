/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.benchmarks.dispatch;

import dev.cyanotype.App;
import dev.cyanotype.Blueprint;
import dev.cyanotype.exchange.Response;
import dev.cyanotype.spi.Dispatcher;
import dev.cyanotype.spi.HttpRequest;
import dev.cyanotype.spi.RenderedResponse;
import java.util.concurrent.CompletableFuture;
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
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What hosts, versions and nested hooks cost a request, beside the same request to an app that has none of them.
 *
 * <p>The app has as many blueprints as {@link #blueprints}, each with a route with one parameter; the last one is asked.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Fork(1)
public class ScopesBenchmark {

    /** How the blueprints are mounted. */
    public enum Form {
        /** As they are. */
        PLAIN,
        /** In version 2, with a version prefix. */
        VERSION,
        /** Each on a host of its own. */
        HOSTS,
        /** In three groups in one another, each with a hook before and one after. */
        NESTED,
        /** All of that. */
        ALL
    }

    @Param
    Form form;

    @Param({"10", "1000"})
    int blueprints;

    private App app;
    private Dispatcher dispatcher;
    private HttpRequest request;
    private HttpRequest unowned;

    @Setup
    public void start() {
        Response found = Response.bytes("text/plain", new byte[] {'h', 'e', 'l', 'l', 'o'});
        boolean hosts = form == Form.HOSTS || form == Form.ALL;
        boolean version = form == Form.VERSION || form == Form.ALL;
        boolean nested = form == Form.NESTED || form == Form.ALL;
        MemoryTransport transport = new MemoryTransport();
        App.Builder builder = App.named("bench").discovery(false).transport(transport);
        for (int i = 0; i < blueprints; i++) {
            Blueprint.Builder blueprint = Blueprint.named("b" + i)
                    .prefix("/b" + i)
                    .get("/{id}", ctx -> {
                        ctx.pathParam("id");
                        return found;
                    });
            if (hosts) {
                blueprint.host("h" + i + ".test");
            }
            if (version) {
                blueprint.version(2).versionPrefix("/api/v");
            }
            builder.register(nested ? nested(blueprint.build(), i) : blueprint.build());
        }
        app = builder.build();
        app.start();
        dispatcher = transport.dispatcher();
        int last = blueprints - 1;
        String prefix = (version ? "/api/v2" : "") + (nested ? "/outer" + last : "") + "/b" + last;
        request = new GetRequest(prefix + "/12345", "h" + last + ".test");
        unowned = new GetRequest(prefix + "/12345/none", "h" + last + ".test");
    }

    private static Blueprint nested(Blueprint blueprint, int i) {
        Blueprint scope = blueprint;
        for (int depth = 0; depth < 3; depth++) {
            Blueprint.Builder group = Blueprint.group(scope).before(ctx -> null).after((ctx, response) -> response);
            scope = (depth == 2 ? group.prefix("/outer" + i) : group).build();
        }
        return scope;
    }

    @TearDown
    public void stop() {
        app.stop();
    }

    @Benchmark
    public CompletableFuture<RenderedResponse> found() {
        return dispatcher.http(request);
    }

    /** A path below the prefix of a blueprint, which therefore answers it. */
    @Benchmark
    public CompletableFuture<RenderedResponse> notFound() {
        return dispatcher.http(unowned);
    }
}
