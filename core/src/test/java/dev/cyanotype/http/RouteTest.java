/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class RouteTest {

    private static final RouteHandler HANDLER = ctx -> "x";

    @Test
    void shows_what_it_was_declared_with() {
        BeforeHook before = ctx -> null;
        AfterHook after = (ctx, response) -> response;

        Route route = Route.builder(Set.of(HttpMethod.POST, HttpMethod.GET), List.of("/a", "/b"), HANDLER)
                .name("show")
                .version("v1.1")
                .versionPrefix("/api/v")
                .host("a.com")
                .strictSlashes(false)
                .before(before)
                .after(after)
                .build();

        assertThat(route.methods()).containsExactly(HttpMethod.GET, HttpMethod.POST);
        assertThat(route.paths()).containsExactly("/a", "/b");
        assertThat(route.handler()).isSameAs(HANDLER);
        assertThat(route.bodyType()).isNull();
        assertThat(route.name()).isEqualTo("show");
        assertThat(route.version()).isEqualTo("v1.1");
        assertThat(route.versionPrefix()).isEqualTo("/api/v");
        assertThat(route.hosts()).containsExactly("a.com");
        assertThat(route.strictSlashes()).isFalse();
        assertThat(route.before()).containsExactly(before);
        assertThat(route.after()).containsExactly(after);
        assertThat(route).hasToString("Route[[GET, POST] [/a, /b], name=show]");
    }

    @Test
    void has_nothing_that_was_not_given() {
        Route route = Route.builder(Set.of(HttpMethod.PUT), List.of("/a"), String.class, (body, ctx) -> body)
                .build();

        assertThat(route.bodyType()).isEqualTo(String.class);
        assertThat(route.name()).isNull();
        assertThat(route.version()).isNull();
        assertThat(route.versionPrefix()).isNull();
        assertThat(route.hosts()).isEmpty();
        assertThat(route.strictSlashes()).isNull();
        assertThat(route.before()).isEmpty();
        assertThat(route.after()).isEmpty();
        assertThat(route).hasToString("Route[[PUT] [/a]]");
    }

    @Test
    void can_not_be_changed() {
        List<String> paths = new ArrayList<>(List.of("/a"));
        Route route = Route.builder(Set.of(HttpMethod.GET), paths, HANDLER).build();
        paths.add("/b");

        assertThat(route.paths()).containsExactly("/a");
        assertThatThrownBy(() -> route.methods().clear()).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> route.paths().clear()).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> route.before().clear()).isInstanceOf(UnsupportedOperationException.class);
    }

    @ParameterizedTest
    @EnumSource(HttpMethod.class)
    void every_method_is_found_by_its_name(HttpMethod method) {
        assertThat(HttpMethod.of(method.name())).isEqualTo(method);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "get", "Get", "BREW", "GET ", "CONNECT", "TRACE"})
    void no_other_name_is_a_method(String name) {
        assertThat(HttpMethod.of(name)).isNull();
    }
}
