/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CronScheduleTest {

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    /** A Thursday. */
    private static final Instant NEW_YEAR = Instant.parse("2026-01-01T00:00:00Z");

    private static List<Instant> next(Schedule schedule, Instant after, int count) {
        List<Instant> times = new ArrayList<>();
        Instant time = after;
        for (int i = 0; i < count; i++) {
            time = schedule.next(time).orElseThrow();
            times.add(time);
        }
        return times;
    }

    private static String utc(String expression, Instant after) {
        return next(Schedule.cron(expression), after, 5).stream()
                .map(time -> time.toString().replace(":00Z", "").replace("Z", ""))
                .collect(Collectors.joining(" "));
    }

    private static String berlin(String expression, String after, int count) {
        Instant from = OffsetDateTime.parse(after).toInstant();
        return next(Schedule.cron(expression, BERLIN), from, count).stream()
                .map(time -> time.atZone(BERLIN).toOffsetDateTime().toString())
                .collect(Collectors.joining(" "));
    }

    @Nested
    class Five_fields {

        @ParameterizedTest
        @CsvSource(delimiter = '|', textBlock = """
                * * * * *         | 2026-01-01T00:01 2026-01-01T00:02 2026-01-01T00:03 2026-01-01T00:04 2026-01-01T00:05
                5 * * * *         | 2026-01-01T00:05 2026-01-01T01:05 2026-01-01T02:05 2026-01-01T03:05 2026-01-01T04:05
                */25 * * * *      | 2026-01-01T00:25 2026-01-01T00:50 2026-01-01T01:00 2026-01-01T01:25 2026-01-01T01:50
                10-30/10 * * * *  | 2026-01-01T00:10 2026-01-01T00:20 2026-01-01T00:30 2026-01-01T01:10 2026-01-01T01:20
                50/5 * * * *      | 2026-01-01T00:50 2026-01-01T00:55 2026-01-01T01:50 2026-01-01T01:55 2026-01-01T02:50
                1,3,58-59 23 * * * | 2026-01-01T23:01 2026-01-01T23:03 2026-01-01T23:58 2026-01-01T23:59 2026-01-02T23:01
                0 0 * * *         | 2026-01-02T00:00 2026-01-03T00:00 2026-01-04T00:00 2026-01-05T00:00 2026-01-06T00:00
                30 4 1,15 * *     | 2026-01-01T04:30 2026-01-15T04:30 2026-02-01T04:30 2026-02-15T04:30 2026-03-01T04:30
                0 0 31 * *        | 2026-01-31T00:00 2026-03-31T00:00 2026-05-31T00:00 2026-07-31T00:00 2026-08-31T00:00
                0 0 */10 * *      | 2026-01-11T00:00 2026-01-21T00:00 2026-01-31T00:00 2026-02-01T00:00 2026-02-11T00:00
                0 12 1 */3 *      | 2026-01-01T12:00 2026-04-01T12:00 2026-07-01T12:00 2026-10-01T12:00 2027-01-01T12:00
                0 0 1 JAN,jul *   | 2026-07-01T00:00 2027-01-01T00:00 2027-07-01T00:00 2028-01-01T00:00 2028-07-01T00:00
                0 0 1 nov-DEC *   | 2026-11-01T00:00 2026-12-01T00:00 2027-11-01T00:00 2027-12-01T00:00 2028-11-01T00:00
                0 0 29 2 *        | 2028-02-29T00:00 2032-02-29T00:00 2036-02-29T00:00 2040-02-29T00:00 2044-02-29T00:00
                0 0 * * MON       | 2026-01-05T00:00 2026-01-12T00:00 2026-01-19T00:00 2026-01-26T00:00 2026-02-02T00:00
                0 0 * * 0         | 2026-01-04T00:00 2026-01-11T00:00 2026-01-18T00:00 2026-01-25T00:00 2026-02-01T00:00
                0 0 * * 7         | 2026-01-04T00:00 2026-01-11T00:00 2026-01-18T00:00 2026-01-25T00:00 2026-02-01T00:00
                0 0 * * MON-FRI   | 2026-01-02T00:00 2026-01-05T00:00 2026-01-06T00:00 2026-01-07T00:00 2026-01-08T00:00
                0 0 * * 5-7       | 2026-01-02T00:00 2026-01-03T00:00 2026-01-04T00:00 2026-01-09T00:00 2026-01-10T00:00
                0 0 * * SAT-MON   | 2026-01-03T00:00 2026-01-04T00:00 2026-01-05T00:00 2026-01-10T00:00 2026-01-11T00:00
                0 0 * * SUN-TUE   | 2026-01-04T00:00 2026-01-05T00:00 2026-01-06T00:00 2026-01-11T00:00 2026-01-12T00:00
                0 0 * * 0-7       | 2026-01-02T00:00 2026-01-03T00:00 2026-01-04T00:00 2026-01-05T00:00 2026-01-06T00:00
                0 0 * * */2       | 2026-01-03T00:00 2026-01-04T00:00 2026-01-06T00:00 2026-01-08T00:00 2026-01-10T00:00
                0 0 * * 1/3       | 2026-01-05T00:00 2026-01-08T00:00 2026-01-12T00:00 2026-01-15T00:00 2026-01-19T00:00
                """)
        void come_at(String expression, String expected) {
            assertThat(utc(expression, NEW_YEAR)).isEqualTo(expected);
        }

        @ParameterizedTest
        @CsvSource(delimiter = '|', textBlock = """
                @hourly   | 2026-01-01T01:00 2026-01-01T02:00 2026-01-01T03:00 2026-01-01T04:00 2026-01-01T05:00
                @daily    | 2026-01-02T00:00 2026-01-03T00:00 2026-01-04T00:00 2026-01-05T00:00 2026-01-06T00:00
                @midnight | 2026-01-02T00:00 2026-01-03T00:00 2026-01-04T00:00 2026-01-05T00:00 2026-01-06T00:00
                @weekly   | 2026-01-04T00:00 2026-01-11T00:00 2026-01-18T00:00 2026-01-25T00:00 2026-02-01T00:00
                @monthly  | 2026-02-01T00:00 2026-03-01T00:00 2026-04-01T00:00 2026-05-01T00:00 2026-06-01T00:00
                @yearly   | 2027-01-01T00:00 2028-01-01T00:00 2029-01-01T00:00 2030-01-01T00:00 2031-01-01T00:00
                @annually | 2027-01-01T00:00 2028-01-01T00:00 2029-01-01T00:00 2030-01-01T00:00 2031-01-01T00:00
                """)
        void have_names_for_the_usual(String expression, String expected) {
            assertThat(utc(expression, NEW_YEAR)).isEqualTo(expected);
        }

        @ParameterizedTest
        @CsvSource(delimiter = '|', textBlock = """
                0 0 13 * FRI | 2026-01-02T00:00 2026-01-09T00:00 2026-01-13T00:00 2026-01-16T00:00 2026-01-23T00:00
                0 0 */20 * 1 | 2026-01-05T00:00 2026-01-12T00:00 2026-01-19T00:00 2026-01-21T00:00 2026-01-26T00:00
                0 0 30 2 SUN | 2026-02-01T00:00 2026-02-08T00:00 2026-02-15T00:00 2026-02-22T00:00 2027-02-07T00:00
                0 0 1-31 * 1 | 2026-01-02T00:00 2026-01-03T00:00 2026-01-04T00:00 2026-01-05T00:00 2026-01-06T00:00
                """)
        void come_on_a_day_that_is_right_by_its_number_or_by_its_weekday(String expression, String expected) {
            assertThat(utc(expression, NEW_YEAR)).isEqualTo(expected);
        }

        @Test
        void skip_leap_days_that_a_century_does_not_have() {
            assertThat(utc("0 0 29 2 *", Instant.parse("2096-02-29T00:00:00Z")))
                    .isEqualTo("2104-02-29T00:00 2108-02-29T00:00 2112-02-29T00:00 2116-02-29T00:00 2120-02-29T00:00");
        }

        @Test
        void may_stand_far_apart() {
            assertThat(utc("\t0  0 * * *  ", NEW_YEAR)).isEqualTo(utc("0 0 * * *", NEW_YEAR));
        }
    }

    @Nested
    class Six_fields {

        @ParameterizedTest
        @CsvSource(delimiter = '|', textBlock = """
                */20 * * * * *    | 2026-01-01T00:00:20 2026-01-01T00:00:40 2026-01-01T00:01 2026-01-01T00:01:20 2026-01-01T00:01:40
                59 59 23 31 12 *  | 2026-12-31T23:59:59 2027-12-31T23:59:59 2028-12-31T23:59:59 2029-12-31T23:59:59 2030-12-31T23:59:59
                0 0 0 L * ?       | 2026-01-31T00:00 2026-02-28T00:00 2026-03-31T00:00 2026-04-30T00:00 2026-05-31T00:00
                0 0 0 L FEB *     | 2026-02-28T00:00 2027-02-28T00:00 2028-02-29T00:00 2029-02-28T00:00 2030-02-28T00:00
                0 0 0 L-2 * ?     | 2026-01-29T00:00 2026-02-26T00:00 2026-03-29T00:00 2026-04-28T00:00 2026-05-29T00:00
                0 0 0 L-30 * ?    | 2026-03-01T00:00 2026-05-01T00:00 2026-07-01T00:00 2026-08-01T00:00 2026-10-01T00:00
                0 0 0 LW * ?      | 2026-01-30T00:00 2026-02-27T00:00 2026-03-31T00:00 2026-04-30T00:00 2026-05-29T00:00
                0 0 0 1W * ?      | 2026-02-02T00:00 2026-03-02T00:00 2026-04-01T00:00 2026-05-01T00:00 2026-06-01T00:00
                0 0 0 15W * ?     | 2026-01-15T00:00 2026-02-16T00:00 2026-03-16T00:00 2026-04-15T00:00 2026-05-15T00:00
                0 0 0 1W 8 ?      | 2026-08-03T00:00 2027-08-02T00:00 2028-08-01T00:00 2029-08-01T00:00 2030-08-01T00:00
                0 0 0 31W * ?     | 2026-01-30T00:00 2026-03-31T00:00 2026-05-29T00:00 2026-07-31T00:00 2026-08-31T00:00
                0 0 0 1,15W * ?   | 2026-01-15T00:00 2026-02-01T00:00 2026-02-16T00:00 2026-03-01T00:00 2026-03-16T00:00
                0 0 0 ? * FRIL    | 2026-01-30T00:00 2026-02-27T00:00 2026-03-27T00:00 2026-04-24T00:00 2026-05-29T00:00
                0 0 0 ? * 5L      | 2026-01-30T00:00 2026-02-27T00:00 2026-03-27T00:00 2026-04-24T00:00 2026-05-29T00:00
                0 0 0 ? * 7L      | 2026-01-25T00:00 2026-02-22T00:00 2026-03-29T00:00 2026-04-26T00:00 2026-05-31T00:00
                0 0 0 * * FRI#2   | 2026-01-09T00:00 2026-02-13T00:00 2026-03-13T00:00 2026-04-10T00:00 2026-05-08T00:00
                0 0 0 * * 1#5     | 2026-03-30T00:00 2026-06-29T00:00 2026-08-31T00:00 2026-11-30T00:00 2027-03-29T00:00
                0 0 0 ? * MON,5#1 | 2026-01-02T00:00 2026-01-05T00:00 2026-01-12T00:00 2026-01-19T00:00 2026-01-26T00:00
                0 0 0 ? 2 ?       | 2026-02-01T00:00 2026-02-02T00:00 2026-02-03T00:00 2026-02-04T00:00 2026-02-05T00:00
                """)
        void come_at(String expression, String expected) {
            assertThat(utc(expression, NEW_YEAR)).isEqualTo(expected);
        }

        @ParameterizedTest
        @CsvSource(delimiter = '|', textBlock = """
                0 0 0 13 * FRI  | 2026-02-13T00:00 2026-03-13T00:00 2026-11-13T00:00 2027-08-13T00:00 2028-10-13T00:00
                0 0 0 29 2 SUN  | 2032-02-29T00:00 2060-02-29T00:00 2088-02-29T00:00 2128-02-29T00:00 2156-02-29T00:00
                0 0 0 L * FRI   | 2026-07-31T00:00 2027-04-30T00:00 2027-12-31T00:00 2028-03-31T00:00 2028-06-30T00:00
                """)
        void come_on_a_day_that_is_right_by_its_number_and_by_its_weekday(String expression, String expected) {
            assertThat(utc(expression, NEW_YEAR)).isEqualTo(expected);
        }
    }

    @Nested
    class Where_clocks_are_set {

        @Test
        void a_zone_moves_the_times() {
            assertThat(next(Schedule.cron("0 3 * * *", BERLIN), Instant.parse("2026-03-28T00:00:00Z"), 3))
                    .containsExactly(
                            Instant.parse("2026-03-28T02:00:00Z"),
                            Instant.parse("2026-03-29T01:00:00Z"),
                            Instant.parse("2026-03-30T01:00:00Z"));
        }

        @Test
        void a_time_that_is_left_out_comes_once_when_they_are_set() {
            assertThat(berlin("30 2 * * *", "2026-03-28T00:00+01:00", 3))
                    .isEqualTo("2026-03-28T02:30+01:00 2026-03-29T03:00+02:00 2026-03-30T02:30+02:00");
        }

        @Test
        void several_that_are_left_out_come_once() {
            assertThat(berlin("*/15 1-3 * * *", "2026-03-29T01:30+01:00", 4))
                    .isEqualTo("2026-03-29T01:45+01:00 2026-03-29T03:00+02:00 2026-03-29T03:15+02:00"
                            + " 2026-03-29T03:30+02:00");
            assertThat(berlin("* * 2 * * *", "2026-03-29T01:30+01:00", 2))
                    .isEqualTo("2026-03-29T03:00+02:00 2026-03-30T02:00+02:00");
        }

        @Test
        void a_time_that_is_there_twice_comes_the_first_time() {
            assertThat(berlin("30 2 * * *", "2026-10-24T12:00+02:00", 2))
                    .isEqualTo("2026-10-25T02:30+02:00 2026-10-26T02:30+01:00");
            assertThat(berlin("0,30 2 * * *", "2026-10-24T12:00+02:00", 3))
                    .isEqualTo("2026-10-25T02:00+02:00 2026-10-25T02:30+02:00 2026-10-26T02:00+01:00");
        }

        @Test
        void a_time_that_is_there_twice_does_not_come_again_for_who_asks_in_between() {
            assertThat(berlin("30 2 * * *", "2026-10-25T02:10+01:00", 1)).isEqualTo("2026-10-26T02:30+01:00");
            assertThat(berlin("30 2,3 * * *", "2026-10-25T02:40+02:00", 1)).isEqualTo("2026-10-25T03:30+01:00");
        }

        @Test
        void what_comes_in_every_hour_goes_on_as_time_does() {
            for (String setting : List.of("2026-03-29T01:00:00Z", "2026-10-25T01:00:00Z")) {
                Instant start = Instant.parse(setting).minus(Duration.ofHours(3));
                List<Instant> quarters = next(Schedule.cron("*/15 * * * *", BERLIN), start, 24);

                for (int i = 0; i < quarters.size(); i++) {
                    assertThat(quarters.get(i)).isEqualTo(start.plus(Duration.ofMinutes(15 * (i + 1))));
                }
            }
        }

        @Test
        void what_comes_in_every_hour_is_not_made_up_for() {
            assertThat(berlin("30 * * * *", "2026-03-29T01:00+01:00", 2))
                    .isEqualTo("2026-03-29T01:30+01:00 2026-03-29T03:30+02:00");
            assertThat(berlin("30 0-23 * * *", "2026-10-25T01:40+02:00", 3))
                    .isEqualTo("2026-10-25T02:30+02:00 2026-10-25T02:30+01:00 2026-10-25T03:30+01:00");
        }

        @Test
        void midnight_may_be_left_out_too() {
            ZoneId cairo = ZoneId.of("Africa/Cairo");
            Instant before = Instant.parse("2024-04-25T12:00:00Z");

            assertThat(next(Schedule.cron("@daily", cairo), before, 2).stream()
                            .map(time -> time.atZone(cairo).toLocalDateTime().toString()))
                    .containsExactly("2024-04-26T01:00", "2024-04-27T00:00");
        }

        @Test
        void half_an_hour_may_be_repeated() {
            ZoneId island = ZoneId.of("Australia/Lord_Howe");
            Instant before = Instant.parse("2026-04-04T14:00:00Z");

            assertThat(next(Schedule.cron("45 1 * * *", island), before, 2).stream()
                            .map(time -> time.atZone(island).toOffsetDateTime().toString()))
                    .containsExactly("2026-04-05T01:45+11:00", "2026-04-06T01:45+10:30");
            assertThat(next(Schedule.cron("45 * * * *", island), before, 3).stream()
                            .map(time -> time.atZone(island).toOffsetDateTime().toString()))
                    .containsExactly("2026-04-05T01:45+11:00", "2026-04-05T01:45+10:30", "2026-04-05T02:45+10:30");
        }

        @Test
        void a_day_may_be_left_out() {
            ZoneId samoa = ZoneId.of("Pacific/Apia");

            assertThat(next(Schedule.cron("0 12 30 12 *", samoa), Instant.parse("2011-06-01T00:00:00Z"), 2).stream()
                            .map(time -> time.atZone(samoa).toLocalDateTime().toString()))
                    .containsExactly("2011-12-31T00:00", "2012-12-30T12:00");
        }
    }

    @Test
    void a_fraction_of_a_second_does_not_count() {
        assertThat(Schedule.cron("* * * * * *").next(NEW_YEAR.minusMillis(1))).contains(NEW_YEAR);
        assertThat(Schedule.cron("* * * * * *").next(NEW_YEAR)).contains(NEW_YEAR.plusSeconds(1));
        assertThat(Schedule.cron("* * * * * *").next(NEW_YEAR.plusMillis(1))).contains(NEW_YEAR.plusSeconds(1));
    }

    @Test
    void there_is_nothing_after_the_end_of_time() {
        assertThat(Schedule.cron("* * * * *").next(Instant.MAX)).isEmpty();
        assertThat(Schedule.cron("@daily", BERLIN).next(Instant.MAX)).isEmpty();
        assertThat(Schedule.cron("@hourly", BERLIN).next(Instant.MAX.minusSeconds(7200)))
                .isEmpty();
    }

    @Test
    void without_a_calendar_there_is_no_next_time() {
        assertThat(Schedule.every(Duration.ofSeconds(1)).next(NEW_YEAR)).isEmpty();
        assertThat(Schedule.manual().cron()).isEmpty();
        assertThat(Schedule.manual().zone()).isEmpty();
    }

    @Test
    void it_says_what_it_is() {
        Schedule schedule = Schedule.cron("30 4 * * mon", BERLIN);

        assertThat(schedule).hasToString("cron '30 4 * * mon' in Europe/Berlin");
        assertThat(schedule.cron()).contains("30 4 * * mon");
        assertThat(schedule.zone()).contains(BERLIN);
        assertThat(schedule.interval()).isEmpty();
        assertThat(schedule.first()).isEmpty();
        assertThat(schedule.isFixedDelay()).isFalse();
        assertThat(Schedule.cron("@daily")).hasToString("cron '@daily' in UTC");
    }

    @Test
    void jitter_and_a_lease_leave_the_times_as_they_are() {
        Schedule schedule =
                Schedule.cron("@daily", BERLIN).jitter(Duration.ofMinutes(5)).onOneReplica();

        assertThat(schedule)
                .hasToString(
                        "cron '@daily' in Europe/Berlin, late by up to PT5M, on one replica with a lease of PT30S");
        assertThat(schedule.jitter()).isEqualTo(Duration.ofMinutes(5));
        assertThat(schedule.lease()).contains(Duration.ofSeconds(30));
        assertThat(schedule.cron()).contains("@daily");
        assertThat(schedule.zone()).contains(BERLIN);
        assertThat(schedule.next(NEW_YEAR)).contains(Instant.parse("2026-01-01T23:00:00Z"));
    }

    @Test
    void it_does_not_start_after_a_while() {
        assertThatThrownBy(() -> Schedule.cron("@daily").startingAfter(Duration.ofSeconds(1)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("schedule: cron '@daily' in UTC has no interval, so startingAfter means nothing here");
    }

    @Nested
    class What_is_no_expression {

        private static final String EXPECTED =
                " (expected: five fields 'minute hour day month weekday', or six with seconds first)";

        @ParameterizedTest
        @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
                61 * * * *        | '61' can't be the minute, which is 0 to 59
                0 5,24 * * *      | '24' can't be the hour, which is 0 to 23
                60 * * * * *      | '60' can't be the second, which is 0 to 59
                0 0 0 * *         | '0' can't be the day, which is 1 to 31
                0 0 32 * *        | '32' can't be the day, which is 1 to 31
                0 0 1 13 *        | '13' can't be the month, which is 1 to 12 or JAN to DEC
                0 0 1 JANUARY *   | 'JANUARY' can't be the month, which is 1 to 12 or JAN to DEC
                0 0 1 MON *       | 'MON' can't be the month, which is 1 to 12 or JAN to DEC
                0 0 * * 8         | '8' can't be the weekday, which is 0 to 7 or SUN to SAT
                0 0 * * MO        | 'MO' can't be the weekday, which is 0 to 7 or SUN to SAT
                0 0 L * *         | 'L' can't be the day, which is 1 to 31
                0 0 ? * *         | '?' can't be the day, which is 1 to 31
                0 0 * * FRI#2     | 'FRI#2' can't be the weekday, which is 0 to 7 or SUN to SAT
                0 0 0 32W * ?     | '32W' can't be the day, which is 1 to 31, 'L', 'L-3', 'LW' or '15W'
                0 0 0 ?,1 * ?     | '?' can't be the day, which is 1 to 31, 'L', 'L-3', 'LW' or '15W'
                0 0 0 15L * ?     | '15L' can't be the day, which is 1 to 31, 'L', 'L-3', 'LW' or '15W'
                0 0 0 5#2 * ?     | '5#2' can't be the day, which is 1 to 31, 'L', 'L-3', 'LW' or '15W'
                0 0 0 ? * L       | 'L' can't be the weekday, which is 0 to 7 or SUN to SAT, 'FRIL' or 'FRI#2'
                0 0 0 ? * L-3     | 'L-3' can't be the weekday, which is 0 to 7 or SUN to SAT, 'FRIL' or 'FRI#2'
                0 0 0 ? * 5W      | '5W' can't be the weekday, which is 0 to 7 or SUN to SAT, 'FRIL' or 'FRI#2'
                0 0 0 ? * LW      | 'LW' can't be the weekday, which is 0 to 7 or SUN to SAT, 'FRIL' or 'FRI#2'
                0 0 0 ? * FRI#0   | 'FRI#0' can't be the weekday, which is 0 to 7 or SUN to SAT, 'FRIL' or 'FRI#2'
                0 0 0 ? * FRI#6   | 'FRI#6' can't be the weekday, which is 0 to 7 or SUN to SAT, 'FRIL' or 'FRI#2'
                0 L 0 ? * *       | 'L' can't be the minute, which is 0 to 59
                0 ? 0 ? * *       | '?' can't be the minute, which is 0 to 59
                */0 * * * *       | '*/0' can't be the minute, which is 0 to 59
                */90 * * * *      | '*/90' can't be the minute, which is 0 to 59
                */* * * * *       | '*/*' can't be the minute, which is 0 to 59
                /5 * * * *        | '/5' can't be the minute, which is 0 to 59
                5/ * * * *        | '5/' can't be the minute, which is 0 to 59
                1-5/ * * * *      | '1-5/' can't be the minute, which is 0 to 59
                1/2/3 * * * *     | '1/2/3' can't be the minute, which is 0 to 59
                10-5 * * * *      | '10-5' can't be the minute, which is 0 to 59
                5-5-5 * * * *     | '5-5-5' can't be the minute, which is 0 to 59
                -5 * * * *        | '-5' can't be the minute, which is 0 to 59
                +5 * * * *        | '+5' can't be the minute, which is 0 to 59
                5- * * * *        | '5-' can't be the minute, which is 0 to 59
                *-5 * * * *       | '*-5' can't be the minute, which is 0 to 59
                1,,2 * * * *      | '' can't be the minute, which is 0 to 59
                5, * * * *        | '' can't be the minute, which is 0 to 59
                5!6 * * * *       | '5!6' can't be the minute, which is 0 to 59
                ٣ * * * *         | '٣' can't be the minute, which is 0 to 59
                100 * * * *       | '100' can't be the minute, which is 0 to 59
                """)
        void is_refused_with_the_field(String expression, String what) {
            assertThatThrownBy(() -> Schedule.cron(expression))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("schedule: cron '" + expression + "': " + what + ", also as '*', '1-5', '1,5' or '*/5'"
                            + EXPECTED);
        }

        @ParameterizedTest
        @CsvSource(delimiter = ';', quoteCharacter = '"', textBlock = """
                * * * *         ; has 4 fields
                0 * * * * * *   ; has 7 fields
                5               ; has 1 field
                ""              ; has 0 fields
                "  "            ; has 0 fields
                0 0 * * * | 5 * * * * ; has 11 fields
                5|6 * * * *     ; '5|6' can't be the minute, which is 0 to 59, also as '*', '1-5', '1,5' or '*/5'
                @reboot         ; '@reboot' is not one of @annually, @daily, @hourly, @midnight, @monthly, @weekly, @yearly
                @Daily          ; '@Daily' is not one of @annually, @daily, @hourly, @midnight, @monthly, @weekly, @yearly
                @daily 0        ; '@daily 0' is not one of @annually, @daily, @hourly, @midnight, @monthly, @weekly, @yearly
                0 0 30 2 *      ; there is no such day in any year
                0 0 31 4,6,9,11 *   ; there is no such day in any year
                0 0 0 L-31 * ?  ; there is no such day in any year
                0 0 0 30W 2 ?   ; there is no such day in any year
                0 0 0 1-7 * FRI#2   ; there is no such day in any year
                """)
        void is_refused_as_a_whole(String expression, String what) {
            assertThatThrownBy(() -> Schedule.cron(expression))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("schedule: cron '" + expression + "': " + what + EXPECTED);
        }

        @Test
        void may_be_missing() {
            assertThatThrownBy(() -> Schedule.cron(null))
                    .isInstanceOf(NullPointerException.class)
                    .hasMessage("expression");
            assertThatThrownBy(() -> Schedule.cron("@daily", null))
                    .isInstanceOf(NullPointerException.class)
                    .hasMessage("zone");
            assertThatThrownBy(() -> Schedule.cron("@daily").next(null))
                    .isInstanceOf(NullPointerException.class)
                    .hasMessage("after");
        }
    }
}
