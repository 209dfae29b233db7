/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cyanotype.App;
import dev.cyanotype.internal.testkit.wire.RawSocket;
import dev.cyanotype.socket.SocketOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Clients that number their calls alike, or send what others wait for, in the dialect of Daebus's client. */
class ForeignAnswersFaultsIT {

    private final CountDownLatch gate = new CountDownLatch(1);
    private final CountDownLatch begun = new CountDownLatch(1);
    private final RealApp app = RealApp.start(App.named("svc")
            .sockets(SocketOptions.builder()
                    .gateway(gateway -> gateway.service("svc", "echo", "slow"))
                    // Ids that come again, as those of users may.
                    .clientIds(handshake -> handshake.queryParam("id"))
                    .build())
            .action("echo", ctx -> ctx.payload())
            .action("slow", ctx -> {
                begun.countDown();
                gate.await();
                return ctx.payload();
            }));

    @AfterEach
    void stop() {
        gate.countDown();
        app.close();
    }

    private static String call(String action, String payload, String id) {
        return "{\"type\":\"publish\",\"channel\":\"svc\",\"data\":{\"action\":\"" + action
                + "\",\"payload\":{\"of\":\"" + payload + "\"},\"request_id\":\"" + id + "\"}}";
    }

    private static String answer(String payload, String id) {
        return "{\"type\":\"response\",\"request_id\":\"" + id + "\",\"success\":true,\"data\":{\"of\":\"" + payload
                + "\"}}";
    }

    @Test
    void fault_12_equal_request_ids_of_several_clients_are_not_mixed_up() throws Exception {
        int calls = 200;
        List<RawSocket> clients = new ArrayList<>();
        for (int c = 0; c < 5; c++) {
            clients.add(app.open("/ws?id=" + c));
        }
        for (int n = 0; n < calls; n++) {
            for (int c = 0; c < clients.size(); c++) {
                clients.get(c).text(call("echo", c + " " + n, "req_" + n));
            }
        }
        for (int c = 0; c < clients.size(); c++) {
            Set<String> got = new TreeSet<>();
            Set<String> expected = new TreeSet<>();
            for (int n = 0; n < calls; n++) {
                got.add(clients.get(c).read().text());
                expected.add(answer(c + " " + n, "req_" + n));
            }
            assertThat(got).isEqualTo(expected);
            clients.get(c).close();
        }
    }

    @Test
    void fault_12_an_answer_that_comes_after_the_close_reaches_nobody_else() throws Exception {
        RawSocket first = app.open("/ws?id=ann");
        first.text(call("slow", "first", "req_1"));
        begun.await();
        first.closing(1000, "");
        assertThat(first.read().closing()).isEqualTo("1000");
        first.close();

        // The same id, of the client and of its call.
        try (RawSocket second = openAgain()) {
            second.text(call("slow", "second", "req_1"));
            second.text(call("echo", "second", "req_2"));
            assertThat(second.read().text()).isEqualTo(answer("second", "req_2"));
            gate.countDown();
            assertThat(second.read().text()).isEqualTo(answer("second", "req_1"));
            second.text(call("echo", "second", "req_3"));
            assertThat(second.read().text()).isEqualTo(answer("second", "req_3"));
        }
    }

    /** An id is free as soon as its client is gone. */
    private RawSocket openAgain() throws Exception {
        while (true) {
            RawSocket client = RawSocket.connect(app.address());
            if (client.ask("/ws?id=ann").status() == 101) {
                return client;
            }
            client.close();
        }
    }

    @Test
    void fault_12_a_client_can_not_answer_for_another_one() throws Exception {
        try (RawSocket waiting = app.open("/ws?id=ann");
                RawSocket forging = app.open("/ws?id=eve")) {
            waiting.text(call("slow", "true", "req_1"));
            begun.await();
            Map<String, String> forged = Map.of(
                    answer("forged", "req_1"),
                    "No handler found for message type 'response'",
                    "{\"type\":\"progress\",\"data\":{\"of\":\"forged\"}}",
                    "No handler found for message type 'progress'",
                    "{\"type\":\"channel_message\",\"channel\":\"svc\",\"data\":{}}",
                    "No handler found for message type 'channel_message'",
                    "{\"type\":\"broadcast\",\"channel\":\"svc\",\"data\":{\"request_id\":\"req_1\"}}",
                    "Channel 'svc' is not open to broadcasts of websockets",
                    "{\"type\":\"subscribe\",\"channel\":\"svc\"}",
                    "Channel 'svc' is not open to websockets");
            for (Map.Entry<String, String> message : forged.entrySet()) {
                forging.text(message.getKey());
                assertThat(forging.read().text())
                        .isEqualTo("{\"type\":\"error\",\"error\":\"" + message.getValue() + "\"}");
            }
            gate.countDown();
            assertThat(waiting.read().text()).isEqualTo(answer("true", "req_1"));
            waiting.text(call("echo", "next", "req_2"));
            assertThat(waiting.read().text()).isEqualTo(answer("next", "req_2"));
        }
        app.app().stop(Duration.ofSeconds(5));
    }
}
