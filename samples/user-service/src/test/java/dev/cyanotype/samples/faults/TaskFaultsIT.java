/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.samples.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cyanotype.samples.users.ServiceProcess;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Services whose tasks fail, take too long, or are asleep when they are due. */
class TaskFaultsIT extends FaultyServices {

    private static final String TICK = "tick ";

    @Test
    void fault_24_tasks_that_fail_overrun_or_sleep_go_on_and_catch_up_on_nothing() throws Exception {
        tasksGoOnAfter(Duration.ofSeconds(3));
    }

    @Tag("soak")
    @Test
    void fault_24_tasks_that_sleep_for_long_go_on_and_catch_up_on_nothing() throws Exception {
        tasksGoOnAfter(Duration.ofSeconds(10));
    }

    private void tasksGoOnAfter(Duration asleep) throws Exception {
        ServiceProcess service =
                ending(ServiceProcess.beginIgnoring("TERM", FaultyService.class, Map.of(), "tasks fail"));
        service.awaitLine("throws 5");
        // It was started by somebody who does not want it to end so.
        service.signal("TERM");
        int before = awaitTicks(service, 2);
        service.signal("STOP");
        try {
            // Time that goes by is what this is about.
            TimeUnit.MILLISECONDS.sleep(asleep.toMillis());
        } finally {
            service.signal("CONT");
        }
        awaitTicks(service, 10);
        try (KeptAlive client = new KeptAlive(service.address())) {
            assertThat(client.get("/ping")).startsWith("HTTP/1.1 200 ");
        }
        assertThat(service.lines("SIGTERM")).isEmpty();
        service.interrupt();
        assertThat(service.awaitExit()).isZero();

        assertNoBurst(ticks(service), before, asleep);
        assertThat(service.lines("overruns beside ").stream().distinct()).containsExactly("overruns beside 0");
        assertThat(service.lines("java.lang.IllegalStateException: run ")).hasSize(1);
        assertThat(report(service)).contains(" of 10000 ms: ").contains(", cut 0, ");
    }

    /** Waits for some more; how many there are. */
    private static int awaitTicks(ServiceProcess service, int more) {
        int number = ticks(service).size() + more;
        service.awaitLines(TICK, number);
        return number;
    }

    /** When they were, in milliseconds of the process. */
    private static List<Long> ticks(ServiceProcess service) {
        return service.lines(TICK).stream()
                .map(line -> Long.valueOf(line.substring(TICK.length())))
                .toList();
    }

    private static void assertNoBurst(List<Long> ticks, int least, Duration asleep) {
        int awake = least;
        while (ticks.get(awake) - ticks.get(awake - 1) < asleep.toMillis() - FaultyService.PERIOD.toMillis()) {
            awake++;
        }
        long first = ticks.get(awake);
        long second = FaultyService.PERIOD.multipliedBy(5).toMillis();
        // The one that was due meanwhile, and then one each period.
        assertThat(ticks.stream().filter(tick -> tick >= first && tick < first + second))
                .hasSizeBetween(2, 1 + 5 + 1);
    }
}
