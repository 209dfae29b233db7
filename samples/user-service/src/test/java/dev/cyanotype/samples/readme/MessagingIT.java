/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.samples.readme;

import static dev.cyanotype.testkit.CyanotypeAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cyanotype.App;
import dev.cyanotype.testkit.TestApp;
import dev.cyanotype.testkit.TestRedis;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What docs/messaging.md says of its examples. */
class MessagingIT {

    private final Messaging messaging = new Messaging();

    @Test
    void actions_are_called_over_redis() {
        try (TestRedis redis = TestRedis.start();
                App service = messaging.app(redis.url())) {
            service.start();
            assertThat(Messaging.call(service.caller("sums"))).isEqualTo(5);
            assertThat(Messaging.progress(service.caller("sums"))).containsExactly(1, 2, 3);
            assertThat(Messaging.later(service.caller("sums")).join()).isEqualTo(10);
            String id = UUID.randomUUID().toString();
            assertThat(Messaging.retried(service.caller("sums"), id)).isEqualTo(3);
            assertThat(Messaging.retried(service.caller("sums"), id)).isEqualTo(3);
            assertThat(redis.command("EXISTS", "cyanotype:{sums}:reply:add:" + id))
                    .isEqualTo("1");
        }
    }

    @Test
    void an_error_has_its_text() {
        try (TestApp app = TestApp.of(messaging.actions())) {
            assertThat(app.call("divide", Map.of("a", 1, "b", 0))).isError("Nothing can be divided by 0");
            assertThat(app.call("divide", Map.of("a", "x")))
                    .isError("the payload does not have the expected form: see 'a'");
        }
    }

    @Test
    void listeners_keep_a_copy() {
        try (TestApp app = TestApp.of(messaging.listeners(), messaging.actions())) {
            assertThat(app.put("/rates/EUR", 1.5)).hasStatus(200).hasJson("{\"heard\": 1}");
            assertThat(messaging.rates).isEqualTo(Map.of("EUR", 1.5));
            assertThat(app.call("forget_rates", Map.of())).hasPayload("{\"forgotten\": true}");
            assertThat(messaging.rates).isEmpty();
        }
    }

    @Test
    void a_mail_is_sent_once_and_what_has_no_address_is_a_dead_letter() {
        try (TestApp app = TestApp.of(messaging.streams())) {
            app.call("register", Map.of("to", "a@b.c"));
            app.call("register", Map.of("to", "a@b.c"));
            app.call("register", Map.of("to", "nobody"));
        }
        assertThat(messaging.mailed).containsExactly("a@b.c");
        assertThat(messaging.letters).containsExactly("no such address {\"to\":\"nobody\"}");
    }
}
