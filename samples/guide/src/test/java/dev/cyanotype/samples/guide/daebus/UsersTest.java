/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.samples.guide.daebus;

import static dev.cyanotype.testkit.CyanotypeAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cyanotype.samples.guide.daebus.Users.User;
import dev.cyanotype.testkit.TestApp;
import java.util.Map;
import org.junit.jupiter.api.Test;

class UsersTest {

    @Test
    void a_user_is_there_over_every_way() {
        try (TestApp app = TestApp.of(Users.app())) {
            assertThat(app.post("/users", new User("1", "ann"))).hasStatus(201);

            assertThat(app.get("/users/1")).hasJson("{\"id\": \"1\", \"name\": \"ann\"}");
            assertThat(app.call("get_user", Map.of("id", "1"))).hasPayload("{\"id\": \"1\", \"name\": \"ann\"}");
            assertThat(app.call("get_user", Map.of("id", "2"))).isError("User not found");
            assertThat(app.get("/users/2")).hasStatus(404).hasJson("{\"error\": \"User not found\"}");
            assertThat(app.open("/ws").send("get_users", null).next()).hasType("response");
            assertThat(app.broadcasts("user_events")).hasSize(1);
            assertThat(app.runTask("cleanup").result()).hasToString("SUCCEEDED");
        }
    }

    @Test
    void what_response_progress_and_error_were() {
        try (TestApp app = TestApp.of(Users.app())) {
            assertThat(app.call("import", Map.of("count", 7)).progress()).hasSize(3);
            assertThat(app.call("refuse", Map.of())).isError("bad thing");
        }
    }
}
