/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.routing;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PathJoinTest {

    @ParameterizedTest(name = "''{0}'' and ''{1}'' give ''{2}''")
    @CsvSource(ignoreLeadingAndTrailingWhitespace = true, textBlock = """
                    '',      /,      /
                    /,       '',     /
                    /,       /,      /
                    /foo,    '',     /foo
                    /foo/,   '',     /foo/
                    '',      /bar,   /bar
                    /foo/,   /bar,   /foo/bar
                    /foo/,   bar,    /foo/bar
                    /foo,    /bar,   /foo/bar
                    /foo/,   //bar,  /foo/bar
                    /foo//,  /bar,   /foo/bar
                    '',      '',     ''
                    foo,     bar,    /foo/bar
                    foo,     '',     /foo
                    '',      bar,    /bar
                    //foo,   /bar,   /foo/bar
                    /foo,    /,      /foo/
                    /foo,    /bar/,  /foo/bar/
                    //,      '',     /
                    /{id},   /{x*},  /{id}/{x*}
                    """)
    void a_prefix_and_a_path(String prefix, String path, String joined) {
        assertThat(PathJoin.join(prefix, path)).isEqualTo(joined);
    }

    @Property
    void the_result_starts_with_one_slash_unless_both_are_empty(
            @ForAll("parts") String prefix, @ForAll("parts") String path) {
        String joined = PathJoin.join(prefix, path);
        if (prefix.isEmpty() && path.isEmpty()) {
            assertThat(joined).isEmpty();
        } else {
            assertThat(joined).startsWith("/").doesNotStartWith("//");
        }
    }

    @Property
    void the_result_has_no_doubled_slash(@ForAll("segments") String prefix, @ForAll("paths") String path) {
        assertThat(PathJoin.join(prefix, path)).doesNotContain("//");
    }

    @Property
    void joining_is_associative_where_no_part_is_empty(
            @ForAll("segments") String a, @ForAll("segments") String b, @ForAll("segments") String c) {
        assertThat(PathJoin.join(PathJoin.join(a, b), c)).isEqualTo(PathJoin.join(a, PathJoin.join(b, c)));
    }

    @Property
    void an_empty_path_in_the_middle_changes_nothing(@ForAll("segments") String a, @ForAll("segments") String c) {
        assertThat(PathJoin.join(PathJoin.join(a, ""), c)).isEqualTo(PathJoin.join(a, c));
    }

    @Property
    void an_empty_prefix_in_front_changes_nothing(@ForAll("segments") String a, @ForAll("segments") String b) {
        assertThat(PathJoin.join(PathJoin.join("", a), b)).isEqualTo(PathJoin.join(a, b));
    }

    @Property
    void joining_what_is_joined_to_an_empty_prefix_leaves_it(
            @ForAll("parts") String prefix, @ForAll("parts") String path) {
        String joined = PathJoin.join(prefix, path);
        assertThat(PathJoin.join("", joined)).isEqualTo(joined);
    }

    @Property
    void the_trailing_slash_is_the_one_of_the_last_part(
            @ForAll("segments") String prefix, @ForAll("segments") String path) {
        assertThat(PathJoin.join(prefix, path).endsWith("/")).isEqualTo(path.endsWith("/"));
    }

    @Provide
    Arbitrary<String> parts() {
        return Arbitraries.frequencyOf(Tuple.of(4, segments()), Tuple.of(1, Arbitraries.of("", "/", "//")));
    }

    /** One or more segments between any slashes at the ends. */
    @Provide
    Arbitrary<String> segments() {
        Arbitrary<String> slashes = Arbitraries.of("", "/", "//");
        Arbitrary<String> inner =
                Arbitraries.of("a", "b", "{x}").list().ofMinSize(1).ofMaxSize(3).map(list -> String.join("/", list));
        return Combinators.combine(slashes, inner, slashes).as((start, middle, end) -> start + middle + end);
    }

    /** What a route may be declared with: any slashes in front, at most one at the end. */
    @Provide
    Arbitrary<String> paths() {
        return Combinators.combine(
                        Arbitraries.of("", "/", "//"),
                        Arbitraries.of("", "a", "b/{x}", "{x*}"),
                        Arbitraries.of("", "/"))
                .as((start, middle, end) -> start + middle + end)
                .filter(path -> !path.isEmpty() && !path.equals("///"));
    }
}
