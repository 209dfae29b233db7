/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a {@code Range} asks of a file. */
class ByteRangeTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "bytes=0-0 | 0-0",
                "bytes=0- | 0-999",
                "bytes=10-19 | 10-19",
                "bytes=990-2000 | 990-999",
                "bytes=-1 | 999-999",
                "bytes=-5000 | 0-999",
                "BYTES=1-2 | 1-2",
                "bytes= 1-2 , 500-501 | 1-2 500-501",
                "bytes=,1-2,, | 1-2",
                "bytes=500-501,1-2 | 500-501 1-2",
                "bytes=0-9,5-14 | 0-14",
                "bytes=0-9,10-19 | 0-19",
                "bytes=0-9,89-99 | 0-99",
                "bytes=0-9,90-99 | 0-9 90-99",
                "bytes=300-309,600-609,0-9,305-605 | 300-609 0-9",
                "bytes=0-9,2000-3000 | 0-9",
                "bytes=0-9,-0 | 0-9",
                "bytes=5-99999999999999999999999999 | 5-999",
            })
    void is_read_as_parts(String text, String expected) {
        assertThat(shown(ByteRange.parse(text, 1000))).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"bytes=1000-", "bytes=1000-1001,5000-", "bytes=-0", "bytes=99999999999999999999-"})
    void beyond_the_end_has_no_part(String text) {
        assertThat(ByteRange.parse(text, 1000)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "bytes",
                "bytes=",
                "bytes=,",
                "bytes=-",
                "bytes=a-b",
                "bytes=1",
                "bytes=2-1",
                "bytes=1-2-3",
                "bytes=1-2,x",
                "bytes=--1",
                "bytes=+1-2",
                "bytes=1 -2",
                "bytes=\u0661-\u0662",
                "lines=1-2",
                "bytes 1-2",
                "1-2"
            })
    void malformed_is_ignored(String text) {
        assertThat(ByteRange.parse(text, 1000)).isNull();
    }

    @Test
    void for_more_than_the_whole_gets_the_whole() {
        assertThat(ByteRange.parse("bytes=0-,0-,0-", 1000)).isNull();
        assertThat(ByteRange.parse("bytes=0-,-1", 1000)).isNull();
        assertThat(ByteRange.parse("bytes=" + "0-0,".repeat(16), 1000)).hasSize(1);
        assertThat(ByteRange.parse("bytes=" + "0-0,".repeat(17), 1000)).isNull();
        assertThat(ByteRange.parse("bytes=" + "5000-,".repeat(17), 1000)).isNull();
    }

    @Test
    void of_an_empty_file_is_ignored() {
        assertThat(ByteRange.parse("bytes=0-", 0)).isNull();
        assertThat(ByteRange.parse("bytes=-1", 0)).isNull();
    }

    @Test
    void of_huge_files_does_not_overflow() {
        assertThat(ByteRange.parse("bytes=-1", Long.MAX_VALUE / 8))
                .containsExactly(new ByteRange(Long.MAX_VALUE / 8 - 1, Long.MAX_VALUE / 8 - 1));
        assertThat(ByteRange.parse("bytes=1-9223372036854775807", Long.MAX_VALUE / 8))
                .containsExactly(new ByteRange(1, Long.MAX_VALUE / 8 - 1));
    }

    @Property
    void several_cover_what_was_asked_and_never_overlap(
            @ForAll @Size(min = 1, max = 16) List<@IntRange(max = 1999) Integer> starts,
            @ForAll @IntRange(max = 9) int extra) {
        String text = starts.stream()
                .map(start -> start + "-" + (start + extra))
                .collect(Collectors.joining(",", "bytes=", ""));

        List<ByteRange> ranges = ByteRange.parse(text, 1000);

        if (ranges == null) {
            assertThat(starts.size() * (extra + 1)).isGreaterThan(900);
            return;
        }
        boolean[] covered = new boolean[1000];
        for (ByteRange range : ranges) {
            assertThat(range.length()).isPositive();
            for (long at = range.first(); at <= range.last(); at++) {
                assertThat(covered[(int) at]).isFalse();
                covered[(int) at] = true;
            }
        }
        for (int start : starts) {
            IntStream.rangeClosed(start, start + extra)
                    .filter(at -> at < 1000)
                    .forEach(at -> assertThat(covered[at]).isTrue());
        }
    }

    private static String shown(List<ByteRange> ranges) {
        return ranges == null
                ? null
                : ranges.stream()
                        .map(range -> range.first() + "-" + range.last())
                        .collect(Collectors.joining(" "));
    }
}
