/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.benchmarks.dispatch;

import dev.cyanotype.App;
import dev.cyanotype.Blueprint;
import dev.cyanotype.exchange.Response;
import dev.cyanotype.http.HttpOptions;
import dev.cyanotype.spi.Dispatcher;
import dev.cyanotype.spi.RenderedResponse;
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
 * What paths cost that are made to cost much, in an app that gives them all they could want: parameters, converters, regular
 * expressions, a folder-like rest, nested prefixes, and URLs of 32 KB allowed.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Fork(1)
public class HostilePathBenchmark {

    /** A path of 16 KB, or what else is said to hurt. */
    public enum Attack {
        LONG("/" + "a".repeat(16_384)),
        DEEP("/a".repeat(8_192)),
        SLASHES("/".repeat(16_384)),
        ESCAPES("/a/" + "%61".repeat(5_461)),
        NUL("/a/b%00c"),
        NULS("/a/" + "%00".repeat(5_461)),
        OVERLONG("/a/%c0%ae%c0%ae/" + "%c0%af".repeat(2_700)),
        DOTS("/a" + "/%2e%2e".repeat(2_340)),
        PATH_PARAMETERS("/a" + "/..;".repeat(4_096) + "/"),
        BACKSLASHES("/a/" + "%5c..".repeat(3_276)),
        REGEX("/regex/" + "a".repeat(31) + "b"),
        LONG_REGEX("/regex/" + "a".repeat(16_000) + "b");

        private final String path;

        Attack(String path) {
            this.path = path;
        }
    }

    @Param
    Attack attack;

    private App app;
    private Dispatcher dispatcher;

    @Setup
    public void start() {
        MemoryTransport transport = new MemoryTransport();
        Blueprint deep = Blueprint.named("deep")
                .prefix("/a/{x}/{y:int}")
                .get("/{z:regex([a-z]+)}", ctx -> Response.empty())
                .build();
        app = App.named("bench")
                .discovery(false)
                .transport(transport)
                .http(HttpOptions.builder().maxUrlLength(32_768).build())
                .get("/regex/{x:regex(^(.*a){12}$)}", ctx -> Response.empty())
                .get("/a/{x}/{y:int}/b", ctx -> Response.empty())
                .get("/a/{x:alpha}/{y}/c", ctx -> Response.empty())
                .get("/{x}/a/a/a/a/a/a/a/b", ctx -> Response.empty())
                .get("/a/a/{x}/a/a/a/a/a/b", ctx -> Response.empty())
                .post("/{path*}", ctx -> Response.empty())
                .register(deep)
                .build();
        app.start();
        dispatcher = transport.dispatcher();
    }

    @TearDown
    public void stop() {
        app.stop();
    }

    @Benchmark
    public RenderedResponse answered() {
        return dispatcher.http(new GetRequest(attack.path)).join();
    }
}
