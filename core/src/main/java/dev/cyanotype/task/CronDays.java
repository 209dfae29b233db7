/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.task;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import java.util.function.ToIntFunction;

/**
 * On which days of a month a cron expression comes. Sets of days have a bit for each number. Immutable and thread-safe.
 *
 * @param numbers the days of a month by their numbers
 * @param weekdays the days of a week, Sunday being 0
 * @param special days of a month that it takes the month to know; 0 where it has none
 * @param specialWeekdays the same, but given as weekdays
 * @param anyNumber whether the day of the month is left open
 * @param anyWeekday whether the weekday is left open
 * @param both whether a day must be right in both ways where neither is left open, instead of in one
 */
record CronDays(
        int numbers,
        int weekdays,
        List<ToIntFunction<YearMonth>> special,
        List<ToIntFunction<YearMonth>> specialWeekdays,
        boolean anyNumber,
        boolean anyWeekday,
        boolean both) {

    private static final int WEEK = 7;

    /** The days of a month, bit 1 being the first. */
    int in(int year, int month) {
        LocalDate first = LocalDate.of(year, month, 1);
        int all = (int) ((1L << (first.lengthOfMonth() + 1)) - 2);
        if (anyNumber && anyWeekday) {
            return all;
        }
        int byNumber = anyNumber ? 0 : byNumber(first);
        int byWeekday = anyWeekday ? 0 : byWeekday(first);
        boolean meet = both && !anyNumber && !anyWeekday;
        return all & (meet ? byNumber & byWeekday : byNumber | byWeekday);
    }

    private int byNumber(LocalDate first) {
        return numbers | days(special, first);
    }

    private int byWeekday(LocalDate first) {
        int days = days(specialWeekdays, first);
        int weekday = number(first.getDayOfWeek());
        for (int day = 1; day <= first.lengthOfMonth(); day++) {
            days |= (weekdays >> weekday & 1) << day;
            weekday = (weekday + 1) % WEEK;
        }
        return days;
    }

    private static int days(List<ToIntFunction<YearMonth>> special, LocalDate first) {
        if (special.isEmpty()) {
            return 0;
        }
        YearMonth month = YearMonth.from(first);
        int days = 0;
        for (ToIntFunction<YearMonth> one : special) {
            days |= 1 << Math.max(0, one.applyAsInt(month));
        }
        return days;
    }

    /** The last day but some. */
    static ToIntFunction<YearMonth> last(int before) {
        return month -> month.lengthOfMonth() - before;
    }

    /** The last day that is not at a weekend. */
    static int lastWorkday(YearMonth month) {
        int last = month.lengthOfMonth();
        return last - Math.max(0, month.atDay(last).getDayOfWeek().getValue() - DayOfWeek.FRIDAY.getValue());
    }

    /** The day next to one of a number that is not at a weekend, in the same month. */
    static ToIntFunction<YearMonth> workday(int number) {
        return month -> {
            if (!month.isValidDay(number)) {
                return 0;
            }
            return switch (month.atDay(number).getDayOfWeek()) {
                case SATURDAY -> number == 1 ? number + 2 : number - 1;
                case SUNDAY -> number == month.lengthOfMonth() ? number - 2 : number + 1;
                default -> number;
            };
        };
    }

    /** The first, second, … of a weekday. */
    static ToIntFunction<YearMonth> nth(int weekday, int nth) {
        return month -> {
            int day = firstOf(weekday, month) + (nth - 1) * WEEK;
            return day > month.lengthOfMonth() ? 0 : day;
        };
    }

    /** The last of a weekday. */
    static ToIntFunction<YearMonth> lastOf(int weekday) {
        return month -> {
            int first = firstOf(weekday, month);
            return first + (month.lengthOfMonth() - first) / WEEK * WEEK;
        };
    }

    private static int firstOf(int weekday, YearMonth month) {
        return 1 + Math.floorMod(weekday - number(month.atDay(1).getDayOfWeek()), WEEK);
    }

    private static int number(DayOfWeek day) {
        return day.getValue() % WEEK;
    }
}
