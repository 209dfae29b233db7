/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.routing;

import static dev.cyanotype.internal.routing.Router.NO_SLOT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.cyanotype.exchange.BadRequestException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RouterTest {

    private static final int GET = 0;
    private static final int POST = 1;

    private final Router<String> router = new Router<>(Map.of("even", s -> s.length() % 2 == 0));

    @Nested
    class The_more_specific_pattern {

        @Test
        void wins_whatever_was_added_first() {
            for (String pattern : List.of("/{path*}", "/{x}", "/{x:slug}", "/{x:even}", "/{x:regex(a.*)}", "/abcd")) {
                add(pattern);
            }

            assertThat(target("/abcd")).isEqualTo("/abcd");
            assertThat(target("/abc")).isEqualTo("/{x:slug}");
            assertThat(target("/AB")).isEqualTo("/{x:even}");
            assertThat(target("/aBC")).isEqualTo("/{x:regex(a.*)}");
            assertThat(target("/ABC")).isEqualTo("/{x}");
            assertThat(target("/a/b")).isEqualTo("/{path*}");
        }

        @Test
        void is_left_where_it_leads_nowhere() {
            add("/a/{x}/c");
            add("/{x}/b/{y*}");
            add("/{x*}");

            assertThat(target("/a/b/c")).isEqualTo("/a/{x}/c");
            assertThat(target("/a/b/d")).isEqualTo("/{x}/b/{y*}");
            assertThat(target("/a/c/d")).isEqualTo("/{x*}");
        }

        @Test
        void is_left_where_it_does_not_answer_the_method() {
            router.add(null, GET, PathPattern.parse("/users/me"), false, "me", false);
            router.add(null, POST, PathPattern.parse("/users/{id}"), false, "id", false);

            assertThat(target(POST, "/users/me")).isEqualTo("id");
            assertThat(router.slots(null, "/users/me")).isEqualTo(1 << GET | 1 << POST);
            assertThat(router.slots(null, "/users/7")).isEqualTo(1 << POST);
            assertThat(router.slots(null, "/user")).isZero();
        }

        @Test
        void is_the_first_difference_from_the_left() {
            add("/{x}/b");
            add("/a/{y}");

            assertThat(target("/a/b")).isEqualTo("/a/{y}");
        }
    }

    @Nested
    class A_second_slot {

        @Test
        void answers_where_the_first_has_no_target() {
            router.add(null, GET, PathPattern.parse("/x"), false, "get", false);

            assertThat(router.match(null, "/x", POST, NO_SLOT)).isNull();
            assertThat(target(router.match(null, "/x", POST, GET))).isEqualTo("get");
        }

        @Test
        void yields_to_the_first_on_the_same_pattern_only() {
            router.add(null, GET, PathPattern.parse("/x"), false, "get x", false);
            router.add(null, POST, PathPattern.parse("/{any}"), false, "post any", false);
            router.add(null, GET, PathPattern.parse("/{any}"), false, "get any", false);

            assertThat(target(router.match(null, "/x", POST, GET))).isEqualTo("get x");
            assertThat(target(router.match(null, "/y", POST, GET))).isEqualTo("post any");
        }
    }

    @Nested
    class A_trailing_slash {

        @Test
        void does_not_count_unless_strict() {
            add("/a");
            add("/b/");

            assertThat(target("/a/")).isEqualTo("/a");
            assertThat(target("/b")).isEqualTo("/b/");
        }

        @Test
        void counts_where_strict() {
            addStrict("/a");
            addStrict("/b/");

            assertThat(target("/a")).isEqualTo("/a");
            assertThat(target("/a/")).isNull();
            assertThat(target("/b/")).isEqualTo("/b/");
            assertThat(target("/b")).isNull();
        }

        @Test
        void can_lead_elsewhere_than_none_where_one_of_both_is_strict() {
            add("/a");
            addStrict("/a/");

            assertThat(target("/a")).isEqualTo("/a");
            assertThat(target("/a/")).isEqualTo("/a/");
        }

        @ParameterizedTest
        @CsvSource({"/a,false,/a,false", "/a,false,/a,true", "/a,true,/a,true", "/a,false,/a/,false"})
        void is_in_the_way_of_an_equal_one(String first, boolean firstStrict, String second, boolean secondStrict) {
            assertThat(router.add(null, GET, PathPattern.parse(first), firstStrict, "first", false))
                    .isNull();
            assertThat(router.add(null, GET, PathPattern.parse(second), secondStrict, "second", false))
                    .isEqualTo("first");
            assertThat(target("/a")).isEqualTo("first");
        }

        @Test
        void does_not_let_a_doubled_slash_pass() {
            add("/a");
            add("/a/{x}");

            assertThat(target("/a//")).isNull();
            assertThat(target("//a")).isNull();
            assertThat(target("/a//b")).isNull();
        }

        @Test
        void of_the_root_is_always_there() {
            add("/");

            assertThat(target("/")).isEqualTo("/");
            assertThat(target("")).isEqualTo("/");
            assertThat(target("//")).isNull();
        }
    }

    @Nested
    class A_host {

        @Test
        void beats_no_host_even_with_a_wider_pattern() {
            add("/a");
            router.add("h", GET, PathPattern.parse("/{x*}"), false, "h", false);

            assertThat(target(router.match("h", "/a", GET, NO_SLOT))).isEqualTo("h");
            assertThat(target(router.match("other", "/a", GET, NO_SLOT))).isEqualTo("/a");
            assertThat(target(router.match(null, "/a", GET, NO_SLOT))).isEqualTo("/a");
        }

        @Test
        void leaves_to_no_host_what_it_does_not_answer() {
            add("/a");
            router.add("h", POST, PathPattern.parse("/a"), false, "h", false);

            assertThat(target(router.match("h", "/a", GET, NO_SLOT))).isEqualTo("/a");
            assertThat(router.slots("h", "/a")).isEqualTo(1 << GET | 1 << POST);
            assertThat(router.slots("other", "/a")).isEqualTo(1 << GET);
        }

        @Test
        void is_no_conflict_with_another() {
            assertThat(router.hasHosts()).isFalse();
            assertThat(router.add("h", GET, PathPattern.parse("/a"), false, "h", false))
                    .isNull();
            assertThat(router.add("i", GET, PathPattern.parse("/a"), false, "i", false))
                    .isNull();
            assertThat(router.add(null, GET, PathPattern.parse("/a"), false, "any", false))
                    .isNull();
            assertThat(router.add("h", GET, PathPattern.parse("/a"), false, "h2", false))
                    .isEqualTo("h");
            assertThat(router.hasHosts()).isTrue();
        }
    }

    @Nested
    class A_conflict {

        @Test
        void does_not_depend_on_the_names_of_parameters() {
            router.add(null, GET, PathPattern.parse("/a/{x}/{z*}"), false, "first", false);

            assertThat(router.add(null, GET, PathPattern.parse("/a/{y}/{q*}"), false, "second", false))
                    .isEqualTo("first");
        }

        @Test
        void depends_on_the_converter() {
            router.add(null, GET, PathPattern.parse("/a/{x:int}"), false, "int", false);

            assertThat(router.add(null, GET, PathPattern.parse("/a/{x:long}"), false, "long", false))
                    .isNull();
            assertThat(router.add(null, GET, PathPattern.parse("/a/{x}"), false, "plain", false))
                    .isNull();
            assertThat(target("/a/5")).isEqualTo("int");
            assertThat(target("/a/3000000000")).isEqualTo("long");
            assertThat(target("/a/b")).isEqualTo("plain");
        }

        @Test
        void can_be_won_by_the_later() {
            add("/a");

            assertThat(router.add(null, GET, PathPattern.parse("/a/"), false, "later", true))
                    .isEqualTo("/a");
            assertThat(target("/a")).isEqualTo("later");
            assertThat(target("/a/")).isEqualTo("later");
        }

        @Test
        void is_none_with_an_unknown_converter_which_is_refused() {
            assertThatThrownBy(() -> router.add(null, GET, PathPattern.parse("/{x:odd}"), false, "odd", false))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("converter 'odd' is unknown (expected: one of [alpha, int, long, slug, uuid], [even],"
                            + " or regex(…)). Register your own with converter(name, test).");
        }
    }

    @Nested
    class Values {

        @ParameterizedTest
        @CsvSource({
            "/a,a",
            "/%61,a",
            "/a%20b,a b",
            "/a+b,a+b",
            "/%C3%A9,é",
            "/%f0%9f%98%80,😀",
            "/é,é",
            "/a%25b,a%b",
            "/a;b,a;b",
            "/...,...",
            "/.a,.a",
            "/a..,a..",
            "/a%3Fb,a?b"
        })
        void are_decoded(String path, String value) {
            add("/{x}");

            assertThat(values(path)).containsExactly(value);
        }

        @Test
        void come_in_the_order_of_the_path() {
            add("/{c}/{a:int}/x/{b*}");

            assertThat(values("/1/2/x/3/4")).containsExactly("1", "2", "3/4");
        }

        @Test
        void of_literals_are_none() {
            add("/a-b/é");

            assertThat(values("/a%2Db/%C3%A9")).isEmpty();
        }

        @ParameterizedTest
        @ValueSource(
                strings = {"/a/%2e", "/a/%2E%2e", "/a/..", "/a/.", "/a/..;", "/a/..;x=1", "/a/.;x", "/a/%2e%2e%3b"})
        void that_are_dot_segments_are_refused(String path) {
            add("/a/{x}");

            assertThatThrownBy(() -> target(path))
                    .isInstanceOf(BadRequestException.class)
                    .hasMessage("a path parameter is a dot segment");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "/a/%2F",
                    "/a/x%2fy",
                    "/a/%5C",
                    "/a/x%5cy",
                    "/a/\\",
                    "/a/%00",
                    "/a/x%0a",
                    "/a/%0D",
                    "/a/%7f",
                    "/a/%1F"
                })
        void that_hold_a_slash_a_backslash_or_a_control_character_are_refused(String path) {
            add("/a/{x}");

            assertThatThrownBy(() -> target(path))
                    .isInstanceOf(BadRequestException.class)
                    .hasMessage("a path parameter has a slash, a backslash or a control character");
        }

        @Test
        void of_a_converter_are_checked_too() {
            add("/{x:regex((?s).*)}");

            assertThatThrownBy(() -> target("/%2F"))
                    .isInstanceOf(BadRequestException.class)
                    .hasMessage("a path parameter has a slash, a backslash or a control character");
            assertThatThrownBy(() -> target("/.."))
                    .isInstanceOf(BadRequestException.class)
                    .hasMessage("a path parameter is a dot segment");
        }

        @ParameterizedTest
        @ValueSource(strings = {"/%", "/%4", "/%4g", "/%g4", "/a%", "/%%41", "/%+1", "/%-1", "/a/%zz/b", "/% 1"})
        void with_a_bad_escape_are_refused_even_where_nothing_matches(String path) {
            assertThatThrownBy(() -> target(path))
                    .isInstanceOf(BadRequestException.class)
                    .hasMessage("the path has a bad percent-escape (expected: % and two hex digits)");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "/%c0%af",
                    "/%C0%80",
                    "/%e0%80%af",
                    "/%f0%80%80%af",
                    "/%ff",
                    "/%80",
                    "/%C3",
                    "/%ed%a0%80",
                    "/%f4%90%80%80"
                })
        void that_are_not_utf_8_are_refused(String path) {
            add("/{x}");

            assertThatThrownBy(() -> target(path))
                    .isInstanceOf(BadRequestException.class)
                    .hasMessage("the path has escapes that are not UTF-8");
        }
    }

    @Nested
    class A_rest {

        @ParameterizedTest
        @CsvSource({
            "/f/a,a",
            "/f/a/b,a/b",
            "/f/a/b/,a/b/",
            "/f/a//b,a//b",
            "/f//a,/a",
            "/f/a%2Fb,a/b",
            "/f/a%20b/%C3%A9,a b/é",
            "/f/..,..",
            "/f/a/../b,a/../b",
            "/f/a+b,a+b"
        })
        void takes_all_that_is_left(String path, String value) {
            add("/f/{path*}");

            assertThat(values(path)).containsExactly(value);
        }

        @ParameterizedTest
        @ValueSource(strings = {"/f", "/f/", "/g/a"})
        void takes_at_least_one_character(String path) {
            add("/f/{path*}");

            assertThat(target(path)).isNull();
        }

        @Test
        void never_holds_a_nul() {
            add("/f/{path*}");

            assertThatThrownBy(() -> target("/f/a%00b"))
                    .isInstanceOf(BadRequestException.class)
                    .hasMessage("the path has a NUL character");
        }

        @Test
        void yields_to_what_is_more_specific_in_any_depth() {
            add("/f/{path*}");
            add("/f/a/b/c");

            assertThat(target("/f/a/b/c")).isEqualTo("/f/a/b/c");
            assertThat(target("/f/a/b/d")).isEqualTo("/f/{path*}");
            assertThat(target("/f/a/b")).isEqualTo("/f/{path*}");
        }
    }

    @Nested
    class A_hostile_path {

        @Test
        void of_many_segments_is_answered() {
            add("/{a}/{b}/{rest*}");
            add("/a/a/a/b");
            String path = "/a".repeat(8 << 10);

            assertTimeoutPreemptively(Duration.ofSeconds(10), () -> {
                for (int i = 0; i < 100; i++) {
                    assertThat(target(path)).isEqualTo("/{a}/{b}/{rest*}");
                }
            });
        }

        @Test
        void of_escapes_is_answered() {
            add("/{a}");
            add("/{a}/{rest*}");
            String one = "/" + "%41".repeat(5 << 10);
            String many = "/%41".repeat(4 << 10);

            assertTimeoutPreemptively(Duration.ofSeconds(10), () -> {
                for (int i = 0; i < 100; i++) {
                    assertThat(target(one)).isEqualTo("/{a}");
                    assertThat(target(many)).isEqualTo("/{a}/{rest*}");
                }
            });
        }

        @Test
        void of_slashes_is_answered() {
            add("/{rest*}");
            String path = "/".repeat(16 << 10);

            assertTimeoutPreemptively(
                    Duration.ofSeconds(10), () -> assertThat(target(path)).isEqualTo("/{rest*}"));
        }

        @Test
        void does_not_make_a_regular_expression_backtrack() {
            add("/{x:regex(^(.*a){12}$)}");
            add("/{x:regex(^(a+)+$)}");
            String path = "/" + "a".repeat(16 << 10) + "b";

            assertTimeoutPreemptively(
                    Duration.ofSeconds(20), () -> assertThat(target(path)).isNull());
        }

        @Test
        void does_not_make_overlapping_branches_multiply() {
            // Each level has two ways on, so walking all combinations would be 2^24 steps.
            StringBuilder regex = new StringBuilder();
            StringBuilder plain = new StringBuilder();
            for (int i = 0; i < 24; i++) {
                regex.append("/{p").append(i).append(":regex(a)}");
                plain.append("/{p").append(i).append("}");
            }
            add(regex + "/x");
            add(plain + "/y");

            assertTimeoutPreemptively(Duration.ofSeconds(10), () -> {
                assertThat(target("/a".repeat(24) + "/z")).isNull();
                assertThat(router.slots(null, "/a".repeat(24) + "/z")).isZero();
            });
        }
    }

    @Test
    void many_literal_siblings_are_told_apart() {
        for (int i = 0; i < 500; i++) {
            add("/s" + i);
        }
        // Two pairs of strings with one hash code.
        add("/Aa");
        add("/BB");

        for (int i = 0; i < 500; i++) {
            assertThat(target("/s" + i)).isEqualTo("/s" + i);
        }
        assertThat(target("/Aa")).isEqualTo("/Aa");
        assertThat(target("/BB")).isEqualTo("/BB");
        assertThat(target("/s500")).isNull();
    }

    private void add(String pattern) {
        assertThat(router.add(null, GET, PathPattern.parse(pattern), false, pattern, false))
                .isNull();
    }

    private void addStrict(String pattern) {
        assertThat(router.add(null, GET, PathPattern.parse(pattern), true, pattern, false))
                .isNull();
    }

    private @Nullable String target(String path) {
        return target(GET, path);
    }

    private @Nullable String target(int slot, String path) {
        return target(router.match(null, path, slot, NO_SLOT));
    }

    private static @Nullable String target(@Nullable Match<String> match) {
        return match == null ? null : match.target();
    }

    private List<String> values(String path) {
        Match<String> match = router.match(null, path, GET, NO_SLOT);
        assertThat(match).as(path).isNotNull();
        return List.of(match.values());
    }
}
