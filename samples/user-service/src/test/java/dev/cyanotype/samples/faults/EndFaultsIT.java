/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.samples.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cyanotype.samples.users.ServiceProcess;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Services with a thread and hooks that hang, hooks that fail, and some that do as they should. */
class EndFaultsIT extends FaultyServices {

    /** What was left behind. */
    private static void assertNamed(ServiceProcess service) {
        assertThat(report(service))
                .matches(
                        "\\d+ ms of \\d+ ms: finished 0 \\(requests 0, actions 0, messages 0, entries 0, websocket messages 0, tasks 0\\),"
                                + " refused 0, cut 0, websockets closed 0; failed: onStop hook of app 'faulty' \\(FaultyService.java:\\d+\\);"
                                + " abandoned: onStopping hook of app 'faulty' \\(FaultyService.java:\\d+\\), thread 'spins',"
                                + " onStop hook of app 'faulty' \\(FaultyService.java:\\d+\\)");
        assertThat(service.lines(" ERROR dev.cyanotype "))
                .extracting(line -> line.replaceAll(".* - |:\\d+", ""))
                .containsExactly(
                        "the onStopping hook of app 'faulty' (FaultyService.java) of app 'faulty' took too long and was abandoned",
                        "the onStop hook of app 'faulty' (FaultyService.java) of app 'faulty' failed",
                        "the onStop hook of app 'faulty' (FaultyService.java) of app 'faulty' took too long and was abandoned");
        assertThat(service.lines()).contains("java.lang.IllegalStateException: no such file");
        assertThat(service.lines(" onStopping")).containsSubsequence("first onStopping", "second onStopping");
        assertThat(service.lines(" onStop")).containsSubsequence("first onStop", "second onStop", "third onStop");
    }

    @Test
    void fault_23_what_hangs_at_the_end_is_named_and_left_behind_and_the_rest_is_done() throws Exception {
        ServiceProcess service = begin("end hangs", "2");
        service.address();
        service.awaitLine("begin thread");

        service.signal("TERM");

        assertThat(service.awaitExit()).isZero();
        assertNamed(service);
        // The last hooks have a second more, and what is interrupted a moment.
        assertThat(millis(report(service))).isBetween(1_000L, 8_000L);
    }

    @Test
    void fault_23_a_second_signal_cuts_the_end_short_and_a_third_one_is_the_end() throws Exception {
        ServiceProcess twice = begin("end hangs", "30");
        ServiceProcess thrice = begin("end hangs", "30");
        for (ServiceProcess service : List.of(twice, thrice)) {
            service.address();
            service.awaitLine("begin thread");
            service.signal("TERM");
            service.awaitLine("hangs in onStopping");
            service.signal("TERM");
        }
        thrice.awaitLine("SIGTERM again: what is under way is cut off");
        thrice.signal("TERM");

        assertThat(thrice.awaitExit()).isEqualTo(TERMINATED);
        assertThat(thrice.lines("stopped in")).isEmpty();
        assertThat(thrice.lines("third onStop")).isEmpty();

        assertThat(twice.awaitExit()).isZero();
        assertNamed(twice);
        // The first of those that hang would have a quarter of the budget for itself.
        assertThat(millis(report(twice))).isLessThan(7_000L);
    }
}
