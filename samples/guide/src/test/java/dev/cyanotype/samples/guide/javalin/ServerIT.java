/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.samples.guide.javalin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cyanotype.App;
import dev.cyanotype.http.javalin.JavalinAccess;
import io.javalin.Javalin;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.Test;

/** Both ways around, on real ports. */
class ServerIT {

    private static HttpResponse<String> get(URI server, String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(server.resolve(path))
                .header("X-User", "ann")
                .build();
        return HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
    }

    @Test
    void a_javalin_server_carries_an_app() throws IOException, InterruptedException {
        Javalin javalin = Server.create(0).start();
        try {
            URI server = URI.create("http://127.0.0.1:" + javalin.port());
            assertThat(get(server, "/old").body()).isEqualTo("Still Javalin");
            assertThat(get(server, "/items/1").body()).isEqualTo("{\"id\":1,\"name\":\"apple\"}");
            assertThat(get(server, "/nowhere").headers().firstValue("Content-Type"))
                    .contains("application/problem+json");
        } finally {
            javalin.stop();
        }
    }

    @Test
    void an_app_carries_what_is_left_of_javalin() throws IOException, InterruptedException {
        try (App app = Server.app().toBuilder()
                .setting("http.port", "0")
                .register(Server.addresses())
                .build()) {
            app.start();
            URI server = app.address("http");
            assertThat(get(server, "/old").body()).isEqualTo("Still Javalin");
            assertThat(get(server, "/items/1").headers().firstValue("X-Server")).contains("mine");
            assertThat(get(server, "/ip").body()).isEqualTo("{\"ip\":\"127.0.0.1\"}");
        }
    }

    @Test
    void of_the_handlers_for_errors_those_by_status_run_for_the_app_too() throws IOException, InterruptedException {
        Javalin javalin = Javalin.create(config -> {
                    config.jetty.host = "127.0.0.1";
                    config.jetty.port = 0;
                    config.routes.error(404, ctx -> ctx.result("by javalin"));
                    config.routes.exception(Exception.class, (e, ctx) -> ctx.header("X-Exception", "1"));
                    JavalinAccess.mount(
                            config, App.named("shop").register(Server.items()).build());
                })
                .start();
        try {
            URI server = URI.create("http://127.0.0.1:" + javalin.port());
            HttpResponse<String> missing = get(server, "/items/2");
            assertThat(missing.body()).isEqualTo("by javalin");
            assertThat(missing.headers().firstValue("X-Exception")).isEmpty();
        } finally {
            javalin.stop();
        }
    }
}
