/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CookieTest {

    @Test
    void a_new_one_is_the_safest_useful_one() {
        assertThat(Cookie.of("login", "abc").headerValue()).isEqualTo("login=abc; Path=/; HttpOnly; SameSite=Lax");
    }

    @Test
    void every_attribute_is_written() {
        Cookie cookie = Cookie.of("login", "abc")
                .path("/app")
                .domain("example.com")
                .maxAge(Duration.ofMinutes(2).plusMillis(900))
                .secure(true)
                .httpOnly(false)
                .sameSite(Cookie.SameSite.NONE);

        assertThat(cookie.headerValue())
                .isEqualTo("login=abc; Path=/app; Domain=example.com; Max-Age=120; Secure; SameSite=None");
        assertThat(cookie.sameSite(Cookie.SameSite.STRICT).headerValue()).endsWith("; SameSite=Strict");
    }

    @Test
    void a_removal_is_empty_and_over_at_once() {
        assertThat(Cookie.removal("login").headerValue())
                .isEqualTo("login=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax");
    }

    @Test
    void each_change_gives_a_new_value() {
        Cookie cookie = Cookie.of("a", "b");

        cookie.path("/x").secure(true).maxAge(Duration.ZERO).domain("d").httpOnly(false);

        assertThat(cookie.headerValue()).isEqualTo("a=b; Path=/; HttpOnly; SameSite=Lax");
    }

    @Test
    void its_text_form_hides_the_value() {
        assertThat(Cookie.of("login", "secret")).hasToString("Cookie[login]");
    }

    @Test
    void on_a_response_it_stands_beside_others() {
        Response response = Response.empty().cookie(Cookie.of("a", "1")).cookie(Cookie.of("b", "2"));

        assertThat(response.headers().all("Set-Cookie"))
                .containsExactly("a=1; Path=/; HttpOnly; SameSite=Lax", "b=2; Path=/; HttpOnly; SameSite=Lax");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"a\nb", "a\rb", "a b", "a;b", "a=b", "a,b", "a\"b", "a\\b", "aéb", "a\0b", "a(b", "a\u007fb"})
    void a_name_that_is_no_token_is_refused(String name) {
        assertThatThrownBy(() -> Cookie.of(name, "x"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("cookie name has the character U+%04X at 1, which a cookie can't carry. Encode it first."
                        .formatted((int) name.charAt(1)));
    }

    @Test
    void an_empty_name_is_refused() {
        assertThatThrownBy(() -> Cookie.of("", "x"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("cookie name is empty");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\nb", "a\r\nb", "a b", "a;b", "a,b", "a\"b", "a\\b", "aéb", "a\0b"})
    void a_value_with_what_a_cookie_can_not_carry_is_refused(String value) {
        assertThatThrownBy(() -> Cookie.of("c", value))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "cookie 'c': value has the character U+%04X at 1, which a cookie can't carry. Encode it first."
                                .formatted((int) value.charAt(1)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/;b", "/\nSet-Cookie: x", "/é"})
    void a_path_with_what_a_cookie_can_not_carry_is_refused(String path) {
        assertThatThrownBy(() -> Cookie.of("c", "v").path(path))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "cookie 'c': path has the character U+%04X at 1, which a cookie can't carry. Encode it first."
                                .formatted((int) path.charAt(1)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a;b", "a b", "a,b", "a\nb"})
    void a_domain_with_what_a_cookie_can_not_carry_is_refused(String domain) {
        assertThatThrownBy(() -> Cookie.of("c", "v").domain(domain))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "cookie 'c': domain has the character U+%04X at 1, which a cookie can't carry. Encode it first."
                                .formatted((int) domain.charAt(1)));
        assertThatThrownBy(() -> Cookie.of("c", "v").domain(""))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("cookie 'c': domain is empty");
    }
}
