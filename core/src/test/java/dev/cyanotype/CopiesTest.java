/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cyanotype.exchange.Attribute;
import dev.cyanotype.http.HttpMethod;
import dev.cyanotype.http.Route;
import dev.cyanotype.spi.MountedOperation;
import dev.cyanotype.spi.OperationKind;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class CopiesTest {

    private static final Attribute<String> ROLE = Attribute.named("role", String.class);

    private final Blueprint v1 = Blueprint.named("v1")
            .version(1)
            .prefix("/things")
            .get("/", ctx -> "all 1", r -> r.name("list"))
            .get("/{id}", ctx -> "one 1", r -> r.name("show"))
            .route(Set.of(HttpMethod.PUT, HttpMethod.PATCH), List.of("/{id}"), ctx -> "changed 1")
            .build();

    @Nested
    class Replaced_is {

        @Test
        void an_inherited_route_whatever_its_parameters_are_called() {
            Blueprint v2 = v1.copy("v2")
                    .version(2)
                    .replace(HttpMethod.GET, "{number}/", ctx -> "one 2 " + ctx.pathParam("number"))
                    .build();
            Assembled app = Assembled.of(v1, v2);

            assertThat(app.get("/v2/things/7").text()).isEqualTo("\"one 2 7\"");
            assertThat(app.get("/v2/things").text()).isEqualTo("\"all 1\"");
            assertThat(app.get("/v1/things/7").text()).isEqualTo("\"one 1\"");
            assertThat(app.operations(OperationKind.HTTP))
                    .extracting(MountedOperation::name)
                    .containsExactly("v1.list", "v1.show", null, "v2.list", "v2.show", null);
        }

        @Test
        void the_name_too_if_the_new_one_has_its_own() {
            Blueprint v2 = v1.toBuilder()
                    .replace(HttpMethod.GET, "/", ctx -> "", r -> r.name("index"))
                    .build();

            assertThat(Assembled.of(v2).operations(OperationKind.HTTP))
                    .extracting(MountedOperation::name)
                    .containsExactly("v1.index", "v1.show", null);
        }

        @Test
        void several_methods_as_a_whole() {
            Blueprint v2 = v1.toBuilder()
                    .replace(Route.builder(
                                    Set.of(HttpMethod.PUT, HttpMethod.PATCH, HttpMethod.GET),
                                    List.of("/{id}"),
                                    ctx -> "all 2")
                            .build())
                    .build();

            assertThat(Assembled.of(v2).get("/v1/things/7").text()).isEqualTo("\"all 2\"");
            assertThat(Assembled.of(v2).operations(OperationKind.HTTP)).hasSize(2);
        }

        @Test
        void the_route_of_a_host_where_there_are_several() {
            Blueprint hosts = Blueprint.named("hosts")
                    .get("/", ctx -> "a", r -> r.host("a.test"))
                    .get("/", ctx -> "b", r -> r.host("b.test"))
                    .build();

            assertThat(Assembled.of(hosts.toBuilder()
                                    .replace(HttpMethod.GET, "/", ctx -> "new", r -> r.host("b.test"))
                                    .build())
                            .operations(OperationKind.HTTP))
                    .extracting(MountedOperation::address)
                    .containsExactly("GET a.test/", "GET b.test/");
            assertThatThrownBy(() -> hosts.toBuilder().replace(HttpMethod.GET, "/", ctx -> "new"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageMatching("blueprint 'hosts': replace: several inherited routes answer GET /"
                            + " \\(CopiesTest.java:\\d+, CopiesTest.java:\\d+\\). Say which with host\\(…\\) or"
                            + " version\\(…\\).");
        }
    }

    @Nested
    class Refused_is {

        @Test
        void what_replaces_nothing() {
            assertThatThrownBy(() -> v1.copy("v2").replace(HttpMethod.GET, "/none", ctx -> ""))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("blueprint 'v2': replace: nothing inherited answers GET /none (inherited: [GET /, GET"
                            + " /{}, PATCH /{}, PUT /{}]). Declare it as a new route.");
        }

        @Test
        void what_replaces_a_route_of_this_builder() {
            assertThatThrownBy(() -> Blueprint.named("a").get("/", ctx -> "").replace(HttpMethod.GET, "/", ctx -> ""))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("blueprint 'a': replace: nothing inherited answers GET / (inherited: [])."
                            + " Declare it as a new route.");
        }

        @Test
        void a_part_of_a_route() {
            assertThatThrownBy(() -> v1.copy("v2").replace(HttpMethod.PUT, "/{id}", ctx -> ""))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageMatching("blueprint 'v2': replace: the inherited route \\(CopiesTest.java:\\d+\\) also"
                            + " answers \\[PATCH /\\{}]. Replace it as a whole with replace\\(Route\\).");
        }

        @Test
        void a_second_route_in_the_place_of_an_inherited_one() {
            Blueprint v2 = v1.copy("v2").get("/", ctx -> "").build();

            assertThatThrownBy(() -> App.named("app").register(v2).build())
                    .isInstanceOf(AppBuildException.class)
                    .hasMessageContaining("GET /v1/things/: declared by 'v2'");
        }
    }

    @Nested
    class A_blueprint {

        @Test
        void says_what_it_was_given() {
            Blueprint bp = Blueprint.named("my_bp")
                    .hosts("Example.com", "b.test")
                    .prefix("/foo")
                    .version(3)
                    .versionPrefix("/api/v")
                    .subdomain("s")
                    .strictSlashes(true)
                    .build();

            assertThat(bp)
                    .hasToString("blueprint 'my_bp' (prefix /foo, version 3, version prefix /api/v,"
                            + " host example.com or b.test, subdomain s, strict slashes true)");
            assertThat(bp.version()).isEqualTo("3");
            assertThat(bp.hosts()).containsExactly("example.com", "b.test");
            assertThat(bp.strictSlashes()).isTrue();
            assertThat(v1.hosts()).isEmpty();
            assertThat(v1.strictSlashes()).isNull();
            assertThat(Blueprint.group().build()).hasToString("group");
            assertThat(Blueprint.group().build().version()).isNull();
        }

        @Test
        void is_equal_to_itself_as_a_member() {
            Blueprint other = Blueprint.named("v1").build();
            Blueprint group = Blueprint.group(v1, other, v1).build();

            assertThat(group.members()).containsExactly(v1, other, v1);
            assertThat(group.members().get(0)).hasSameHashCodeAs(v1);
            assertThat(v1.toBuilder().build()).isNotEqualTo(v1);
            assertThat(v1.members()).isEmpty();
            assertThat(v1.equals("v1")).isFalse();
        }
    }

    @Nested
    class An_attribute {

        @Test
        void is_that_of_the_route_the_mount_the_blueprint_or_what_is_around() {
            Blueprint bp = Blueprint.named("bp")
                    .attribute(ROLE, "own")
                    .get("/route", ctx -> ctx.attribute(ROLE), r -> r.attribute(ROLE, "route"))
                    .get("/own", ctx -> ctx.attribute(ROLE))
                    .get("/set", ctx -> {
                        ctx.attribute(ROLE, "set");
                        String set = ctx.attribute(ROLE);
                        ctx.attribute(ROLE, null);
                        return set + " " + ctx.attribute(ROLE);
                    })
                    .build();
            Assembled app = Assembled.of(App.named("app")
                    .attribute(ROLE, "app")
                    .get("/", ctx -> ctx.attribute(ROLE))
                    .register(bp, m -> m.prefix("/1"))
                    .register(bp, m -> m.prefix("/2").named("two").attribute(ROLE, "mount")));

            assertThat(app.get("/").text()).isEqualTo("\"app\"");
            assertThat(app.get("/1/own").text()).isEqualTo("\"own\"");
            assertThat(app.get("/2/own").text()).isEqualTo("\"mount\"");
            assertThat(app.get("/2/route").text()).isEqualTo("\"route\"");
            assertThat(app.get("/1/set").text()).isEqualTo("\"set own\"");
        }

        @Test
        void is_set_once() {
            assertThatThrownBy(() -> Blueprint.named("a").attribute(ROLE, "x").attribute(ROLE, "y"))
                    .hasMessage("blueprint 'a': attribute 'role' was already set to 'x', now 'y'."
                            + " Use toBuilder() to change a copy.");
        }
    }
}
