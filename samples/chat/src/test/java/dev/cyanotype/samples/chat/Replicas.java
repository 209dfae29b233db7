/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.samples.chat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cyanotype.App;
import dev.cyanotype.http.javalin.JavalinHttp;
import dev.cyanotype.http.javalin.JavalinOptions;
import java.net.URI;

/** Replicas of the chat, in this process, on ports of their own. */
final class Replicas {

    private Replicas() {}

    static App start(String redis) {
        return start(ChatService.builder(), redis);
    }

    static App start(App.Builder builder, String redis) {
        return start(builder, redis, 0);
    }

    static App start(App.Builder builder, String redis, int port) {
        App app = builder.setting("redis.url", redis)
                .transport(JavalinHttp.with(JavalinOptions.builder().port(port).build()))
                .build();
        app.start();
        return app;
    }

    static URI page(App app) {
        URI address = app.address("http");
        assertThat(address.getHost()).isEqualTo("127.0.0.1");
        return address.resolve("/");
    }

    static URI socket(App app) {
        return URI.create("ws://" + app.address("http").getAuthority() + "/ws");
    }
}
