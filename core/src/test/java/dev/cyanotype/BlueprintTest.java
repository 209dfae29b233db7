/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype;

import static dev.cyanotype.internal.dispatch.InMemoryRequest.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.cyanotype.exchange.HttpException;
import dev.cyanotype.exchange.Response;
import dev.cyanotype.spi.MountedOperation;
import dev.cyanotype.spi.OperationKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BlueprintTest {

    private final List<String> record = new ArrayList<>();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "something",
                "some-thing",
                "some_thing",
                "Something",
                "SomeThing",
                "Some-Thing",
                "SomeThing123",
                "something123",
                "some-thing123",
                "_",
                "_x",
                "a"
            })
    void keeps_a_good_name(String name) {
        assertThat(Blueprint.named(name).build().name()).isEqualTo(name);
        assertThat(App.named(name).build().name()).isEqualTo(name);
    }

    @Test
    void shows_its_name_and_prefix() {
        Blueprint users = Blueprint.named("users").prefix("/api/").build();

        assertThat(users.prefix()).isEqualTo("/api/");
        assertThat(users).hasToString("blueprint 'users' (prefix /api/)");
        assertThat(Blueprint.named("x").build().prefix()).isNull();
        assertThat(Blueprint.group().build().name()).isNull();
        assertThat(Blueprint.group().build()).hasToString("group");
        assertThat(App.named("shop").build()).hasToString("app 'shop'");
    }

    @Nested
    class Built {

        @Test
        void it_is_not_reached_by_later_calls_on_its_builder() {
            Blueprint.Builder builder = Blueprint.named("a").get("/x", ctx -> "x");
            Blueprint built = builder.build();

            builder.get("/late", ctx -> "late")
                    .before(ctx -> Response.of(401))
                    .error(404, (exchange, e) -> "late")
                    .prefix("/late")
                    .action("late", ctx -> "late")
                    .appWide(hooks -> hooks.before(ctx -> Response.of(401)))
                    .register(
                            Blueprint.named("late").get("/child", ctx -> "late").build());
            Assembled app = Assembled.of(built);

            assertThat(app.get("/x")).hasToString("200 \"x\"");
            assertThat(app.get("/late").text()).contains("There is nothing at this address");
            assertThat(app.get("/child").status()).isEqualTo(404);
            assertThat(app.operations(OperationKind.ACTION)).isEmpty();
            assertThat(built.prefix()).isNull();
        }

        @Test
        void it_can_not_be_built_a_second_time() {
            Blueprint.Builder builder = Blueprint.named("a");
            builder.build();

            assertThatThrownBy(builder::build)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("blueprint 'a' was already built, and later calls did not reach it."
                            + " Use toBuilder() to derive a changed one.");
        }

        @Test
        void nor_can_an_app_or_a_group() {
            App.Builder app = App.named("shop");
            app.build();
            Blueprint.Builder group = Blueprint.group();
            group.build();

            assertThatThrownBy(app::build)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("app 'shop' was already built, and later calls did not reach it."
                            + " Use toBuilder() to derive a changed one.");
            assertThatThrownBy(group::build)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("group was already built, and later calls did not reach it."
                            + " Use toBuilder() to derive a changed one.");
        }

        @Test
        void its_children_are_as_they_were_when_they_were_nested() {
            Blueprint.Builder child = Blueprint.named("child").get("/x", ctx -> "x");
            Blueprint parent = Blueprint.named("parent").register(child.build()).build();
            child.get("/late", ctx -> "late");

            assertThat(Assembled.of(parent).get("/late").status()).isEqualTo(404);
        }
    }

    @Nested
    class Derived {

        private final Blueprint original = Blueprint.named("users")
                .prefix("/users")
                .version(1)
                .host("a.com")
                .strictSlashes(true)
                .before(ctx -> note("before"))
                .error(409, (exchange, e) -> "conflict")
                .appWide(hooks -> hooks.before(ctx -> note("app-wide")))
                .get("/x", ctx -> "x", route -> route.name("show"))
                .get("/fail", ctx -> {
                    throw new HttpException(409, "x");
                })
                .action("get_user", ctx -> "user")
                .listen("channel", (message, ctx) -> {})
                .socket("type", ctx -> "x")
                .background("task", Duration.ofHours(1), ctx -> {})
                .register(Blueprint.named("child").get("/child", ctx -> "child").build())
                .build();

        @Test
        void a_copy_carries_everything() {
            Assembled app = Assembled.of(original.copy("people").build());

            assertThat(app.send(get("/v1/users/x").host("a.com"))).hasToString("200 \"x\"");
            assertThat(record).containsExactly("app-wide", "before");
            assertThat(app.send(get("/v1/users/x/").host("a.com")).status()).isEqualTo(404);
            assertThat(app.send(get("/v1/users/fail").host("a.com"))).hasToString("409 \"conflict\"");
            assertThat(app.send(get("/v1/users/child").host("a.com"))).hasToString("200 \"child\"");
            assertThat(Arrays.stream(OperationKind.values())
                            .flatMap(kind -> app.operations(kind).stream())
                            .map(MountedOperation::name))
                    .containsExactly(
                            "people.show",
                            null,
                            null,
                            "people.get_user",
                            "people.channel",
                            null,
                            "people.type",
                            "people.task");
        }

        @Test
        void a_copy_may_change_each_option_once() {
            Blueprint.Builder copy = original.copy("people").prefix("/people").version(2);
            Blueprint changed = copy.build();

            assertThat(Assembled.of(changed).send(get("/v2/people/x").host("a.com")))
                    .hasToString("200 \"x\"");
            assertThat(Assembled.of(original).send(get("/v1/users/x").host("a.com")))
                    .hasToString("200 \"x\"");
            assertThat(original.prefix()).isEqualTo("/users");
            assertThatThrownBy(() -> original.copy("people").prefix("/a").prefix("/b"))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("blueprint 'people': prefix was already set to '/a', now '/b'."
                            + " Use toBuilder() to change a copy.");
        }

        @Test
        void a_copy_may_lose_its_prefix() {
            assertThat(Assembled.of(original.toBuilder().noPrefix().build())
                            .send(get("/v1/x").host("a.com")))
                    .hasToString("200 \"x\"");
        }

        @Test
        void a_builder_from_it_keeps_the_name() {
            Blueprint changed = original.toBuilder().get("/more", ctx -> "more").build();

            assertThat(changed.name()).isEqualTo("users");
            assertThat(changed).isNotSameAs(original);
            assertThat(Assembled.of(changed).send(get("/v1/users/more").host("a.com")))
                    .hasToString("200 \"more\"");
            assertThat(Assembled.of(original)
                            .send(get("/v1/users/more").host("a.com"))
                            .status())
                    .isEqualTo(404);
        }

        @Test
        void hooks_declared_on_a_copy_follow_those_it_has() {
            Blueprint copy = original.copy("people").before(ctx -> note("more")).build();

            Assembled.of(copy).send(get("/v1/users/x").host("a.com"));

            assertThat(record).containsExactly("app-wide", "before", "more");
        }

        @Test
        void a_copy_is_never_mounted_by_itself() {
            original.copy("people").build();

            assertThat(Assembled.of(original).operations(OperationKind.ACTION)).hasSize(1);
        }

        @Test
        void a_route_that_is_there_already_is_not_replaced() {
            Blueprint copy = original.copy("people").get("/x", ctx -> "other").build();

            assertThatThrownBy(() -> Assembled.of(copy))
                    .isInstanceOf(AppBuildException.class)
                    .hasMessageMatching("app 'test_app': GET a\\.com/v1/users/x: declared by 'people'"
                            + " \\(BlueprintTest\\.java:\\d+\\) and 'people' \\(BlueprintTest\\.java:\\d+\\)\\."
                            + " Change one path or method\\.");
        }

        @Test
        void an_app_can_be_derived_too() {
            App app = App.named("shop")
                    .prefix("/v")
                    .converter("hex", s -> s.matches("[0-9a-f]+"))
                    .get("/{x:hex}", ctx -> "x")
                    .build();

            App derived = app.toBuilder().get("/more/{x:hex}", ctx -> "more").build();

            assertThat(derived.name()).isEqualTo("shop");
            assertThatThrownBy(() -> app.toBuilder().get("/{y:hex}", ctx -> "y").build())
                    .isInstanceOf(AppBuildException.class)
                    .hasMessageMatching("app 'shop': GET /v/\\{y:hex}: declared by app 'shop'"
                            + " \\(BlueprintTest\\.java:\\d+\\) and app 'shop' \\(BlueprintTest\\.java:\\d+\\)\\."
                            + " Change one path or method\\.");
        }
    }

    @Nested
    class Mounted_twice {

        private final Blueprint blueprint = Blueprint.named("a")
                .prefix("/a")
                .before(ctx -> note("before"))
                .after((ctx, response) -> response.header("X-After", "yes"))
                .error(409, (exchange, e) -> "handled")
                .get("/x", ctx -> ctx.operation(), route -> route.name("show"))
                .get("/fail", ctx -> {
                    throw new HttpException(409, "x");
                })
                .action("do_it", ctx -> ctx.operation())
                .listen("channel", (message, ctx) -> note("heard"))
                .socket("type", ctx -> "x")
                .background("task", Duration.ofHours(1), ctx -> {})
                .build();

        private final Assembled app = Assembled.of(App.named("shop")
                .register(blueprint)
                .register(blueprint, mount -> mount.named("b").prefix("/b")));

        @ParameterizedTest
        @CsvSource({"/a,a.show", "/b,b.show"})
        void it_is_complete_in_both_places(String prefix, String name) {
            assertThat(app.get(prefix + "/x")).hasToString("200 \"" + name + "\"");
            assertThat(app.get(prefix + "/x").header("X-After")).isEqualTo("yes");
            assertThat(app.get(prefix + "/fail")).hasToString("409 \"handled\"");
            assertThat(record).containsExactly("before", "before", "before");
        }

        @Test
        void what_has_no_path_is_there_once_with_the_name_of_the_first_mount() {
            assertThat(app.operations(OperationKind.ACTION))
                    .extracting(MountedOperation::name, MountedOperation::address)
                    .containsExactly(tuple("a.do_it", "do_it"));
            assertThat(app.operations(OperationKind.LISTENER)).hasSize(1);
            assertThat(app.operations(OperationKind.SOCKET_MESSAGE)).hasSize(1);
            assertThat(app.operations(OperationKind.TASK)).hasSize(1);
            assertThat(app.operations(OperationKind.HTTP)).hasSize(4);
        }

        @Test
        void its_actions_and_socket_messages_are_there_again_if_they_are_renamed() {
            Assembled renamed = Assembled.of(App.named("shop")
                    .register(blueprint)
                    .register(blueprint, mount -> mount.named("b").prefix("/b").actionPrefix("v2.")));

            assertThat(renamed.operations(OperationKind.ACTION))
                    .extracting(MountedOperation::name, MountedOperation::address)
                    .containsExactly(tuple("a.do_it", "do_it"), tuple("b.do_it", "v2.do_it"));
            assertThat(renamed.operations(OperationKind.SOCKET_MESSAGE))
                    .extracting(MountedOperation::address)
                    .containsExactly("type", "v2.type");
            assertThat(renamed.operations(OperationKind.LISTENER)).hasSize(1);
            assertThat(renamed.operations(OperationKind.TASK)).hasSize(1);
            assertThat(renamed.action("do_it").payload().asString()).isEqualTo("a.do_it");
            assertThat(renamed.action("v2.do_it").payload().asString()).isEqualTo("b.do_it");
        }

        @Test
        void prefixes_of_actions_add_up_inwards() {
            Blueprint outer = Blueprint.named("outer")
                    .register(blueprint, mount -> mount.actionPrefix("inner."))
                    .build();

            Assembled nested = Assembled.of(App.named("shop").register(outer, mount -> mount.actionPrefix("outer.")));

            assertThat(nested.operations(OperationKind.ACTION))
                    .extracting(MountedOperation::address)
                    .containsExactly("outer.inner.do_it");
        }

        @Test
        void one_name_may_stand_in_several_places() {
            Assembled same = Assembled.of(
                    App.named("shop").register(blueprint).register(blueprint, mount -> mount.prefix("/b")));

            assertThat(same.get("/a/x").text()).isEqualTo("\"a.show\"");
            assertThat(same.get("/b/x").text()).isEqualTo("\"a.show\"");
        }

        @Test
        void it_may_stand_under_two_parents() {
            Assembled nested = Assembled.of(
                    Blueprint.named("p")
                            .prefix("/p")
                            .before(ctx -> note("p"))
                            .register(blueprint)
                            .build(),
                    Blueprint.named("q")
                            .prefix("/q")
                            .before(ctx -> note("q"))
                            .register(blueprint)
                            .build());

            assertThat(nested.get("/p/a/x").text()).isEqualTo("\"p.a.show\"");
            assertThat(nested.get("/q/a/x").text()).isEqualTo("\"q.a.show\"");
            assertThat(record).containsExactly("p", "before", "q", "before");
            assertThat(nested.operations(OperationKind.ACTION)).hasSize(1);
        }
    }

    @Test
    void on_two_apps_it_is_complete_on_each() {
        Blueprint blueprint = Blueprint.named("a")
                .before(ctx -> note("before"))
                .appWide(hooks -> hooks.before(ctx -> note("app-wide")))
                .get("/x", ctx -> ctx.operation(), route -> route.name("show"))
                .action("do_it", ctx -> "done")
                .build();
        Assembled one = Assembled.of(App.named("one").register(blueprint));
        Assembled two = Assembled.of(App.named("two").register(blueprint, mount -> mount.under("/2")));

        assertThat(one.get("/x").text()).isEqualTo("\"a.show\"");
        assertThat(two.get("/2/x").text()).isEqualTo("\"a.show\"");
        assertThat(record).containsExactly("app-wide", "before", "app-wide", "before");
        assertThat(one.action("do_it").payload().asString()).isEqualTo("done");
        assertThat(two.action("do_it").payload().asString()).isEqualTo("done");
    }

    @Test
    void full_names_are_the_dotted_names_of_the_mounts() {
        Blueprint c = Blueprint.named("c")
                .get("/x", ctx -> ctx.operation(), route -> route.name("show"))
                .build();
        Blueprint p = Blueprint.named("p").register(c).build();
        Blueprint group = Blueprint.group(
                        Blueprint.group(c).namePrefix("in").prefix("/in").build())
                .namePrefix("out")
                .build();

        Assembled app = Assembled.of(App.named("shop")
                .register(p, mount -> mount.named("alias").prefix("/alias"))
                .register(group)
                .register(Blueprint.group(c).prefix("/plain").build()));

        assertThat(app.get("/alias/x").text()).isEqualTo("\"alias.c.show\"");
        assertThat(app.get("/in/x").text()).isEqualTo("\"out.in.c.show\"");
        assertThat(app.get("/plain/x").text()).isEqualTo("\"c.show\"");
    }

    @Test
    void an_operation_says_where_it_stands() {
        Assembled app = Assembled.of(App.named("shop")
                .get("/", ctx -> "root")
                .register(Blueprint.named("p")
                        .prefix("/p")
                        .host("a.com")
                        .register(Blueprint.named("c")
                                .get("/{id:int}/", ctx -> "x", route -> route.name("show"))
                                .build())
                        .build()));

        MountedOperation root = app.operations(OperationKind.HTTP).get(0);
        assertThat(root.name()).isNull();
        assertThat(root.address()).isEqualTo("GET /");
        assertThat(root.blueprint()).isEmpty();
        assertThat(root.source()).matches("BlueprintTest\\.java:\\d+");
        assertThat(root.kind()).isEqualTo(OperationKind.HTTP);
        MountedOperation show = app.operations(OperationKind.HTTP).get(1);
        assertThat(show.name()).isEqualTo("p.c.show");
        assertThat(show.address()).isEqualTo("GET a.com/p/{id:int}/");
        assertThat(show.blueprint()).isEqualTo("p.c");
        assertThat(show).hasToString("route GET a.com/p/{id:int}/ (" + show.source() + ")");
    }

    private <T> T note(String text) {
        record.add(text);
        return null;
    }
}
