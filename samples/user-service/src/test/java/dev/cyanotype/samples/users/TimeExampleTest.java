/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.samples.users;

import static dev.cyanotype.testkit.CyanotypeAssertions.assertThat;

import dev.cyanotype.testkit.TestApp;
import dev.cyanotype.testkit.TestClock;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** As docs/testing.md shows it. */
class TimeExampleTest {

    @Test
    void tokens_are_good_for_an_hour() {
        TestClock clock = TestClock.create();
        try (TestApp app = TestApp.of(UserService.app(clock), clock)) {
            String token = app.post("/api/auth/login", Map.of("email", "user@example.com", "password", "password"))
                    .json()
                    .path("token")
                    .stringValue();

            clock.advance(Duration.ofMinutes(59));
            assertThat(app.call("verify_token", Map.of("token", token))).isSuccess();

            clock.advance(Duration.ofMinutes(1));
            assertThat(app.call("verify_token", Map.of("token", token))).isError("Invalid or expired token");
        }
    }
}
