/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExceptionsTest {

    record Known(HttpException exception, int status) {}

    static List<Known> known() {
        Throwable cause = new IllegalStateException("cause");
        return List.of(
                new Known(new BadRequestException("said"), 400),
                new Known(new BadRequestException("said", cause), 400),
                new Known(new NotFoundException("said"), 404),
                new Known(new NotFoundException("said", cause), 404),
                new Known(new PayloadTooLargeException("said"), 413),
                new Known(new PayloadTooLargeException("said", cause), 413),
                new Known(new UnsupportedMediaTypeException("said"), 415),
                new Known(new UnsupportedMediaTypeException("said", cause), 415),
                new Known(new HttpException(503, "said"), 503),
                new Known(new HttpException(503, "said", cause), 503));
    }

    @ParameterizedTest
    @MethodSource("known")
    void each_has_its_status_and_its_message(Known known) {
        assertThat(known.exception()).hasMessage("said");
        assertThat(known.exception().status()).isEqualTo(known.status());
        assertThat(known.exception().headers().isEmpty()).isTrue();
    }

    @Test
    void a_method_that_is_not_allowed_says_which_are() {
        MethodNotAllowedException exception = new MethodNotAllowedException("GET, HEAD");

        assertThat(exception).hasMessage("Allowed here: GET, HEAD");
        assertThat(exception.status()).isEqualTo(405);
        assertThat(exception.headers().first("Allow")).isEqualTo("GET, HEAD");
    }

    @Test
    void one_may_carry_headers() {
        HttpException exception =
                new HttpException(503, "later", null, Headers.empty().plus("Retry-After", "5"));

        assertThat(exception.headers().first("retry-after")).isEqualTo("5");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 200, 399, 600})
    void a_status_that_is_no_error_is_refused(int status) {
        assertThatThrownBy(() -> new HttpException(status, "x"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("status " + status + " is no error (expected: 400 to 599)");
    }

    @Test
    void an_attribute_is_equal_to_no_other() {
        Attribute<String> key = Attribute.named("user", String.class);

        assertThat(key).isNotEqualTo(Attribute.named("user", String.class));
        assertThat(key.name()).isEqualTo("user");
        assertThat(key.type()).isEqualTo(String.class);
        assertThat(key).hasToString("Attribute[user: String]");
        assertThatThrownBy(() -> Attribute.named(null, String.class))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("name");
    }

    @Test
    void an_attribute_of_a_primitive_type_is_refused() {
        assertThatThrownBy(() -> Attribute.named("count", int.class))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("attribute 'count': type int (expected: a class, such as Integer.class)");
    }
}
