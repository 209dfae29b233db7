/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.samples.users;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cyanotype.testkit.TestRedis;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The service in a process of its own, spoken to as a caller in Python speaks to it: with its bytes. */
class UserServiceOnRedisIT {

    private static final String LOCAL = "actions and messages stay in this process";

    private static TestRedis redis;
    private static ServiceProcess service;

    @BeforeAll
    static void start() throws Exception {
        redis = TestRedis.open();
        service = ServiceProcess.start(Map.of("REDIS_URL", redis.url()));
    }

    @AfterAll
    static void stop() throws Exception {
        try (TestRedis closed = redis) {
            service.close();
        }
    }

    /** What {@code DaebusCaller.send_request} of Daebus 0.0.31 publishes, and the last reply it would get. */
    private static String call(String action, String payload, String id) throws Exception {
        String inbox = "caller:" + UUID.randomUUID();
        try (Subscriber replies = new Subscriber(redis, inbox)) {
            String heard = redis.command(
                    "PUBLISH",
                    "user_service",
                    "{\"action\": \"%s\", \"payload\": %s, \"reply_to\": \"%s\", \"request_id\": \"%s\", \"service\": \"user_service\"}"
                            .formatted(action, payload, inbox, id));
            assertThat(heard).isEqualTo("1");
            return replies.next();
        }
    }

    @Test
    void a_caller_in_python_creates_a_user_and_finds_it() throws Exception {
        String created = call("create_user", "{\"email\": \"a@b.c\", \"name\": \"J\\u00f6rg\"}", "8f1cff3e");
        assertThat(created)
                .matches("\\{\"status\":\"success\",\"payload\":\\{\"id\":\"user_[^\"]+\",\"email\":\"a@b.c\","
                        + "\"name\":\"Jörg\",\"created_at\":[\\d.]+},\"request_id\":\"8f1cff3e\",\"final\":true}");

        String user = created.substring(created.indexOf("{\"id\""), created.indexOf(",\"request_id\""));
        String id = user.substring("{\"id\":\"".length(), user.indexOf("\",\"email\""));
        assertThat(call("get_user", "{\"id\": \"" + id + "\"}", "f59dc692-9f5c-4b9c-9b56-1a2b3c4d5e6f"))
                .isEqualTo("{\"status\":\"success\",\"payload\":" + user
                        + ",\"request_id\":\"f59dc692-9f5c-4b9c-9b56-1a2b3c4d5e6f\",\"final\":true}");
    }

    @Test
    void a_caller_in_python_gets_an_error_as_text() throws Exception {
        assertThat(call("get_user", "{\"id\": \"user_0\"}", "1"))
                .isEqualTo("{\"status\":\"error\",\"payload\":{\"error\":\"User user_0 not found\"},"
                        + "\"request_id\":\"1\",\"final\":true,\"error\":{\"status\":404}}");
        assertThat(call("login", "{\"email\": \"a\", \"password\": \"b\"}", "2"))
                .isEqualTo("{\"status\":\"error\",\"payload\":{\"error\":\"Invalid email or password\"},"
                        + "\"request_id\":\"2\",\"final\":true,\"error\":{\"status\":401}}");
    }

    @Test
    void a_listener_elsewhere_hears_of_a_new_user() throws Exception {
        try (Subscriber events = new Subscriber(redis, "user_events")) {
            String created = call("create_user", "{\"email\": \"d@e.f\", \"name\": \"D\"}", "3");
            String id = created.replaceAll(".*\"id\":\"(user_[^\"]+)\".*", "$1");
            assertThat(events.next()).isEqualTo("{\"type\":\"user_created\",\"user_id\":\"" + id + "\"}");
            service.awaitLine("Received user event: user_created for user " + id);
        }
    }

    @Test
    void hears_what_others_publish() {
        redis.command("PUBLISH", "user_events", "{\"type\": \"user_deleted\", \"user_id\": \"user_42\"}");
        service.awaitLine("Received user event: user_deleted for user user_42");
    }

    @Test
    void says_nothing_of_staying_in_the_process() {
        assertThat(service.lines()).noneMatch(line -> line.contains(LOCAL));
    }

    @Test
    void without_a_redis_says_once_that_messages_stay_in_the_process() throws Exception {
        try (ServiceProcess alone = ServiceProcess.start(Map.of())) {
            alone.awaitLine(LOCAL);
            assertThat(alone.lines().stream().filter(line -> line.contains(LOCAL)))
                    .singleElement()
                    .asString()
                    .contains(" INFO ");
        }
    }

    @Test
    void the_setting_names_the_redis_too() throws Exception {
        try (TestRedis other = TestRedis.start();
                ServiceProcess there = ServiceProcess.start(Map.of("CYANOTYPE_REDIS_URL", other.url()))) {
            assertThat(other.command("PUBSUB", "NUMSUB", "user_service")).isEqualTo("user_service\n1");
            assertThat(there.lines()).noneMatch(line -> line.contains(LOCAL));
        }
    }
}
