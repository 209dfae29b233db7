/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.samples.guide.daebus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cyanotype.App;
import dev.cyanotype.testkit.TestRedis;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** The service as callers of Daebus see it: by what goes over Redis. */
class UsersOnRedisIT {

    private static final String REQUEST = "{\"action\": \"get_user\", \"payload\": {\"id\": \"1\"},"
            + " \"reply_to\": \"caller:7\", \"request_id\": \"a\", \"service\": \"user_service\"}";

    @Test
    void a_request_of_daebus_is_answered_in_its_form() throws IOException, InterruptedException {
        try (TestRedis redis = TestRedis.start();
                App app = Users.app().toBuilder()
                        .setting("redis.url", redis.url())
                        .setting("http.port", "0")
                        .build()) {
            app.start();
            HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(app.address("http").resolve(URI.create("/users")))
                                    .header("Content-Type", "application/json")
                                    .POST(BodyPublishers.ofString("{\"id\": \"1\", \"name\": \"ann\"}"))
                                    .build(),
                            BodyHandlers.discarding());
            try (Socket caller = new Socket(redis.host(), redis.port())) {
                caller.setSoTimeout(10_000);
                caller.getOutputStream().write("SUBSCRIBE caller:7\r\n".getBytes(StandardCharsets.US_ASCII));
                read(caller.getInputStream(), ":1\r\n");
                redis.command("PUBLISH", "user_service", REQUEST);
                String reply = read(caller.getInputStream(), "\"final\":true}");
                assertThat(reply)
                        .endsWith("{\"status\":\"success\",\"payload\":{\"id\":\"1\",\"name\":\"ann\"},"
                                + "\"request_id\":\"a\",\"final\":true}");
            }
            assertThat(Users.ask(app, "1")).hasToString("{\"id\":\"1\",\"name\":\"ann\"}");
        }
    }

    private static String read(InputStream in, String end) throws IOException {
        StringBuilder text = new StringBuilder();
        while (text.indexOf(end) < 0) {
            int read = in.read();
            if (read < 0) {
                throw new IOException("the connection ended after '" + text + "'");
            }
            text.append((char) read);
        }
        return text.toString();
    }
}
