/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HeadersTest {

    @Test
    void names_compare_without_letter_case() {
        Headers headers = Headers.empty().plus("X-One", "1").plus("x-ONE", "2");

        assertThat(headers.first("x-one")).isEqualTo("1");
        assertThat(headers.all("X-one")).containsExactly("1", "2");
        assertThat(headers.with("x-One", "3").all("X-ONE")).containsExactly("3");
        assertThat(headers.without("X-ONE").isEmpty()).isTrue();
    }

    @Test
    void an_unknown_name_has_no_value() {
        Headers headers = Headers.empty().plus("A", "1");

        assertThat(headers.first("B")).isNull();
        assertThat(headers.all("B")).isEmpty();
        assertThat(headers.without("B")).isSameAs(headers);
    }

    @Test
    void each_change_gives_a_new_value() {
        Headers one = Headers.empty().plus("A", "1");

        one.plus("A", "2");
        one.with("A", "3");
        one.without("A");

        assertThat(one.all("A")).containsExactly("1");
        assertThat(Headers.empty().isEmpty()).isTrue();
    }

    @Test
    void they_keep_their_order_and_their_spelling() {
        Headers headers = Headers.empty().plus("b", "1").plus("A", "2").plus("B", "3");
        List<String> seen = new ArrayList<>();

        headers.forEach((name, value) -> seen.add(name + "=" + value));

        assertThat(seen).containsExactly("b=1", "A=2", "B=3");
    }

    @Test
    void they_are_equal_if_all_fields_are() {
        assertThat(Headers.empty().plus("A", "1"))
                .isEqualTo(Headers.empty().plus("A", "1"))
                .hasSameHashCodeAs(Headers.empty().plus("A", "1"))
                .isNotEqualTo(Headers.empty().plus("A", "2"))
                .isNotEqualTo("A");
    }

    @Test
    void their_text_form_hides_the_values() {
        assertThat(Headers.empty().plus("Authorization", "secret").plus("A", "1"))
                .hasToString("Headers[Authorization, A]");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
                    X Y     | header name has the character U+0020 at 1 (expected: a token such as 'Retry-After')
                    X:Y     | header name has the character U+003A at 1 (expected: a token such as 'Retry-After')
                    Xé      | header name has the character U+00E9 at 1 (expected: a token such as 'Retry-After')
                    (x)     | header name has the character U+0028 at 0 (expected: a token such as 'Retry-After')
                    ''      | header name is empty (expected: a token such as 'Retry-After')
                    """)
    void a_name_that_is_no_token_is_refused(String name, String message) {
        assertThatThrownBy(() -> Headers.empty().plus(name, "1"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
        assertThatThrownBy(() -> Headers.empty().with(name, "1"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"X\nY", "X\rY", "X\0Y"})
    void a_name_with_a_line_break_is_refused(String name) {
        assertThatThrownBy(() -> Headers.empty().plus(name, "1"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("header name has the character U+%04X at 1 (expected: a token such as 'Retry-After')"
                        .formatted((int) name.charAt(1)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\nb", "a\rb", "a\r\nSet-Cookie: x=1", "a\0b", "a\u007f", "a\u001b[0m"})
    void a_value_with_a_control_character_is_refused(String value) {
        assertThatThrownBy(() -> Headers.empty().plus("X-One", value))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "header 'X-One': its value has the character U+%04X at 1 (expected: one line of Latin-1 text)"
                                .formatted((int) value.charAt(1)));
        assertThatThrownBy(() -> Headers.empty().with("X-One", value)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_value_may_hold_a_tab_and_may_be_empty() {
        assertThat(Headers.empty().plus("X", "a\tb").first("X")).isEqualTo("a\tb");
        assertThat(Headers.empty().plus("X", "").first("X")).isEmpty();
    }

    @Test
    void nulls_are_refused() {
        assertThatThrownBy(() -> Headers.empty().plus("X", null))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("value");
        assertThatThrownBy(() -> Headers.empty().without(null))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("name");
    }
}
