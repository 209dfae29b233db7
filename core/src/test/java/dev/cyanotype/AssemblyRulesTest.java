/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cyanotype.spi.OperationKind;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AssemblyRulesTest {

    @Test
    void a_third_blueprint_of_one_name_is_compared_with_all_before_it() {
        assertThatThrownBy(() -> App.named("shop")
                        .register(Blueprint.named("auth").version(1).build())
                        .register(Blueprint.named("auth").version(2).build())
                        .register(Blueprint.named("auth").version(2).build())
                        .build())
                .isInstanceOf(AppBuildException.class)
                .hasMessageStartingWith("app 'shop': 'auth': the name of two blueprints");
    }

    @Test
    void routes_of_one_full_name_in_a_blueprint_and_a_group_inside_it_are_a_conflict() {
        Blueprint group = Blueprint.group()
                .get("/g", ctx -> "x", route -> route.name("show"))
                .build();

        assertThatThrownBy(() -> App.named("shop")
                        .register(Blueprint.named("a")
                                .get("/a", ctx -> "x", route -> route.name("show"))
                                .register(group)
                                .build())
                        .build())
                .isInstanceOf(AppBuildException.class)
                .hasMessageContaining("two routes have the name 'show'");
    }

    @Test
    void a_group_and_a_blueprint_of_one_full_name_are_a_conflict() {
        assertThatThrownBy(() -> App.named("shop")
                        .register(Blueprint.group()
                                .namePrefix("a")
                                .get("/g", ctx -> "x", r -> r.name("show"))
                                .build())
                        .register(Blueprint.named("a")
                                .get("/a", ctx -> "x", r -> r.name("show"))
                                .build())
                        .build())
                .isInstanceOf(AppBuildException.class);
    }

    @Test
    void a_route_that_was_replaced_answers_in_no_form_any_more() {
        Assembled app = Assembled.overriding(
                App.named("shop").get("/x", ctx -> "1").get("/x", ctx -> "2", route -> route.strictSlashes(true)));

        assertThat(app.get("/x").text()).isEqualTo("\"2\"");
        assertThat(app.get("/x/").status()).isEqualTo(404);
    }

    @Test
    void a_route_that_was_replaced_completely_is_no_operation_any_more() {
        Assembled app =
                Assembled.overriding(App.named("shop").get("/x", ctx -> "1").get("/x", ctx -> "2"));

        assertThat(app.operations(OperationKind.HTTP)).hasSize(1);
    }

    @Test
    void app_wide_hooks_of_the_app_itself_take_their_place_too() {
        List<String> record = new ArrayList<>();
        Assembled app = Assembled.of(App.named("shop")
                .before(ctx -> note(record, "1"))
                .appWide(hooks -> hooks.before(ctx -> note(record, "2")))
                .before(ctx -> note(record, "3"))
                .get("/x", ctx -> "x"));

        app.get("/x");

        assertThat(record).containsExactly("1", "2", "3");
    }

    @ParameterizedTest
    @CsvSource({"/foo/,//bar,/foo/bar", "/foo,//bar,/foo/bar", "//foo,/bar,/foo/bar", "/foo//,'',/foo/"})
    void a_prefix_and_a_rule_meet_in_one_slash(String prefix, String rule, String path) {
        Assembled app = Assembled.of(
                Blueprint.named("test").prefix(prefix).get(rule, ctx -> null).build());

        assertThat(app.get(path).status()).isEqualTo(204);
    }

    private static <T> T note(List<String> record, String text) {
        record.add(text);
        return null;
    }
}
