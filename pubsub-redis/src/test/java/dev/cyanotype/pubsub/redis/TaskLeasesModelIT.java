/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.pubsub.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cyanotype.spi.TaskLeases;
import dev.cyanotype.spi.TaskLeases.Due;
import dev.cyanotype.spi.TaskLeases.Turn;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Leases by chance, against a model of them in minutes.
 *
 * <p>Time passes in that what Redis keeps is moved towards the past. What passes besides is far less than a minute, and always in
 * the one direction, so the model knows each answer.
 */
class TaskLeasesModelIT extends FaultApps {

    private static final int STEPS = 1500;
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
    private static final List<String> TASKS = List.of("t", "u");
    private static final List<String> HOLDERS = List.of("a", "b", "c");

    /** What is known of one task; times are minutes of the model's. */
    private static final class Known {

        private @Nullable String holder;
        private long until;
        private @Nullable Long next;
        private @Nullable Long at;

        private boolean isHeld(long now) {
            return holder != null && until > now;
        }
    }

    private final Map<String, Known> model = new HashMap<>();
    private final Map<String, Long> tokens = new HashMap<>();
    private long now;

    private static Duration minutes(long minutes) {
        return Duration.ofMinutes(minutes);
    }

    private static long minutes(Duration time) {
        // What has passed meanwhile is less than half a minute.
        return (time.toMillis() + 30_000) / 60_000;
    }

    private static String key(String task, String part) {
        return "cyanotype:task:{svc:" + task + "}:" + part;
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void answers_are_those_of_the_model(long seed) {
        List<TaskLeases> replicas = List.of(
                start(app("svc")).as(TaskLeases.class), start(app("svc")).as(TaskLeases.class));
        TASKS.forEach(task -> model.put(task, new Known()));
        Random random = new Random(seed);
        Map<String, Integer> met = new HashMap<>();
        for (int step = 0; step < STEPS; step++) {
            TaskLeases leases = replicas.get(random.nextInt(2));
            String task = TASKS.get(random.nextInt(2));
            String holder = HOLDERS.get(random.nextInt(3));
            String doing = "seed " + seed + ", step " + step + ", task " + task + ", holder " + holder;
            String outcome = switch (random.nextInt(12)) {
                case 0, 1 -> plan(doing, leases, task, random);
                case 2, 3 -> begin(doing, leases, task, holder, random, new Due(interval(random), null));
                case 4, 5 -> begin(doing, leases, task, holder, random, new Due(null, instant(random)));
                case 6 -> begin(doing, leases, task, holder, random, null);
                case 7 -> renew(doing, leases, task, holder, random);
                case 8, 9 -> end(leases, task, holder);
                case 10 -> pass(1 + random.nextInt(5));
                default -> random.nextInt(10) == 0 ? forget(task) : pass(1);
            };
            met.merge(outcome, 1, Integer::sum);
        }
        // A model that never meets a case says nothing about it.
        assertThat(met)
                .containsOnlyKeys(
                        "planned",
                        "known",
                        "moved",
                        "overdue",
                        "every granted",
                        "every held",
                        "every refused",
                        "at granted",
                        "at held",
                        "at refused",
                        "now granted",
                        "now held",
                        "renewed",
                        "not renewed",
                        "ended",
                        "passed",
                        "forgotten")
                .allSatisfy((outcome, times) -> assertThat(times).isGreaterThan(3));
    }

    private static Duration interval(Random random) {
        return minutes(1 + random.nextInt(8));
    }

    private Instant instant(Random random) {
        return NOON.plus(minutes(now + random.nextInt(4) - 2));
    }

    private Known known(String task) {
        return Objects.requireNonNull(model.get(task));
    }

    private String plan(String doing, TaskLeases leases, String task, Random random) {
        Known known = known(task);
        long first = random.nextInt(6);
        long interval = 1 + random.nextInt(8);
        String outcome = "known";
        Long due = known.next;
        if (due == null) {
            due = now + first;
            outcome = "planned";
        } else if (due > now + Math.max(first, interval)) {
            due = now + interval;
            outcome = "moved";
        } else if (due <= now) {
            outcome = "overdue";
        }
        known.next = due;

        Duration left = leases.plan(task, minutes(first), minutes(interval));

        assertThat(minutes(left)).as("%s: plan", doing).isEqualTo(Math.max(0, due - now));
        assertThat(left.isZero()).as("%s: plan %s", doing, left).isEqualTo(due <= now);
        return outcome;
    }

    private String begin(
            String doing, TaskLeases leases, String task, String holder, Random random, @Nullable Due due) {
        Known known = known(task);
        String kind = due == null ? "now" : due.at() == null ? "every" : "at";
        long lease = 1 + random.nextInt(6);
        long instant = due == null || due.at() == null ? 0 : minutes(Duration.between(NOON, due.at()));
        long interval =
                due == null || due.interval() == null ? 0 : due.interval().toMinutes();
        String outcome = "granted";
        long retryAfter = 0;
        if (kind.equals("at") && known.at != null && known.at >= instant) {
            outcome = "refused";
        } else if (known.isHeld(now) && !holder.equals(known.holder)) {
            outcome = "held";
            retryAfter = known.until - now;
        } else if (kind.equals("every") && known.next != null && known.next > now) {
            outcome = "refused";
            retryAfter = known.next - now;
        } else {
            known.holder = holder;
            known.until = now + lease;
            if (kind.equals("at")) {
                known.at = instant;
            } else if (kind.equals("every")) {
                long following = known.next == null ? now + interval : known.next + interval;
                known.next = following > now ? following : now + interval;
            }
        }

        Turn turn = leases.begin(task, holder, minutes(lease), due);

        assertThat(turn.isGranted()).as("%s: %s of %s", doing, turn, due).isEqualTo(outcome.equals("granted"));
        assertThat(minutes(turn.retryAfter()))
                .as("%s: %s of %s", doing, turn, due)
                .isEqualTo(retryAfter);
        assertThat(turn.retryAfter().isZero())
                .as("%s: %s of %s", doing, turn, due)
                .isEqualTo(retryAfter == 0);
        if (turn.isGranted()) {
            assertThat(turn.fencingToken()).as(doing).isGreaterThan(tokens.getOrDefault(task, 0L));
            tokens.put(task, turn.fencingToken());
        } else {
            assertThat(turn.fencingToken()).as(doing).isZero();
        }
        return kind + " " + outcome;
    }

    private String renew(String doing, TaskLeases leases, String task, String holder, Random random) {
        Known known = known(task);
        long lease = 1 + random.nextInt(6);
        boolean holds = known.isHeld(now) && holder.equals(known.holder);
        if (holds) {
            known.until = now + lease;
        }

        assertThat(leases.renew(task, holder, minutes(lease)))
                .as("%s: renew", doing)
                .isEqualTo(holds);
        return holds ? "renewed" : "not renewed";
    }

    private String end(TaskLeases leases, String task, String holder) {
        Known known = known(task);
        if (known.isHeld(now) && holder.equals(known.holder)) {
            known.holder = null;
        }
        leases.end(task, holder);
        return "ended";
    }

    private String pass(long minutes) {
        now += minutes;
        long millis = minutes(minutes).toMillis();
        for (String task : TASKS) {
            String lease = key(task, "lease");
            long left = Long.parseLong(redis.command("PTTL", lease)) - millis;
            if (left > 0) {
                redis.command("PEXPIRE", lease, Long.toString(left));
            } else {
                redis.command("DEL", lease);
            }
            if (known(task).next != null) {
                redis.command("HINCRBY", key(task, "plan"), "next", Long.toString(-millis));
            }
        }
        return "passed";
    }

    private String forget(String task) {
        model.put(task, new Known());
        redis.command("DEL", key(task, "lease"), key(task, "plan"));
        return "forgotten";
    }
}
