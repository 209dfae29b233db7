/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.benchmarks.tasks;

import com.sun.management.OperatingSystemMXBean;
import dev.cyanotype.App;
import dev.cyanotype.task.Schedule;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;

/**
 * What it costs that an app has many tasks while hardly any of them, or many, are due.
 *
 * <p>A task that goes by the calendar looks at it once a minute, so a round is a minute. What is printed is the processor time of this JVM, as per cent of one core, in each of several rounds, and the median.
 * An app without tasks shows what the JVM takes by itself.
 */
public final class IdleTasks {

    private static final int TASKS = Integer.getInteger("tasks", 10_000);
    private static final int ROUNDS = Integer.getInteger("rounds", 3);
    private static final Duration MEASURED = Duration.ofSeconds(Integer.getInteger("seconds", 60));
    private static final Duration SETTLING = Duration.ofSeconds(Integer.getInteger("settling", 15));
    private static final String ONLY = System.getProperty("only", "");
    private static final Duration BUSY = Duration.ofSeconds(10);
    private static final OperatingSystemMXBean PROCESS =
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

    private IdleTasks() {}

    /** Measures, and prints a table. */
    public static void main(String[] arguments) throws InterruptedException {
        System.out.println(
                "Java " + Runtime.version() + ", " + Runtime.getRuntime().availableProcessors() + " processors");
        System.out.printf("%-34s %10s %12s %9s   %s%n", "", "% of a core", "runs a second", "us a run", "rounds");
        Map<String, Supplier<Schedule>> variants = new LinkedHashMap<>();
        variants.put("every hour", () -> Schedule.every(Duration.ofHours(1)));
        variants.put("cron 0 3 * * *", () -> Schedule.cron("0 3 * * *"));
        variants.put("every 10 s", () -> Schedule.every(BUSY));
        measure("no tasks", 0, variants.get("every hour"));
        for (Map.Entry<String, Supplier<Schedule>> variant : variants.entrySet()) {
            if (variant.getKey().contains(ONLY)) {
                measure(TASKS + " tasks, " + variant.getKey(), TASKS, variant.getValue());
            }
        }
        System.exit(0);
    }

    private static void measure(String what, int tasks, Supplier<Schedule> schedule) throws InterruptedException {
        LongAdder runs = new LongAdder();
        App.Builder builder = App.named("idle").discovery(false);
        for (int i = 0; i < tasks; i++) {
            builder.background("task" + i, spread(schedule.get(), i), ctx -> runs.increment());
        }
        try (App app = builder.build()) {
            app.start();
            TimeUnit.NANOSECONDS.sleep(SETTLING.toNanos());
            List<Double> rounds = new ArrayList<>();
            long before = runs.sum();
            long used = 0;
            for (int round = 0; round < ROUNDS; round++) {
                long from = System.nanoTime();
                long processorFrom = PROCESS.getProcessCpuTime();
                TimeUnit.NANOSECONDS.sleep(MEASURED.toNanos());
                long processor = PROCESS.getProcessCpuTime() - processorFrom;
                used += processor;
                rounds.add(100.0 * processor / (System.nanoTime() - from));
            }
            print(what, rounds, runs.sum() - before, used);
        }
    }

    /** So that not all are due at once; what goes by the calendar is. */
    private static Schedule spread(Schedule schedule, int number) {
        return schedule.interval()
                .map(interval -> schedule.startingAfter(
                        interval.plus(BUSY.multipliedBy(number).dividedBy(TASKS))))
                .orElse(schedule);
    }

    private static void print(String what, List<Double> rounds, long runs, long used) {
        StringBuilder each = new StringBuilder();
        rounds.forEach(round -> each.append(String.format(Locale.ROOT, " %.2f", round)));
        double median = rounds.stream().sorted().toList().get(rounds.size() / 2);
        System.out.printf(
                Locale.ROOT,
                "%-34s %10.2f %12.0f %9.1f  %s%n",
                what,
                median,
                (double) runs / MEASURED.toSeconds() / ROUNDS,
                runs == 0 ? 0 : used / 1_000.0 / runs,
                each);
    }
}
