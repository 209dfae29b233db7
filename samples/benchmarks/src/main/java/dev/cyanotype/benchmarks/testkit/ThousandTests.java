/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.benchmarks.testkit;

import com.sun.management.OperatingSystemMXBean;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.Launcher;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

/**
 * How long a thousand tests in memory take: first in a JVM that has just started, as a developer waits for them, then again in the
 * same JVM; with an app for each test, and with one for a class.
 */
public final class ThousandTests {

    private static final OperatingSystemMXBean PROCESS =
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    private static final int ROUNDS = Integer.getInteger("rounds", 5);

    private ThousandTests() {}

    /**
     * Measures, and prints a line for each round.
     *
     * @param arguments {@code own} or {@code shared} for only one of them, so that its first round is in a new JVM
     */
    public static void main(String[] arguments) {
        System.out.println(
                "Java " + Runtime.version() + ", " + Runtime.getRuntime().availableProcessors() + " processors");
        Launcher launcher = LauncherFactory.create();
        Map<String, Class<?>> all = Map.of("own", UserTests.class, "shared", SharedAppTests.class);
        for (String one : arguments.length == 0 ? List.of("own", "shared") : List.of(arguments)) {
            Class<?> tests = Objects.requireNonNull(all.get(one), one);
            LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
                    .selectors(DiscoverySelectors.selectClass(tests))
                    .build();
            for (int round = 1; round <= ROUNDS; round++) {
                measure(launcher, request, tests.getSimpleName() + ", round " + round);
            }
        }
        System.exit(0);
    }

    private static void measure(Launcher launcher, LauncherDiscoveryRequest request, String what) {
        SummaryGeneratingListener summary = new SummaryGeneratingListener();
        TestTime time = new TestTime();
        long processor = PROCESS.getProcessCpuTime();
        long from = System.nanoTime();
        launcher.execute(request, summary, time);
        long nanos = System.nanoTime() - from;
        System.out.printf(
                "%s: %d tests passed, %d failed, %d ms in tests, %d ms in all, %d ms of processor time%n",
                what,
                summary.getSummary().getTestsSucceededCount(),
                summary.getSummary().getTestsFailedCount(),
                TimeUnit.NANOSECONDS.toMillis(time.nanos),
                TimeUnit.NANOSECONDS.toMillis(nanos),
                TimeUnit.NANOSECONDS.toMillis(PROCESS.getProcessCpuTime() - processor));
        if (summary.getSummary().getTestsFailedCount() > 0) {
            summary.getSummary().printFailuresTo(new PrintWriter(System.out, true));
            System.exit(1);
        }
    }

    /** The time of all tests, each as a report shows it. */
    private static final class TestTime implements TestExecutionListener {

        private long nanos;
        private long started;

        @Override
        public void executionStarted(TestIdentifier test) {
            if (test.isTest()) {
                started = System.nanoTime();
            }
        }

        @Override
        public void executionFinished(TestIdentifier test, TestExecutionResult result) {
            if (test.isTest()) {
                nanos += System.nanoTime() - started;
            }
        }
    }
}
