/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.samples.users;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cyanotype.App;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.time.Clock;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The service as it runs, over a real socket. */
class UserServiceIT {

    private final App app = UserService.app(Clock.systemUTC()).toBuilder()
            .setting("http.port", "0")
            .build();

    private final HttpClient client = HttpClient.newHttpClient();

    @BeforeEach
    void start() {
        app.start();
    }

    @AfterEach
    void stop() {
        app.stop();
    }

    private HttpResponse<String> send(String method, String path, String body) throws Exception {
        URI uri = app.address("http").resolve(path);
        return client.send(
                HttpRequest.newBuilder(uri)
                        .header("Content-Type", "application/json")
                        .method(method, HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void users_are_created_and_listed() throws Exception {
        HttpResponse<String> created = send("POST", "/api/users", "{\"email\":\"a@b.c\",\"name\":\"A\"}");
        assertThat(created.statusCode()).isEqualTo(201);
        assertThat(created.headers().firstValue("Content-Type")).contains("application/json");

        HttpResponse<String> listed = send("GET", "/api/users", "");
        assertThat(listed.statusCode()).isEqualTo(200);
        assertThat(listed.body()).isEqualTo("{\"users\":[" + created.body() + "]}");
    }

    @Test
    void wrong_credentials_are_refused() throws Exception {
        HttpResponse<String> refused = send("POST", "/api/auth/login", "{\"email\":\"a\",\"password\":\"b\"}");
        assertThat(refused.statusCode()).isEqualTo(401);
        assertThat(refused.body()).isEqualTo("{\"error\":\"Invalid email or password\"}");
    }

    @Test
    void other_services_would_reach_the_same_users() throws Exception {
        String id = app.caller("user_service")
                .call("create_user", new Users.NewUser("a@b.c", "A"))
                .path("id")
                .stringValue();
        assertThat(send("GET", "/api/users/" + id, "").statusCode()).isEqualTo(200);
    }

    @Test
    void a_websocket_on_the_same_port_tells_of_the_same_users() throws Exception {
        send("POST", "/api/users", "{\"email\":\"a@b.c\",\"name\":\"A\"}");
        BlockingQueue<String> frames = new LinkedBlockingQueue<>();
        WebSocket socket = client.newWebSocketBuilder()
                .buildAsync(URI.create("ws://" + app.address("http").getAuthority() + "/ws"), new WebSocket.Listener() {
                    @Override
                    public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
                        frames.add(data.toString());
                        webSocket.request(1);
                        return null;
                    }
                })
                .get(10, TimeUnit.SECONDS);
        assertThat(frames.poll(10, TimeUnit.SECONDS)).contains("No authentication token provided");
        socket.sendText("{\"type\":\"get_users\"}", true).get(10, TimeUnit.SECONDS);
        assertThat(frames.poll(10, TimeUnit.SECONDS))
                .startsWith("{\"type\":\"response\",\"data\":{\"users\":[{\"id\":\"user_")
                .contains("a@b.c");
        socket.abort();
    }
}
