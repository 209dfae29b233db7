/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.benchmarks.json;

import dev.cyanotype.internal.json.JsonCodec;
import dev.cyanotype.json.JsonOptions;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What it takes to read an object of 199 bytes into a record, and to write it. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class JsonBenchmark {

    private static final int SIZE = 199;

    private final JsonCodec codec = new JsonCodec(JsonOptions.builder().build());

    private final User user = new User(
            12_345,
            "Anna Atkins",
            "anna.atkins@example.org",
            true,
            List.of("admin", "author"),
            new Address("4 Halstead Place", "Sevenoaks", "TN14 7BH"),
            0.1842);

    private byte[] json;

    /** What a client sends and gets. */
    public record User(
            long id, String name, String email, boolean active, List<String> roles, Address address, double score) {}

    /** A part of it. */
    public record Address(String street, String city, String zip) {}

    @Setup
    public void encodeOnce() {
        json = codec.encode(user);
        if (json.length != SIZE) {
            throw new IllegalStateException("the object has " + json.length + " bytes (expected: " + SIZE + ")");
        }
    }

    @Benchmark
    public User decode() {
        return codec.decode(json, User.class);
    }

    @Benchmark
    public byte[] encode() {
        return codec.encode(user);
    }
}
