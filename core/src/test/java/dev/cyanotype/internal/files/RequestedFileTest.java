/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a path names below a folder. */
class RequestedFileTest {

    @Test
    void names_folders_and_a_file() {
        assertThat(parse("a/b c.txt")).isEqualTo(new RequestedFile(List.of("a", "b c.txt"), false));
        assertThat(parse("a/b/")).isEqualTo(new RequestedFile(List.of("a", "b"), true));
        assertThat(parse("a...b")).isEqualTo(new RequestedFile(List.of("a...b"), false));
    }

    @Test
    void nothing_is_the_folder_itself() {
        assertThat(RequestedFile.parse("", "/x/", false)).isEqualTo(new RequestedFile(List.of(), true));
        assertThat(RequestedFile.parse("", "/x", false)).isEqualTo(new RequestedFile(List.of(), false));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "//",
                "/etc/passwd",
                "//host/share",
                ".",
                "..",
                "a/..",
                "../a",
                "a/../../b",
                "a/./b",
                "..;/a",
                "..;x/a",
                "..\\a",
                "a\\..\\b",
                "C:\\a",
                "a//b",
                "a/b//",
                "a\0.txt",
                "a\n",
                "a\u007f",
                ".env",
                ".git/config",
                "a/.hidden",
                ".../a"
            })
    void hostile_names_are_none(String rest) {
        assertThat(parse(rest)).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/x/a%2fb", "/x/a%2Fb", "/x/..%2f..%2fetc", "/x/%2F"})
    void encoded_slashes_separate_nothing(String path) {
        assertThat(RequestedFile.parse("a/b", path, false)).isNull();
    }

    @Test
    void names_with_a_dot_in_front_are_served_if_wanted_and_well_known_ones_always() {
        assertThat(RequestedFile.parse(".env", "/x/.env", true)).isNotNull();
        assertThat(RequestedFile.parse("..", "/x/..", true)).isNull();
        assertThat(parse(".well-known/security.txt"))
                .isEqualTo(new RequestedFile(List.of(".well-known", "security.txt"), false));
        assertThat(parse(".well-known/.env")).isNull();
    }

    private static RequestedFile parse(String rest) {
        return RequestedFile.parse(rest, "/x/" + rest, false);
    }
}
