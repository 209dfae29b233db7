/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.samples.guide.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cyanotype.App;
import dev.cyanotype.Blueprint;
import dev.cyanotype.task.Schedule;
import dev.cyanotype.testkit.TestRedis;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** A task of two replicas that share a Redis. */
class SessionsOnRedisIT {

    private final List<Long> tokens = new CopyOnWriteArrayList<>();

    private App replica(TestRedis redis) {
        return App.named("sessions")
                .setting("redis.url", redis.url())
                .setting("http.port", "0")
                .register(Blueprint.named("sessions")
                        .background(
                                "count",
                                Schedule.every(Duration.ofMillis(50)).onOneReplica(),
                                ctx -> tokens.add(ctx.fencingToken()))
                        .build())
                .build();
    }

    @Test
    void one_of_the_replicas_makes_each_run() {
        try (TestRedis redis = TestRedis.start();
                App one = replica(redis);
                App other = replica(redis)) {
            one.start();
            other.start();
            await().until(() -> tokens.size() >= 5);
        }
        assertThat(tokens).doesNotHaveDuplicates();
    }
}
