/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.samples.readme;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cyanotype.App;
import dev.cyanotype.testkit.TestRedis;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The example of README.md, seen from another service. */
class GreetingsOnRedisIT {

    private final TestRedis redis = TestRedis.start();

    private final App service =
            on(redis.url(), "greeter").register(Greetings.blueprint()).build();
    private final App other = on(redis.url(), "other").build();

    private static App.Builder on(String url, String name) {
        return App.named(name).setting("redis.url", url).setting("http.port", "0");
    }

    @BeforeEach
    void start() {
        service.start();
        other.start();
    }

    @AfterEach
    void stop() {
        try (TestRedis closed = redis) {
            other.stop();
            service.stop();
        }
    }

    @Test
    void another_service_reaches_the_same_blueprint() {
        JsonNode reply = other.caller("greeter").call("greet", Map.of("name", "ann"));
        assertThat(reply).hasToString("{\"hello\":\"ann\"}");
    }
}
