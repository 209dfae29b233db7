/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.benchmarks.messages;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import dev.cyanotype.testkit.TestRedis;
import java.lang.management.ManagementFactory;

/** What the JVM and Redis have used so far. */
record Usage(long nanos, long bytes, long processorNanos, double redisSeconds) {

    private static final ThreadMXBean THREADS = ManagementFactory.getPlatformMXBean(ThreadMXBean.class);
    private static final OperatingSystemMXBean PROCESS =
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

    static Usage now(TestRedis redis) {
        double used = redisTime(redis);
        return new Usage(System.nanoTime(), allocated(), PROCESS.getProcessCpuTime(), used);
    }

    /** Of the threads that live; those of virtual threads are counted with the threads that carry them. */
    private static long allocated() {
        long bytes = 0;
        for (long each : THREADS.getThreadAllocatedBytes(THREADS.getAllThreadIds())) {
            bytes += Math.max(0, each);
        }
        return bytes;
    }

    private static double redisTime(TestRedis redis) {
        return redis.command("INFO", "cpu")
                .lines()
                .filter(line -> line.startsWith("used_cpu_sys:") || line.startsWith("used_cpu_user:"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.indexOf(':') + 1)))
                .sum();
    }

    /** The figures of the time since. */
    static Figures figures(Usage from, Usage to, Latencies latencies) {
        double operations = Math.max(1, latencies.count());
        double micros = 1_000;
        return new Figures(
                latencies.count() * 1e9 / (to.nanos - from.nanos),
                latencies.percentile(0.5) / micros,
                latencies.percentile(0.99) / micros,
                (to.bytes - from.bytes) / operations,
                (to.processorNanos - from.processorNanos) / micros / operations,
                (to.redisSeconds - from.redisSeconds) * 1e6 / operations);
    }
}
