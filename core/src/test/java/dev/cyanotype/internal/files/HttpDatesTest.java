/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Dates of header fields. */
class HttpDatesTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Sun, 06 Nov 1994 08:49:37 GMT",
                " Sun, 06 Nov 1994 08:49:37 GMT ",
                "Sunday, 06-Nov-94 08:49:37 GMT",
                "Sun Nov  6 08:49:37 1994"
            })
    void are_read_in_all_three_forms(String text) {
        assertThat(HttpDates.parse(text)).isEqualTo(784111777);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "0",
                "yesterday",
                "Sun, 6 Nov 1994 08:49:37 GMT",
                "Mon, 06 Nov 1994 08:49:37 GMT",
                "Sun, 06 Nov 1994 08:49:37 CET",
                "Sun, 06 Nov 1994 25:49:37 GMT",
                "1994-11-06T08:49:37Z"
            })
    void that_are_none_are_told(String text) {
        assertThat(HttpDates.parse(text)).isNull();
    }

    @Test
    void are_written_in_the_first_form() {
        assertThat(HttpDates.format(784111777)).isEqualTo("Sun, 06 Nov 1994 08:49:37 GMT");
        assertThat(HttpDates.parse(HttpDates.format(253402300799L))).isEqualTo(253402300799L);
    }

    @Test
    void years_of_two_digits_lie_within_fifty_years() {
        LocalDate soon = LocalDate.now(ZoneOffset.UTC).plusYears(10);
        String text = "%s, 01-Jan-%02d 00:00:00 GMT"
                .formatted(weekday(LocalDate.of(soon.getYear(), 1, 1)), soon.getYear() % 100);

        assertThat(HttpDates.parse(text))
                .isEqualTo(LocalDate.of(soon.getYear(), 1, 1).atStartOfDay().toEpochSecond(ZoneOffset.UTC));
    }

    private static String weekday(LocalDate date) {
        String name = date.getDayOfWeek().name();
        return name.charAt(0) + name.substring(1).toLowerCase(java.util.Locale.ROOT);
    }
}
