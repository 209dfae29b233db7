/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.files;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Dates as RFC 9110 section 5.6.7 has them: one form to write, three to read. */
final class HttpDates {

    private static final DateTimeFormatter FIXDATE =
            DateTimeFormatter.ofPattern("EEE, dd MMM uuuu HH:mm:ss 'GMT'", Locale.US);

    private static final DateTimeFormatter ASCTIME =
            DateTimeFormatter.ofPattern("EEE MMM ppd HH:mm:ss uuuu", Locale.US);

    private HttpDates() {}

    /** Writes seconds since 1970. */
    static String format(long epochSecond) {
        return FIXDATE.format(LocalDateTime.ofEpochSecond(epochSecond, 0, ZoneOffset.UTC));
    }

    /** Reads a date as seconds since 1970, or null if it is none. */
    static @Nullable Long parse(String text) {
        String date = text.strip();
        for (DateTimeFormatter form : List.of(FIXDATE, ASCTIME, rfc850())) {
            try {
                return LocalDateTime.parse(date, form).toEpochSecond(ZoneOffset.UTC);
            } catch (DateTimeException e) {
                // Perhaps in the next form.
            }
        }
        return null;
    }

    /** A year of two digits lies at most 50 years ahead. */
    private static DateTimeFormatter rfc850() {
        return new DateTimeFormatterBuilder()
                .appendPattern("EEEE, dd-MMM-")
                .appendValueReduced(
                        ChronoField.YEAR, 2, 2, LocalDate.now(ZoneOffset.UTC).minusYears(49))
                .appendPattern(" HH:mm:ss 'GMT'")
                .toFormatter(Locale.US);
    }
}
