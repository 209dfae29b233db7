/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.benchmarks.testkit;

import static dev.cyanotype.testkit.CyanotypeAssertions.assertThat;

import dev.cyanotype.Blueprint;
import dev.cyanotype.testkit.TestApp;
import dev.cyanotype.testkit.TestSocket;
import dev.cyanotype.testkit.junit.AppFactory;
import dev.cyanotype.testkit.junit.CyanotypeTest;
import java.util.Map;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.TestInstance;

/** A thousand tests of the same service that share one app, because none of them leaves anything behind. */
@CyanotypeTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SharedAppTests {

    private static final int EACH = 250;

    @AppFactory
    static Blueprint users() {
        return UserTests.users();
    }

    @RepeatedTest(EACH)
    void a_route(TestApp app) {
        assertThat(app.get("/api/users/7")).hasStatus(200).hasJsonAt("/email", "ann@example.com");
    }

    @RepeatedTest(EACH)
    void a_route_without_an_answer(TestApp app) {
        assertThat(app.get("/api/nobody")).hasStatus(404);
    }

    @RepeatedTest(EACH)
    void an_action(TestApp app) {
        assertThat(app.call("get_user", Map.of("id", "7"))).isSuccess().hasPayloadAt("/email", "ann@example.com");
    }

    @RepeatedTest(EACH)
    void a_websocket(TestSocket socket) {
        assertThat(socket.send("get_users", null).next()).hasDataAt("/0/id", "7");
    }
}
