/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cyanotype.exchange.HttpException;
import dev.cyanotype.http.HttpMethod;
import dev.cyanotype.http.HttpOptions;
import dev.cyanotype.http.Route;
import dev.cyanotype.json.JsonOptions;
import dev.cyanotype.message.Action;
import dev.cyanotype.socket.GatewayOptions;
import dev.cyanotype.socket.SocketEndpoint;
import dev.cyanotype.socket.SocketOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a builder refuses in the line that gives it. */
class BuilderRefusalsTest {

    private static final String NAME_RULE =
            " (expected: a letter or '_', then letters, digits, '_' and '-', e.g. 'users')";

    @Nested
    class A_name {

        @ParameterizedTest
        @ValueSource(strings = {"", "a.b", "a b", "x!", "1a", "-x", "é", "aé", "a/b", " ", "a\n", "a{b}"})
        void that_is_none_is_refused_wherever_it_is_given(String name) {
            String rest = ": name '" + name + "'" + NAME_RULE;

            refused("blueprint" + rest, () -> Blueprint.named(name));
            refused("app" + rest, () -> App.named(name));
            refused("blueprint" + rest, () -> Blueprint.named("a").build().copy(name));
            refused("group" + rest, () -> Blueprint.group().namePrefix(name));
            refused(
                    "app 'a': mount of blueprint 'b'" + rest,
                    () -> App.named("a").register(Blueprint.named("b").build(), mount -> mount.named(name)));
            refused(
                    "blueprint 'a': route [GET] [/x]" + rest,
                    () -> Blueprint.named("a").get("/x", ctx -> "x", route -> route.name(name)));
            refused("app 'a': converter" + rest, () -> App.named("a").converter(name, s -> true));
        }

        @Test
        void of_an_operation_is_refused_if_it_is_empty() {
            Blueprint.Builder a = Blueprint.named("a");

            refused("blueprint 'a': action has an empty name", () -> a.action("", ctx -> "x"));
            refused("blueprint 'a': action has an empty name", () -> a.action("", String.class, (in, ctx) -> "x"));
            refused("blueprint 'a': channel has an empty name", () -> a.listen("", (message, ctx) -> {}));
            refused("blueprint 'a': socket message has an empty name", () -> a.socket("", ctx -> "x"));
            refused("blueprint 'a': task has an empty name", () -> a.background("", Duration.ofSeconds(1), ctx -> {}));
            refused(
                    "action name is empty (expected: a name such as 'create_user')",
                    () -> Action.named("", String.class, String.class));
        }
    }

    @Nested
    class A_prefix {

        @ParameterizedTest(name = "{0}")
        @CsvSource(delimiter = '|', textBlock = """
                        a b      | path '/a b': 'a b' has the character ' ' (expected: path segments, decoded, e.g. '/api')
                        /a?b     | path '/a?b': 'a?b' has the character '?' (expected: path segments, decoded, e.g. '/api')
                        /a%20b   | path '/a%20b': 'a%20b' has the character '%' (expected: path segments, decoded, e.g. '/api')
                        /a//b    | path '/a//b' has an empty segment
                        /{id     | path '/{id': '{id' mixes text and parameter (expected: a whole segment such as {id}, {id:int} or {path*})
                        /{a}/{a} | path '/{a}/{a}': parameter 'a' stands twice
                        /..      | path '/..': segment '..' can't be requested
                        /{all*}  | nothing can follow a parameter that takes the rest
                        """)
        void that_is_no_path_is_refused_wherever_it_is_given(String prefix, String reason) {
            Blueprint b = Blueprint.named("b").build();
            String rest = " '" + prefix + "' (expected: path segments, e.g. '/api'): " + reason;

            refused(
                    "blueprint 'users': prefix" + rest,
                    () -> Blueprint.named("users").prefix(prefix));
            refused("app 'a': prefix" + rest, () -> App.named("a").prefix(prefix));
            refused("group: prefix" + rest, () -> Blueprint.group().prefix(prefix));
            refused(
                    "app 'a': mount of blueprint 'b': prefix" + rest,
                    () -> App.named("a").register(b, mount -> mount.prefix(prefix)));
            refused(
                    "app 'a': mount of blueprint 'b': under" + rest,
                    () -> App.named("a").register(b, mount -> mount.under(prefix)));
        }

        @ParameterizedTest(name = "{0}")
        @CsvSource(delimiter = '|', textBlock = """
                        /a b/v   | path '/a b/v1': 'a b' has the character ' ' (expected: path segments, decoded, e.g. '/api')
                        /{id}    | path '/{id}1': '{id}1' mixes text and parameter (expected: a whole segment such as {id}, {id:int} or {path*})
                        """)
        void of_a_version_that_is_no_path_is_refused(String prefix, String reason) {
            String rest = " '" + prefix + "' (expected: path segments, e.g. '/api'): " + reason;

            refused(
                    "blueprint 'a': versionPrefix" + rest,
                    () -> Blueprint.named("a").versionPrefix(prefix));
            refused(
                    "app 'a': mount of group: versionPrefix" + rest,
                    () -> App.named("a").register(Blueprint.group().build(), mount -> mount.versionPrefix(prefix)));
            refused(
                    "blueprint 'a': route [GET] [/x]: versionPrefix" + rest,
                    () -> Blueprint.named("a").get("/x", ctx -> "x", route -> route.versionPrefix(prefix)));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "v", "vv", "/", "a b", "1/2", "é", "{v}", "1?"})
    void a_version_that_is_none_is_refused_wherever_it_is_given(String version) {
        String rest = ": version '" + version + "' (expected: a number or text such as '1.1' or 'v2')";

        refused("blueprint 'a'" + rest, () -> Blueprint.named("a").version(version));
        refused(
                "app 'a': mount of group" + rest,
                () -> App.named("a").register(Blueprint.group().build(), mount -> mount.version(version)));
        refused(
                "blueprint 'a': route [GET] [/x]" + rest,
                () -> Blueprint.named("a").get("/x", ctx -> "x", route -> route.version(version)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "a b", "a.com:80", "http://a.com", ".a.com", "a.com.", "a/b", "é.com", "{user}.a.com", "*"})
    void a_host_that_is_none_is_refused_wherever_it_is_given(String host) {
        String rest = " '" + host + "' (expected: a host name without port, e.g. 'api.example.com')";

        refused("blueprint 'a': host" + rest, () -> Blueprint.named("a").host(host));
        refused("blueprint 'a': subdomain" + rest, () -> Blueprint.named("a").subdomain(host));
        refused(
                "app 'a': mount of group: host" + rest,
                () -> App.named("a").register(Blueprint.group().build(), mount -> mount.host(host)));
        refused(
                "app 'a': mount of group: subdomain" + rest,
                () -> App.named("a").register(Blueprint.group().build(), mount -> mount.subdomain(host)));
        refused(
                "blueprint 'a': route [GET] [/x]: host" + rest,
                () -> Blueprint.named("a").get("/x", ctx -> "x", route -> route.host(host)));
    }

    @Test
    void a_negative_version_is_refused_wherever_it_is_given() {
        assertThatThrownBy(() -> Blueprint.named("a").version(-1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("blueprint 'a': version -1 (expected: 0 or more)");
        assertThatThrownBy(() -> App.named("a").register(Blueprint.named("b").build(), mount -> mount.version(-1)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Blueprint.named("a").get("/x", ctx -> "x", route -> route.version(-1)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Nested
    class A_route {

        @Test
        void with_a_bad_path_is_refused() {
            refused(
                    "blueprint 'a': path '/{}': parameter name '' (expected: letters, digits, '_' and '-', e.g. {id})",
                    () -> Blueprint.named("a").get("/{}", ctx -> "x"));
            refused(
                    "app 'a': path '/{x*}/y': nothing can follow {x*}",
                    () -> App.named("a").route(Set.of(HttpMethod.GET), List.of("/ok", "/{x*}/y"), ctx -> "x"));
        }

        @Test
        void without_methods_or_paths_is_refused() {
            refused(
                    "route [/x]: no methods (expected: one or more)",
                    () -> Blueprint.named("a").route(Set.of(), List.of("/x"), ctx -> "x"));
            refused(
                    "route [GET]: no paths (expected: one or more)",
                    () -> Blueprint.named("a").route(Set.of(HttpMethod.GET), List.of(), ctx -> "x"));
        }

        @Test
        void is_closed_when_it_is_built() {
            List<Route.Builder> escaped = new ArrayList<>();
            Blueprint.named("a").get("/x", ctx -> "x", escaped::add);

            refusedState(
                    "route [GET] [/x]: already built. Set options before that.",
                    () -> escaped.get(0).name("late"));
            refusedState(
                    "route [GET] [/x]: already built. Set options before that.",
                    () -> escaped.get(0).before(ctx -> null));
            refusedState(
                    "route [GET] [/x]: already built. Set options before that.",
                    () -> escaped.get(0).build());
        }
    }

    @Nested
    class An_option_that_is_set_twice {

        static List<Twice> options() {
            return List.of(
                    new Twice("prefix", "/api", "/v2", b -> b.prefix("/api"), b -> b.prefix("/v2")),
                    new Twice("prefix", "none", "/v2", b -> b.noPrefix(), b -> b.prefix("/v2")),
                    new Twice("prefix", "/v2", "none", b -> b.prefix("/v2"), b -> b.noPrefix()),
                    new Twice("version", "1", "1.1", b -> b.version(1), b -> b.version("v1.1")),
                    new Twice(
                            "versionPrefix",
                            "/a/v",
                            "/b/v",
                            b -> b.versionPrefix("/a/v"),
                            b -> b.versionPrefix("/b/v")),
                    new Twice("host", "a.com", "b.com", b -> b.host("A.com"), b -> b.host("B.com")),
                    new Twice("subdomain", "a", "b", b -> b.subdomain("a"), b -> b.subdomain("b")),
                    new Twice(
                            "strictSlashes", "false", "true", b -> b.strictSlashes(false), b -> b.strictSlashes(true)));
        }

        record Twice(
                String option,
                String first,
                String second,
                Consumer<Blueprint.Builder> once,
                Consumer<Blueprint.Builder> again) {}

        @ParameterizedTest
        @MethodSource("options")
        void is_refused_with_both_values(Twice twice) {
            Blueprint.Builder builder = Blueprint.named("users");
            twice.once().accept(builder);

            refusedState(
                    "blueprint 'users': %s was already set to '%s', now '%s'. Use toBuilder() to change a copy."
                            .formatted(twice.option(), twice.first(), twice.second()),
                    () -> twice.again().accept(builder));
        }

        @Test
        void on_a_group_is_refused_too() {
            refusedState(
                    "group: namePrefix was already set to 'a', now 'b'. Use toBuilder() to change a copy.",
                    () -> Blueprint.group().namePrefix("a").namePrefix("b"));
        }

        @Test
        void for_groups_is_refused_on_a_blueprint() {
            refusedState(
                    "blueprint 'users': namePrefix is for groups. Rename it with copy(…), or its mount with named(…).",
                    () -> Blueprint.named("users").namePrefix("a"));
        }

        static List<TwiceMounted> mountOptions() {
            return List.of(
                    new TwiceMounted("name", "a", "b", m -> m.named("a").named("b")),
                    new TwiceMounted("prefix", "/a", "/b", m -> m.prefix("/a").prefix("/b")),
                    new TwiceMounted("prefix", "none", "none", m -> m.noPrefix().noPrefix()),
                    new TwiceMounted("under", "/a", "/b", m -> m.under("/a").under("/b")),
                    new TwiceMounted("version", "1", "2", m -> m.version(1).version(2)),
                    new TwiceMounted(
                            "versionPrefix",
                            "/a",
                            "/b",
                            m -> m.versionPrefix("/a").versionPrefix("/b")),
                    new TwiceMounted("host", "a", "b", m -> m.host("a").host("b")),
                    new TwiceMounted(
                            "subdomain", "a", "b", m -> m.subdomain("a").subdomain("b")),
                    new TwiceMounted(
                            "strictSlashes",
                            "true",
                            "true",
                            m -> m.strictSlashes(true).strictSlashes(true)),
                    new TwiceMounted(
                            "actionPrefix", "a", "b", m -> m.actionPrefix("a").actionPrefix("b")));
        }

        record TwiceMounted(String option, String first, String second, Consumer<Mount> options) {}

        @ParameterizedTest
        @MethodSource("mountOptions")
        void on_a_mount_is_refused_too(TwiceMounted twice) {
            refusedState(
                    "blueprint 'outer': mount of blueprint 'users': %s was already set to '%s', now '%s'. Set it once."
                            .formatted(twice.option(), twice.first(), twice.second()),
                    () -> Blueprint.named("outer")
                            .register(Blueprint.named("users").build(), twice.options()));
        }

        @Test
        void on_a_route_is_refused_too() {
            Blueprint.Builder a = Blueprint.named("a");
            String rest = " Set it once.";

            refusedState(
                    "route [GET] [/x]: name was already set to 'a', now 'b'." + rest,
                    () -> a.get("/x", ctx -> "x", route -> route.name("a").name("b")));
            refusedState(
                    "route [GET] [/x]: version was already set to '1', now 'v2'." + rest,
                    () -> a.get("/x", ctx -> "x", route -> route.version(1).version("v2")));
            refusedState(
                    "route [GET] [/x]: versionPrefix was already set to '/a', now '/b'." + rest,
                    () -> a.get(
                            "/x", ctx -> "x", route -> route.versionPrefix("/a").versionPrefix("/b")));
            refusedState(
                    "route [GET] [/x]: host was already set to 'a', now 'b'." + rest,
                    () -> a.get("/x", ctx -> "x", route -> route.host("a").host("b")));
            refusedState(
                    "route [GET] [/x]: strictSlashes was already set to 'false', now 'true'." + rest,
                    () -> a.get(
                            "/x",
                            ctx -> "x",
                            route -> route.strictSlashes(false).strictSlashes(true)));
        }
    }

    @Nested
    class An_error_handler {

        @ParameterizedTest
        @ValueSource(ints = {0, 200, 302, 399, 600, 999})
        void for_a_status_that_is_no_error_is_refused(int status) {
            refused(
                    "blueprint 'a': status " + status
                            + " is no error (expected: 400 to 599). For an error of another kind name its exception type.",
                    () -> Blueprint.named("a").error(status, (exchange, e) -> "x"));
        }

        @ParameterizedTest
        @CsvSource({"400,400,1", "500,400,1", "400,500,0", "400,500,-2", "599,599,1"})
        void for_an_empty_range_is_refused(int from, int to, int step) {
            refused(
                    "blueprint 'a': errors from %d to %d by %d is empty (expected: from < to, step >= 1)"
                            .formatted(from, to, step),
                    () -> Blueprint.named("a").errors(from, to, step, (exchange, e) -> "x"));
        }

        @Test
        void for_a_range_beyond_the_errors_is_refused() {
            refused(
                    "blueprint 'a': status 399 is no error (expected: 400 to 599). For an error of another kind name"
                            + " its exception type.",
                    () -> Blueprint.named("a").errors(399, 500, (exchange, e) -> "x"));
            refused(
                    "blueprint 'a': status 601 is no error (expected: 400 to 600). For an error of another kind name"
                            + " its exception type.",
                    () -> Blueprint.named("a").errors(400, 601, (exchange, e) -> "x"));
            Blueprint.named("a").errors(400, 600, (exchange, e) -> "x");
        }

        @Test
        void for_what_has_one_in_the_same_scope_is_refused_with_the_line_of_the_first() {
            Blueprint.Builder a = Blueprint.named("a");
            a.error(IllegalStateException.class, (exchange, e) -> "x");
            String type = Lines.before();
            a.error(404, (exchange, e) -> "x");
            String code = Lines.before();
            a.errors(500, 510, 2, (exchange, e) -> "x");
            String range = Lines.before();

            refused(
                    "blueprint 'a': errors IllegalStateException already have a handler in this scope, for"
                            + " IllegalStateException (" + type + "). Keep one.",
                    () -> a.error(IllegalStateException.class, (exchange, e) -> "y"));
            refused(
                    "blueprint 'a': errors 404 already have a handler in this scope, for 404 (" + code + "). Keep one.",
                    () -> a.error(404, (exchange, e) -> "y"));
            refused(
                    "blueprint 'a': errors 506 to 520 already have a handler in this scope, for 500 to 510 by 2 ("
                            + range + "). Keep one.",
                    () -> a.errors(506, 520, (exchange, e) -> "y"));
            refused(
                    "blueprint 'a': errors 500 to 510 by 2 already have a handler in this scope, for 500 to 510 by 2 ("
                            + range + "). Keep one.",
                    () -> a.errors(500, 510, 2, (exchange, e) -> "y"));
        }

        @Test
        void beside_others_that_do_not_overlap_is_fine() {
            Blueprint.named("a")
                    .error(404, (exchange, e) -> "x")
                    .errors(400, 500, (exchange, e) -> "x")
                    .errors(500, 510, 2, (exchange, e) -> "x")
                    .errors(501, 510, 2, (exchange, e) -> "x")
                    .error(HttpException.class, (exchange, e) -> "x")
                    .error(Exception.class, (exchange, e) -> "x")
                    .error(Throwable.class, (exchange, e) -> "x")
                    .build();
        }

        @Test
        void on_a_copy_that_has_one_is_refused() {
            Blueprint a = Blueprint.named("a").error(404, (exchange, e) -> "x").build();
            String line = Lines.before();

            refused(
                    "blueprint 'a': errors 404 already have a handler in this scope, for 404 (" + line + "). Keep one.",
                    () -> a.toBuilder().error(404, (exchange, e) -> "y"));
        }
    }

    @Nested
    class Lambdas_that_have_ended {

        @Test
        void leave_a_mount_that_is_closed() {
            List<Mount> escaped = new ArrayList<>();
            App.named("a").register(Blueprint.named("b").build(), escaped::add);

            refusedState(
                    "app 'a': mount of blueprint 'b': the mount has ended. Set options inside its lambda.",
                    () -> escaped.get(0).prefix("/late"));
        }

        @Test
        void leave_app_wide_hooks_that_are_closed() {
            List<AppWide> escaped = new ArrayList<>();
            Blueprint.named("b").appWide(escaped::add);

            refusedState(
                    "blueprint 'b': appWide has ended. Declare inside its lambda.",
                    () -> escaped.get(0).before(ctx -> null));
            refusedState(
                    "blueprint 'b': appWide has ended. Declare inside its lambda.",
                    () -> escaped.get(0).error(404, (exchange, e) -> "x"));
        }
    }

    @Test
    void an_interval_of_less_than_a_millisecond_is_refused() {
        refused(
                "blueprint 'a': task 'clean': interval PT0S (expected: 1 ms to 100 years)",
                () -> Blueprint.named("a").background("clean", Duration.ZERO, ctx -> {}));
        refused(
                "blueprint 'a': task 'clean': interval PT-1S (expected: 1 ms to 100 years)",
                () -> Blueprint.named("a").background("clean", Duration.ofSeconds(-1), ctx -> {}));
        refused(
                "blueprint 'a': task 'clean': interval PT0.000999S (expected: 1 ms to 100 years)",
                () -> Blueprint.named("a").background("clean", Duration.ofNanos(999_000), ctx -> {}));
    }

    @Test
    void an_empty_prefix_of_actions_is_refused() {
        refused(
                "app 'a': mount of blueprint 'b': actionPrefix is empty (expected: text such as 'v2.')",
                () -> App.named("a").register(Blueprint.named("b").build(), mount -> mount.actionPrefix("")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"int", "long", "uuid", "alpha", "slug"})
    void a_converter_that_is_known_already_is_refused(String name) {
        String rest = "' is known already. Choose another name.";

        refused("app 'a': converter '" + name + rest, () -> App.named("a").converter(name, s -> true));
        refused(
                "app 'a': converter 'hex" + rest,
                () -> App.named("a").converter("hex", s -> true).converter("hex", s -> true));
    }

    @Test
    void limits_that_are_none_are_refused() {
        refused("maxBodyBytes: -1 (expected: >= 0)", () -> HttpOptions.builder().maxBodyBytes(-1));
        refused(
                "maxUploadBytes: -1 (expected: >= 0)",
                () -> HttpOptions.builder().maxUploadBytes(-1));
        refused(
                "maxUploadMemoryBytes: -1 (expected: >= 0)",
                () -> HttpOptions.builder().maxUploadMemoryBytes(-1));
        refused("maxParts: 0 (expected: >= 1)", () -> HttpOptions.builder().maxParts(0));
        refused("maxUrlLength: 0 (expected: >= 1)", () -> HttpOptions.builder().maxUrlLength(0));
        refused("maxDepth: 0 (expected: >= 1)", () -> JsonOptions.builder().maxDepth(0));
        refused(
                "maxStringLength: 0 (expected: >= 1)",
                () -> JsonOptions.builder().maxStringLength(0));
        refused(
                "maxDocumentBytes: 0 (expected: >= 1)",
                () -> JsonOptions.builder().maxDocumentBytes(0));
    }

    @Nested
    class A_websocket {

        @Test
        void needs_names_that_are_not_empty() {
            Blueprint.Builder a = Blueprint.named("a");
            refused(
                    "blueprint 'a': socket message has an empty name",
                    () -> a.socket("", String.class, (in, ctx) -> 1));
            refused(
                    "sockets: gateway: service: the name is empty",
                    () -> GatewayOptions.builder().service(""));
            refused(
                    "sockets: gateway: action of service 's': the name is empty",
                    () -> GatewayOptions.builder().service("s", "a", ""));
            refused(
                    "sockets: gateway: channel: the name is empty",
                    () -> GatewayOptions.builder().subscribe(""));
            refused(
                    "sockets: gateway: channel: the name is empty",
                    () -> GatewayOptions.builder().broadcast("a", ""));
        }

        @ParameterizedTest
        @ValueSource(strings = {"ws", "", "/{room}"})
        void for_messages_needs_a_path_without_parameters(String path) {
            refused(
                    "sockets: path '" + path + "' (expected: a path without parameters, e.g. '/ws')",
                    () -> SocketOptions.builder().path(path));
        }

        @Test
        void needs_a_path_where_it_has_its_own() {
            assertThatThrownBy(() -> Blueprint.named("a").websocket("/a b", ws -> {}))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("blueprint 'a': ");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "example.com",
                    "ws://example.com",
                    "https://example.com/x",
                    "https://*",
                    "https://a.*.com",
                    "null",
                    ""
                })
        void needs_origins_that_are_some(String origin) {
            refused(
                    "sockets: origin '" + origin + "' (expected: scheme, host and perhaps a port, e.g."
                            + " 'https://example.com' or 'https://*.example.com', or '*')",
                    () -> SocketOptions.builder().origins(origin));
        }

        @Test
        void needs_limits_within_reason() {
            SocketOptions.Builder options = SocketOptions.builder();
            refused("sockets: maxMessageBytes: 0 (expected: 1 to 134217728)", () -> options.maxMessageBytes(0));
            refused(
                    "sockets: maxMessageBytes: 134217729 (expected: 1 to 134217728)",
                    () -> SocketEndpoint.builder().maxMessageBytes(134_217_729));
            refused("sockets: maxPendingBytes: 1023 (expected: 1024 or more)", () -> options.maxPendingBytes(1023));
            refused(
                    "sockets: maxPendingBytes: -1 (expected: 1024 or more)",
                    () -> SocketEndpoint.builder().maxPendingBytes(-1));
            refused("sockets: maxConnections: 0 (expected: 1 to 2147483647)", () -> options.maxConnections(0));
            refused(
                    "sockets: maxConnectionsPerAddress: 0 (expected: 1 to 2147483647)",
                    () -> options.maxConnectionsPerAddress(0));
            refused(
                    "sockets: rateLimit: 0 (expected: 1 to 1000000)",
                    () -> options.rateLimit(0, Duration.ofSeconds(1)));
            refused("sockets: rateLimit: PT0S (expected: PT0.001S or more)", () -> options.rateLimit(1, Duration.ZERO));
            refused(
                    "sockets: keepAlive: PT0.999S (expected: PT1S or more)",
                    () -> options.keepAlive(Duration.ofMillis(999), Duration.ofSeconds(1)));
            refused(
                    "sockets: keepAlive: PT0S (expected: PT1S or more)",
                    () -> options.keepAlive(Duration.ofSeconds(1), Duration.ZERO));
            refused("sockets: idleTimeout: PT0S (expected: PT1S or more)", () -> options.idleTimeout(Duration.ZERO));
            refused(
                    "sockets: gateway timeout: PT0S (expected: PT0.001S or more)",
                    () -> GatewayOptions.builder().timeout(Duration.ZERO));
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "a b", "a,b", "é", "a/b"})
        void needs_sub_protocols_that_are_tokens(String name) {
            refused(
                    "websocket: sub-protocol '" + name + "' (expected: a token, e.g. 'chat.v2')",
                    () -> SocketEndpoint.builder().subprotocols("ok", name));
        }

        @Test
        void has_each_handler_once_and_one_for_texts() {
            SocketEndpoint.Builder endpoint = SocketEndpoint.builder()
                    .onOpen(ctx -> null)
                    .onText((text, ctx) -> null)
                    .onBinary((bytes, ctx) -> null)
                    .onClose((ctx, status) -> {})
                    .onError((exchange, e) -> null);
            again("websocket: onOpen was already set. Set it once.", () -> endpoint.onOpen(ctx -> null));
            again("websocket: onBinary was already set. Set it once.", () -> endpoint.onBinary((b, ctx) -> null));
            again("websocket: onClose was already set. Set it once.", () -> endpoint.onClose((ctx, status) -> {}));
            again("websocket: onError was already set. Set it once.", () -> endpoint.onError((exchange, e) -> null));
            String texts = ": text messages are handled already by onText. Set one of onText and onJson, once.";
            again("websocket: onText" + texts, () -> endpoint.onText((text, ctx) -> null));
            again("websocket: onJson" + texts, () -> endpoint.onJson(String.class, (text, ctx) -> null));
        }

        private static void again(String message, ThrowingCallable call) {
            assertThatThrownBy(call).isInstanceOf(IllegalStateException.class).hasMessage(message);
        }
    }

    private static void refused(String message, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOf(IllegalArgumentException.class).hasMessage(message);
    }

    private static void refusedState(String message, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOf(IllegalStateException.class).hasMessage(message);
    }
}
