/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProblemTest {

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "400,Bad Request",
                "401,Unauthorized",
                "402,Payment Required",
                "403,Forbidden",
                "404,Not Found",
                "405,Method Not Allowed",
                "406,Not Acceptable",
                "408,Request Timeout",
                "409,Conflict",
                "410,Gone",
                "411,Length Required",
                "412,Precondition Failed",
                "413,Content Too Large",
                "414,URI Too Long",
                "415,Unsupported Media Type",
                "416,Range Not Satisfiable",
                "417,Expectation Failed",
                "418,I'm a teapot",
                "421,Misdirected Request",
                "422,Unprocessable Content",
                "423,Locked",
                "426,Upgrade Required",
                "428,Precondition Required",
                "429,Too Many Requests",
                "431,Request Header Fields Too Large",
                "451,Unavailable For Legal Reasons",
                "500,Internal Server Error",
                "501,Not Implemented",
                "502,Bad Gateway",
                "503,Service Unavailable",
                "504,Gateway Timeout",
                "505,HTTP Version Not Supported",
                "499,Client Error",
                "599,Server Error"
            })
    void a_status_has_the_title_of_its_rfc(int status, String title) {
        assertThat(Problem.of(status).members()).containsExactly(entry("title", title), entry("status", status));
        assertThat(Problem.of(status).status()).isEqualTo(status);
    }

    @Test
    void members_keep_their_order_and_may_be_ones_own() {
        Problem problem = Problem.of(409)
                .type(URI.create("https://example.com/problems/taken"))
                .title("Taken")
                .detail("The name is taken")
                .with("name", "ada");

        assertThat(problem.members())
                .containsExactly(
                        entry("title", "Taken"),
                        entry("status", 409),
                        entry("type", "https://example.com/problems/taken"),
                        entry("detail", "The name is taken"),
                        entry("name", "ada"));
    }

    @Test
    void each_change_gives_a_new_value_that_nobody_can_change() {
        Problem problem = Problem.of(400);
        problem.detail("x").with("y", 1);

        assertThat(problem.members()).containsOnlyKeys("title", "status");
        Map<String, Object> members = problem.members();
        assertThatThrownBy(() -> members.put("z", 1)).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void no_detail_changes_nothing() {
        Problem problem = Problem.of(400);

        assertThat(problem.detail(null)).isSameAs(problem);
    }

    @Test
    void its_text_form_is_the_status() {
        assertThat(Problem.of(400).detail("secret")).hasToString("Problem[400]");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 200, 302, 399, 600, -1})
    void a_status_that_is_no_error_is_refused(int status) {
        assertThatThrownBy(() -> Problem.of(status))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("status " + status + " is no error (expected: 400 to 599)");
    }

    @Test
    void as_a_response_it_has_its_status_and_media_type() {
        Response response = Response.problem(Problem.of(409));

        assertThat(response.status()).isEqualTo(409);
        assertThat(response.contentType()).isEqualTo("application/problem+json");
        assertThat(response.kind()).isEqualTo(Response.Kind.JSON);
    }
}
