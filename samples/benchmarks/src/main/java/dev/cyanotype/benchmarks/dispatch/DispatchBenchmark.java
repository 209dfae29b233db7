/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.benchmarks.dispatch;

import dev.cyanotype.App;
import dev.cyanotype.exchange.Response;
import dev.cyanotype.http.HttpContext;
import dev.cyanotype.http.HttpOptions;
import dev.cyanotype.internal.assembly.Assembler;
import dev.cyanotype.internal.bus.CallPool;
import dev.cyanotype.internal.concurrent.SystemClock;
import dev.cyanotype.internal.dispatch.AppRuntime;
import dev.cyanotype.internal.dispatch.ContextObject;
import dev.cyanotype.internal.json.JsonCodec;
import dev.cyanotype.internal.socket.SocketHub;
import dev.cyanotype.internal.spec.ScopeDraft;
import dev.cyanotype.json.JsonOptions;
import dev.cyanotype.socket.SocketOptions;
import dev.cyanotype.spi.Dispatcher;
import dev.cyanotype.spi.HttpRequest;
import dev.cyanotype.spi.RenderedResponse;
import java.util.List;
import java.util.Map;
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
 * What lies between a transport and a handler: route, hooks, handler, response, in time and, with {@code -prof gc}, in
 * bytes.
 *
 * <p>What dispatch adds to the context object is {@link #empty} less {@link #contextAlone}. {@link #bytes} answers with
 * a body that is there, {@link #text} encodes one, {@link #parameter} also has a path parameter and its value.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Fork(1)
public class DispatchBenchmark {

    @Param({"0", "1", "5"})
    int hooks;

    private App app;
    private Dispatcher dispatcher;
    private AppRuntime runtime;
    private final SystemClock clock = new SystemClock("bench");
    private final HttpRequest toEmpty = new GetRequest("/empty");
    private final HttpRequest toBytes = new GetRequest("/bytes");
    private final HttpRequest toText = new GetRequest("/text");
    private final HttpRequest toParameter = new GetRequest("/users/12345");

    @Setup
    public void start() {
        Response empty = Response.of(200);
        Response bytes = Response.bytes("text/plain", new byte[] {'h', 'e', 'l', 'l', 'o'});
        Response text = Response.text("hello");
        MemoryTransport transport = new MemoryTransport();
        App.Builder builder = App.named("bench")
                .discovery(false)
                .transport(transport)
                .get("/empty", ctx -> empty)
                .get("/bytes", ctx -> bytes)
                .get("/text", ctx -> text)
                .get("/users/{id}", ctx -> Response.text(ctx.pathParam("id")));
        for (int i = 0; i < hooks; i++) {
            builder.before(ctx -> null).after((ctx, response) -> response);
        }
        app = builder.build();
        app.start();
        dispatcher = transport.dispatcher();
        JsonCodec json = new JsonCodec(JsonOptions.builder().build());
        runtime = new AppRuntime(
                "bench",
                Assembler.assemble(
                                "bench",
                                ScopeDraft.app("bench").build(),
                                Map.of(),
                                SocketOptions.builder().build(),
                                false,
                                List.of())
                        .assembly(),
                json,
                HttpOptions.builder().build(),
                new SocketHub(
                        "bench", "replica", SocketOptions.builder().build(), json, Runnable::run, name -> false, clock),
                new CallPool(json, Runnable::run, 1, clock));
    }

    @TearDown
    public void stop() {
        app.stop();
        clock.close();
    }

    @Benchmark
    public HttpContext contextAlone() {
        return ContextObject.of(runtime, toText);
    }

    @Benchmark
    public CompletableFuture<RenderedResponse> empty() {
        return dispatcher.http(toEmpty);
    }

    @Benchmark
    public CompletableFuture<RenderedResponse> bytes() {
        return dispatcher.http(toBytes);
    }

    @Benchmark
    public CompletableFuture<RenderedResponse> text() {
        return dispatcher.http(toText);
    }

    @Benchmark
    public CompletableFuture<RenderedResponse> parameter() {
        return dispatcher.http(toParameter);
    }
}
