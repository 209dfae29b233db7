/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cyanotype.internal.routing.PathPattern.Literal;
import dev.cyanotype.internal.routing.PathPattern.Parameter;
import dev.cyanotype.internal.routing.PathPattern.Rest;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PathPatternTest {

    @Nested
    class Taken_apart {

        @Test
        void it_has_literals_parameters_and_a_rest() {
            PathPattern pattern = PathPattern.parse("/api/{id:int}/{name}/{path*}");

            assertThat(pattern.segments())
                    .containsExactly(
                            new Literal("api"),
                            new Parameter("id", "int"),
                            new Parameter("name", null),
                            new Rest("path"));
            assertThat(pattern.names()).containsExactly("id", "name", "path");
            assertThat(pattern.trailingSlash()).isFalse();
        }

        @ParameterizedTest
        @CsvSource({"'',/,true", "/,/,true", "users,/users,false", "/users/,/users/,true", "users/,/users/,true"})
        void it_is_shown_with_a_leading_slash(String text, String shown, boolean slash) {
            PathPattern pattern = PathPattern.parse(text);

            assertThat(pattern.text()).isEqualTo(shown);
            assertThat(pattern).hasToString(shown);
            assertThat(pattern.trailingSlash()).isEqualTo(slash);
        }

        @Test
        void a_regular_expression_may_hold_braces_colons_and_slashes() {
            assertThat(PathPattern.parse("/x/{code:regex([a-z]{2}:[0-9]{1,3})}/{p:regex(a/b)}")
                            .segments())
                    .containsExactly(
                            new Literal("x"),
                            new Parameter("code", "regex([a-z]{2}:[0-9]{1,3})"),
                            new Parameter("p", "regex(a/b)"));
        }

        @ParameterizedTest
        @ValueSource(strings = {"a-b", "a_b", "v1.0", "a;b", "@me", "~", "a+b", "é", "a=b", "...", "!$&'(),:"})
        void literals_may_hold_what_a_path_can_ask_for(String literal) {
            assertThat(PathPattern.parse("/" + literal).segments()).containsExactly(new Literal(literal));
        }
    }

    @Nested
    class Refused {

        @ParameterizedTest(name = "{0}")
        @CsvSource(delimiter = '|', textBlock = """
                        /a//b          | path '/a//b' has an empty segment
                        /a/{x}//       | path '/a/{x}//' has an empty segment
                        /{id}/{id}     | path '/{id}/{id}': parameter 'id' stands twice
                        /{id}/{id*}    | path '/{id}/{id*}': parameter 'id' stands twice
                        /{p*}/x        | path '/{p*}/x': nothing can follow {p*}
                        /{p*}/         | path '/{p*}/': nothing can follow {p*}
                        /{}            | path '/{}': parameter name '' (expected: letters, digits, '_' and '-', e.g. {id})
                        /{*}           | path '/{*}': parameter name '' (expected: letters, digits, '_' and '-', e.g. {id})
                        /{1a}          | path '/{1a}': parameter name '1a' (expected: letters, digits, '_' and '-', e.g. {id})
                        /{a b}         | path '/{a b}': parameter name 'a b' (expected: letters, digits, '_' and '-', e.g. {id})
                        /{a.b}         | path '/{a.b}': parameter name 'a.b' (expected: letters, digits, '_' and '-', e.g. {id})
                        /{p*:int}      | path '/{p*:int}': parameter name 'p*' (expected: letters, digits, '_' and '-', e.g. {id})
                        /{a}{b}        | path '/{a}{b}': parameter name 'a}{b' (expected: letters, digits, '_' and '-', e.g. {id})
                        /{id:}         | path '/{id:}': parameter 'id' has an empty converter (expected: {id} or {id:int})
                        /{id}.json     | path '/{id}.json': '{id}.json' mixes text and parameter (expected: a whole segment such as {id}, {id:int} or {path*})
                        /v{id}         | path '/v{id}': 'v{id}' mixes text and parameter (expected: a whole segment such as {id}, {id:int} or {path*})
                        /{id           | path '/{id': '{id' mixes text and parameter (expected: a whole segment such as {id}, {id:int} or {path*})
                        /id}           | path '/id}': 'id}' mixes text and parameter (expected: a whole segment such as {id}, {id:int} or {path*})
                        /<id>          | path '/<id>': '<id>' mixes text and parameter (expected: a whole segment such as {id}, {id:int} or {path*})
                        /files/*       | path '/files/*': '*' mixes text and parameter (expected: a whole segment such as {id}, {id:int} or {path*})
                        /a b           | path '/a b': 'a b' has the character ' ' (expected: path segments, decoded, e.g. '/api')
                        /a?b           | path '/a?b': 'a?b' has the character '?' (expected: path segments, decoded, e.g. '/api')
                        /a#b           | path '/a#b': 'a#b' has the character '#' (expected: path segments, decoded, e.g. '/api')
                        /a%20b         | path '/a%20b': 'a%20b' has the character '%' (expected: path segments, decoded, e.g. '/api')
                        /a\\b          | path '/a\\b': 'a\\b' has the character '\\' (expected: path segments, decoded, e.g. '/api')
                        /.             | path '/.': segment '.' can't be requested
                        /a/../b        | path '/a/../b': segment '..' can't be requested
                        """)
        void with_the_path_and_what_is_wrong_with_it(String path, String message) {
            assertThatThrownBy(() -> PathPattern.parse(path))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage(message);
        }

        @ParameterizedTest
        @ValueSource(strings = {"\0", "\n", "\r", "\t", "\u007f"})
        void for_a_control_character(String control) {
            assertThatThrownBy(() -> PathPattern.parse("/a" + control + "b"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("has the character");
        }

        @ParameterizedTest
        @ValueSource(strings = {"a$b", "a\u0000", "a\u0001b", "a\u007f", "$"})
        void for_a_parameter_that_is_named_with_other_signs(String name) {
            assertThatThrownBy(() -> PathPattern.parse("/{" + name + "}"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("path '/{" + name + "}': parameter name '" + name
                            + "' (expected: letters, digits, '_' and '-', e.g. {id})");
        }
    }
}
