/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.http.javalin.cases;

import static dev.cyanotype.http.javalin.cases.Cases.app;
import static dev.cyanotype.http.javalin.cases.Cases.notFound;
import static dev.cyanotype.http.javalin.cases.Cases.problems;
import static dev.cyanotype.http.javalin.cases.Cases.says;
import static dev.cyanotype.http.javalin.cases.Cases.statuses;
import static dev.cyanotype.http.javalin.cases.Handlers.lineBefore;
import static dev.cyanotype.http.javalin.cases.Handlers.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.cyanotype.App;
import dev.cyanotype.Blueprint;
import dev.cyanotype.exchange.Response;
import dev.cyanotype.http.javalin.BothWays;
import dev.cyanotype.internal.testkit.wire.Answer;
import dev.cyanotype.spi.MountedBlueprint;
import dev.cyanotype.spi.MountedOperation;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Behaviour cases 115 to 132: groups. */
class Cases07GroupsIT {

    private static final String CREDENTIALS = "Basic dGVzdDp0ZXN0Cg==";

    @Test
    @DisplayName("case 115: groups in groups")
    void groups_in_groups() throws Exception {
        Blueprint deep0 = Blueprint.named("deep_0")
                .prefix("/deep")
                .get("/", text("D0_OK"))
                .build();
        Blueprint deep1 = Blueprint.named("deep_1")
                .prefix("/deep1")
                .get("/bottom", text("D1B_OK"))
                .build();
        Blueprint mid = Blueprint.group(deep0, deep1).prefix("/mid").build();
        Blueprint midTier = Blueprint.named("mid_tier")
                .prefix("/mid1")
                .get("/", text("M1_OK"))
                .build();
        Blueprint top = Blueprint.group(mid, midTier).build();
        BothWays.with(app(top).get("/", text("TOP_OK"))).run(client -> {
            says(client, "/", "TOP_OK");
            says(client, "/mid1", "M1_OK");
            says(client, "/mid/deep", "D0_OK");
            says(client, "/mid/deep1/bottom", "D1B_OK");
            notFound(client, "/deep", "/mid", "/mid/mid1", "/deep1/bottom");
        });
    }

    @Test
    @DisplayName("near case 115: empty groups and blueprints change nothing")
    void empty_groups_and_blueprints() throws Exception {
        Blueprint empty = Blueprint.named("empty").prefix("/empty").build();
        Blueprint group = Blueprint.group(Blueprint.group().build(), empty)
                .before(ctx -> Response.of(418))
                .build();
        BothWays.with(app(group).get("/", text("x"))).run(client -> {
            says(client, "/", "x");
            notFound(client, "/none");
        });
    }

    @Test
    @DisplayName("case 117: members of a group by their place")
    void members_of_a_group() {
        Blueprint one = Blueprint.named("one").build();
        Blueprint two = Blueprint.named("two").build();
        Blueprint group = Blueprint.group(one, two).build();
        assertThat(group.members()).containsExactly(one, two);
        assertThat(group.members().get(0)).isEqualTo(one);
        assertThatThrownBy(() -> group.members().get(3)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThat(one.members()).isEmpty();
        // What a named blueprint contains are its members too.
        assertThat(Blueprint.named("parent").register(one).build().members()).containsExactly(one);
    }

    @Test
    @DisplayName("case 118: another member in a place (here: another group is built)")
    void another_member_in_a_place() {
        Blueprint one = Blueprint.named("one").build();
        Blueprint two = Blueprint.named("two").build();
        Blueprint group = Blueprint.group(one, two).build();
        assertThatThrownBy(() -> group.members().set(0, two)).isInstanceOf(UnsupportedOperationException.class);
        List<Blueprint> members = new ArrayList<>(group.members());
        members.set(0, two);
        Blueprint changed = Blueprint.group(members.toArray(Blueprint[]::new)).build();
        assertThat(changed.members()).containsExactly(two, two);
        assertThat(group.members()).containsExactly(one, two);
    }

    @Test
    @DisplayName("case 121: a group in a group is one member")
    void a_group_in_a_group_is_one_member() {
        Blueprint one = Blueprint.named("one").build();
        Blueprint two = Blueprint.named("two").build();
        Blueprint inner = Blueprint.group(one, two).build();
        Blueprint outer = Blueprint.group(inner).build();
        assertThat(outer.members()).containsExactly(inner);
        assertThat(outer.members().get(0).members()).containsExactly(one, two);
    }

    @Test
    @DisplayName("case 123: group with all options")
    void group_with_all_options() throws Exception {
        Blueprint b1 = Blueprint.named("b1").prefix("/bp1").get("/", text("b1")).build();
        Blueprint b2 = Blueprint.named("b2").prefix("/bp2").get("/", text("b2")).build();
        Blueprint group = Blueprint.group(b1, b2)
                .prefix("/grouped")
                .version(1)
                .versionPrefix("/api/v")
                .strictSlashes(true)
                .build();
        BothWays.with(group).run(client -> {
            says(client, "/api/v1/grouped/bp1/", "b1");
            says(client, "/api/v1/grouped/bp2/", "b2");
            notFound(client, "/api/v1/grouped/bp1", "/api/v1/grouped/bp2", "/grouped/bp1/", "/v1/grouped/bp1/");
        });
        // The members need not know: elsewhere they are what they were.
        BothWays.with(b1).run(client -> statuses(client, 200, "/bp1", "/bp1/"));
    }

    @Test
    @DisplayName("case 126: one blueprint in two groups with name prefixes (here: names are dotted)")
    void one_blueprint_in_two_groups() throws Exception {
        Blueprint bp1 = Blueprint.named("bp1")
                .prefix("/bp1")
                .get("/", Cases::operation, r -> r.name("route1"))
                .build();
        Blueprint bp2 = Blueprint.named("bp2")
                .prefix("/bp2")
                .get("/", Cases::operation, r -> r.name("route2"))
                .build();
        Blueprint a = Blueprint.group(bp1, bp2)
                .prefix("/group-a")
                .namePrefix("group-a")
                .build();
        Blueprint b = Blueprint.group(bp1, bp2)
                .prefix("/group-b")
                .namePrefix("group-b")
                .build();
        App app = App.named("PropTest").register(a).register(b).build();
        assertThat(app.describe().operations())
                .extracting(MountedOperation::address, MountedOperation::name)
                .containsExactly(
                        tuple("GET /group-a/bp1/", "group-a.bp1.route1"),
                        tuple("GET /group-a/bp2/", "group-a.bp2.route2"),
                        tuple("GET /group-b/bp1/", "group-b.bp1.route1"),
                        tuple("GET /group-b/bp2/", "group-b.bp2.route2"));
        BothWays.with(app.toBuilder()).run(client -> {
            says(client, "/group-a/bp1", "group-a.bp1.route1");
            says(client, "/group-a/bp2", "group-a.bp2.route2");
            says(client, "/group-b/bp1", "group-b.bp1.route1");
            says(client, "/group-b/bp2", "group-b.bp2.route2");
        });
    }

    @Test
    @DisplayName("near case 126: groups can share a name prefix, and only groups have one")
    void groups_can_share_a_name_prefix() throws Exception {
        Blueprint users = Blueprint.named("users")
                .get("/users", Cases::operation, r -> r.name("list"))
                .build();
        Blueprint orders = Blueprint.named("orders")
                .get("/orders", Cases::operation, r -> r.name("list"))
                .build();
        BothWays.with(
                        Blueprint.group(users).namePrefix("api").build(),
                        Blueprint.group(orders).namePrefix("api").build())
                .run(client -> {
                    says(client, "/users", "api.users.list");
                    says(client, "/orders", "api.orders.list");
                });
        assertThatThrownBy(() -> Blueprint.named("n").namePrefix("np"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage(
                        "blueprint 'n': namePrefix is for groups. Rename it with copy(…), or its mount with named(…).");
    }

    @Test
    @DisplayName("case 128: hooks of a group guard and decorate every member")
    void hooks_of_a_group() throws Exception {
        Blueprint.Builder b1 = Blueprint.named("b1").prefix("/bp1").version(2);
        b1.put("/request_path", ctx -> Response.text("done"));
        Blueprint.Builder group = Blueprint.group(b1.build());
        group.prefix("/api")
                .before(ctx -> CREDENTIALS.equals(ctx.header("Authorization"))
                        ? null
                        : Response.text("Unauthorized").status(401));
        group.after((ctx, response) -> response.header("x-test-middleware", "value"));
        // Sanic: a member that comes after the hooks has none; here: hooks cover the scope, whatever the order.
        group.register(Blueprint.named("late").get("/late", text("late")).build());
        Blueprint outside =
                Blueprint.named("outside").get("/api/outside", text("open")).build();
        BothWays.with(group.build(), outside).run(client -> {
            Answer allowed = client.send("PUT", "/v2/api/bp1/request_path", "", "Authorization", CREDENTIALS);
            assertThat(allowed.status()).isEqualTo(200);
            assertThat(allowed.text()).isEqualTo("done");
            assertThat(allowed.header("x-test-middleware")).isEqualTo("value");
            Answer refused = client.send("PUT", "/v2/api/bp1/request_path", "");
            assertThat(refused.status()).isEqualTo(401);
            assertThat(refused.text()).isEqualTo("Unauthorized");
            assertThat(refused.header("x-test-middleware")).isEqualTo("value");
            statuses(client, 401, "/api/late");
            says(client, "/api/late", "late", "Authorization", CREDENTIALS);
            says(client, "/api/outside", "open");
            assertThat(client.get("/api/outside").header("x-test-middleware")).isNull();
        });
    }

    @Test
    @DisplayName("case 129: name prefixes of nested groups (here: all of them are in the name)")
    void name_prefixes_of_nested_groups() throws Exception {
        Blueprint bp = Blueprint.named("bp")
                .get("/", Cases::operation, r -> r.name("x"))
                .build();
        Blueprint in = Blueprint.group(bp).namePrefix("in").build();
        Blueprint out = Blueprint.group(in).namePrefix("out").build();
        Blueprint nameless = Blueprint.group(out).build();
        // Sanic: out_bp.x, the inner prefix is lost; here: full names tell the way through the tree.
        BothWays.with(app(nameless)
                        .register(in, mount -> mount.named("renamed").prefix("/renamed"))
                        .register(nameless, mount -> mount.named("named").prefix("/named")))
                .run(client -> {
                    says(client, "/", "out.in.bp.x");
                    says(client, "/renamed", "renamed.bp.x");
                    says(client, "/named", "named.out.in.bp.x");
                });
    }

    @Test
    @DisplayName("near case 129: a name is taken also across nameless groups")
    void a_name_is_taken_also_across_nameless_groups() {
        Blueprint.Builder a = Blueprint.group();
        a.register(Blueprint.named("bp").build());
        String first = lineBefore();
        Blueprint.Builder b = Blueprint.group();
        b.register(Blueprint.named("bp").build());
        String second = lineBefore();

        Blueprint groupA = a.build();
        Blueprint groupB = b.build();
        problems(
                app(groupA, groupB),
                "'bp': the name of two blueprints, mounted at " + first + " and at " + second
                        + ". Rename one with named(…).");
        App apart = app(groupA, groupB.toBuilder().namePrefix("b").build()).build();
        assertThat(apart.describe().mounts()).extracting(MountedBlueprint::name).containsExactly("", "bp", "b", "b.bp");
    }

    @Test
    @DisplayName("case 132: blueprints mounted together with a prefix (here: as a group, and it goes in front)")
    void blueprints_mounted_together_with_a_prefix() throws Exception {
        Blueprint bp = Blueprint.named("bp").prefix("/bp").get("/x", text("x")).build();
        Blueprint b2 = Blueprint.named("b2").prefix("/b2").get("/y", text("y")).build();
        Blueprint list = Blueprint.group(bp, Blueprint.group(b2).build()).build();
        // Sanic: a list loses the prefixes of its members; here: a mount replaces the prefix of what it mounts, the
        // group's, and that of nobody else.
        BothWays.with(app().register(list, mount -> mount.prefix("/reg"))).run(client -> {
            says(client, "/reg/bp/x", "x");
            says(client, "/reg/b2/y", "y");
            notFound(client, "/reg/x", "/reg/y", "/bp/x");
        });
    }
}
