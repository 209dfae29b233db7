/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.task;

import com.cronutils.model.field.CronFieldName;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A cron expression in a time zone, read once. cron-utils reads its fields; when they come is found here, on the clock on the
 * wall first and then by the rules of the zone. Immutable and thread-safe.
 */
final class CronExpression {

    private static final String EXPECTED =
            " (expected: five fields 'minute hour day month weekday', or six with seconds first)";

    private static final Map<String, String> NAMED = new TreeMap<>(Map.of(
            "@annually", "0 0 1 1 *",
            "@daily", "0 0 * * *",
            "@hourly", "0 * * * *",
            "@midnight", "0 0 * * *",
            "@monthly", "0 0 1 * *",
            "@weekly", "0 0 * * 0",
            "@yearly", "0 0 1 1 *"));

    private static final int FIVE = 5;
    private static final int SIX = 6;
    private static final int HOURS = 24;
    private static final int MONTHS = 12;

    /** After so many the calendar repeats itself, weekdays included. */
    private static final int YEARS = 400;

    private final String text;
    private final ZoneId zone;
    private final ZoneRules rules;
    private final long seconds;
    private final long minutes;
    private final long hours;
    private final long months;
    private final CronDays days;

    /**
     * Reads an expression.
     *
     * @throws IllegalArgumentException if it is none, or never comes
     */
    CronExpression(String expression, ZoneId zone) {
        this.text = Objects.requireNonNull(expression, "expression");
        this.zone = Objects.requireNonNull(zone, "zone");
        this.rules = zone.getRules();
        String[] fields = fields();
        boolean six = fields.length == SIX;
        try {
            int at = six ? 1 : 0;
            this.seconds = six ? new CronField(CronFieldName.SECOND, fields[0], true).values() : 1;
            this.minutes = new CronField(CronFieldName.MINUTE, fields[at], six).values();
            this.hours = new CronField(CronFieldName.HOUR, fields[at + 1], six).values();
            CronField numbers = new CronField(CronFieldName.DAY_OF_MONTH, fields[at + 2], six);
            this.months = new CronField(CronFieldName.MONTH, fields[at + 3], six).values();
            CronField weekdays = new CronField(CronFieldName.DAY_OF_WEEK, fields[at + 4], six);
            this.days = new CronDays(
                    (int) numbers.values(),
                    (int) weekdays.values(),
                    numbers.special(),
                    weekdays.special(),
                    numbers.isOpen(),
                    weekdays.isOpen(),
                    six);
        } catch (IllegalArgumentException e) {
            throw refusal(e.getMessage(), e);
        }
        if (nextOnTheWall(LocalDateTime.of(2000, 1, 1, 0, 0)) == null) {
            throw refusal("there is no such day in any year", null);
        }
    }

    private String[] fields() {
        String plain = text.strip();
        if (plain.startsWith("@")) {
            String named = NAMED.get(plain);
            if (named == null) {
                throw refusal("'" + plain + "' is not one of " + String.join(", ", NAMED.keySet()), null);
            }
            plain = named;
        }
        String[] fields =
                plain.isEmpty() ? new String[0] : plain.toUpperCase(Locale.ROOT).split("\\s+");
        if (fields.length != FIVE && fields.length != SIX) {
            throw refusal("has " + fields.length + (fields.length == 1 ? " field" : " fields"), null);
        }
        return fields;
    }

    private IllegalArgumentException refusal(@Nullable String what, @Nullable Exception cause) {
        return new IllegalArgumentException("schedule: cron '" + text + "': " + what + EXPECTED, cause);
    }

    String text() {
        return text;
    }

    ZoneId zone() {
        return zone;
    }

    /** The first time after an instant, or empty if there is none that the calendar of Java can tell. */
    Optional<Instant> next(Instant after) {
        try {
            return Optional.ofNullable(hours == (1L << HOURS) - 1 ? nextThatPasses(after) : nextOfTheDay(after));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** For what comes in each hour: in each that there is, also in the one that the clocks repeat. */
    private @Nullable Instant nextThatPasses(Instant after) {
        ZoneOffset offset = rules.getOffset(after);
        LocalDateTime last = LocalDateTime.ofEpochSecond(after.getEpochSecond(), 0, offset);
        Instant since = after;
        while (true) {
            LocalDateTime next = nextOnTheWall(last);
            if (next == null) {
                return null;
            }
            Instant instant = next.toInstant(offset);
            ZoneOffsetTransition change = rules.nextTransition(since);
            if (change == null || instant.isBefore(change.getInstant())) {
                return instant;
            }
            since = change.getInstant();
            offset = change.getOffsetAfter();
            last = change.getDateTimeAfter().minusSeconds(1);
        }
    }

    /** For what comes at hours of its own: once, whether the clocks leave the hour out or repeat it. */
    private @Nullable Instant nextOfTheDay(Instant after) {
        ZoneOffset offset = rules.getOffset(after);
        LocalDateTime last = LocalDateTime.ofEpochSecond(after.getEpochSecond(), 0, offset);
        ZoneOffsetTransition change = rules.getTransition(last);
        if (change != null && change.isOverlap() && offset.equals(change.getOffsetAfter())) {
            // All of it came when the clocks went through it for the first time.
            last = change.getDateTimeBefore().minusSeconds(1);
        }
        LocalDateTime next = nextOnTheWall(last);
        if (next == null) {
            return null;
        }
        change = rules.getTransition(next);
        if (change != null && change.isGap()) {
            return change.getInstant();
        }
        return next.toInstant(change == null ? rules.getOffset(next) : change.getOffsetBefore());
    }

    /** The first time after one, both by a clock that is never set. */
    private @Nullable LocalDateTime nextOnTheWall(LocalDateTime after) {
        if (isAt(after.getYear(), after.getMonthValue(), after.getDayOfMonth())) {
            LocalTime time = nextOfTheDay(after.toLocalTime());
            if (time != null) {
                return after.toLocalDate().atTime(time);
            }
        }
        int month = after.getMonthValue();
        int year = after.getYear();
        int from = after.getDayOfMonth() + 1;
        for (int count = 0; count <= YEARS * MONTHS; count++) {
            long left = has(months, month) ? Integer.toUnsignedLong(days.in(year, month)) >>> from : 0;
            if (left != 0) {
                return LocalDateTime.of(
                        year,
                        month,
                        from + Long.numberOfTrailingZeros(left),
                        first(hours, 0),
                        first(minutes, 0),
                        first(seconds, 0));
            }
            from = 1;
            month = month % MONTHS + 1;
            year += month == 1 ? 1 : 0;
        }
        return null;
    }

    private boolean isAt(int year, int month, int day) {
        return has(months, month) && has(days.in(year, month), day);
    }

    private @Nullable LocalTime nextOfTheDay(LocalTime after) {
        int hour = after.getHour();
        if (has(hours, hour)) {
            int minute = after.getMinute();
            if (has(minutes, minute)) {
                int second = first(seconds, after.getSecond() + 1);
                if (second < Long.SIZE) {
                    return LocalTime.of(hour, minute, second);
                }
            }
            minute = first(minutes, minute + 1);
            if (minute < Long.SIZE) {
                return LocalTime.of(hour, minute, first(seconds, 0));
            }
        }
        hour = first(hours, hour + 1);
        return hour < Long.SIZE ? LocalTime.of(hour, first(minutes, 0), first(seconds, 0)) : null;
    }

    private static boolean has(long set, int value) {
        return (set >>> value & 1) != 0;
    }

    /** The first of a set from a value on, or 64. */
    private static int first(long set, int from) {
        return Long.numberOfTrailingZeros(set & -1L << from);
    }

    @Override
    public String toString() {
        return "cron '" + text + "' in " + zone;
    }
}
