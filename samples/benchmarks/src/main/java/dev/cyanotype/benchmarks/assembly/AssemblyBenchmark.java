/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.benchmarks.assembly;

import dev.cyanotype.App;
import dev.cyanotype.Blueprint;
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

/**
 * How long an app of many blueprints, each with a hundred routes and with hooks, takes to build.
 *
 * <p>Once in each of some fresh JVMs, because that is how a service meets it. For the cost without the JVM's own warming
 * up, as a comparison of sizes wants it, add {@code -f 1 -wi 20 -i 10}.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 0)
@Measurement(iterations = 1)
@Fork(5)
public class AssemblyBenchmark {

    private static final int ROUTES_EACH = 100;

    @Param({"1000", "5000", "10000"})
    int routes;

    private List<Blueprint> blueprints;

    @Setup
    public void declareOnce() {
        blueprints = declared();
    }

    private List<Blueprint> declared() {
        List<Blueprint> all = new ArrayList<>();
        for (int i = 0; i < routes / ROUTES_EACH; i++) {
            Blueprint.Builder builder = Blueprint.named("feature" + i)
                    .prefix("/api/feature" + i)
                    .before(ctx -> null)
                    .after((ctx, response) -> response)
                    .error(IllegalStateException.class, (ctx, e) -> e.getMessage());
            for (int j = 0; j < ROUTES_EACH; j++) {
                String name = "res" + j;
                builder.get("/" + name + "/{id}", ctx -> ctx.pathParam("id"), route -> route.name(name));
            }
            all.add(builder.build());
        }
        return all;
    }

    private static App assembled(List<Blueprint> all) {
        App.Builder app = App.named("bench").before(ctx -> null);
        all.forEach(app::register);
        return app.build();
    }

    /** Blueprints that are there are mounted on an app, checked, and made ready to run. */
    @Benchmark
    public App assemble() {
        return assembled(blueprints);
    }

    /** The blueprints are declared too. */
    @Benchmark
    public App declareAndAssemble() {
        return assembled(declared());
    }
}
