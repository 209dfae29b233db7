/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import dev.cyanotype.http.HttpMethod;
import dev.cyanotype.internal.dispatch.InMemoryRequest;
import dev.cyanotype.message.Action;
import dev.cyanotype.spi.OperationKind;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What only shows when everything is put together. */
class AppBuildTest {

    @Nested
    class Two_routes {

        @Test
        void on_one_path_and_method_are_a_conflict_whatever_their_parameters_are_called() {
            Blueprint.Builder users = Blueprint.named("users").prefix("/api/users");
            users.get("/{id}", ctx -> "x");
            String first = Lines.before();
            Blueprint.Builder admin = Blueprint.named("admin").prefix("/api");
            admin.get("/users/{name}", ctx -> "x");
            String second = Lines.before();

            problem(
                    "GET /api/users/{name}: declared by 'users' (" + first + ") and 'admin' (" + second
                            + "). Change one path or method.",
                    App.named("shop").register(users.build()).register(admin.build()));
        }

        @Test
        void that_differ_in_the_trailing_slash_are_a_conflict_unless_one_is_strict() {
            Blueprint.Builder a = Blueprint.named("a");
            a.get("/x", ctx -> "1");
            String first = Lines.before();
            a.get("/x/", ctx -> "2");
            String second = Lines.before();

            problem(
                    "GET /x/: declared by 'a' (" + first + ") and 'a' (" + second + "). Change one path or method.",
                    App.named("shop").register(a.build()));
            Assembled strict = Assembled.of(Blueprint.named("a")
                    .strictSlashes(true)
                    .get("/x", ctx -> "1")
                    .get("/x/", ctx -> "2")
                    .build());
            assertThat(strict.get("/x").text()).isEqualTo("\"1\"");
            assertThat(strict.get("/x/").text()).isEqualTo("\"2\"");
        }

        @Test
        void that_share_one_of_several_methods_are_a_conflict_in_that_one() {
            Blueprint.Builder a = Blueprint.named("a");
            a.route(Set.of(HttpMethod.POST, HttpMethod.PUT), List.of("/x"), ctx -> "1");
            String first = Lines.before();
            a.route(Set.of(HttpMethod.PUT, HttpMethod.DELETE), List.of("/x"), ctx -> "2");
            String second = Lines.before();

            problem(
                    "PUT /x: declared by 'a' (" + first + ") and 'a' (" + second + "). Change one path or method.",
                    App.named("shop").register(a.build()));
        }

        @Test
        void that_share_several_methods_are_one_problem() {
            Blueprint a = Blueprint.named("a")
                    .route(Set.of(HttpMethod.POST, HttpMethod.PUT), List.of("/x"), ctx -> "1")
                    .route(Set.of(HttpMethod.POST, HttpMethod.PUT), List.of("/x"), ctx -> "2")
                    .build();

            assertThatThrownBy(() -> App.named("shop").register(a).build())
                    .isInstanceOfSatisfying(
                            AppBuildException.class,
                            e -> assertThat(e.problems()).hasSize(1));
        }

        @Test
        void of_the_app_and_of_a_blueprint_can_be_in_conflict() {
            App.Builder app = App.named("shop").prefix("/p");
            app.get("/x", ctx -> "1");
            String first = Lines.before();
            Blueprint.Builder b = Blueprint.named("b");
            b.get("x", ctx -> "2");
            String second = Lines.before();

            problem(
                    "GET /p/x: declared by app 'shop' (" + first + ") and 'b' (" + second
                            + "). Change one path or method.",
                    app.register(b.build()));
        }

        @Test
        void of_one_host_are_a_conflict_and_of_several_are_none() {
            Blueprint.Builder a = Blueprint.named("a").host("A.com");
            a.get("/x", ctx -> "1");
            String first = Lines.before();
            Blueprint.Builder b = Blueprint.named("b");
            b.get("/x", ctx -> "2", route -> route.host("a.com"));
            String second = Lines.before();

            problem(
                    "GET a.com/x: declared by 'a' (" + first + ") and 'b' (" + second + "). Change one path or method.",
                    App.named("shop").register(a.build()).register(b.build()));
            App.named("shop")
                    .get("/x", ctx -> "any")
                    .get("/x", ctx -> "a", route -> route.host("a.com"))
                    .get("/x", ctx -> "b", route -> route.host("b.com"))
                    .build();
        }

        @Test
        void of_different_converters_are_no_conflict() {
            Assembled app = Assembled.of(App.named("shop")
                    .get("/{x}", ctx -> "plain")
                    .get("/{x:int}", ctx -> "int")
                    .get("/{x*}", ctx -> "rest")
                    .get("/x", ctx -> "literal"));

            assertThat(app.get("/x").text()).isEqualTo("\"literal\"");
            assertThat(app.get("/1").text()).isEqualTo("\"int\"");
            assertThat(app.get("/y").text()).isEqualTo("\"plain\"");
            assertThat(app.get("/y/z").text()).isEqualTo("\"rest\"");
        }

        @Test
        void of_one_blueprint_that_is_mounted_twice_in_one_place_are_a_conflict() {
            Blueprint.Builder a = Blueprint.named("a");
            a.get("/x", ctx -> "1");
            String line = Lines.before();
            Blueprint built = a.build();

            problem(
                    "GET /x: declared by 'a' (" + line + ") and 'a' (" + line + "). Change one path or method.",
                    App.named("shop").register(built).register(built));
        }

        @Test
        void of_one_name_in_one_blueprint_are_a_conflict() {
            Blueprint.Builder a = Blueprint.named("a");
            a.get("/x", ctx -> "1", route -> route.name("show"));
            String first = Lines.before();
            a.get("/y", ctx -> "2", route -> route.name("show"));
            String second = Lines.before();

            problem(
                    "'a': two routes have the name 'show' (" + first + " and " + second + "). Rename one.",
                    App.named("shop").register(a.build()));
        }

        @Test
        void of_one_name_on_the_app_are_a_conflict() {
            App.Builder app = App.named("shop");
            app.get("/x", ctx -> "1", route -> route.name("show"));
            String first = Lines.before();
            app.get("/y", ctx -> "2", route -> route.name("show"));
            String second = Lines.before();

            problem("app 'shop': two routes have the name 'show' (" + first + " and " + second + "). Rename one.", app);
        }

        @Test
        void of_one_name_in_two_blueprints_are_no_conflict() {
            App.named("shop")
                    .get("/", ctx -> "x", route -> route.name("show"))
                    .register(Blueprint.named("a")
                            .get("/a", ctx -> "x", route -> route.name("show"))
                            .register(Blueprint.named("b")
                                    .get("/b", ctx -> "x", route -> route.name("show"))
                                    .build())
                            .build())
                    .register(Blueprint.named("b")
                            .get("/c", ctx -> "x", route -> route.name("show"))
                            .build())
                    .build();
        }
    }

    @Nested
    class A_route {

        @Test
        void with_a_parameter_that_its_prefix_has_too_is_refused() {
            Blueprint.Builder a = Blueprint.named("a").prefix("/{id}");
            a.get("/{id}", ctx -> "x");
            String line = Lines.before();

            problem(
                    "'a' (" + line + "): path '/{id}/{id}': parameter 'id' stands twice",
                    App.named("shop").register(a.build()));
        }

        @Test
        void with_an_unknown_converter_is_refused_with_the_known_ones() {
            Blueprint.Builder a = Blueprint.named("a");
            a.get("/{code:hxe}", ctx -> "x");
            String line = Lines.before();

            problem(
                    "'a' (" + line + "): converter 'hxe' is unknown (expected: one of [alpha, int, long, slug, uuid],"
                            + " [hex], or regex(…)). Register your own with converter(name, test).",
                    App.named("shop").converter("hex", s -> true).register(a.build()));
        }

        @Test
        void with_a_bad_regular_expression_is_refused() {
            App.Builder app = App.named("shop");
            app.get("/{code:regex([a-z)}", ctx -> "x");
            String line = Lines.before();

            problem(
                    "app 'shop' (" + line + "): regex '[a-z': missing closing ] (expected: RE2 syntax, without"
                            + " back-references)",
                    app);
        }

        @Test
        void with_a_subdomain_of_no_host_is_refused() {
            Blueprint a =
                    Blueprint.named("a").subdomain("api").get("/x", ctx -> "x").build();
            App.Builder app = App.named("shop");
            app.register(a);
            String line = Lines.before();

            problem(
                    "'a' (" + line + "): subdomain 'api' has no host to stand in front of."
                            + " Set host(…) on the app or on an enclosing scope.",
                    app);
        }
    }

    @Nested
    class A_failed_build {

        @Test
        void leaves_the_builder_as_it_was() {
            App.Builder builder = App.named("shop").get("/x", ctx -> "1").get("/x", ctx -> "2");
            assertThatThrownBy(builder::build).isInstanceOf(AppBuildException.class);

            App app = builder.conflicts(ConflictPolicy.OVERRIDE)
                    .get("/y", ctx -> "3")
                    .build();

            assertThat(app.describe().operations()).hasSize(2);
            assertThatThrownBy(builder::build).isInstanceOf(IllegalStateException.class);
        }
    }

    @Nested
    class Two_blueprints {

        @Test
        void of_one_full_name_are_a_conflict() {
            App.Builder app = App.named("shop");
            app.register(Blueprint.named("bp").prefix("/1").build());
            String first = Lines.before();
            app.register(Blueprint.named("bp").prefix("/2").build());
            String second = Lines.before();

            problem(
                    "'bp': the name of two blueprints, mounted at " + first + " and at " + second
                            + ". Rename one with named(…).",
                    app);
        }

        @Test
        void of_one_full_name_under_a_parent_are_a_conflict() {
            Blueprint.Builder parent = Blueprint.named("p");
            parent.register(Blueprint.named("c").build());
            String first = Lines.before();
            parent.register(Blueprint.named("x").build(), mount -> mount.named("c"));
            String second = Lines.before();

            problem(
                    "'p.c': the name of two blueprints, mounted at " + first + " and at " + second
                            + ". Rename one with named(…).",
                    App.named("shop").register(parent.build()));
        }

        @Test
        void of_one_name_under_different_parents_are_none() {
            App.named("shop")
                    .register(Blueprint.named("p")
                            .register(Blueprint.named("c").build())
                            .build())
                    .register(Blueprint.named("q")
                            .register(Blueprint.named("c").build())
                            .build())
                    .register(Blueprint.named("c").build())
                    .build();
        }

        @Test
        void of_one_name_may_differ_in_their_versions() {
            Assembled app = Assembled.of(App.named("shop")
                    .register(Blueprint.named("auth")
                            .version(1)
                            .get("/x", ctx -> "1")
                            .build())
                    .register(Blueprint.named("auth").get("/x", ctx -> "2").build(), mount -> mount.version(2)));

            assertThat(app.get("/v1/x").text()).isEqualTo("\"1\"");
            assertThat(app.get("/v2/x").text()).isEqualTo("\"2\"");
        }

        @ParameterizedTest
        @CsvSource({"1,1", "1,v1", "0,0"})
        void of_one_name_and_one_version_are_a_conflict(String first, String second) {
            assertThatThrownBy(() -> App.named("shop")
                            .register(Blueprint.named("auth").version(first).build())
                            .register(Blueprint.named("auth").version(second).build())
                            .build())
                    .isInstanceOf(AppBuildException.class)
                    .hasMessageStartingWith("app 'shop': 'auth': the name of two blueprints, mounted at ");
        }
    }

    @Nested
    class Two_operations_of_one_name {

        private static final Action<String, String> ACTION = Action.named("do_it", String.class, String.class);

        @Test
        void are_a_conflict_if_they_are_actions() {
            Blueprint.Builder a = Blueprint.named("a");
            a.action("do_it", ctx -> "x");
            String first = Lines.before();
            Blueprint.Builder b = Blueprint.named("b");
            b.action(ACTION, (in, ctx) -> "x");
            String second = Lines.before();

            problem(
                    "action 'do_it': declared by 'a' (" + first + ") and 'b' (" + second + "). Rename one.",
                    App.named("shop").register(a.build()).register(b.build()));
        }

        @Test
        void are_a_conflict_if_they_are_socket_messages() {
            Blueprint.Builder a = Blueprint.named("a");
            a.socket("type", ctx -> "x");
            String first = Lines.before();
            App.Builder app = App.named("shop").register(a.build());
            app.socket("type", ctx -> "x");
            String second = Lines.before();

            problem(
                    "socket message 'type': declared by app 'shop' (" + second + ") and 'a' (" + first
                            + "). Rename one.",
                    app);
        }

        @Test
        void are_a_conflict_if_they_are_tasks() {
            Blueprint.Builder a = Blueprint.named("a");
            a.background("clean", Duration.ofHours(1), ctx -> {});
            String first = Lines.before();
            Blueprint.Builder b = Blueprint.named("b");
            b.background("clean", Duration.ofHours(2), ctx -> {});
            String second = Lines.before();

            problem(
                    "task 'clean': declared by 'a' (" + first + ") and 'b' (" + second + "). Rename one.",
                    App.named("shop").register(a.build()).register(b.build()));
        }

        @Test
        void are_a_conflict_if_they_are_listeners_of_one_blueprint_only() {
            Blueprint.Builder a = Blueprint.named("a");
            a.listen("channel", (message, ctx) -> {});
            String first = Lines.before();
            a.listen("channel", (message, ctx) -> {});
            String second = Lines.before();

            problem(
                    "listener 'channel': declared by 'a' (" + first + ") and 'a' (" + second + "). Rename one.",
                    App.named("shop").register(a.build()));
            assertThat(Assembled.of(
                                    Blueprint.named("a")
                                            .listen("channel", (message, ctx) -> {})
                                            .build(),
                                    Blueprint.named("b")
                                            .listen("channel", (message, ctx) -> {})
                                            .build())
                            .operations(OperationKind.LISTENER))
                    .hasSize(2);
        }

        @Test
        void of_different_kinds_are_no_conflict() {
            App.named("shop")
                    .action("x", ctx -> "x")
                    .socket("x", ctx -> "x")
                    .listen("x", (message, ctx) -> {})
                    .background("x", Duration.ofHours(1), ctx -> {})
                    .build();
        }
    }

    @Test
    void app_wide_handlers_for_one_error_are_a_conflict() {
        App.Builder app = App.named("shop");
        app.error(404, (exchange, e) -> "1");
        String first = Lines.before();
        Blueprint.Builder a = Blueprint.named("a");
        a.appWide(hooks -> hooks.error(404, (exchange, e) -> "2"));
        String second = Lines.before();

        problem(
                "errors 404: app-wide handlers at " + first + " and at " + second + ". Keep one.",
                app.register(a.build()));
    }

    @Test
    void all_problems_are_reported_together() {
        Blueprint a = Blueprint.named("a")
                .get("/x", ctx -> "1", route -> route.name("x"))
                .get("/x", ctx -> "2", route -> route.name("x"))
                .get("/{c:none}", ctx -> "3")
                .action("do_it", ctx -> "1")
                .build();
        Blueprint b = Blueprint.named("a").action("do_it", ctx -> "2").build();

        assertThatThrownBy(() -> App.named("shop").register(a).register(b).build())
                .isInstanceOfSatisfying(AppBuildException.class, e -> {
                    assertThat(e.problems()).hasSize(5);
                    assertThat(e.problems().get(0)).startsWith("'a': two routes have the name 'x' (");
                    assertThat(e.problems().get(1)).startsWith("GET /x: declared by 'a' (");
                    assertThat(e.problems().get(2)).contains("converter 'none' is unknown");
                    assertThat(e.problems().get(3)).startsWith("'a': the name of two blueprints");
                    assertThat(e.problems().get(4)).startsWith("action 'do_it': declared by 'a' (");
                    StringBuilder text = new StringBuilder("app 'shop' has 5 problems:");
                    for (int i = 0; i < 5; i++) {
                        text.append(System.lineSeparator())
                                .append("  %d. ".formatted(i + 1))
                                .append(e.problems().get(i));
                    }
                    assertThat(e).hasMessage(text.toString());
                });
    }

    @Nested
    class With_the_policy_that_the_later_wins {

        private App.Builder app() {
            return App.named("shop")
                    .register(Blueprint.named("a")
                            .get("/x/{id}", ctx -> "1")
                            .post("/x/{id}", ctx -> "1")
                            .action("do_it", ctx -> "1")
                            .socket("type", ctx -> "1")
                            .listen("channel", (message, ctx) -> {})
                            .background("clean", Duration.ofHours(1), ctx -> {})
                            .build())
                    .register(Blueprint.named("b")
                            .get("/x/{name}/", ctx -> "2")
                            .action("do_it", ctx -> "2")
                            .socket("type", ctx -> "2")
                            .listen("channel", (message, ctx) -> {})
                            .background("clean", Duration.ofHours(1), ctx -> {})
                            .build());
        }

        @Test
        void routes_and_operations_replace_what_is_in_their_way() {
            Assembled assembled = Assembled.overriding(app());

            assertThat(assembled.get("/x/5").text()).isEqualTo("\"2\"");
            assertThat(assembled.get("/x/5/").text()).isEqualTo("\"2\"");
            assertThat(assembled.send(InMemoryRequest.post("/x/5")).text()).isEqualTo("\"1\"");
            assertThat(assembled.action("do_it").payload().asString()).isEqualTo("2");
            assertThat(assembled.operations(OperationKind.ACTION)).hasSize(1);
            assertThat(assembled.operations(OperationKind.SOCKET_MESSAGE)).hasSize(1);
            assertThat(assembled.operations(OperationKind.TASK)).hasSize(1);
            assertThat(assembled.operations(OperationKind.LISTENER)).hasSize(2);
        }

        @Test
        void a_warning_names_both() {
            try (CapturedLog log = CapturedLog.from(Level.WARN)) {
                app().conflicts(ConflictPolicy.OVERRIDE).build();

                String line = " \\(AppBuildTest\\.java:\\d+\\)";
                assertThat(log.lines()).hasSize(4);
                assertThat(log.lines().get(0))
                        .matches("WARN app 'shop': GET /x/\\{name}/: 'b'" + line + " replaces 'a'" + line);
                assertThat(log.lines().get(1))
                        .matches("WARN app 'shop': action 'do_it': 'b'" + line + " replaces 'a'" + line);
                assertThat(log.lines().get(2))
                        .matches("WARN app 'shop': socket message 'type': 'b'" + line + " replaces 'a'" + line);
                assertThat(log.lines().get(3))
                        .matches("WARN app 'shop': task 'clean': 'b'" + line + " replaces 'a'" + line);
            }
        }

        @Test
        void other_mistakes_are_still_refused() {
            assertThatThrownBy(() -> App.named("shop")
                            .conflicts(ConflictPolicy.OVERRIDE)
                            .get("/{x:none}", ctx -> "x")
                            .build())
                    .isInstanceOf(AppBuildException.class);
        }
    }

    private static void problem(String message, App.Builder app) {
        assertThatThrownBy(app::build)
                .isInstanceOfSatisfying(
                        AppBuildException.class, e -> assertThat(e.problems()).containsExactly(message))
                // What the app itself declares begins with its name already.
                .hasMessage(message.startsWith("app 'shop': ") ? message : "app 'shop': " + message);
    }
}
