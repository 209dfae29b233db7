/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cyanotype.App;
import dev.cyanotype.internal.testkit.wire.Answer;
import dev.cyanotype.internal.testkit.wire.RawSocket;
import dev.cyanotype.socket.SocketOptions;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Pages of other sites that try to open websockets, in the name of whoever looks at them. */
class OriginFaultsIT {

    private static final String COOKIE = "Cookie: session=of-the-victim";

    private final AtomicInteger run = new AtomicInteger();
    private RealApp app = start();

    private RealApp start(String... origins) {
        return RealApp.start(App.named("bank")
                .sockets(SocketOptions.builder().origins(origins).build())
                .before(ctx -> {
                    run.incrementAndGet();
                    return null;
                })
                .socketConnect(ctx -> {
                    run.incrementAndGet();
                    return "hello";
                })
                .socket("echo", ctx -> ctx.data())
                .websocket(
                        "/feed",
                        ws -> ws.onOpen(ctx -> {
                            run.incrementAndGet();
                            return "hello";
                        })));
    }

    @AfterEach
    void stop() {
        app.close();
    }

    private Answer shake(String target, String... headerLines) throws Exception {
        try (RawSocket client = RawSocket.connect(app.address())) {
            return client.ask(target, headerLines);
        }
    }

    /** The site is http://localhost, on the port of the app where it is left out here. */
    @ParameterizedTest
    @CsvSource({
        "http://localhost:PORT,                 101",
        "https://evil.example,                  403",
        "null,                                  403",
        "http://evil-localhost:PORT,            403",
        "http://localhost.evil.example:PORT,    403",
        "http://sub.localhost:PORT,             403",
        "http://localhost:1,                    403",
        "http://localhost,                      403",
        "https://localhost:PORT,                403",
        "http://evil.example@localhost:PORT,    403",
        "http://localhost:PORT/,                403",
        "'http://localhost:PORT http://evil.example', 403",
    })
    void fault_20_pages_of_other_sites_open_no_websocket(String origin, int status) throws Exception {
        String port = Integer.toString(app.address().getPort());
        for (String target : new String[] {"/ws", "/feed", "/ws?token=good"}) {
            try (RawSocket client = RawSocket.connect(app.address())) {
                Answer answer = client.exchange("GET " + target + " HTTP/1.1\r\nHost: localhost:" + port
                        + "\r\nOrigin: " + origin.replace("PORT", port) + "\r\n" + COOKIE
                        + "\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                        + "Sec-WebSocket-Key: " + RawSocket.KEY + "\r\n\r\n");
                assertThat(answer.status()).as(origin).isEqualTo(status);
                if (status == 101) {
                    assertThat(client.read().text()).contains("hello");
                } else {
                    assertThat(answer.header("Sec-WebSocket-Accept")).isNull();
                    assertThat(answer.text()).contains("Pages of this origin can't open websockets here");
                }
            }
        }
        if (status == 403) {
            // Nothing of the app's own has been asked, and nobody is counted.
            assertThat(run).hasValue(0);
            assertThat(app.app().sockets().count()).isZero();
        }
    }

    @Test
    void fault_20_clients_that_are_no_browsers_send_no_origin_and_are_let_in() throws Exception {
        assertThat(shake("/ws").status()).isEqualTo(101);
        assertThat(shake("/feed").status()).isEqualTo(101);
    }

    @Test
    void fault_20_two_origins_are_none() throws Exception {
        assertThat(shake("/ws", "Origin: http://localhost", "Origin: http://localhost")
                        .status())
                .isEqualTo(403);
        assertThat(shake("/ws", "Origin: http://localhost", "oRIGIN: https://evil.example")
                        .status())
                .isEqualTo(403);
    }

    @ParameterizedTest
    @CsvSource({
        "https://app.example.com,      101",
        "https://a.b.example.org,      101",
        "https://example.org,          403",
        "https://evilexample.org,      403",
        "http://app.example.com,       403",
        "https://app.example.com:8443, 403",
    })
    void fault_20_pages_of_allowed_sites_and_no_others_open_websockets(String origin, int status) throws Exception {
        app.close();
        app = start("https://app.example.com", "https://*.example.org");
        assertThat(shake("/ws", "Origin: " + origin).status()).isEqualTo(status);
        assertThat(shake("/feed", "Origin: " + origin).status()).isEqualTo(status);
    }

    @Test
    void fault_20_what_a_proxy_is_said_to_have_been_asked_for_makes_no_difference() throws Exception {
        assertThat(shake(
                                "/ws",
                                "Origin: https://evil.example",
                                "X-Forwarded-Host: evil.example",
                                "X-Forwarded-Proto: https",
                                "Forwarded: host=evil.example;proto=https")
                        .status())
                .isEqualTo(403);
    }
}
