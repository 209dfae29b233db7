/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cyanotype.Assembled;
import dev.cyanotype.Blueprint;
import dev.cyanotype.exchange.Response;
import dev.cyanotype.exchange.TemplateException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The functions of templates that build URLs. */
class TemplateUrlsTest {

    @TempDir
    private Path temporary;

    /** What the template of a list shows. */
    private String page(String text) {
        Path folder = new TemplateFiles(temporary)
                .folder("views", "page.html", text, "macros.html", "{% macro link(n) %}{{ url(n) }}{% endmacro %}");
        Blueprint users = Blueprint.named("users")
                .prefix("/users")
                .templates(folder)
                .get("/", ctx -> Response.view("page.html", "name", "a b"), r -> r.name("list"))
                .get("/{id:int}", ctx -> "x", r -> r.name("show"))
                .files("/assets", folder, options -> options.name("assets"))
                .error(TemplateException.class, (ctx, e) -> Response.text(e.getMessage()))
                .build();
        return Assembled.of(users).get("/users").text();
    }

    @Test
    void a_url_is_built_of_the_name_of_a_route_and_of_values() {
        assertThat(page("{{ url(\"users.show\", id=3) }}")).isEqualTo("/users/3");
    }

    @Test
    void other_values_go_to_the_query_and_the_page_escapes_it() {
        assertThat(page("{{ url(\".show\", id=3, q=name, a=1, left=missing) }}"))
                .isEqualTo("/users/3?a=1&amp;q=a%20b");
    }

    @Test
    void urls_are_built_in_macros_and_loops() {
        assertThat(page("{% import \"macros.html\" %}{{ link(\".list\") }}"
                        + "{% for i in range(1, 2) %} {{ url(\".show\", id=i) }}{% endfor %}"
                        + "{% macro own() %}{{ link(\".list\") }}{% endmacro %} {{ own() }}"))
                .isEqualTo("/users/ /users/1 /users/2 /users/");
    }

    @Test
    void a_file_is_linked_by_the_name_of_its_folder() {
        assertThat(page("{{ file(\"users.assets\", \"css/a b.css\") }} {{ file(name=\".assets\", file=\"x.js\") }}"))
                .isEqualTo("/users/assets/css/a%20b.css /users/assets/x.js");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            url("users.shwo")       | url 'users.shwo': no route has the name 'users.shwo'. Did you mean 'users.show'?
            url(missing)            | url: the name of a route is missing (expected: text)
            url()                   | url: the name of a route is missing (expected: text)
            url("users.show", 3)    | url: one value too many. Write its name in front, as in url("users.show", id=3).
            file("a.b")             | file: a file's path is missing (expected: text)
            file("a.b", "a.css")    | url 'a.b': no route has the name 'a.b'. Name one with r -> r.name(…).
            """)
    void what_can_not_be_built_is_an_error_that_names_the_line(String call, String message) {
        assertThat(page("\n{{ " + call + " }}")).isEqualTo("template 'page.html' line 2: " + message);
    }

    @Test
    void a_missing_value_is_named() {
        assertThat(page("{{ url(\"users.show\", id=missing) }}"))
                .startsWith("template 'page.html' line 1: url 'users.show': ")
                .contains("'id'");
    }
}
