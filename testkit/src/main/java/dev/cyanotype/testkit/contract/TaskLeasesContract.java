/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cyanotype.App;
import dev.cyanotype.spi.TaskLeases;
import dev.cyanotype.spi.TaskLeases.Due;
import dev.cyanotype.spi.TaskLeases.Turn;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tasks that the replicas of an app share: one of them runs, and the plan outlives all. */
@Rule(52)
abstract class TaskLeasesContract extends ContractApps {

    static final Duration MINUTE = Duration.ofMinutes(1);
    static final Duration HOUR = Duration.ofHours(1);

    /** So much of a minute may be gone when it is looked at. */
    private static final Duration SLACK = Duration.ofSeconds(20);

    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

    private final String task = own("billing.close");
    private final TaskLeases one = leases("one");
    private final TaskLeases two = leases("one");

    private TaskLeases leases(String app) {
        return leases(start(on(App.named(own(app)))));
    }

    private static TaskLeases leases(App app) {
        return offered(app, TaskLeases.class, "rules 51 to 57");
    }

    private static Due every(Duration interval) {
        return new Due(interval, null);
    }

    private static Due at(Instant instant) {
        return new Due(null, instant);
    }

    private static long granted(Turn turn) {
        assertThat(turn.isGranted()).as("%s", turn).isTrue();
        assertThat(turn.retryAfter()).isZero();
        assertThat(turn.fencingToken()).isPositive();
        return turn.fencingToken();
    }

    private static void refused(Turn turn, Duration retryAfter) {
        assertThat(turn.isGranted()).as("%s", turn).isFalse();
        assertThat(turn.fencingToken()).isZero();
        if (retryAfter.isZero()) {
            assertThat(turn.retryAfter()).isZero();
        } else {
            assertAbout(turn.retryAfter(), retryAfter);
        }
    }

    private static void assertAbout(Duration time, Duration expected) {
        assertThat(time).isBetween(expected.minus(SLACK), expected);
    }

    @Test
    @Rule(51)
    void a_plan_is_made_once_and_seen_by_all() {
        assertThat(one.plan(task, MINUTE, HOUR)).isEqualTo(MINUTE);

        assertAbout(two.plan(task, Duration.ofMinutes(5), HOUR), MINUTE);
        assertAbout(one.plan(task, Duration.ZERO, HOUR), MINUTE);
    }

    @Test
    @Rule(53)
    void a_first_run_may_be_due_at_once_and_an_overdue_plan_is_zero() {
        assertThat(one.plan(task, Duration.ZERO, HOUR)).isZero();

        assertThat(two.plan(task, MINUTE, HOUR)).isZero();
    }

    @Test
    @Rule(53)
    void a_plan_of_a_longer_interval_is_moved_to_one_interval_from_now() {
        one.plan(task, HOUR, HOUR);

        assertThat(two.plan(task, Duration.ofSeconds(30), MINUTE)).isEqualTo(MINUTE);
        assertAbout(one.plan(task, Duration.ofSeconds(30), MINUTE), MINUTE);
    }

    @Test
    @Rule(53)
    void a_plan_of_a_shorter_interval_stays_where_it_is() {
        one.plan(task, MINUTE, MINUTE);

        assertAbout(two.plan(task, HOUR, HOUR), MINUTE);
    }

    @Test
    @Rule(53)
    void a_first_run_that_is_later_than_one_interval_is_not_taken_for_one_of_an_earlier_declaration() {
        one.plan(task, HOUR, MINUTE);

        assertAbout(two.plan(task, HOUR, MINUTE), HOUR);
    }

    @Test
    void a_run_that_is_planned_later_is_not_begun_and_changes_nothing() {
        one.plan(task, MINUTE, HOUR);

        refused(two.begin(task, "b", MINUTE, every(HOUR)), MINUTE);

        assertAbout(one.plan(task, HOUR, HOUR), MINUTE);
        assertThat(two.renew(task, "b", MINUTE)).isFalse();
    }

    @Test
    void a_run_that_is_due_is_begun_by_one_and_the_next_is_one_interval_later() {
        one.plan(task, Duration.ZERO, HOUR);

        granted(one.begin(task, "a", MINUTE, every(HOUR)));
        refused(two.begin(task, "b", HOUR, every(HOUR)), MINUTE);
        one.end(task, "a");

        refused(two.begin(task, "b", MINUTE, every(HOUR)), HOUR);
        assertAbout(two.plan(task, Duration.ZERO, HOUR), HOUR);
    }

    @Test
    @Rule(53)
    void without_a_plan_a_run_is_due() {
        granted(one.begin(task, "a", MINUTE, every(HOUR)));

        assertAbout(two.plan(task, Duration.ZERO, HOUR), HOUR);
    }

    @Test
    @Rule(53)
    void runs_at_an_interval_come_one_after_the_other_whoever_makes_them() {
        Duration interval = Duration.ofMillis(40);
        AtomicInteger runs = new AtomicInteger();
        long before = System.nanoTime();
        eventually().until(() -> {
            TaskLeases leases = runs.get() % 2 == 0 ? one : two;
            if (leases.begin(task, "r" + runs, MINUTE, every(interval)).isGranted()) {
                leases.end(task, "r" + runs.getAndIncrement());
            }
            return runs.get() == 10;
        });

        // The first one at any time, and each of the others as planned.
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isGreaterThan(interval.multipliedBy(8));
    }

    @Test
    void a_run_at_an_instant_is_begun_by_one_and_by_nobody_again() {
        granted(one.begin(task, "a", MINUTE, at(NOON)));

        refused(two.begin(task, "b", MINUTE, at(NOON)), Duration.ZERO);
        one.end(task, "a");
        refused(two.begin(task, "b", MINUTE, at(NOON)), Duration.ZERO);
        refused(one.begin(task, "a", MINUTE, at(NOON)), Duration.ZERO);
        refused(one.begin(task, "c", MINUTE, at(NOON.minusMillis(1))), Duration.ZERO);
        refused(one.begin(task, "c", MINUTE, at(NOON.plusNanos(1))), Duration.ZERO);

        granted(two.begin(task, "b", MINUTE, at(NOON.plusMillis(1))));
    }

    @Test
    void a_run_at_a_later_instant_waits_for_the_one_that_is_under_way() {
        granted(one.begin(task, "a", MINUTE, at(NOON)));

        refused(two.begin(task, "b", HOUR, at(NOON.plusSeconds(60))), MINUTE);
        one.end(task, "a");

        granted(two.begin(task, "b", MINUTE, at(NOON.plusSeconds(60))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1969-07-20T20:17:00Z", "1970-01-01T00:00:00Z", "9999-12-31T23:59:59.999Z"})
    void instants_may_be_long_ago_or_far_away(Instant instant) {
        granted(one.begin(task, "a", MINUTE, at(instant)));
        one.end(task, "a");

        refused(two.begin(task, "b", MINUTE, at(instant)), Duration.ZERO);
        granted(two.begin(task, "b", MINUTE, at(instant.plusMillis(1))));
    }

    @Test
    @Rule(56)
    void a_run_that_is_wanted_now_is_begun_unless_there_is_one_and_leaves_the_plan_alone() {
        one.plan(task, MINUTE, HOUR);

        granted(one.begin(task, "a", MINUTE, null));
        refused(two.begin(task, "b", HOUR, null), MINUTE);
        one.end(task, "a");
        granted(two.begin(task, "b", MINUTE, null));
        two.end(task, "b");

        assertAbout(one.plan(task, HOUR, HOUR), MINUTE);
        granted(two.begin(task, "c", MINUTE, at(NOON)));
    }

    @Test
    void a_run_that_is_wanted_now_holds_off_one_that_is_due() {
        granted(one.begin(task, "a", MINUTE, null));

        refused(two.begin(task, "b", HOUR, every(Duration.ofMillis(1))), MINUTE);
        refused(two.begin(task, "b", HOUR, at(NOON)), MINUTE);
        one.end(task, "a");

        granted(two.begin(task, "b", MINUTE, at(NOON)));
    }

    @Test
    @Rule(54)
    void each_run_has_a_higher_fencing_token_than_those_before() {
        long last = 0;
        List<@Nullable Due> dues = Arrays.asList(null, at(NOON), every(Duration.ofMillis(1)), null);
        for (int n = 0; n < 40; n++) {
            TaskLeases leases = n % 3 == 0 ? one : two;
            Turn turn = leases.begin(task, "r" + n, MINUTE, dues.get(n % 4));
            if (turn.isGranted()) {
                assertThat(granted(turn)).isGreaterThan(last);
                last = turn.fencingToken();
                leases.end(task, "r" + n);
            }
        }
        assertThat(last).isPositive();
    }

    @Test
    @Rule(55)
    void a_lease_that_is_not_renewed_is_over_in_its_time_and_not_its_holders_any_more() {
        long first = granted(one.begin(task, "a", Duration.ofMillis(1500), null));
        Turn refused = two.begin(task, "b", MINUTE, null);
        assertThat(refused.isGranted()).isFalse();
        assertThat(refused.retryAfter()).isBetween(Duration.ofMillis(1), Duration.ofMillis(1500));

        eventually().until(() -> two.begin(task, "b", MINUTE, null).isGranted());

        assertThat(one.renew(task, "a", MINUTE)).isFalse();
        one.end(task, "a");
        refused(one.begin(task, "c", MINUTE, null), MINUTE);
        two.end(task, "b");
        assertThat(granted(one.begin(task, "c", MINUTE, null))).isGreaterThan(first);
    }

    @Test
    @Rule(55)
    void a_lease_that_is_over_is_not_renewed_even_if_nobody_wants_it() {
        granted(one.begin(task, "a", MINUTE, null));

        eventually().until(() -> !one.renew(task, "a", Duration.ofMillis(1)));

        assertThat(one.renew(task, "a", MINUTE)).isFalse();
    }

    @Test
    @Rule(55)
    void a_lease_is_held_from_its_renewal_on() {
        granted(one.begin(task, "a", Duration.ofSeconds(2), null));

        assertThat(one.renew(task, "a", HOUR)).isTrue();
        refused(two.begin(task, "b", MINUTE, null), HOUR);
        // Any replica may, if it knows the holder.
        assertThat(two.renew(task, "a", MINUTE)).isTrue();
        refused(two.begin(task, "b", MINUTE, null), MINUTE);
        assertThat(two.renew(task, "b", HOUR)).isFalse();
        refused(two.begin(task, "b", MINUTE, null), MINUTE);
    }

    @Test
    @Rule(55)
    void a_lease_that_was_given_back_is_not_its_holders() {
        granted(one.begin(task, "a", MINUTE, null));
        one.end(task, "a");
        one.end(task, "a");

        assertThat(one.renew(task, "a", MINUTE)).isFalse();
        granted(two.begin(task, "b", MINUTE, null));
    }

    @Test
    @Rule(55)
    void a_lease_of_somebody_else_is_left_alone() {
        granted(one.begin(task, "a", MINUTE, null));

        two.end(task, "b");
        one.end(task, "");

        refused(two.begin(task, "b", MINUTE, null), MINUTE);
        assertThat(one.renew(task, "a", MINUTE)).isTrue();
    }

    @Test
    @Rule({54, 55})
    void who_holds_a_lease_may_ask_again() {
        long first = granted(one.begin(task, "a", MINUTE, null));

        assertThat(granted(one.begin(task, "a", HOUR, null))).isGreaterThan(first);
        refused(two.begin(task, "b", MINUTE, null), HOUR);
    }

    @Test
    @Rule(51)
    void apps_and_tasks_do_not_meet() {
        List<TaskLeases> apps = List.of(one, leases("one_"), leases("other"));
        List<String> tasks = List.of(task, task + "2", "}", "{", "{}", "a{b}c", "%7B", ":", "one:" + task, "ä*", " ");
        for (TaskLeases leases : apps) {
            for (String name : tasks) {
                assertThat(leases.plan(name, MINUTE, HOUR)).isEqualTo(MINUTE);
                granted(leases.begin(name, "a", MINUTE, at(NOON)));
            }
        }
        for (String name : tasks) {
            refused(two.begin(name, "b", MINUTE, null), MINUTE);
        }
    }

    @Test
    @Rule(56)
    void a_plan_outlives_all_replicas() {
        App first = start(on(App.named(own("outlived"))));
        leases(first).plan(task, MINUTE, HOUR);
        granted(leases(first).begin(task, "a", MINUTE, at(NOON)));
        leases(first).end(task, "a");
        first.stop();

        TaskLeases next = leases("outlived");

        assertAbout(next.plan(task, HOUR, HOUR), MINUTE);
        refused(next.begin(task, "b", MINUTE, at(NOON)), Duration.ZERO);
    }

    @Test
    void what_is_out_of_range_is_refused() {
        Duration none = Duration.ofNanos(999_999);
        assertThatThrownBy(() -> one.plan("t", Duration.ofMillis(-1), MINUTE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("task 't': first run after PT-0.001S (expected: zero or more)");
        assertThatThrownBy(() -> one.plan("t", MINUTE, none))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("task 't': interval PT0.000999999S (expected: 1 ms or more)");
        assertThatThrownBy(() -> one.begin("t", "a", MINUTE, every(Duration.ZERO)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("task 't': interval PT0S (expected: 1 ms or more)");
        assertThatThrownBy(() -> one.begin("t", "a", none, null))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("task 't': lease PT0.000999999S (expected: 1 ms or more)");
        assertThatThrownBy(() -> one.renew("t", "a", none))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("task 't': lease PT0.000999999S (expected: 1 ms or more)");
        assertThatThrownBy(() -> one.end("", "a"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("task: the name is empty (expected: at least one character)");
    }

    @Test
    void times_may_be_as_long_as_one_likes() {
        Duration endless = Duration.ofSeconds(Long.MAX_VALUE);
        Duration century = Duration.ofDays(36_500);

        assertThat(one.plan(task, endless, endless)).isEqualTo(century);
        assertAbout(two.plan(task, endless, endless), century);
        refused(one.begin(task, "a", endless, every(endless)), century);
        granted(one.begin(task, "a", endless, null));
        refused(two.begin(task, "b", MINUTE, null), century);
        assertThat(one.renew(task, "a", endless)).isTrue();
    }

    @Test
    @Rule(20)
    void an_app_that_is_stopped_shares_nothing() {
        App app = start(on(App.named(own("short"))));
        TaskLeases leases = leases(app);
        app.stop();

        assertThatThrownBy(() -> leases.begin(task, "a", MINUTE, null))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("app '" + own("short") + "' is stopped, so it can't share tasks");
    }
}
