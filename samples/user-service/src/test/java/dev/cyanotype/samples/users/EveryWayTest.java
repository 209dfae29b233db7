/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.samples.users;

import static dev.cyanotype.testkit.CyanotypeAssertions.assertThat;

import dev.cyanotype.App;
import dev.cyanotype.testkit.TestApp;
import dev.cyanotype.testkit.TestSocket;
import dev.cyanotype.testkit.junit.AppFactory;
import dev.cyanotype.testkit.junit.CyanotypeTest;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A user, over each way the service is reached. */
@CyanotypeTest
class EveryWayTest {
    @AppFactory
    static App service(Clock clock) {
        return UserService.app(clock);
    }

    @Test
    void a_user_is_the_same_over_every_way(TestApp app, TestSocket socket) {
        String id = app.post("/api/users", Map.of("email", "a@b.c"))
                .json()
                .path("id")
                .stringValue();
        assertThat(app.call("get_user", Map.of("id", id))).hasPayloadAt("/email", "a@b.c");
        assertThat(app).hasHeard("users.user_events", Map.of("type", "user_created", "user_id", id));
        assertThat(socket.next()).hasDataAt("/authenticated", false);
        assertThat(socket.send("get_users", null).next()).hasDataAt("/users/0/id", id);
        app.clock().advance(Duration.ofHours(1));
        assertThat(app).hasRun("users.user_cleanup");
    }
}
