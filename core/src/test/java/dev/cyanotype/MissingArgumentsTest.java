/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cyanotype.exchange.Cookie;
import dev.cyanotype.exchange.Headers;
import dev.cyanotype.exchange.Problem;
import dev.cyanotype.exchange.Response;
import dev.cyanotype.health.HealthCheckOptions;
import dev.cyanotype.http.HttpOptions;
import dev.cyanotype.message.Action;
import dev.cyanotype.socket.GatewayOptions;
import dev.cyanotype.socket.SocketCloseException;
import dev.cyanotype.socket.SocketEndpoint;
import dev.cyanotype.socket.SocketOptions;
import dev.cyanotype.task.Schedule;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What may not be null, and says so with its name. */
class MissingArgumentsTest {

    record Missing(String name, ThrowingCallable call) {}

    static List<Missing> missing() {
        return List.of(
                new Missing("methods", () -> Blueprint.named("a").route(null, List.of("/x"), ctx -> "x")),
                new Missing("paths", () -> Blueprint.named("a").route(Set.of(), null, ctx -> "x")),
                new Missing("route", () -> Blueprint.named("a").route(null)),
                new Missing("channel", () -> Blueprint.named("a").listen(null, (message, ctx) -> {})),
                new Missing("type", () -> Blueprint.named("a").socket(null, ctx -> "x")),
                new Missing("members", () -> Blueprint.group((Blueprint[]) null)),
                new Missing("budget", () -> App.named("a").build().stop(null)),
                new Missing("name", () -> Action.named(null, String.class, String.class)),
                new Missing("name", () -> Headers.empty().plus(null, "x")),
                new Missing("name", () -> Response.empty().header(null, "x")),
                new Missing("location", () -> Response.redirect(null)),
                new Missing("problem", () -> Response.problem(null)),
                new Missing("cookie", () -> Response.empty().cookie(null)),
                new Missing("contentType", () -> Response.empty().contentType(null)),
                new Missing("name", () -> Cookie.of(null, "x")),
                new Missing("value", () -> Cookie.of("x", null)),
                new Missing("path", () -> Cookie.of("x", "y").path(null)),
                new Missing("type", () -> Problem.of(400).type(null)),
                new Missing("title", () -> Problem.of(400).title(null)),
                new Missing("name", () -> Blueprint.named(null)),
                new Missing("name", () -> App.named(null)),
                new Missing("path", () -> Blueprint.named("a").get(null, ctx -> "x")),
                new Missing("name", () -> Blueprint.named("a").action((String) null, ctx -> "x")),
                new Missing(
                        "action", () -> Blueprint.named("a").action((Action<String, String>) null, (in, ctx) -> in)),
                new Missing("name", () -> Blueprint.named("a").background(null, Duration.ofSeconds(1), ctx -> {})),
                new Missing("interval", () -> Blueprint.named("a").background("x", (Duration) null, ctx -> {})),
                new Missing("schedule", () -> Blueprint.named("a").background("x", (Schedule) null, ctx -> {})),
                new Missing("worker", () -> Blueprint.named("a").thread("x", null)),
                new Missing("options", () -> Blueprint.named("a").thread("x", ctx -> {}, null)),
                new Missing("interval", () -> Schedule.every(null)),
                new Missing("delay", () -> Schedule.withFixedDelay(null)),
                new Missing("blueprint", () -> Blueprint.named("a").register(null)),
                new Missing("blueprint", () -> Blueprint.named("a").register(null, mount -> {})),
                new Missing(
                        "options",
                        () -> Blueprint.named("a").register(Blueprint.named("b").build(), null)),
                new Missing("hooks", () -> Blueprint.named("a").appWide(null)),
                new Missing("version", () -> Blueprint.named("a").version(null)),
                new Missing("host", () -> Blueprint.named("a").host(null)),
                new Missing("subdomain", () -> Blueprint.named("a").subdomain(null)),
                new Missing("version", () -> mount(mount -> mount.version(null))),
                new Missing("host", () -> mount(mount -> mount.host(null))),
                new Missing("subdomain", () -> mount(mount -> mount.subdomain(null))),
                new Missing("actionPrefix", () -> mount(mount -> mount.actionPrefix(null))),
                new Missing("name", () -> App.named("a").converter(null, s -> true)),
                new Missing("handler", () -> Blueprint.named("a").get("/x", null)),
                new Missing("options", () -> Blueprint.named("a").get("/x", ctx -> "x", null)),
                new Missing("bodyType", () -> Blueprint.named("a").post("/x", null, (in, ctx) -> "x")),
                new Missing("handler", () -> Blueprint.named("a").post("/x", String.class, null)),
                new Missing("handler", () -> Blueprint.named("a").action("x", (Action.Handler) null)),
                new Missing("input", () -> Blueprint.named("a").action("x", null, (in, ctx) -> "x")),
                new Missing("handler", () -> Blueprint.named("a").action("x", String.class, null)),
                new Missing("listener", () -> Blueprint.named("a").listen("x", null)),
                new Missing("type", () -> Blueprint.named("a").listen("x", null, (in, ctx) -> {})),
                new Missing("handler", () -> Blueprint.named("a").socket("x", null)),
                new Missing("type", () -> Blueprint.named("a").socket(null, String.class, (in, ctx) -> "x")),
                new Missing("dataType", () -> Blueprint.named("a").socket("x", null, (in, ctx) -> "x")),
                new Missing("handler", () -> Blueprint.named("a").socket("x", String.class, null)),
                new Missing("handler", () -> Blueprint.named("a").socketRegister(null)),
                new Missing("hook", () -> Blueprint.named("a").socketConnect(null)),
                new Missing("hook", () -> Blueprint.named("a").socketDisconnect(null)),
                new Missing("path", () -> Blueprint.named("a").websocket(null, ws -> {})),
                new Missing("endpoint", () -> Blueprint.named("a").websocket("/x", (SocketEndpoint) null)),
                new Missing(
                        "endpoint",
                        () -> Blueprint.named("a").websocket("/x", (Consumer<SocketEndpoint.Builder>) null)),
                new Missing("options", () -> Blueprint.named("a").websocket("/x", ws -> {}, null)),
                new Missing("endpoint", () -> Blueprint.named("a").replaceWebsocket("/x", null)),
                new Missing("options", () -> App.named("a").sockets(null)),
                new Missing("onOpen", () -> SocketEndpoint.builder().onOpen(null)),
                new Missing("handler", () -> SocketEndpoint.builder().onText(null)),
                new Missing("type", () -> SocketEndpoint.builder().onJson(null, (message, ctx) -> "x")),
                new Missing("handler", () -> SocketEndpoint.builder().onJson(String.class, null)),
                new Missing("onBinary", () -> SocketEndpoint.builder().onBinary(null)),
                new Missing("onClose", () -> SocketEndpoint.builder().onClose(null)),
                new Missing("onError", () -> SocketEndpoint.builder().onError(null)),
                new Missing("name", () -> SocketEndpoint.builder().subprotocols((String) null)),
                new Missing("policy", () -> SocketEndpoint.builder().slowClients(null)),
                new Missing("path", () -> SocketOptions.builder().path(null)),
                new Missing("policy", () -> SocketOptions.builder().slowClients(null)),
                new Missing("origin", () -> SocketOptions.builder().origins((String) null)),
                new Missing("generator", () -> SocketOptions.builder().clientIds(null)),
                new Missing("interval", () -> SocketOptions.builder().keepAlive(null, Duration.ofSeconds(1))),
                new Missing("timeout", () -> SocketOptions.builder().keepAlive(Duration.ofSeconds(1), null)),
                new Missing("timeout", () -> SocketOptions.builder().idleTimeout(null)),
                new Missing("window", () -> SocketOptions.builder().rateLimit(1, null)),
                new Missing("options", () -> SocketOptions.builder().gateway(null)),
                new Missing("timeout", () -> GatewayOptions.builder().timeout(null)),
                new Missing("name", () -> GatewayOptions.builder().service(null)),
                new Missing("channel", () -> GatewayOptions.builder().subscribe((String) null)),
                new Missing("channel", () -> GatewayOptions.builder().broadcast((String) null)),
                new Missing("reason", () -> new SocketCloseException(1000, null)),
                new Missing("task", () -> Blueprint.named("a").background("x", Duration.ofSeconds(1), null)),
                new Missing("name", () -> Blueprint.named("a").check(null, () -> true)),
                new Missing("check", () -> Blueprint.named("a").check("x", null)),
                new Missing("options", () -> Blueprint.named("a").check("x", () -> true, null)),
                new Missing("limit", () -> HealthCheckOptions.builder().timeout(null)),
                new Missing("hook", () -> Blueprint.named("a").before(null)),
                new Missing("hook", () -> Blueprint.named("a").after(null)),
                new Missing("hook", () -> Blueprint.named("a").teardown(null)),
                new Missing("hook", () -> Blueprint.named("a").urlValues(null)),
                new Missing("hook", () -> Blueprint.named("a").intercept(null)),
                new Missing("hook", () -> Blueprint.named("a").model(null)),
                new Missing("location", () -> Blueprint.named("a").templates((String) null)),
                new Missing("directory", () -> Blueprint.named("a").templates((Path) null)),
                new Missing("provider", () -> App.named("a").templateEngine(null)),
                new Missing("template", () -> Response.view(null)),
                new Missing("model", () -> Response.view("a.html", null)),
                new Missing("type", () -> Blueprint.named("a").error(null, (exchange, e) -> "x")),
                new Missing("handler", () -> Blueprint.named("a").error(Exception.class, null)),
                new Missing("handler", () -> Blueprint.named("a").error(404, null)),
                new Missing("handler", () -> Blueprint.named("a").errors(400, 500, null)),
                new Missing("prefix", () -> Blueprint.named("a").prefix(null)),
                new Missing("versionPrefix", () -> Blueprint.named("a").versionPrefix(null)),
                new Missing("namePrefix", () -> Blueprint.group().namePrefix(null)),
                new Missing("name", () -> mount(mount -> mount.named(null))),
                new Missing("prefix", () -> mount(mount -> mount.prefix(null))),
                new Missing("under", () -> mount(mount -> mount.under(null))),
                new Missing("versionPrefix", () -> mount(mount -> mount.versionPrefix(null))),
                new Missing("policy", () -> App.named("a").conflicts(null)),
                new Missing("accepts", () -> App.named("a").converter("x", null)),
                new Missing("provider", () -> App.named("a").transport(null)),
                new Missing("key", () -> App.named("a").setting(null, "x")),
                new Missing("value", () -> App.named("a").setting("x", null)),
                new Missing("options", () -> App.named("a").json(null)),
                new Missing("options", () -> App.named("a").http(null)),
                new Missing("executor", () -> App.named("a").executor(null)),
                new Missing("folder", () -> HttpOptions.builder().temporaryFolder(null)),
                new Missing("input", () -> Action.named("x", null, String.class)),
                new Missing("output", () -> Action.named("x", String.class, null)));
    }

    private static void mount(Consumer<Mount> options) {
        App.named("a").register(Blueprint.named("b").build(), options);
    }

    @ParameterizedTest
    @MethodSource("missing")
    void is_refused_with_the_name_of_what_is_missing(Missing missing) {
        assertThatThrownBy(missing.call())
                .isInstanceOf(NullPointerException.class)
                .hasMessage(missing.name());
    }
}
