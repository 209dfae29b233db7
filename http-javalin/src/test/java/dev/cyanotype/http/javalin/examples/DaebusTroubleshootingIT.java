/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.http.javalin.examples;

import static dev.cyanotype.http.javalin.examples.Checks.called;
import static dev.cyanotype.http.javalin.examples.Checks.is;
import static dev.cyanotype.http.javalin.examples.Checks.notFound;
import static dev.cyanotype.http.javalin.examples.Checks.text;
import static dev.cyanotype.testkit.CyanotypeAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.cyanotype.App;
import dev.cyanotype.AppBuildException;
import dev.cyanotype.Blueprint;
import dev.cyanotype.ConflictPolicy;
import dev.cyanotype.http.javalin.BothWays;
import dev.cyanotype.message.ErrorReplyException;
import dev.cyanotype.testkit.TestApp;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.slf4j.LoggerFactory;

/** The troubleshooting on Daebus's page on blueprints, in its order. */
class DaebusTroubleshootingIT {

    private final List<String> log = new CopyOnWriteArrayList<>();

    private static final Blueprint USERS = Blueprint.named("users")
            .action("get_user", ctx -> ctx.payload())
            .get("/api/users/{user_id}", ctx -> ctx.pathParams())
            .build();

    @Test
    @DisplayName("Handler Not Registered: a blueprint that is not registered, or too late")
    void not_registered() throws Exception {
        App.Builder builder = App.named("app").action("other", ctx -> "");
        App app = builder.build();
        builder.register(USERS);

        // here: said by build(), because an app can't be changed after it
        assertThatThrownBy(builder::build)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("app 'app' was already built, and later calls did not reach it."
                        + " Use toBuilder() to derive a changed one.");
        BothWays.with(app.toBuilder()).run(client -> notFound(client, "/api/users/7"));
        called(
                app,
                caller -> assertThatThrownBy(() -> caller.call("get_user", Map.of("id", "7")))
                        .isInstanceOf(ErrorReplyException.class)
                        .hasMessage("Unknown action 'get_user'"));
    }

    @Test
    @DisplayName("Handler Not Registered: the app explains who answers")
    void explained() {
        App app = App.named("app").register(USERS).build();
        String here = " \\(DaebusTroubleshootingIT\\.java:\\d+\\)";

        assertThat(app.explain("GET /api/users/7").lines().findFirst().orElseThrow())
                .matches("GET /api/users/7  is answered by 'users'" + here);
        assertThat(app.explain("action get_user").lines().findFirst().orElseThrow())
                .matches("action get_user  'users\\.get_user'" + here);
        assertThat(app.explain("GET /api/products/7").lines().findFirst().orElseThrow())
                .isEqualTo("GET /api/products/7  has no route: 404 of app 'app'");
    }

    private Blueprint.Builder orders(String name) {
        return Blueprint.named(name)
                .get("/orders", text("orders of " + name))
                .action("get_orders", ctx -> "orders of " + name)
                .listen("order_events", (event, ctx) -> log.add(name + " heard"));
    }

    private Blueprint.Builder withTask(String name) {
        return orders(name).background("count_orders", Duration.ofHours(1), ctx -> log.add(name + " counted"));
    }

    /** What the library warns of meanwhile. */
    private static List<String> warnings(Executable work) throws Throwable {
        Logger logger = (Logger) LoggerFactory.getLogger("dev.cyanotype");
        ListAppender<ILoggingEvent> appender = new ListAppender<>();
        appender.start();
        logger.addAppender(appender);
        logger.setAdditive(false);
        try {
            work.execute();
        } finally {
            logger.setAdditive(true);
            logger.detachAppender(appender);
        }
        return appender.list.stream()
                .map(event -> event.getLevel() + " " + withoutLines(event.getFormattedMessage()))
                .toList();
    }

    private static String withoutLines(String message) {
        return message.replaceAll(" \\(\\w+\\.java:\\d+\\)", "");
    }

    @Test
    @DisplayName("Namespace Conflicts: all of them fail the build")
    void fail() {
        App.Builder app = App.named("app")
                .register(withTask("shop").socket("get_orders", ctx -> "").build())
                .register(withTask("office").socket("get_orders", ctx -> "").build());

        // here: refused by default, because what is overridden by accident is found late
        assertThatThrownBy(app::build)
                .isInstanceOfSatisfying(
                        AppBuildException.class,
                        e -> assertThat(e.problems())
                                .extracting(DaebusTroubleshootingIT::withoutLines)
                                .containsExactly(
                                        "GET /orders: declared by 'shop' and 'office'. Change one path or method.",
                                        "action 'get_orders': declared by 'shop' and 'office'. Rename one.",
                                        "task 'count_orders': declared by 'shop' and 'office'. Rename one.",
                                        "socket message 'get_orders': declared by 'shop' and 'office'. Rename one."));
    }

    @Test
    @DisplayName("Namespace Conflicts: where overriding is chosen, the last registered wins, and the log warns")
    void override() throws Throwable {
        List<String> warnings = warnings(() -> {
            App app = App.named("app")
                    .conflicts(ConflictPolicy.OVERRIDE)
                    .register(withTask("shop").build())
                    .register(withTask("office").build())
                    .build();
            try (TestApp memory = TestApp.of(app)) {
                assertThat(memory.call("get_orders", Map.of())).isSuccess().hasPayload("\"orders of office\"");
                memory.runTask("count_orders");
                assertThat(memory.broadcast("order_events", Map.of())).isEqualTo(2);
            }
            BothWays.with(app.toBuilder()).run(client -> is(client.get("/orders"), 200, "orders of office"));
        });

        // here: both listen, because a message of a channel is for all who do
        assertThat(log).containsExactly("office counted", "shop heard", "office heard");
        assertThat(warnings)
                .startsWith(
                        "WARN app 'app': GET /orders: 'office' replaces 'shop'",
                        "WARN app 'app': action 'get_orders': 'office' replaces 'shop'",
                        "WARN app 'app': task 'count_orders': 'office' replaces 'shop'");
    }

    @Test
    @DisplayName("Namespace Conflicts: prefixes for handlers avoid them")
    void prefixes() throws Exception {
        App app = App.named("app")
                .register(orders("shop").build())
                .register(
                        orders("office").build(),
                        mount -> mount.prefix("/office").actionPrefix("office."))
                .build();
        try (TestApp memory = TestApp.of(app)) {
            assertThat(memory.call("get_orders", Map.of())).isSuccess().hasPayload("\"orders of shop\"");
            assertThat(memory.call("office.get_orders", Map.of())).isSuccess().hasPayload("\"orders of office\"");
        }
        BothWays.with(app.toBuilder()).run(client -> {
            is(client.get("/orders"), 200, "orders of shop");
            is(client.get("/office/orders"), 200, "orders of office");
        });
    }
}
