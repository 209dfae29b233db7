/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.pubsub.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cyanotype.App;
import dev.cyanotype.Health;
import dev.cyanotype.health.HealthReport;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What a service on Redis says of itself while Redis is not there. */
class RedisHealthIT extends FaultApps {

    private static final String LIVE =
            "200 {\"status\":\"UP\",\"checks\":[{\"name\":\"app\",\"status\":\"UP\",\"data\":{\"state\":\"running\"}}]}";

    private final HttpDoor door = new HttpDoor();

    private App begin(App.Builder builder) {
        return start(builder.transport(door)
                .register(Health.blueprint())
                .listen("events", JsonNode.class, (message, ctx) -> seen.add("heard")));
    }

    private static String ready(boolean redis) {
        return "%d {\"status\":\"%s\",\"checks\":[{\"name\":\"app\",\"status\":\"UP\",\"data\":{\"state\":\"running\"}},{\"name\":\"%s\",\"status\":\"%s\"},{\"name\":\"%s\",\"status\":\"%s\"}]}"
                .formatted(redis ? 200 : 503, redis ? "UP" : "DOWN", "door", "UP", "redis", redis ? "UP" : "DOWN");
    }

    /** Asks until it is as wanted; whether it is live meanwhile is kept. */
    private void awaitReady(boolean redis, List<String> live) {
        eventually().untilAsserted(() -> {
            live.add(door.get("/health/live"));
            assertThat(door.get("/health/ready")).isEqualTo(ready(redis));
        });
    }

    @Test
    void it_is_not_ready_while_redis_is_dead_and_live_all_the_time() throws Exception {
        begin(app("svc"));
        List<String> live = new ArrayList<>();
        assertThat(door.get("/health/ready")).isEqualTo(ready(true));

        redis.kill();
        awaitReady(false, live);
        redis.restart();
        awaitReady(true, live);

        assertThat(live).isNotEmpty().containsOnly(LIVE);
        redis.command("PUBLISH", "events", "{}");
        eventually().untilAsserted(() -> assertThat(seen).containsExactly("heard"));
    }

    @Test
    void it_is_not_ready_while_redis_is_frozen_and_live_all_the_time() throws Exception {
        begin(app("svc"));
        List<String> live = new ArrayList<>();

        redis.pause();
        awaitReady(false, live);
        redis.resume();
        awaitReady(true, live);

        assertThat(live).isNotEmpty().containsOnly(LIVE);
    }

    @Test
    void it_is_started_but_not_ready_where_redis_comes_later() throws Exception {
        redis.kill();
        App app = begin(app("svc", TestBus.at(redis.url()).optional()));
        List<String> live = new ArrayList<>();

        assertThat(door.get("/health/started")).isEqualTo(LIVE);
        assertThat(door.get("/health/ready")).isEqualTo(ready(false));
        redis.restart();
        awaitReady(true, live);

        assertThat(live).containsOnly(LIVE);
        assertThat(app.health().ready().get().components())
                .extracting(HealthReport.Component::name)
                .containsExactly("app", "door", "redis");
    }

    @Test
    void it_is_not_ready_while_the_subscription_of_one_channel_is_refused() throws Exception {
        redis.command(
                "ACL", "SETUSER", "svc", "on", ">pass", "~*", "+@all", "resetchannels", "&svc", "&caller:*", "&events");
        String url = "redis://svc:pass@" + redis.host() + ":" + redis.port();
        begin(app("svc", TestBus.at(url)));
        List<String> live = new ArrayList<>();
        assertThat(door.get("/health/ready")).isEqualTo(ready(true));

        redis.command("ACL", "SETUSER", "svc", "resetchannels", "&svc", "&caller:*");
        awaitReady(false, live);
        redis.command("ACL", "SETUSER", "svc", "&events");
        awaitReady(true, live);

        assertThat(live).isNotEmpty().containsOnly(LIVE);
    }
}
