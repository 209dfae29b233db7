/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.task;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cyanotype.spi.AppClock;
import dev.cyanotype.task.Schedule;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class PlanTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    /** Both times, moved by hand. */
    private static final class HandClock implements AppClock {

        private Instant calendar = Instant.parse("2026-01-01T10:00:00Z");

        /** Runs over on the way, as that of a system may. */
        private long nanos = Long.MAX_VALUE - 1;

        private Duration late = Duration.ZERO;

        /** Lets time pass. */
        void pass(Duration time) {
            nanos += time.toNanos();
            calendar = calendar.plus(time);
        }

        /** Sets the calendar, as somebody with a screwdriver does. */
        void set(String time) {
            calendar = at(time);
        }

        @Override
        public Instant instant() {
            return calendar;
        }

        @Override
        public long nanoTime() {
            return nanos;
        }

        @Override
        public Duration jitter(Duration most) {
            return late.compareTo(most) < 0 ? late : most;
        }

        @Override
        public Timeout schedule(Duration delay, Runnable task) {
            throw new AssertionError("a plan schedules nothing");
        }
    }

    private final HandClock clock = new HandClock();

    private Plan start(Schedule schedule) {
        Plan plan = new Plan(schedule, clock);
        plan.start();
        return plan;
    }

    private static Instant at(String time) {
        return Instant.parse("2026-01-01T" + time + "Z");
    }

    @Nested
    class By_the_calendar {

        private final Plan hourly = start(Schedule.cron("@hourly"));

        @Test
        void it_is_due_when_the_time_comes_and_not_again() {
            assertThat(hourly.due()).isEqualTo(at("11:00:00"));
            clock.pass(Duration.ofMinutes(60).minusMillis(1));
            assertThat(hourly.isDue()).isFalse();
            assertThat(hourly.left()).isEqualTo(Duration.ofMillis(1));

            clock.pass(Duration.ofMillis(1));
            assertThat(hourly.isDue()).isTrue();
            assertThat(hourly.due()).isEqualTo(at("11:00:00"));

            assertThat(hourly.advance()).isZero();
            assertThat(hourly.isDue()).isFalse();
            assertThat(hourly.due()).isEqualTo(at("12:00:00"));
        }

        @Test
        void times_that_were_missed_are_made_up_for_by_one() {
            clock.pass(Duration.ofMinutes(5 * 60 + 30));
            assertThat(hourly.isDue()).isTrue();
            assertThat(hourly.due()).isEqualTo(at("11:00:00"));

            assertThat(hourly.advance()).isEqualTo(4);

            assertThat(hourly.isDue()).isFalse();
            assertThat(hourly.due()).isEqualTo(at("16:00:00"));
        }

        @Test
        void not_all_that_were_missed_are_counted() {
            Plan plan = start(Schedule.cron("* * * * * *"));
            clock.pass(Duration.ofHours(1));

            assertThat(plan.advance()).isEqualTo(1000);
            assertThat(plan.due()).isEqualTo(at("11:00:01"));
        }

        @Test
        void set_back_by_up_to_an_hour_it_repeats_nothing() {
            clock.pass(Duration.ofHours(1));
            hourly.advance();

            clock.set("10:00:00");
            assertThat(hourly.isDue()).isFalse();
            clock.pass(Duration.ofHours(1));
            assertThat(hourly.isDue()).isFalse();
            assertThat(hourly.due()).isEqualTo(at("12:00:00"));

            clock.pass(Duration.ofHours(1));
            assertThat(hourly.isDue()).isTrue();
            assertThat(hourly.advance()).isZero();
        }

        @Test
        void set_back_by_more_it_starts_over() {
            clock.pass(Duration.ofHours(1));
            hourly.advance();

            clock.set("09:59:59");
            assertThat(hourly.isDue()).isFalse();
            assertThat(hourly.left()).isEqualTo(Duration.ofSeconds(1));
            assertThat(hourly.due()).isEqualTo(at("10:00:00"));

            clock.pass(Duration.ofSeconds(1));
            assertThat(hourly.isDue()).isTrue();
        }

        @Test
        void set_forward_is_noticed_within_a_minute() {
            assertThat(hourly.left()).isEqualTo(MINUTE);

            clock.set("12:30:00");
            assertThat(hourly.isDue()).isTrue();
            assertThat(hourly.due()).isEqualTo(at("11:00:00"));
            assertThat(hourly.advance()).isEqualTo(1);
            assertThat(hourly.due()).isEqualTo(at("13:00:00"));
        }

        @Test
        void it_does_not_matter_how_much_time_passes_while_the_calendar_stands() {
            clock.nanos += Duration.ofDays(1).toNanos();

            assertThat(hourly.isDue()).isFalse();
        }

        @Test
        void each_is_late_by_chance_and_the_next_keeps_its_time() {
            clock.late = Duration.ofMinutes(3);
            Plan plan = start(Schedule.cron("@hourly").jitter(Duration.ofMinutes(10)));

            clock.pass(Duration.ofMinutes(63).minusMillis(1));
            assertThat(plan.isDue()).isFalse();
            clock.pass(Duration.ofMillis(1));
            assertThat(plan.isDue()).isTrue();
            assertThat(plan.due()).isEqualTo(at("11:00:00"));

            clock.late = Duration.ZERO;
            assertThat(plan.advance()).isZero();
            assertThat(plan.due()).isEqualTo(at("12:00:00"));
            clock.pass(Duration.ofMinutes(57));
            assertThat(plan.isDue()).isTrue();
        }

        @Test
        void what_nobody_could_do_is_due_again() {
            clock.pass(Duration.ofHours(1));
            hourly.advance();
            hourly.retry(at("11:00:00"), Duration.ofSeconds(30));

            assertThat(hourly.left()).isEqualTo(Duration.ofSeconds(30));
            assertThat(hourly.due()).isEqualTo(at("11:00:00"));
            clock.pass(Duration.ofSeconds(30));
            assertThat(hourly.isDue()).isTrue();
            assertThat(hourly.due()).isEqualTo(at("11:00:00"));

            assertThat(hourly.advance()).isZero();
            assertThat(hourly.isDue()).isFalse();
            assertThat(hourly.due()).isEqualTo(at("12:00:00"));
        }

        @Test
        void what_nobody_could_do_until_its_next_time_is_due_once() {
            clock.pass(Duration.ofHours(1));
            hourly.advance();
            hourly.retry(at("11:00:00"), Duration.ofHours(1));
            clock.pass(Duration.ofHours(1));

            assertThat(hourly.due()).isEqualTo(at("12:00:00"));
            assertThat(hourly.advance()).isZero();
            assertThat(hourly.isDue()).isFalse();
        }

        @Test
        void there_is_no_use_in_trying_again_at_once() {
            clock.pass(Duration.ofHours(1));
            hourly.advance();
            hourly.retry(at("11:00:00"), Duration.ZERO);

            assertThat(hourly.isDue()).isFalse();
            assertThat(hourly.due()).isEqualTo(at("12:00:00"));
        }

        @Test
        void it_can_come_to_an_end() {
            clock.calendar = Instant.MAX.minusSeconds(3 * 24 * 3600);

            assertThat(start(Schedule.cron("0 0 29 2 *")).hasNext()).isFalse();
        }
    }

    @Nested
    class At_a_fixed_rate {

        private final Plan plan = start(Schedule.every(Duration.ofSeconds(10)));

        @Test
        void it_stays_on_its_grid() {
            clock.pass(Duration.ofSeconds(10).minusNanos(1));
            assertThat(plan.isDue()).isFalse();
            clock.pass(Duration.ofSeconds(3).plusNanos(1));
            assertThat(plan.isDue()).isTrue();
            assertThat(plan.due()).isEqualTo(at("10:00:10"));
            assertThat(plan.advance()).isZero();
            assertThat(plan.left()).isEqualTo(Duration.ofSeconds(7));

            clock.pass(Duration.ofSeconds(7 + 25));
            assertThat(plan.isDue()).isTrue();
            assertThat(plan.due()).isEqualTo(at("10:00:20"));
            assertThat(plan.advance()).isEqualTo(2);
            assertThat(plan.left()).isEqualTo(Duration.ofSeconds(5));
        }

        @Test
        void it_is_not_touched_by_a_calendar_that_jumps() {
            clock.pass(Duration.ofSeconds(4));
            for (String time : new String[] {"11:00:04", "09:00:04", "10:00:04"}) {
                clock.set(time);
                assertThat(plan.left()).isEqualTo(Duration.ofSeconds(6));
                assertThat(plan.due()).isEqualTo(at(time).plusSeconds(6));
            }

            clock.pass(Duration.ofSeconds(6));
            clock.set("11:00:10");
            assertThat(plan.isDue()).isTrue();
            assertThat(plan.advance()).isZero();
            assertThat(plan.left()).isEqualTo(Duration.ofSeconds(10));
        }

        @Test
        void it_may_start_at_once() {
            Plan now = start(Schedule.every(Duration.ofSeconds(10)).startingAfter(Duration.ZERO));

            assertThat(now.isDue()).isTrue();
            assertThat(now.advance()).isZero();
            assertThat(now.left()).isEqualTo(Duration.ofSeconds(10));
        }

        @Test
        void each_is_late_by_chance_and_the_next_keeps_its_time() {
            clock.late = Duration.ofSeconds(3);
            Plan late = start(Schedule.every(Duration.ofSeconds(10)).jitter(Duration.ofSeconds(5)));

            assertThat(late.left()).isEqualTo(Duration.ofSeconds(13));
            clock.pass(Duration.ofSeconds(13));
            assertThat(late.isDue()).isTrue();
            assertThat(late.due()).isEqualTo(at("10:00:10"));
            clock.late = Duration.ZERO;
            assertThat(late.advance()).isZero();
            assertThat(late.left()).isEqualTo(Duration.ofSeconds(7));
        }

        @Test
        void it_is_late_by_less_than_what_was_allowed_and_by_different_times() {
            AppClock byChance = new AppClock() {
                @Override
                public long nanoTime() {
                    return 0;
                }

                @Override
                public Instant instant() {
                    return Instant.EPOCH;
                }

                @Override
                public Timeout schedule(Duration delay, Runnable task) {
                    throw new AssertionError("a plan schedules nothing");
                }
            };
            Plan late = new Plan(Schedule.every(Duration.ofSeconds(10)).jitter(Duration.ofSeconds(5)), byChance);
            Duration least = Duration.ofDays(1);
            Duration most = Duration.ZERO;
            for (int i = 0; i < 1000; i++) {
                late.start();
                least = late.left().compareTo(least) < 0 ? late.left() : least;
                most = late.left().compareTo(most) > 0 ? late.left() : most;
            }

            assertThat(least).isBetween(Duration.ofSeconds(10), Duration.ofSeconds(11));
            assertThat(most).isBetween(Duration.ofSeconds(14), Duration.ofSeconds(15));
        }

        @Test
        void what_nobody_could_do_is_due_again_at_its_next_time_at_the_latest() {
            clock.pass(Duration.ofSeconds(10));
            plan.advance();

            plan.retry(at("10:00:10"), Duration.ofSeconds(2));
            assertThat(plan.left()).isEqualTo(Duration.ofSeconds(2));
            plan.retry(at("10:00:10"), Duration.ofSeconds(30));
            assertThat(plan.left()).isEqualTo(Duration.ofSeconds(10));
        }
    }

    @Test
    void a_fixed_delay_is_from_the_end_of_a_run() {
        Plan plan = start(Schedule.withFixedDelay(Duration.ofSeconds(10)));
        clock.pass(Duration.ofSeconds(43));
        assertThat(plan.isDue()).isTrue();
        assertThat(plan.due()).isEqualTo(at("10:00:10"));

        assertThat(plan.advance()).isZero();
        assertThat(plan.left()).isEqualTo(Duration.ofSeconds(10));
        clock.set("09:00:00");
        assertThat(plan.left()).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void by_hand_it_is_never_due() {
        Plan plan = start(Schedule.manual());
        clock.pass(Duration.ofDays(1));

        assertThat(plan.hasNext()).isFalse();
        assertThat(plan.isDue()).isFalse();
        assertThat(plan.advance()).isZero();
    }
}
