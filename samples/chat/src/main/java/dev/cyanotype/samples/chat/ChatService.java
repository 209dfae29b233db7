/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.samples.chat;

import dev.cyanotype.App;
import dev.cyanotype.socket.SocketOptions;
import java.time.Duration;

/** The service: one process, or several on one Redis. */
public final class ChatService {

    private ChatService() {}

    /** The service, not started. */
    public static App app() {
        return builder().build();
    }

    /** For tests, which start several. */
    static App.Builder builder() {
        return App.named("chat")
                .sockets(SocketOptions.builder()
                        .maxMessageBytes(16 << 10)
                        .rateLimit(30, Duration.ofSeconds(10))
                        .build())
                .register(Chat.blueprint());
    }

    /** Runs the service on the port of CYANOTYPE_HTTP_PORT, else 8080, until it is told to stop. */
    public static void main(String[] args) {
        app().run();
    }
}
