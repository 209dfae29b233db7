/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.dispatch;

import static dev.cyanotype.internal.dispatch.InMemoryRequest.post;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cyanotype.App;
import dev.cyanotype.AppWide;
import dev.cyanotype.Assembled;
import dev.cyanotype.Blueprint;
import dev.cyanotype.HooksBuilder;
import dev.cyanotype.exchange.Response;
import dev.cyanotype.http.BeforeHook;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HookOrderTest {

    private final List<String> record = new ArrayList<>();

    @Nested
    class Over_all_levels {

        private final Assembled app = Assembled.of(recording("app", App.named("shop"))
                .register(recording("outer", Blueprint.named("outer"))
                        .prefix("/outer")
                        .register(recording("inner", Blueprint.named("inner"))
                                .prefix("/inner")
                                .get(
                                        "/x",
                                        ctx -> {
                                            record.add("handler");
                                            return "x";
                                        },
                                        route -> route.before(ctx -> {
                                                    record.add("route before 1");
                                                    return null;
                                                })
                                                .after((ctx, response) -> {
                                                    record.add("route after 1");
                                                    return response;
                                                })
                                                .before(ctx -> {
                                                    record.add("route before 2");
                                                    return null;
                                                })
                                                .after((ctx, response) -> {
                                                    record.add("route after 2");
                                                    return response;
                                                }))
                                .build())
                        .build()));

        @Test
        void they_run_from_the_app_to_the_route_and_back_in_mirror_order() {
            app.get("/outer/inner/x");

            assertThat(record)
                    .containsExactly(
                            "app values 1",
                            "app values 2",
                            "outer values 1",
                            "outer values 2",
                            "inner values 1",
                            "inner values 2",
                            "app before 1",
                            "app before 2",
                            "outer before 1",
                            "outer before 2",
                            "inner before 1",
                            "inner before 2",
                            "route before 1",
                            "route before 2",
                            "app around 1",
                            "app around 2",
                            "outer around 1",
                            "outer around 2",
                            "inner around 1",
                            "inner around 2",
                            "handler",
                            "inner around 2 done",
                            "inner around 1 done",
                            "outer around 2 done",
                            "outer around 1 done",
                            "app around 2 done",
                            "app around 1 done",
                            "route after 2",
                            "route after 1",
                            "inner after 2",
                            "inner after 1",
                            "outer after 2",
                            "outer after 1",
                            "app after 2",
                            "app after 1",
                            "inner teardown 2",
                            "inner teardown 1",
                            "outer teardown 2",
                            "outer teardown 1",
                            "app teardown 2",
                            "app teardown 1");
        }

        @Test
        void those_of_the_owner_run_where_no_route_matches() {
            assertThat(app.get("/outer/inner/none").status()).isEqualTo(404);

            assertThat(record)
                    .containsSubsequence("app before 1", "outer before 1", "inner before 1")
                    .containsSubsequence("inner teardown 1", "outer teardown 1", "app teardown 1")
                    .noneMatch(entry -> entry.startsWith("route "));
        }

        @Test
        void those_of_the_owner_run_where_the_method_does_not_match() {
            assertThat(app.send(post("/outer/inner/x")).status()).isEqualTo(405);

            assertThat(record)
                    .containsSubsequence("app before 1", "outer before 1", "inner before 1")
                    .noneMatch(entry -> entry.startsWith("route "));
        }

        @Test
        void only_those_of_the_app_run_where_no_blueprint_owns_the_path() {
            assertThat(app.get("/none").status()).isEqualTo(404);

            assertThat(record).allMatch(entry -> entry.startsWith("app ")).contains("app before 1", "app teardown 1");
        }
    }

    @Nested
    class In_one_level {

        @Test
        void the_order_of_declaration_between_hooks_and_routes_does_not_matter() {
            Assembled app = Assembled.of(Blueprint.named("a")
                    .after((ctx, response) -> note("after", response))
                    .get("/x", ctx -> note("handler", "x"))
                    .before(ctx -> note("before", null))
                    .build());

            app.get("/x");

            assertThat(record).containsExactly("before", "handler", "after");
        }

        @ParameterizedTest(name = "{0} {1} {2} run as {3}")
        @CsvSource({
            "0,0,0,0 1 2",
            "1,1,1,0 1 2",
            "3,2,1,0 1 2",
            "1,2,3,2 1 0",
            "3,1,2,0 2 1",
            "0,1,1,1 2 0",
            "-1,0,1,2 1 0",
            "0,-1,0,0 2 1"
        })
        void a_higher_priority_is_earlier_on_the_way_in_and_later_on_the_way_out(int a, int b, int c, String order) {
            int[] priorities = {a, b, c};
            Blueprint.Builder blueprint = Blueprint.named("a").get("/x", ctx -> "x");
            for (int i = 0; i < 3; i++) {
                String name = String.valueOf(i);
                blueprint
                        .before(priorities[i], ctx -> note("before " + name, null))
                        .after(priorities[i], (ctx, response) -> note("after " + name, response))
                        .intercept(priorities[i], (exchange, next) -> {
                            record.add("around " + name);
                            return next.proceed();
                        });
            }

            Assembled.of(blueprint.build()).get("/x");

            List<String> in = List.of(order.split(" "));
            List<String> expected = new ArrayList<>();
            in.forEach(name -> expected.add("before " + name));
            in.forEach(name -> expected.add("around " + name));
            for (int i = 2; i >= 0; i--) {
                expected.add("after " + in.get(i));
            }
            assertThat(record).containsExactlyElementsOf(expected);
        }

        @Test
        void a_priority_does_not_leave_its_level() {
            Assembled app = Assembled.of(App.named("shop")
                    .before(ctx -> note("app", null))
                    .after((ctx, response) -> note("app after", response))
                    .register(Blueprint.named("a")
                            .before(1000, ctx -> note("a", null))
                            .after(1000, (ctx, response) -> note("a after", response))
                            .get("/x", ctx -> "x")
                            .build()));

            app.get("/x");

            assertThat(record).containsExactly("app", "a", "a after", "app after");
        }

        @Test
        void the_same_hook_runs_as_often_as_it_is_declared() {
            BeforeHook hook = ctx -> note("hook", null);

            Assembled.of(App.named("shop")
                            .before(hook)
                            .before(hook)
                            .register(Blueprint.named("a")
                                    .before(hook)
                                    .get("/x", ctx -> "x")
                                    .build()))
                    .get("/x");

            assertThat(record).containsExactly("hook", "hook", "hook");
        }
    }

    @Nested
    class A_scope {

        @Test
        void does_not_reach_its_siblings_nor_what_is_around_it() {
            Blueprint a = Blueprint.named("a")
                    .prefix("/a")
                    .before(ctx -> note("a", null))
                    .get("/x", ctx -> "x")
                    .build();
            Blueprint b =
                    Blueprint.named("b").prefix("/b").get("/x", ctx -> "x").build();
            Assembled app = Assembled.of(App.named("shop")
                    .get("/x", ctx -> "x")
                    .register(Blueprint.group(a, b)
                            .before(ctx -> note("group", null))
                            .build()));

            app.get("/x");
            assertThat(record).isEmpty();
            app.get("/b/x");
            assertThat(record).containsExactly("group");
            app.get("/a/x");
            assertThat(record).containsExactly("group", "group", "a");
        }

        @Test
        void without_routes_covers_nothing() {
            Assembled app = Assembled.of(App.named("shop")
                    .get("/", ctx -> "seen")
                    .register(Blueprint.named("a")
                            .after((ctx, response) -> Response.text("replaced"))
                            .build()));

            assertThat(app.get("/").text()).isEqualTo("\"seen\"");
        }

        @Test
        void that_is_shared_by_two_groups_gets_the_hooks_of_the_one_it_is_reached_through() {
            Blueprint shared = Blueprint.named("shared")
                    .prefix("/s")
                    .before(ctx -> note("shared", null))
                    .get("/x", ctx -> "x")
                    .build();
            Assembled app = Assembled.of(App.named("shop")
                    .register(Blueprint.group(shared)
                            .prefix("/a")
                            .namePrefix("a")
                            .before(ctx -> note("a", null))
                            .build())
                    .register(Blueprint.group(shared)
                            .prefix("/b")
                            .namePrefix("b")
                            .before(ctx -> note("b", null))
                            .build()));

            app.get("/a/s/x");
            app.get("/b/s/x");

            assertThat(record).containsExactly("a", "shared", "b", "shared");
        }
    }

    @Nested
    class App_wide {

        @Test
        void hooks_of_a_blueprint_take_its_place_among_those_of_the_app() {
            Assembled app = Assembled.of(App.named("shop")
                    .before(ctx -> note("app 1", null))
                    .after((ctx, response) -> note("app 1 after", response))
                    .register(Blueprint.named("p")
                            .appWide(hooks -> hooks.before(ctx -> note("p app", null))
                                    .after((ctx, response) -> note("p app after", response)))
                            .before(ctx -> note("p own", null))
                            .get("/p", ctx -> "p")
                            .build())
                    .before(ctx -> note("app 2", null))
                    .after((ctx, response) -> note("app 2 after", response))
                    .get("/x", ctx -> "x"));

            app.get("/p");
            assertThat(record)
                    .containsExactly("app 1", "p app", "app 2", "p own", "app 2 after", "p app after", "app 1 after");
            record.clear();
            app.get("/x");
            assertThat(record).containsExactly("app 1", "p app", "app 2", "app 2 after", "p app after", "app 1 after");
        }

        @Test
        void hooks_of_nested_blueprints_follow_the_order_of_mounting() {
            Blueprint deep = Blueprint.named("deep")
                    .appWide(this::deep)
                    .get("/d", ctx -> "d")
                    .build();
            Blueprint outer = Blueprint.named("outer")
                    .register(deep)
                    .appWide(hooks -> hooks.before(ctx -> note("outer", null)))
                    .build();
            Assembled app = Assembled.of(App.named("shop")
                    .register(outer)
                    .register(Blueprint.named("last")
                            .appWide(hooks -> hooks.before(ctx -> note("last", null)))
                            .build())
                    .get("/x", ctx -> "x"));

            app.get("/x");

            assertThat(record).containsExactly("outer", "deep", "last");
        }

        private void deep(AppWide hooks) {
            hooks.before(ctx -> note("deep", null));
        }

        @Test
        void hooks_are_there_once_however_often_the_blueprint_is_mounted() {
            Blueprint p = Blueprint.named("p")
                    .appWide(hooks -> hooks.before(ctx -> note("p app", null)))
                    .before(ctx -> note("p own", null))
                    .get("/p", ctx -> "p")
                    .build();
            Assembled app = Assembled.of(App.named("shop")
                    .register(p)
                    .register(p, mount -> mount.prefix("/again").named("again")));

            app.get("/p");
            app.get("/again/p");

            assertThat(record).containsExactly("p app", "p own", "p app", "p own");
        }

        @Test
        void priorities_count_among_all_of_the_app() {
            Assembled app = Assembled.of(App.named("shop")
                    .before(ctx -> note("app", null))
                    .register(Blueprint.named("p")
                            .appWide(hooks -> hooks.before(5, ctx -> note("p app", null)))
                            .get("/p", ctx -> "p")
                            .build()));

            app.get("/p");

            assertThat(record).containsExactly("p app", "app");
        }

        @Test
        void hooks_and_handlers_reach_what_no_route_matches() {
            Assembled app = Assembled.of(App.named("shop")
                    .register(Blueprint.named("p")
                            .appWide(hooks -> hooks.before(ctx -> note("before", null))
                                    .error(404, (exchange, e) -> Response.of(404, "app-wide"))
                                    .teardown((ctx, unhandled) -> record.add("teardown " + unhandled)))
                            .build()));

            assertThat(app.get("/none").text()).isEqualTo("\"app-wide\"");
            assertThat(record).containsExactly("before", "teardown null");
        }
    }

    private <T> T note(String text, T result) {
        record.add(text);
        return result;
    }

    /** Two hooks of each kind. */
    private <B extends HooksBuilder<B>> B recording(String level, B builder) {
        for (int i = 1; i <= 2; i++) {
            String number = " " + i;
            builder.urlValues((ctx, values) -> record.add(level + " values" + number))
                    .before(ctx -> note(level + " before" + number, null))
                    .after((ctx, response) -> note(level + " after" + number, response))
                    .teardown((ctx, unhandled) -> record.add(level + " teardown" + number))
                    .intercept((exchange, next) -> {
                        record.add(level + " around" + number);
                        Object result = next.proceed();
                        record.add(level + " around" + number + " done");
                        return result;
                    });
        }
        return builder;
    }
}
