/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConverterTest {

    @ParameterizedTest
    @ValueSource(strings = {"0", "7", "-1", "-0", "007", "2147483647", "-2147483648", "0000000000000000001"})
    void int_accepts(String value) {
        assertThat(accepts("int", value)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-",
                "+1",
                "1.0",
                "1e3",
                "0x1",
                "a",
                "1a",
                "--1",
                "1-",
                " 1",
                "1 ",
                "2147483648",
                "-2147483649",
                "99999999999999999999",
                "00000000000000000001",
                "\u0661",
                "\uff11",
                "1_000",
                "1,000"
            })
    void int_refuses(String value) {
        assertThat(accepts("int", value)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-5", "2147483648", "9223372036854775807", "-9223372036854775808"})
    void long_accepts(String value) {
        assertThat(accepts("long", value)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-", "+1", "9223372036854775808", "-9223372036854775809", "1L", "\u0661"})
    void long_refuses(String value) {
        assertThat(accepts("long", value)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "3f2b1c4e-0000-4000-8000-000000000001",
                "3F2B1C4E-ABCD-EF00-8000-00000000000A",
                "00000000-0000-0000-0000-000000000000"
            })
    void uuid_accepts(String value) {
        assertThat(accepts("uuid", value)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1-1-1-1-1",
                "3f2b1c4e00004000800000000000000001",
                "3f2b1c4e-0000-4000-8000-00000000000",
                "3f2b1c4e-0000-4000-8000-0000000000011",
                "{3f2b1c4e-0000-4000-8000-0000000000}",
                "3f2b1c4g-0000-4000-8000-000000000001",
                "3f2b1c4e_0000-4000-8000-000000000001",
                "3f2b1c4e-0000-4000-8000-00000000000\uff11"
            })
    void uuid_refuses(String value) {
        assertThat(accepts("uuid", value)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "Z", "abcXYZ"})
    void alpha_accepts(String value) {
        assertThat(accepts("alpha", value)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a1", "a-b", "a_b", "a b", "é", "ß", "a."})
    void alpha_refuses(String value) {
        assertThat(accepts("alpha", value)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "0", "hello-world", "a-1-b", "2024"})
    void slug_accepts(String value) {
        assertThat(accepts("slug", value)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-", "-a", "a-", "a--b", "A", "a_b", "a b", "é", "a.b"})
    void slug_refuses(String value) {
        assertThat(accepts("slug", value)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "regex([a-z]{2}),ab,true",
        "regex([a-z]{2}),abc,false",
        "regex([a-z]{2}),xaby,false",
        "regex(a|bc),bc,true",
        "regex(a|bc),abc,false",
        "regex(),'',true",
        "regex((?i)ab),AB,true",
        "regex(\\d+),42,true",
        "regex(\\p{L}+),é,true"
    })
    void a_regular_expression_has_to_match_the_whole_segment(String spec, String value, boolean accepted) {
        assertThat(accepts(spec, value)).isEqualTo(accepted);
    }

    @Test
    void a_registered_converter_is_asked() {
        Map<String, Predicate<String>> custom = Map.of("even", s -> s.length() % 2 == 0);

        Converter even = Converter.resolve("even", custom);

        assertThat(even.accepts().test("ab")).isTrue();
        assertThat(even.accepts().test("abc")).isFalse();
        assertThat(even.rank())
                .isGreaterThan(Converter.resolve("slug", custom).rank())
                .isLessThan(Converter.resolve("regex(a)", custom).rank());
    }

    @Test
    void the_built_in_ones_are_ranked_from_narrow_to_wide() {
        assertThat(Converter.builtInNames()).containsExactly("alpha", "int", "long", "slug", "uuid");
        assertThat(Stream.of("int", "long", "uuid", "alpha", "slug", "regex(x)")
                        .map(name -> Converter.resolve(name, Map.of()).rank()))
                .isSorted();
    }

    @Test
    void an_unknown_name_is_refused_with_the_known_ones() {
        assertThatThrownBy(() -> Converter.resolve("hex", Map.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("converter 'hex' is unknown (expected: one of [alpha, int, long, slug, uuid], or regex(…))."
                        + " Register your own with converter(name, test).");
        assertThatThrownBy(() -> Converter.resolve("hex", Map.of("odd", s -> true, "even", s -> true)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("converter 'hex' is unknown (expected: one of [alpha, int, long, slug, uuid], [even, odd],"
                        + " or regex(…)). Register your own with converter(name, test).");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    regex([a-z)    | regex '[a-z': missing closing ] (expected: RE2 syntax, without back-references)
                    regex((a)\\1)  | regex '(a)\\1': invalid escape sequence (expected: RE2 syntax, without back-references)
                    regex(a(?=b))  | regex 'a(?=b)': invalid or unsupported Perl syntax (expected: RE2 syntax, without back-references)
                    """)
    void a_regular_expression_that_is_none_is_refused(String spec, String message) {
        assertThatThrownBy(() -> Converter.resolve(spec, Map.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    private static boolean accepts(String converter, String value) {
        return Converter.resolve(converter, Map.of()).accepts().test(value);
    }
}
