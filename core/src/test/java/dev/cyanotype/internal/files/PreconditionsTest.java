/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.files;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cyanotype.internal.dispatch.InMemoryRequest;
import dev.cyanotype.internal.files.Preconditions.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 9110 section 13, for a file with the tag {@code "a"} of 08:00:00. */
class PreconditionsTest {

    private static final String DAY = "Mon, 06 May 2024 ";

    private static final Preconditions FILE = new Preconditions("\"a\"", HttpDates.parse(DAY + "08:00:00 GMT"));

    @ParameterizedTest(name = "If-Match {0}, If-Unmodified-Since {1}, If-None-Match {2}, If-Modified-Since {3}: {4}")
    @CsvSource(
            quoteCharacter = '\'',
            delimiter = '|',
            nullValues = "-",
            value = {
                "-         | -        | -               | -        | PROCEED",
                // Entity tags.
                "'\"a\"'   | -        | -               | -        | PROCEED",
                "'\"b\"'   | -        | -               | -        | FAILED",
                "*         | -        | -               | -        | PROCEED",
                "'\"b\", \"a\"' | -   | -               | -        | PROCEED",
                "'W/\"a\"' | -        | -               | -        | FAILED",
                "'a'       | -        | -               | -        | FAILED",
                "''        | -        | -               | -        | FAILED",
                "-         | -        | '\"a\"'         | -        | NOT_MODIFIED",
                "-         | -        | 'W/\"a\"'       | -        | NOT_MODIFIED",
                "-         | -        | '\"b\", \"a\"'  | -        | NOT_MODIFIED",
                "-         | -        | '\"b,c\",W/\"a\"' | -      | NOT_MODIFIED",
                "-         | -        | '\"b\"'         | -        | PROCEED",
                "-         | -        | *               | -        | NOT_MODIFIED",
                "-         | -        | a               | -        | PROCEED",
                "-         | -        | ''              | -        | PROCEED",
                // Dates.
                "-         | 08:00:00 | -               | -        | PROCEED",
                "-         | 08:00:01 | -               | -        | PROCEED",
                "-         | 07:59:59 | -               | -        | FAILED",
                "-         | nonsense | -               | -        | PROCEED",
                "-         | -        | -               | 08:00:00 | NOT_MODIFIED",
                "-         | -        | -               | 09:00:00 | NOT_MODIFIED",
                "-         | -        | -               | 07:59:59 | PROCEED",
                "-         | -        | -               | nonsense | PROCEED",
                // A tag beats the date beside it.
                "'\"a\"'   | 07:59:59 | -               | -        | PROCEED",
                "'\"b\"'   | 09:00:00 | -               | -        | FAILED",
                "-         | -        | '\"b\"'         | 09:00:00 | PROCEED",
                "-         | -        | '\"a\"'         | 07:59:59 | NOT_MODIFIED",
                // What must hold is asked before what has changed.
                "'\"b\"'   | -        | '\"a\"'         | -        | FAILED",
                "'\"a\"'   | -        | '\"a\"'         | -        | NOT_MODIFIED",
                "'\"a\"'   | -        | '\"b\"'         | -        | PROCEED",
                "-         | 07:59:59 | -               | 09:00:00 | FAILED",
                "-         | 08:00:00 | -               | 08:00:00 | NOT_MODIFIED",
                "'\"a\"'   | 07:59:59 | '\"b\"'         | 09:00:00 | PROCEED",
            })
    void are_evaluated_in_the_order_of_the_standard(
            String match, String unmodifiedSince, String noneMatch, String modifiedSince, Outcome expected) {
        InMemoryRequest request = InMemoryRequest.get("/");
        add(request, "If-Match", match);
        add(request, "If-Unmodified-Since", unmodifiedSince == null ? null : DAY + unmodifiedSince + " GMT");
        add(request, "If-None-Match", noneMatch);
        add(request, "If-Modified-Since", modifiedSince == null ? null : DAY + modifiedSince + " GMT");

        assertThat(FILE.evaluate(request)).isEqualTo(expected);
    }

    @Test
    void tags_of_several_fields_are_one_list() {
        assertThat(FILE.evaluate(InMemoryRequest.get("/")
                        .header("If-None-Match", "\"b\"")
                        .header("If-None-Match", "\"a\"")))
                .isEqualTo(Outcome.NOT_MODIFIED);
    }

    @Test
    void two_dates_are_none() {
        assertThat(FILE.evaluate(InMemoryRequest.get("/")
                        .header("If-Modified-Since", DAY + "09:00:00 GMT")
                        .header("If-Modified-Since", DAY + "09:00:00 GMT")))
                .isEqualTo(Outcome.PROCEED);
    }

    @Test
    void a_weak_tag_of_the_file_is_enough_to_say_that_nothing_changed() {
        Preconditions weak = new Preconditions("W/\"a\"", null);

        assertThat(weak.evaluate(InMemoryRequest.get("/").header("If-None-Match", "\"a\"")))
                .isEqualTo(Outcome.NOT_MODIFIED);
        assertThat(weak.evaluate(InMemoryRequest.get("/").header("If-Match", "W/\"a\"")))
                .isEqualTo(Outcome.FAILED);
        assertThat(weak.allowParts(InMemoryRequest.get("/").header("If-Range", "W/\"a\"")))
                .isFalse();
    }

    @Test
    void without_tag_and_time_only_the_star_says_anything() {
        Preconditions nothing = new Preconditions(null, null);

        assertThat(nothing.evaluate(InMemoryRequest.get("/")
                        .header("If-None-Match", "\"a\"")
                        .header("If-Modified-Since", DAY + "09:00:00 GMT")))
                .isEqualTo(Outcome.PROCEED);
        assertThat(nothing.evaluate(InMemoryRequest.get("/").header("If-Unmodified-Since", DAY + "07:00:00 GMT")))
                .isEqualTo(Outcome.PROCEED);
        assertThat(nothing.evaluate(InMemoryRequest.get("/").header("If-Match", "\"a\"")))
                .isEqualTo(Outcome.FAILED);
        assertThat(nothing.evaluate(InMemoryRequest.get("/").header("If-None-Match", "*")))
                .isEqualTo(Outcome.NOT_MODIFIED);
        assertThat(nothing.allowParts(InMemoryRequest.get("/").header("If-Range", DAY + "09:00:00 GMT")))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"a\"", " \"a\" ", DAY + "08:00:00 GMT", "Monday, 06-May-24 08:00:00 GMT"})
    void parts_are_sent_of_the_file_the_client_has(String ifRange) {
        assertThat(FILE.allowParts(InMemoryRequest.get("/").header("If-Range", ifRange)))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"b\"",
                "W/\"a\"",
                "\"a\", \"b\"",
                "a",
                "*",
                "",
                DAY + "08:00:01 GMT",
                DAY + "07:59:59 GMT",
                "nonsense"
            })
    void parts_are_not_sent_of_another(String ifRange) {
        assertThat(FILE.allowParts(InMemoryRequest.get("/").header("If-Range", ifRange)))
                .isFalse();
    }

    @Test
    void parts_are_sent_to_whoever_has_none() {
        assertThat(FILE.allowParts(InMemoryRequest.get("/"))).isTrue();
        assertThat(FILE.allowParts(
                        InMemoryRequest.get("/").header("If-Range", "\"a\"").header("If-Range", "\"a\"")))
                .isFalse();
    }

    private static void add(InMemoryRequest request, String name, String value) {
        if (value != null) {
            request.header(name, value);
        }
    }
}
