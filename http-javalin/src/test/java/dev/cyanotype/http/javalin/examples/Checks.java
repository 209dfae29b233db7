/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.http.javalin.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cyanotype.App;
import dev.cyanotype.exchange.Response;
import dev.cyanotype.http.RouteHandler;
import dev.cyanotype.http.javalin.BothWays;
import dev.cyanotype.http.javalin.JavalinHttp;
import dev.cyanotype.http.javalin.JavalinOptions;
import dev.cyanotype.internal.testkit.wire.Answer;
import dev.cyanotype.message.Caller;
import dev.cyanotype.spi.MountedOperation;
import dev.cyanotype.spi.MountedRoute;
import dev.cyanotype.spi.OperationKind;
import dev.cyanotype.testkit.TestApp;
import java.util.List;
import java.util.function.Consumer;

/** What the examples have in common. */
final class Checks {

    private Checks() {}

    /** Answers with a text, as most examples do. */
    static RouteHandler text(String text) {
        return ctx -> Response.text(text);
    }

    static void is(Answer answer, int status, String text) {
        assertThat(answer.text()).as("body of %s", answer).isEqualTo(text);
        assertThat(answer.status()).as("status of %s", answer).isEqualTo(status);
    }

    static void isJson(Answer answer, int status, String json) {
        is(answer, status, json);
        assertThat(answer.header("Content-Type")).isEqualTo("application/json");
    }

    /** Nobody answers these paths. */
    static void notFound(BothWays.Client client, String... paths) {
        for (String path : paths) {
            assertThat(client.get(path).status()).as(path).isEqualTo(404);
        }
    }

    /** The paths of an app's routes, in mounting order. */
    static List<String> paths(App app) {
        return routes(app).stream().map(MountedRoute::path).toList();
    }

    static List<MountedRoute> routes(App app) {
        return app.describe().operations().stream()
                .filter(operation -> operation.kind() == OperationKind.HTTP)
                .map(MountedRoute.class::cast)
                .toList();
    }

    /** The full names of an app's routes, in mounting order. */
    static List<String> names(App app) {
        return routes(app).stream().map(MountedOperation::name).toList();
    }

    /** Kind and address of everything that a blueprint of an app declares. */
    static List<String> operations(App app, String blueprint) {
        return app.describe().operations().stream()
                .filter(operation -> operation.blueprint().equals(blueprint))
                .map(operation -> operation.kind().noun() + " " + operation.address())
                .toList();
    }

    /** Calls the actions of an app twice, in memory and in an app that runs. */
    static void called(App app, Consumer<Caller> calls) {
        try (TestApp memory = TestApp.of(app)) {
            calls.accept(memory.app().caller(app.name()));
        }
        try (App running = app.toBuilder()
                .transport(JavalinHttp.with(JavalinOptions.builder().port(0).build()))
                .build()) {
            running.start();
            calls.accept(running.caller(app.name()));
        }
    }
}
