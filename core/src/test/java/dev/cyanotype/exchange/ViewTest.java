/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cyanotype.exchange.View.Format;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ViewTest {

    @ParameterizedTest
    @CsvSource({
        "list.html, HTML, text/html;charset=utf-8",
        "users/list.HTML, HTML, text/html;charset=utf-8",
        "list.htm, HTML, text/html;charset=utf-8",
        "list, HTML, text/html;charset=utf-8",
        "list.peb, HTML, text/html;charset=utf-8",
        "txt/list, HTML, text/html;charset=utf-8",
        "txt.d/list, HTML, text/html;charset=utf-8",
        "txt, HTML, text/html;charset=utf-8",
        "a.txt.html, HTML, text/html;charset=utf-8",
        "page.xhtml, XML, application/xhtml+xml;charset=utf-8",
        "feed.xml, XML, application/xml;charset=utf-8",
        "logo.svg, XML, image/svg+xml;charset=utf-8",
        "data.json, JSON, application/json",
        "app.js, JAVASCRIPT, text/javascript;charset=utf-8",
        "a.css, CSS, text/css;charset=utf-8",
        "mail.txt, TEXT, text/plain;charset=utf-8",
        "mail.txt.peb, TEXT, text/plain;charset=utf-8",
        "table.csv, TEXT, text/csv;charset=utf-8"
    })
    void its_name_says_what_it_makes(String name, Format format, String contentType) {
        View view = new View(name, Map.of());

        assertThat(view.format()).isEqualTo(format);
        assertThat(view.contentType()).isEqualTo(contentType);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "/etc/passwd",
                "..",
                "../x.html",
                "a/../x.html",
                "a/..",
                "./x.html",
                "a/./x.html",
                "a//x.html",
                "a/",
                "a\\x.html",
                "..\\x.html",
                "c:x.html",
                "file:/etc/passwd",
                "http://example.com/x.html",
                "classpath:x.html"
            })
    void a_name_that_could_lead_out_of_a_folder_is_refused(String name) {
        assertThatThrownBy(() -> Response.view(name))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("template '" + name
                        + "' (expected: names joined by '/', such as 'users/list.html', without '..', ':' and '\\')");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\u0000.html", "a\n.html", "a\u0085.html"})
    void a_name_with_control_characters_is_refused_and_not_repeated(String name) {
        assertThatThrownBy(() -> Response.view(name))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("template 'a?.html' (expected: names joined by '/', such as 'users/list.html',"
                        + " without '..', ':' and '\\')");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a..b.html", ".hidden", "...", "é.html", "a b.html", "%2e%2e", "~"})
    void other_names_are_names(String name) {
        assertThat(new View(name, Map.of()).template()).isEqualTo(name);
    }

    @Test
    void a_response_of_one_value_and_of_none() {
        assertThat(Response.view("a.html", "user", "ann").body()).isEqualTo(new View("a.html", Map.of("user", "ann")));
        assertThat(Response.view("a.html").body()).isEqualTo(new View("a.html", Map.of()));
    }

    @Test
    void its_text_shows_no_values() {
        assertThat(new View("a.html", Map.of("password", "secret"))).hasToString("View[a.html]");
    }
}
