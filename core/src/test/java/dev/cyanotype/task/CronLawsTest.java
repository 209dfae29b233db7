/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.task;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.Nullable;

/** Cron expressions against models that look at one minute after the other. */
class CronLawsTest {

    private static final int SUNDAY = 7;

    /** What a part of a list says, and which values it means. */
    record Part(String text, Set<Integer> values, boolean open) {}

    /** A field of an expression. */
    record Field(String text, Set<Integer> values, boolean open) {

        static Field of(List<Part> parts) {
            Set<Integer> values = new TreeSet<>();
            parts.forEach(part -> values.addAll(part.values()));
            return new Field(
                    String.join(",", parts.stream().map(Part::text).toList()),
                    values,
                    parts.stream().anyMatch(Part::open));
        }
    }

    /** Five fields. */
    record Expression(Field minute, Field hour, Field day, Field month, Field weekday) {

        boolean fits(LocalDateTime time) {
            boolean right = day.values().contains(time.getDayOfMonth());
            boolean rightWeekday = weekday.values().contains(time.getDayOfWeek().getValue());
            boolean rightDay = day.open() || weekday.open() ? right && rightWeekday : right || rightWeekday;
            return rightDay
                    && minute.values().contains(time.getMinute())
                    && hour.values().contains(time.getHour())
                    && month.values().contains(time.getMonthValue());
        }

        @Override
        public String toString() {
            return String.join(" ", minute.text(), hour.text(), day.text(), month.text(), weekday.text());
        }
    }

    @Property(tries = 400, edgeCases = EdgeCasesMode.NONE)
    void the_next_time_in_utc_is_the_first_minute_that_fits(
            @ForAll("expressions") Expression expression, @ForAll @IntRange(max = 30_000_000) int minute) {
        LocalDateTime time = LocalDateTime.of(1999, 1, 1, 0, 0).plusMinutes(minute);
        LocalDateTime end = time.plusDays(45);
        Schedule schedule = schedule(expression, ZoneOffset.UTC);
        for (int count = 0; count < 20; count++) {
            LocalDateTime fits = time.plusMinutes(1);
            while (fits.isBefore(end) && !expression.fits(fits)) {
                fits = fits.plusMinutes(1);
            }
            LocalDateTime next = schedule == null
                    ? LocalDateTime.MAX
                    : LocalDateTime.ofInstant(
                            schedule.next(time.toInstant(ZoneOffset.UTC)).orElseThrow(), ZoneOffset.UTC);
            if (!fits.isBefore(end)) {
                assertThat(next).isAfterOrEqualTo(end);
                return;
            }
            assertThat(next).isEqualTo(fits);
            time = fits;
        }
    }

    @Property(tries = 400, edgeCases = EdgeCasesMode.NONE)
    void where_clocks_are_set_hours_that_are_named_come_once_and_others_as_time_goes(
            @ForAll("frequent") Expression expression,
            @ForAll("zones") ZoneId zone,
            @ForAll @IntRange(max = 30) int year,
            @ForAll @IntRange(min = -36 * 60, max = 60) int minute) {
        ZoneOffsetTransition change = zone.getRules()
                .nextTransition(Instant.parse("1999-01-01T00:00:00Z").plus(200L * year, ChronoUnit.DAYS));
        Instant start = change.getInstant().plus(minute, ChronoUnit.MINUTES);
        Instant end = start.plus(50, ChronoUnit.HOURS);
        Set<Instant> expected = expression.hour().values().size() == 24
                ? asTimeGoes(expression, zone, start, end)
                : once(expression, zone, start, end);

        Schedule schedule = schedule(expression, zone);
        List<Instant> times = new ArrayList<>();
        for (Instant time = next(schedule, start); !time.isAfter(end); time = next(schedule, time)) {
            times.add(time);
        }

        assertThat(times).containsExactlyElementsOf(expected);
    }

    private static Instant next(@Nullable Schedule schedule, Instant after) {
        return schedule == null ? Instant.MAX : schedule.next(after).orElseThrow();
    }

    private static Set<Instant> asTimeGoes(Expression expression, ZoneId zone, Instant start, Instant end) {
        Set<Instant> times = new TreeSet<>();
        for (Instant time = start.plusSeconds(60); !time.isAfter(end); time = time.plusSeconds(60)) {
            if (expression.fits(LocalDateTime.ofInstant(time, zone))) {
                times.add(time);
            }
        }
        return times;
    }

    private static Set<Instant> once(Expression expression, ZoneId zone, Instant start, Instant end) {
        Set<Instant> times = new TreeSet<>();
        LocalDateTime last = LocalDateTime.ofInstant(end, zone).plusHours(3);
        LocalDateTime time = LocalDateTime.ofInstant(start, zone).minusHours(3);
        for (; time.isBefore(last); time = time.plusMinutes(1)) {
            if (expression.fits(time)) {
                ZoneOffsetTransition change = zone.getRules().getTransition(time);
                times.add(
                        change != null && change.isGap()
                                ? change.getInstant()
                                : ZonedDateTime.ofLocal(time, zone, null).toInstant());
            }
        }
        times.removeIf(some -> !some.isAfter(start) || some.isAfter(end));
        return times;
    }

    @Property(tries = 5000, edgeCases = EdgeCasesMode.NONE)
    void what_is_no_expression_is_refused_in_one_way(@ForAll("nonsense") String text) {
        try {
            Schedule.cron(text);
        } catch (IllegalArgumentException e) {
            assertThat(e)
                    .hasMessageStartingWith("schedule: cron '" + text + "': ")
                    .hasMessageEndingWith(
                            " (expected: five fields 'minute hour day month weekday', or six with seconds first)");
        }
    }

    /** Null if there is no such day, which the model finds out by itself. */
    private static @Nullable Schedule schedule(Expression expression, ZoneId zone) {
        try {
            return Schedule.cron(expression.toString(), zone);
        } catch (IllegalArgumentException e) {
            assertThat(e).hasMessageContaining("there is no such day in any year");
            return null;
        }
    }

    @Provide
    Arbitrary<Expression> expressions() {
        return Combinators.combine(field(0, 59), field(0, 23), field(1, 31), field(1, 12), field(0, SUNDAY))
                .as(Expression::new);
    }

    /** What often comes within two days. */
    @Provide
    Arbitrary<Expression> frequent() {
        Arbitrary<Field> any = Arbitraries.just(Field.of(List.of(star(1, 31))));
        Arbitrary<Field> anyMonth = Arbitraries.just(Field.of(List.of(star(1, 12))));
        Arbitrary<Field> atNight = Arbitraries.integers()
                .between(0, 3)
                .map(hour -> part("" + hour, hour, hour, 1, false, false))
                .list()
                .ofMinSize(1)
                .ofMaxSize(4)
                .map(Field::of);
        Arbitrary<Field> hours = Arbitraries.oneOf(
                field(0, 23),
                atNight,
                Arbitraries.just(Field.of(List.of(star(0, 23)))),
                Arbitraries.just(Field.of(List.of(part("0-23", 0, 23, 1, false, false)))));
        Arbitrary<Field> weekdays =
                Arbitraries.oneOf(Arbitraries.just(Field.of(List.of(star(0, SUNDAY)))), field(0, SUNDAY));
        return Combinators.combine(field(0, 59), hours, any, anyMonth, weekdays).as(Expression::new);
    }

    @Provide
    Arbitrary<ZoneId> zones() {
        return Arbitraries.of(
                        "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Africa/Cairo", "Pacific/Apia")
                .map(ZoneId::of);
    }

    @Provide
    Arbitrary<String> nonsense() {
        Arbitrary<String> piece = Arbitraries.oneOf(
                Arbitraries.of(
                        "*", "?", "L", "W", "#", "/", "-", ",", "MON", "FRI", "JAN", "DEC", "0", "1", "7", "31", "59"),
                Arbitraries.strings().ofMaxLength(2));
        Arbitrary<String> field = piece.list().ofMaxSize(4).map(pieces -> String.join("", pieces));
        return Arbitraries.oneOf(
                Arbitraries.strings().ofMaxLength(20),
                field.list().ofMinSize(4).ofMaxSize(7).map(fields -> String.join(" ", fields)),
                field.map(day -> "0 0 0 " + day + " * ?"),
                field.map(day -> "0 0 0 ? * " + day),
                field.map(minute -> minute + " * * * *"));
    }

    private static Arbitrary<Field> field(int first, int last) {
        boolean week = last == SUNDAY;
        Arbitrary<Integer> value = Arbitraries.integers().between(first, last);
        Arbitrary<Integer> step = Arbitraries.integers().between(2, last);
        Arbitrary<Part> one = value.map(some -> part("" + some, some, some, 1, week, false));
        Arbitrary<Part> range = Combinators.combine(value, value)
                .as((a, b) -> week
                        ? part(a + "-" + b, a, b, 1, true, false)
                        : part(Math.min(a, b) + "-" + Math.max(a, b), Math.min(a, b), Math.max(a, b), 1, false, false));
        Arbitrary<Part> steps = Combinators.combine(value, value, step)
                .as((a, b, by) -> week
                        ? part(a + "-" + b + "/" + by, a, b, by, true, false)
                        : part(
                                Math.min(a, b) + "-" + Math.max(a, b) + "/" + by,
                                Math.min(a, b),
                                Math.max(a, b),
                                by,
                                false,
                                false));
        int end = week ? SUNDAY - 1 : last;
        Arbitrary<Part> starred = step.map(by -> part("*/" + by, first, end, by, week, false));
        Arbitrary<Part> listed = Arbitraries.oneOf(one, range, steps, starred);
        return Arbitraries.oneOf(
                Arbitraries.just(Field.of(List.of(star(first, last)))),
                starred.map(part -> Field.of(List.of(part))),
                listed.list().ofMinSize(1).ofMaxSize(4).map(Field::of));
    }

    private static Part star(int first, int last) {
        return part("*", first, last, 1, last == SUNDAY, true);
    }

    /** Days of a week are counted as Java does, from Monday, which is 1. */
    private static Part part(String text, int from, int to, int step, boolean week, boolean open) {
        Set<Integer> values = new TreeSet<>();
        int end = to < from ? to + SUNDAY : to;
        for (int value = from; value <= end; value += step) {
            values.add(week ? (value + SUNDAY - 1) % SUNDAY + 1 : value);
        }
        return new Part(text, values, open);
    }
}
