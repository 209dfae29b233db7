/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.samples.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cyanotype.samples.users.ServiceProcess;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Services that do not get through their start. */
class StartFaultsIT extends FaultyServices {

    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

    private static final String HTTP_PORT = "CYANOTYPE_HTTP_PORT";

    /** A port that was free a moment ago. */
    private static String freePort() throws Exception {
        try (ServerSocket free = new ServerSocket(0, 1, LOOPBACK)) {
            return Integer.toString(free.getLocalPort());
        }
    }

    /** Looks at a service that could not start, while its process still waits to be told to go on. */
    private void assertNothingLeft(ServiceProcess service, String failure) throws Exception {
        service.awaitLine("threads left: ");
        assertThat(redis.command("INFO", "commandstats")).as("it was on Redis").contains("cmdstat_subscribe:");
        assertThat(redis.command("PUBSUB", "CHANNELS")).isEmpty();
        await().untilAsserted(() -> assertThat(redis.command("CLIENT", "LIST").lines())
                .as("only the connection of this command")
                .hasSize(1));
        assertThat(service.lines("port is ")).containsExactly("port is free: true");
        assertThat(service.lines("threads left: ")).containsExactly("threads left: []");

        service.tell("go on");

        assertThat(service.awaitExit()).isEqualTo(1);
        assertThat(service.lines().stream().filter(line -> line.matches(".*(WARN|ERROR|Exception).*")))
                .first()
                .asString()
                .matches("Exception in thread \"main\" " + failure);
    }

    @Test
    void fault_25_a_port_that_is_taken_leaves_no_other_port_nothing_on_redis_and_no_thread() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, LOOPBACK)) {
            String port = Integer.toString(taken.getLocalPort());
            // The last of the transports to start.
            ServiceProcess service = begin(Map.of(HTTP_PORT, freePort(), "CYANOTYPE_WEBSOCKET_PORT", port), "none");
            assertNothingLeft(
                    service,
                    "dev\\.cyanotype\\.spi\\.TransportException: transport 'websocket' of app 'faulty' could not listen on port "
                            + port + " of '127\\.0\\.0\\.1': Address already in use\\..*");
        }
    }

    @Test
    void fault_25_a_hook_that_fails_when_all_is_up_leaves_no_port_nothing_on_redis_and_no_thread() throws Exception {
        ServiceProcess service = begin(Map.of(HTTP_PORT, freePort()), "start fails");
        assertNothingLeft(
                service,
                "java\\.lang\\.IllegalStateException: app 'faulty' could not start: the onStart hook of app 'faulty'"
                        + " \\(FaultyService.java:\\d+\\) failed: java.lang.IllegalStateException: no more room");
    }

    @Test
    void a_start_that_hangs_is_ended_by_a_signal() throws Exception {
        ServiceProcess hanging = begin("start hangs", "2");
        ServiceProcess deaf = begin("start hangs deaf", "1");
        for (ServiceProcess service : List.of(hanging, deaf)) {
            service.awaitLine("hangs in onStarting");
            service.signal("TERM");
        }

        assertThat(hanging.awaitExit()).isZero();
        assertThat(deaf.awaitExit()).isZero();
        // It was waited for once, and was not told again when the JVM shut down.
        assertThat(deaf.lines("does not listen")).hasSize(1);
    }
}
