/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.websocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.cyanotype.internal.testkit.wire.RawSocket;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Thousands of clients of a whole app that has 128 MB in all. */
class ManyClientsIT {

    /** Of the app's side alone; measured: 4.0 kB, of the socket for messages as of one with a path of its own. */
    private static final long MOST_BYTES = 5_000;

    @Test
    void two_thousand_idle_clients_stay_and_hear_what_is_sent_to_all() throws Exception {
        stayAndHear(2_000);
    }

    @Test
    @Tag("soak")
    void ten_thousand_idle_clients_stay_and_hear_what_is_sent_to_all() throws Exception {
        stayAndHear(10_000);
    }

    private static void stayAndHear(int clients) throws Exception {
        assumeTrue(
                OpenFiles.most() > clients + 500,
                "too few open files are allowed for " + clients + " clients: " + OpenFiles.most());
        try (ChildJvm service = ChildJvm.start(FaultsService.class, List.of("-Xmx128m"))) {
            URI address = URI.create(service.ask("address"));
            // What is loaded and cached once is not counted.
            try (RawSocket first = RawSocket.open(address, "/CLOSE")) {
                assertThat(first.text("x").read().text()).isEqualTo("x");
                service.ask("send CLOSE x");
            }
            long before = Long.parseLong(service.ask("heap"));
            try (ChildJvm crowd = ChildJvm.start(
                    Crowd.class,
                    List.of("-Xmx128m"),
                    Integer.toString(address.getPort()),
                    "/CLOSE",
                    Integer.toString(clients))) {
                assertThat(crowd.ask("0")).isEqualTo(clients + " of " + clients + ", lost 0");
                assertThat(service.ask("clients")).isEqualTo(Integer.toString(clients));
                long each = (Long.parseLong(service.ask("heap")) - before) / clients;
                System.out.println(clients + " idle clients: " + each + " bytes of heap for each");
                assertThat(each).isLessThan(MOST_BYTES);

                for (int n = 1; n <= 3; n++) {
                    assertThat(service.ask("send CLOSE hello-" + n)).isEqualTo(Integer.toString(clients));
                    assertThat(crowd.ask(Integer.toString(n * 9))).isEqualTo(clients + " of " + clients + ", lost 0");
                }
                assertThat((Long.parseLong(service.ask("heap")) - before) / clients)
                        .isLessThan(MOST_BYTES);
                assertThat(service.ask("counters")).contains("sockets.slow=0", "sockets.dropped=0");
            }
        }
    }
}
