/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import dev.cyanotype.exchange.Attribute;
import dev.cyanotype.exchange.HttpException;
import dev.cyanotype.http.HttpMethod;
import dev.cyanotype.spi.MountedBlueprint;
import dev.cyanotype.spi.MountedOperation;
import dev.cyanotype.spi.MountedRoute;
import dev.cyanotype.spi.OperationKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DescribeTest {

    private static final Attribute<Integer> CUSTOM = Attribute.named("custom", Integer.class);

    private final Blueprint users = Blueprint.named("users")
            .prefix("/users")
            .before(ctx -> null)
            .before(3, ctx -> null)
            .urlValues((ctx, values) -> {})
            .intercept((exchange, next) -> next.proceed())
            .after((ctx, response) -> response)
            .teardown((ctx, error) -> {})
            .error(404, (ctx, e) -> "none")
            .error(IllegalStateException.class, (ctx, e) -> "state")
            .get("/{id:int}", ctx -> "", r -> r.name("show").before(ctx -> null).after((ctx, response) -> response))
            .post("/", ctx -> "")
            .action("get_user", ctx -> "")
            .background("clean", Duration.ofHours(1), ctx -> {})
            .build();

    private final App app = App.named("shop")
            .version(1)
            .before(ctx -> null)
            .errors(500, 600, (ctx, e) -> "failed")
            .register(users, mount -> mount.under("/api").host("a.test"))
            .get("/", ctx -> "", r -> r.name("home"))
            .build();

    @Nested
    class The_description {

        @Test
        void has_all_operations_as_data() {
            List<MountedOperation> operations = app.describe().operations();

            assertThat(operations)
                    .extracting(MountedOperation::kind)
                    .containsExactly(
                            OperationKind.HTTP,
                            OperationKind.HTTP,
                            OperationKind.HTTP,
                            OperationKind.ACTION,
                            OperationKind.TASK);
            MountedRoute show = (MountedRoute) operations.get(1);
            assertThat(show.name()).isEqualTo("users.show");
            assertThat(show.methods()).containsExactly(HttpMethod.GET);
            assertThat(show.hosts()).containsExactly("a.test");
            assertThat(show.path()).isEqualTo("/v1/api/users/{id:int}");
            assertThat(show.version()).isEqualTo("1");
            assertThat(show.blueprint()).isEqualTo("users");
            assertThat(show.route().paths()).containsExactly("/{id:int}");
        }

        @Test
        void is_a_table() {
            String text = app.describe().toString().replaceAll("DescribeTest.java:\\d+", "D");

            assertThat(text)
                    .isEqualTo("route   GET /v1/                          home            D\n"
                            + "route   GET a.test/v1/api/users/{id:int}  users.show      D\n"
                            + "route   POST a.test/v1/api/users/         -               D\n"
                            + "action  get_user                          users.get_user  D\n"
                            + "task    clean                             users.clean     D");
        }

        @Test
        void has_all_mounts() {
            Blueprint other = Blueprint.named("other").build();
            App twice = App.named("app")
                    .host("test")
                    .register(
                            users,
                            m -> m.prefix("/x/").version(2).subdomain("a").attribute(CUSTOM, 1))
                    .register(users, m -> m.named("again").noPrefix())
                    .build();

            assertThat(twice.describe().mounts()).hasSize(2);
            assertThat(twice.describe().mounts(other)).isEmpty();
            MountedBlueprint first = twice.describe().mounts(users).get(0);
            assertThat(first.app()).isEqualTo("app");
            assertThat(first.name()).isEqualTo("users");
            assertThat(first.path()).isEqualTo("/v2/x/");
            assertThat(first.version()).isEqualTo("2");
            assertThat(first.hosts()).containsExactly("a.test");
            assertThat(first.first()).isTrue();
            assertThat(first.attribute(CUSTOM)).isEqualTo(1);
            assertThat(first.source()).startsWith("DescribeTest.java:");
            MountedBlueprint again = twice.describe().mounts(users).get(1);
            assertThat(again.name()).isEqualTo("again");
            assertThat(again.path()).isEqualTo("/");
            assertThat(again.first()).isFalse();
            assertThat(again.attribute(CUSTOM)).isNull();
        }

        @Test
        void is_logged_at_the_start_for_those_who_look() {
            App started = App.named("shop")
                    .discovery(false)
                    .transport(new FakeTransports().fake("t", OperationKind.HTTP))
                    .get("/x", ctx -> "")
                    .build();
            List<String> lines;
            try (CapturedLog log = CapturedLog.from(Level.DEBUG)) {
                started.start();
                lines = log.lines();
            } finally {
                started.stop();
            }

            assertThat(lines)
                    .anyMatch(line -> line.startsWith("DEBUG app 'shop'\nroute  GET /x  -  DescribeTest.java:"));
        }
    }

    @Nested
    class A_mount_hook {

        @Test
        void is_told_of_every_place_in_order() {
            List<String> told = new ArrayList<>();
            Blueprint p = Blueprint.named("p")
                    .prefix("/init")
                    .subdomain("s")
                    .onMount(m -> told.add(
                            m.name() + " " + m.path() + " " + m.hosts() + " " + m.first() + " " + m.attribute(CUSTOM)))
                    .register(Blueprint.named("c")
                            .prefix("/c")
                            .onMount(m -> told.add(m.name() + " " + m.path()))
                            .build())
                    .build();

            App.named("app")
                    .host("test")
                    .register(p, mount -> mount.prefix("/r").attribute(CUSTOM, 1))
                    .register(p, mount -> mount.named("z"))
                    .build();

            assertThat(told)
                    .containsExactly("p /r [s.test] true 1", "p.c /r/c", "z /init [s.test] false null", "z.c /init/c");
        }

        @Test
        void that_fails_fails_the_build() {
            Blueprint p = Blueprint.named("p")
                    .onMount(m -> {
                        throw new IllegalStateException("not under " + m.path());
                    })
                    .build();

            assertThatThrownBy(() -> App.named("app").register(p).build())
                    .isInstanceOf(AppBuildException.class)
                    .hasMessageMatching("app 'app': 'p', mounted at DescribeTest.java:\\d+: the onMount hook"
                            + " \\(DescribeTest.java:\\d+\\) failed: java.lang.IllegalStateException: not under /");
        }

        @Test
        void is_not_told_when_the_app_can_not_be_built() {
            List<String> told = new ArrayList<>();
            App.Builder builder = App.named("app")
                    .onMount(m -> told.add(m.name()))
                    .get("/x", ctx -> "")
                    .get("/x", ctx -> "");

            assertThatThrownBy(builder::build).isInstanceOf(AppBuildException.class);
            assertThat(told).isEmpty();
        }
    }

    @Nested
    class An_explanation {

        private String explained(String subject) {
            return app.explain(subject).replaceAll("DescribeTest.java:\\d+", "D");
        }

        @Test
        void of_a_request_shows_all_that_runs() {
            assertThat(explained("GET a.test/v1/api/users/7")).isEqualTo("""
                            GET a.test/v1/api/users/7  is answered by 'users.show' (D)
                              pattern                  GET a.test/v1/api/users/{id:int}
                              parameters               id = 7
                              mounted                  app 'shop' on /v1 (D)
                                                       'users' on a.test/v1/api/users (D)
                              url values               'users' (D)
                              before                   app 'shop' (D)
                                                       'users' (D), priority 3
                                                       'users' (D)
                                                       the route (D)
                              around                   'users' (D)
                              handler                  D
                              after                    the route (D)
                                                       'users' (D)
                              teardown                 'users' (D)
                              errors                   'users': 404 (D), IllegalStateException (D)
                                                       app 'shop': 500 to 600 (D)
                                                       else a problem of RFC 9457""");
        }

        @Test
        void of_an_unanswered_request_shows_who_owns_it() {
            assertThat(explained("get a.test/v1/api/users/none").lines().findFirst())
                    .contains("GET a.test/v1/api/users/none  has no route: 404 of 'users'");
            assertThat(explained("PUT a.test/v1/api/users").lines().findFirst())
                    .contains("PUT a.test/v1/api/users  has no route: 405 of 'users', there are POST");
            assertThat(explained("GET /none").lines().findFirst())
                    .contains("GET /none  has no route: 404 of app 'shop'");
        }

        @Test
        void of_an_operation_has_what_runs_for_its_kind() {
            assertThat(explained("users.get_user"))
                    .isEqualTo(explained("action get_user"))
                    .isEqualTo("""
                            action get_user  'users.get_user' (D)
                              mounted        app 'shop' on /v1 (D)
                                             'users' on a.test/v1/api/users (D)
                              around         'users' (D)
                              handler        D
                              errors         'users': 404 (D), IllegalStateException (D)
                                             app 'shop': 500 to 600 (D)
                                             else a problem of RFC 9457""");
        }

        @ParameterizedTest
        @ValueSource(strings = {"users.shwo", "", "FETCH /x"})
        void of_nothing_says_what_it_expects(String subject) {
            assertThatThrownBy(() -> app.explain(subject))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("explain: '" + subject + "' is no operation (expected: a request such as"
                            + " 'GET /users', a full name such as 'users.show', or a kind and an address such as"
                            + " 'action get_user').")
                    .satisfies(e -> assertThat(e.getMessage().endsWith("Did you mean 'users.show'?"))
                            .isEqualTo(subject.equals("users.shwo")));
        }

        @Test
        void of_a_bad_path_says_what_is_wrong() {
            assertThatThrownBy(() -> app.explain("GET /%zz")).isInstanceOf(HttpException.class);
        }
    }
}
