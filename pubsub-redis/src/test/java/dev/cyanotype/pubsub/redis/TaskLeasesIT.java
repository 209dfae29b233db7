/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.pubsub.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cyanotype.App;
import dev.cyanotype.message.MessagingException;
import dev.cyanotype.spi.TaskLeases;
import dev.cyanotype.spi.TaskLeases.Due;
import dev.cyanotype.spi.TaskLeases.Turn;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** What Redis keeps of tasks that replicas share, and for how long. */
class TaskLeasesIT extends TaskLeasesApps {

    private static final Duration MONTH = Duration.ofDays(30);

    private void assertKept(Duration expected) {
        assertThat(life(PLAN)).isBetween(expected.minus(MINUTE), expected);
    }

    @Test
    void a_task_is_two_keys_and_the_lease_is_gone_when_the_run_is() {
        TaskLeases leases = leases();
        long before = now();

        Turn turn = leases.begin("t", "a", MINUTE, every(HOUR));

        assertThat(redis.command("KEYS", "*").lines()).containsExactlyInAnyOrder(LEASE, PLAN);
        assertThat(redis.command("GET", LEASE)).isEqualTo("a");
        assertThat(life(LEASE)).isBetween(Duration.ofSeconds(40), MINUTE);
        assertThat(redis.command("HKEYS", PLAN).lines()).containsExactlyInAnyOrder("fence", "next");
        assertThat(plan("fence")).isEqualTo(Long.toString(turn.fencingToken()));
        assertThat(turn.fencingToken()).isBetween(before * 1000, now() * 1000 + 999);
        assertThat(Long.parseLong(plan("next"))).isBetween(before + HOUR.toMillis(), now() + HOUR.toMillis());

        leases.end("t", "a");
        assertThat(redis.command("KEYS", "*")).isEqualTo(PLAN);
        leases.begin("t", "a", MINUTE, at(NOON));
        assertThat(plan("at")).isEqualTo(Long.toString(NOON.toEpochMilli()));
    }

    @Test
    void asking_and_being_refused_makes_no_keys() {
        TaskLeases leases = leases();

        assertThat(leases.renew("t", "a", MINUTE)).isFalse();
        leases.end("t", "a");

        assertThat(redis.command("KEYS", "*")).isEmpty();
    }

    @Test
    void a_plan_is_kept_for_a_month_or_three_intervals_if_that_is_longer() {
        TaskLeases leases = leases();

        leases.plan("t", MINUTE, HOUR);
        assertKept(MONTH);
        leases.plan("t", MINUTE, MONTH);
        assertKept(MONTH.multipliedBy(3));
        // Who does not know the interval does not shorten it.
        leases.begin("t", "a", MINUTE, null);
        leases.begin("t", "a", MINUTE, at(NOON));
        assertKept(MONTH.multipliedBy(3));
        leases.plan("t", Duration.ofDays(100), HOUR);
        assertKept(Duration.ofDays(300));

        planAt(now());
        assertThat(leases.begin("t", "a", MINUTE, every(MONTH.multipliedBy(2))).isGranted())
                .isTrue();
        assertKept(MONTH.multipliedBy(6));
        planAt(now());
        assertThat(leases.begin("t", "a", MINUTE, every(HOUR)).isGranted()).isTrue();
        assertKept(MONTH);
        for (Due due : Arrays.asList(null, at(NOON.plusSeconds(1)))) {
            redis.command("DEL", LEASE, PLAN);
            leases.begin("t", "a", MINUTE, due);
            assertKept(MONTH);
        }
    }

    @Test
    void the_next_run_is_due_one_interval_after_this_one_was_however_late_it_begins() {
        TaskLeases leases = leases();
        long due = now() - HOUR.toMillis() + 20_000;
        planAt(due);

        assertThat(leases.begin("t", "a", MINUTE, every(HOUR)).isGranted()).isTrue();

        assertThat(plan("next")).isEqualTo(Long.toString(due + HOUR.toMillis()));
    }

    @Test
    void of_runs_that_were_missed_one_is_made_up_for() {
        TaskLeases leases = leases();
        planAt(now() - HOUR.toMillis() * 20);
        long before = now();

        assertThat(leases.begin("t", "a", MINUTE, every(HOUR)).isGranted()).isTrue();
        leases.end("t", "a");

        assertThat(Long.parseLong(plan("next"))).isBetween(before + HOUR.toMillis(), now() + HOUR.toMillis());
        assertThat(leases.begin("t", "a", MINUTE, every(HOUR)).isGranted()).isFalse();
    }

    @Test
    void a_plan_that_cannot_be_read_is_none() {
        TaskLeases leases = leases();
        redis.command("HSET", PLAN, "next", "soon", "fence", "x", "at", "");

        assertThat(leases.begin("t", "a", MINUTE, at(NOON)).isGranted()).isTrue();
        assertThat(leases.begin("t", "a", MINUTE, every(HOUR)).isGranted()).isTrue();
        assertThat(leases.plan("t", MINUTE, HOUR)).isGreaterThan(MINUTE);
    }

    @Test
    void a_lease_that_somebody_made_endless_is_asked_for_again_after_the_time_of_ones_own() {
        TaskLeases leases = leases();
        leases.begin("t", "a", HOUR, null);
        redis.command("PERSIST", LEASE);

        assertThat(leases.begin("t", "b", MINUTE, null)).isEqualTo(new Turn(false, 0, MINUTE));
    }

    @Test
    void who_waits_for_a_lease_is_told_to_wait_until_it_is_over() {
        TaskLeases leases = leases();
        for (int n = 0; n < 30; n++) {
            Due due = at(NOON.plusSeconds(n));
            leases.begin("t", "a", MINUTE, null);
            assertThat(leases.renew("t", "a", Duration.ofMillis(5))).isTrue();
            Turn turn = leases.begin("t", "b", MINUTE, due);
            while (!turn.isGranted()) {
                // Zero would say that the run was begun already.
                assertThat(turn.retryAfter()).isBetween(Duration.ofMillis(1), Duration.ofMillis(5));
                turn = leases.begin("t", "b", MINUTE, due);
            }
            leases.end("t", "b");
        }
    }

    @Test
    void a_token_grows_however_fast_runs_follow_and_whatever_redis_forgets() {
        TaskLeases leases = leases();
        long last = 0;
        for (int n = 0; n < 300; n++) {
            long token = leases.begin("t", "a", MINUTE, null).fencingToken();
            assertThat(token).isGreaterThan(last);
            last = token;
            if (n % 3 == 0) {
                redis.command("FLUSHALL");
            }
        }
    }

    @Test
    void a_token_grows_when_the_clock_of_redis_does_not() {
        TaskLeases leases = leases();
        long ahead = (now() + HOUR.toMillis()) * 1000;
        redis.command("HSET", PLAN, "fence", Long.toString(ahead));

        assertThat(leases.begin("t", "a", MINUTE, null).fencingToken()).isEqualTo(ahead + 1);
        assertThat(leases.begin("t", "a", MINUTE, null).fencingToken()).isEqualTo(ahead + 2);
    }

    @Test
    void who_was_refused_by_an_error_takes_nothing_back() {
        TaskLeases leases = leases();
        leases.begin("t", "a", MINUTE, at(NOON));
        redis.command("DEL", PLAN);
        redis.command("SET", PLAN, "a text");

        assertThatThrownBy(() -> leases.begin("t", "b", MINUTE, at(NOON)))
                .isInstanceOf(MessagingException.class)
                .hasMessageStartingWith("begin task 't': ")
                .hasMessageContaining("WRONGTYPE");
        assertThatThrownBy(() -> leases.plan("t", MINUTE, HOUR))
                .isInstanceOf(MessagingException.class)
                .hasMessageStartingWith("plan task 't': ")
                .hasMessageContaining("WRONGTYPE");

        assertThat(leases.renew("t", "a", MINUTE)).isTrue();
        assertThat(redis.command("GET", PLAN)).isEqualTo("a text");
    }

    @Test
    void a_user_with_few_rights_is_enough() {
        redis.command(
                ("ACL SETUSER least on >pass resetkeys resetchannels &svc &caller:* ~cyanotype:* -@all +@connection"
                                + " +publish +subscribe +unsubscribe +pubsub|numsub +ping +time +del +eval +set +get +pttl +pexpire"
                                + " +hset +hget +hmget +hexists +hincrby")
                        .split(" "));
        TaskLeases leases = start(app("svc", TestBus.at("redis://least:pass@" + redis.host() + ":" + redis.port())))
                .as(TaskLeases.class);

        leases.plan("t", Duration.ZERO, HOUR);
        assertThat(leases.begin("t", "a", MINUTE, every(HOUR)).isGranted()).isTrue();
        assertThat(leases.begin("t", "b", MINUTE, null).isGranted()).isFalse();
        assertThat(leases.renew("t", "a", MINUTE)).isTrue();
        leases.end("t", "a");
        redis.pause();
        try {
            Thread.currentThread().interrupt();
            assertThatThrownBy(() -> leases.begin("t", "c", MINUTE, at(NOON))).isInstanceOf(MessagingException.class);
            assertThat(Thread.interrupted()).isTrue();
        } finally {
            redis.resume();
        }
        eventually().until(() -> plan("at").equals(Long.toString(NOON.toEpochMilli() - 1)));

        assertThat(redis.command("ACL", "LOG")).isEmpty();
    }

    @Test
    void an_app_without_a_broker_has_no_leases() {
        App app = start(App.named("alone").discovery(false));

        assertThatThrownBy(() -> app.as(TaskLeases.class)).isInstanceOf(RuntimeException.class);
    }
}
