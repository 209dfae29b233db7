/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.http.javalin.examples;

import static dev.cyanotype.http.javalin.examples.Checks.is;
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
import dev.cyanotype.testkit.TestApp;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** What Daebus's page on blueprints says about two of them that declare the same. */
class DaebusConflictsIT {

    private final List<String> log = new CopyOnWriteArrayList<>();

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
    private static List<String> warnings(Runnable work) {
        Logger logger = (Logger) LoggerFactory.getLogger("dev.cyanotype");
        ListAppender<ILoggingEvent> appender = new ListAppender<>();
        appender.start();
        logger.addAppender(appender);
        logger.setAdditive(false);
        try {
            work.run();
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
                                .extracting(DaebusConflictsIT::withoutLines)
                                .containsExactly(
                                        "GET /orders: declared by 'shop' and 'office'. Change one path or method.",
                                        "action 'get_orders': declared by 'shop' and 'office'. Rename one.",
                                        "task 'count_orders': declared by 'shop' and 'office'. Rename one.",
                                        "socket message 'get_orders': declared by 'shop' and 'office'. Rename one."));
    }

    @Test
    @DisplayName("Namespace Conflicts: where overriding is chosen, the last registered blueprint's handler answers")
    void override() throws Exception {
        App app = overriding();
        try (TestApp memory = TestApp.of(app)) {
            assertThat(memory.call("get_orders", Map.of())).isSuccess().hasPayload("\"orders of office\"");
            memory.runTask("count_orders");
            assertThat(memory.broadcast("order_events", Map.of())).isEqualTo(2);
        }
        // here: both listen, because a message of a channel is for all who do
        assertThat(log).containsExactly("office counted", "shop heard", "office heard");
        BothWays.with(app.toBuilder()).run(client -> is(client.get("/orders"), 200, "orders of office"));
    }

    @Test
    @DisplayName("Namespace Conflicts: the log warns of what is overridden")
    void warned() {
        assertThat(warnings(this::overriding))
                .containsExactly(
                        "WARN app 'app': GET /orders: 'office' replaces 'shop'",
                        "WARN app 'app': action 'get_orders': 'office' replaces 'shop'",
                        "WARN app 'app': task 'count_orders': 'office' replaces 'shop'");
    }

    private App overriding() {
        return App.named("app")
                .conflicts(ConflictPolicy.OVERRIDE)
                .register(withTask("shop").build())
                .register(withTask("office").build())
                .build();
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
