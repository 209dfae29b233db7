/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.benchmarks.testkit;

import com.sun.management.OperatingSystemMXBean;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.util.concurrent.TimeUnit;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.Launcher;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/**
 * How long a thousand tests in memory take: first in a JVM that has just started, as a developer waits for them, then again in the
 * same JVM.
 */
public final class ThousandTests {

    private static final OperatingSystemMXBean PROCESS =
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    private static final int ROUNDS = Integer.getInteger("rounds", 5);

    private ThousandTests() {}

    /** Measures, and prints a line for each round. */
    public static void main(String[] arguments) {
        System.out.println(
                "Java " + Runtime.version() + ", " + Runtime.getRuntime().availableProcessors() + " processors");
        Launcher launcher = LauncherFactory.create();
        LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
                .selectors(DiscoverySelectors.selectClass(UserTests.class))
                .build();
        for (int round = 1; round <= ROUNDS; round++) {
            SummaryGeneratingListener listener = new SummaryGeneratingListener();
            long processor = PROCESS.getProcessCpuTime();
            long from = System.nanoTime();
            launcher.execute(request, listener);
            long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - from);
            TestExecutionSummary summary = listener.getSummary();
            System.out.printf(
                    "round %d: %d tests passed, %d failed, %d ms, %d ms of processor time%n",
                    round,
                    summary.getTestsSucceededCount(),
                    summary.getTestsFailedCount(),
                    millis,
                    TimeUnit.NANOSECONDS.toMillis(PROCESS.getProcessCpuTime() - processor));
            if (summary.getTestsFailedCount() > 0) {
                summary.printFailuresTo(new PrintWriter(System.out, true));
                System.exit(1);
            }
        }
        System.exit(0);
    }
}
