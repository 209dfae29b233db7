/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype;

import static dev.cyanotype.internal.dispatch.InMemoryRequest.get;
import static dev.cyanotype.internal.dispatch.InMemoryRequest.post;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.cyanotype.exchange.HttpException;
import dev.cyanotype.exchange.Response;
import dev.cyanotype.http.HttpMethod;
import dev.cyanotype.message.Action;
import dev.cyanotype.spi.MountedOperation;
import dev.cyanotype.spi.OperationKind;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The examples that explain the library, as tests. */
class DslExamplesTest {

    record NewUser(String name) {}

    record User(String id, String name) {}

    record UserId(String id) {}

    record UserEvent(String kind) {}

    static final class DuplicateUserException extends RuntimeException {}

    static final class UserStore {

        private final Map<String, User> users = new ConcurrentHashMap<>();
        final List<String> events = new CopyOnWriteArrayList<>();

        List<User> all() {
            return users.values().stream().toList();
        }

        Optional<User> find(String id) {
            return Optional.ofNullable(users.get(id));
        }

        User get(String id) {
            return users.get(id);
        }

        User add(NewUser user) {
            if (users.values().stream().anyMatch(known -> known.name().equals(user.name()))) {
                throw new DuplicateUserException();
            }
            User added = new User(String.valueOf(users.size() + 1), user.name());
            users.put(added.id(), added);
            return added;
        }

        void removeIdle() {
            events.add("cleaned");
        }
    }

    static final class Users {

        static Blueprint blueprint(UserStore store) {
            return Blueprint.named("users")
                    .prefix("/api/users")
                    .get("/", ctx -> Map.of("users", store.all()), r -> r.name("list"))
                    .get("/{id}", ctx -> store.find(ctx.pathParam("id")), r -> r.name("show"))
                    .post("/", NewUser.class, (user, ctx) -> Response.created(store.add(user)))
                    .action("get_user", UserId.class, (id, ctx) -> store.get(id.id()))
                    .listen("user_events", UserEvent.class, (event, ctx) -> store.events.add(event.kind()))
                    .socket("get_users", ctx -> Map.of("users", store.all()))
                    .background("user_cleanup", Duration.ofMillis(5), ctx -> store.removeIdle())
                    .error(DuplicateUserException.class, (ctx, e) -> Response.of(409, Map.of("error", "exists")))
                    .build();
        }
    }

    static final class Auth {

        static Blueprint blueprint() {
            return Blueprint.named("auth")
                    .prefix("/auth")
                    .post("/login", ctx -> ctx.operation(), r -> r.name("login"))
                    .build();
        }
    }

    private final UserStore store = new UserStore();

    @Nested
    class One_feature_over_every_way_it_is_reached {

        private final Assembled app = Assembled.of(App.named("user_service")
                .register(Users.blueprint(store))
                .register(Auth.blueprint(), mount -> mount.prefix("/v2/auth").named("auth2")));

        @Test
        void lists_shows_and_creates_over_http() {
            assertThat(app.get("/api/users/")).hasToString("200 {\"users\":[]}");
            assertThat(app.send(post("/api/users").json("{\"name\":\"Ada\"}")))
                    .hasToString("201 {\"id\":\"1\",\"name\":\"Ada\"}");
            assertThat(app.get("/api/users/1")).hasToString("200 {\"id\":\"1\",\"name\":\"Ada\"}");
            assertThat(app.get("/api/users/2").status()).isEqualTo(404);
            assertThat(app.send(post("/api/users").json("{\"name\":\"Ada\"}")))
                    .hasToString("409 {\"error\":\"exists\"}");
        }

        @Test
        void mounts_another_with_options() {
            assertThat(app.send(post("/v2/auth/login")).text()).isEqualTo("\"auth2.login\"");
            assertThat(app.send(post("/auth/login")).status()).isEqualTo(404);
        }

        @Test
        void has_its_operations_in_one_place() {
            assertThat(app.operations(OperationKind.HTTP))
                    .extracting(MountedOperation::name)
                    .containsExactly("users.list", "users.show", null, "auth2.login");
            assertThat(app.operations(OperationKind.SOCKET_MESSAGE))
                    .extracting(MountedOperation::address)
                    .containsExactly("get_users");
        }

        @Test
        void answers_an_action_without_a_broker() {
            try (App running = App.named("user_service")
                    .discovery(false)
                    .transport(new FakeTransports()
                            .fake("everything", OperationKind.HTTP, OperationKind.SOCKET, OperationKind.SOCKET_MESSAGE))
                    .register(Users.blueprint(store))
                    .action("tell", ctx -> ctx.broadcast("user_events", new UserEvent("added")))
                    .build()) {
                running.start();
                store.add(new NewUser("Ada"));

                assertThat(running.caller("user_service").call("get_user", new UserId("1")))
                        .hasToString("{\"id\":\"1\",\"name\":\"Ada\"}");
                running.caller("user_service").call("tell", Map.of());
                await().untilAsserted(() -> assertThat(store.events).contains("added", "cleaned"));
            }
        }
    }

    @Test
    void an_action_is_a_typed_constant() {
        Action<NewUser, User> create = Action.named("create_user", NewUser.class, User.class);
        try (App app = App.named("users")
                .discovery(false)
                .action(create, (in, ctx) -> store.add(in))
                .build()) {
            app.start();

            assertThat(app.caller("users").call(create, new NewUser("Ada"))).isEqualTo(new User("1", "Ada"));
        }
    }

    @Test
    void a_group_is_a_nameless_scope() {
        Blueprint a = Blueprint.named("a").get("/a", ctx -> "a").build();
        Blueprint b = Blueprint.named("b").get("/b", ctx -> "b").build();

        Assembled app = Assembled.of(Blueprint.group(a, b)
                .prefix("/g")
                .version(1)
                .versionPrefix("/api/v")
                .host("a.com")
                .strictSlashes(true)
                .namePrefix("group")
                .before(ctx -> null)
                .error(404, (exchange, e) -> "none")
                .build());

        assertThat(app.send(get("/api/v1/g/a").host("a.com")).text()).isEqualTo("\"a\"");
        assertThat(app.send(get("/api/v1/g/b").host("a.com")).text()).isEqualTo("\"b\"");
        assertThat(app.send(get("/api/v1/g/b/").host("a.com")).status()).isEqualTo(404);
        assertThat(app.send(get("/api/v1/g/b").host("b.com")).status()).isEqualTo(404);
    }

    @Test
    void paths_have_parameters() {
        Assembled app = Assembled.of(App.named("paths")
                .get("/{id}", ctx -> "plain")
                .get("/{id:int}", ctx -> "int")
                .get("/{id:regex(x[0-9]+)}", ctx -> "regex")
                .get("/files/{path*}", ctx -> ctx.pathParam("path")));

        assertThat(app.get("/a").text()).isEqualTo("\"plain\"");
        assertThat(app.get("/5").text()).isEqualTo("\"int\"");
        assertThat(app.get("/x5").text()).isEqualTo("\"regex\"");
        assertThat(app.get("/files/a/b").text()).isEqualTo("\"a/b\"");
    }

    @Test
    void one_handler_may_have_several_methods_and_paths() {
        Assembled app = Assembled.of(
                App.named("many").route(Set.of(HttpMethod.PUT, HttpMethod.POST), List.of("/a", "/b"), ctx -> "done"));

        assertThat(app.send(post("/b")).text()).isEqualTo("\"done\"");
    }

    @Test
    void a_class_may_be_an_error_handlers_type_only_once_in_a_scope() {
        assertThatThrownBy(() -> Blueprint.named("users")
                        .error(DuplicateUserException.class, (exchange, e) -> "1")
                        .error(DuplicateUserException.class, (exchange, e) -> "2"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void ranges_of_codes_have_handlers_too() {
        Assembled app = Assembled.of(Blueprint.named("a")
                .errors(400, 500, 2, (exchange, e) -> "even")
                .get("/{status:int}", ctx -> {
                    throw new HttpException(ctx.pathParam("status", Integer.class), "x");
                })
                .build());

        assertThat(app.get("/404").text()).isEqualTo("\"even\"");
        assertThat(app.get("/403").text()).contains("Forbidden");
    }

    @Test
    void hooks_of_an_app_may_come_from_inside_a_blueprint() {
        Assembled app = Assembled.of(App.named("shop")
                .get("/x", ctx -> "x")
                .register(Blueprint.named("audit")
                        .appWide(hooks -> hooks.before(ctx -> null)
                                .after((ctx, response) -> response.header("X-Audit", "yes"))
                                .error(404, (exchange, e) -> "none"))
                        .build()));

        assertThat(app.get("/x").header("X-Audit")).isEqualTo("yes");
        assertThat(app.get("/none")).hasToString("404 \"none\"");
    }

    @Test
    void a_blueprint_may_be_mounted_again_with_other_names() {
        Blueprint users = Users.blueprint(store);

        Assembled app = Assembled.of(App.named("shop")
                .register(users)
                .register(users, mount -> mount.named("users2").under("/v2").actionPrefix("v2.")));

        assertThat(app.operations(OperationKind.ACTION))
                .extracting(MountedOperation::address)
                .containsExactly("get_user", "v2.get_user");
    }
}
