/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.pubsub.redis;

import dev.cyanotype.spi.TaskLeases;
import dev.cyanotype.spi.TaskLeases.Due;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** An app whose task replicas share, and what Redis keeps of it. */
abstract class TaskLeasesApps extends FaultApps {

    static final Duration MINUTE = Duration.ofMinutes(1);
    static final Duration HOUR = Duration.ofHours(1);
    static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
    static final String LEASE = "cyanotype:task:{svc:t}:lease";
    static final String PLAN = "cyanotype:task:{svc:t}:plan";

    TaskLeases leases() {
        return start(app("svc")).as(TaskLeases.class);
    }

    static Due every(Duration interval) {
        return new Due(interval, null);
    }

    static Due at(Instant instant) {
        return new Due(null, instant);
    }

    String plan(String field) {
        return redis.command("HGET", PLAN, field);
    }

    long now() {
        List<String> time = redis.command("TIME").lines().toList();
        return Long.parseLong(time.get(0)) * 1000 + Long.parseLong(time.get(1)) / 1000;
    }

    void planAt(long next) {
        redis.command("HSET", PLAN, "next", Long.toString(next));
    }

    Duration life(String key) {
        return Duration.ofMillis(Long.parseLong(redis.command("PTTL", key)));
    }
}
