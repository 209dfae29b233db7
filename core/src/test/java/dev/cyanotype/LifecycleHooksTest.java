/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import dev.cyanotype.spi.OperationKind;
import dev.cyanotype.task.LifecycleHook;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class LifecycleHooksTest {

    private final FakeTransports transports = new FakeTransports();
    private final List<String> record = transports.record;

    private LifecycleHook note(String entry) {
        return ctx -> record.add(entry);
    }

    private List<String> ran() {
        return record.stream().filter(entry -> !entry.startsWith("create ")).toList();
    }

    private App.Builder shop() {
        return App.named("shop").discovery(false).transport(transports.fake("t", OperationKind.HTTP));
    }

    private <B extends OperationsBuilder<B>> B all(String name, B builder) {
        return builder.onStarting(note(name + " starting"))
                .onStart(note(name + " start"))
                .onStopping(note(name + " stopping"))
                .onStop(note(name + " stop"));
    }

    @Test
    void run_around_the_transports_the_apps_first_and_mirrored() {
        Blueprint inner = all("inner", Blueprint.named("inner")).build();
        App app = all(
                        "app",
                        shop().register(all("outer", Blueprint.named("outer"))
                                .register(inner)
                                .build()))
                .build();

        app.start();
        app.stop();

        assertThat(ran())
                .containsExactly(
                        "app starting",
                        "outer starting",
                        "inner starting",
                        "start t",
                        "app start",
                        "outer start",
                        "inner start",
                        "inner stopping",
                        "outer stopping",
                        "app stopping",
                        "drain t",
                        "close t",
                        "inner stop",
                        "outer stop",
                        "app stop");
    }

    @Test
    void run_in_declared_order_and_reverse_higher_priorities_outside() {
        App app = shop().onStart(note("1"))
                .onStart(note("2"))
                .register(Blueprint.named("b")
                        .onStart(5, note("urgent"))
                        .onStart(-5, note("last"))
                        .onStopping(-5, note("first down"))
                        .onStopping(note("b down"))
                        .build())
                .onStopping(note("app down 1"))
                .onStopping(note("app down 2"))
                .build();

        app.start();
        app.stop();

        assertThat(ran().subList(1, 5)).containsExactly("urgent", "1", "2", "last");
        assertThat(ran().subList(5, 9)).containsExactly("first down", "b down", "app down 2", "app down 1");
    }

    @Test
    void run_once_for_a_blueprint_in_several_places_and_again_for_its_copy() {
        Blueprint bp = Blueprint.named("bp")
                .onStart(ctx -> record.add("start " + ctx.blueprint()))
                .build();
        App app = shop().register(bp, mount -> mount.named("one"))
                .register(bp, mount -> mount.named("two").prefix("/two"))
                .register(bp.copy("three").build())
                .build();

        app.start();
        app.stop();

        assertThat(ran()).containsExactly("start t", "start one", "start three", "drain t", "close t");
    }

    @Test
    void that_fail_undo_what_was_started_and_nothing_else() {
        App app = shop().register(all("good", Blueprint.named("good")).build())
                .register(all("bad", Blueprint.named("bad").onStart(ctx -> {
                            throw new java.io.IOException("no disk");
                        }))
                        .build())
                .register(all("late", Blueprint.named("late")).build())
                .build();

        assertThatThrownBy(app::start)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageMatching(
                        "app 'shop' could not start: the onStart hook of 'bad' \\(LifecycleHooksTest.java:\\d+\\)"
                                + " failed: java.io.IOException: no disk")
                .hasRootCauseMessage("no disk");

        assertThat(ran())
                .containsExactly(
                        "good starting",
                        "bad starting",
                        "late starting",
                        "start t",
                        "good start",
                        "good stopping",
                        "drain t",
                        "close t",
                        "late stop",
                        "bad stop",
                        "good stop");
        assertThat(app.isRunning()).isFalse();
    }

    @Test
    void before_the_transports_that_fail_open_nothing() {
        App app = shop().register(all("good", Blueprint.named("good")).build())
                .onStarting(-1, ctx -> {
                    throw new IllegalStateException("broken");
                })
                .build();

        assertThatThrownBy(app::start).hasMessageContaining("the onStarting hook of app 'shop'");

        assertThat(ran()).containsExactly("good starting", "close t", "good stop");
    }

    @Test
    void that_fail_while_stopping_are_logged_and_the_others_run() {
        App app = shop().onStopping(note("stopping"))
                .onStopping(ctx -> {
                    throw new IllegalStateException("broken");
                })
                .onStop(note("stop"))
                .build();
        app.start();

        List<String> lines;
        try (CapturedLog log = CapturedLog.from(Level.ERROR)) {
            app.stop();
            lines = log.lines();
        }

        assertThat(lines).hasSize(1);
        assertThat(lines.get(0)).startsWith("ERROR the onStopping hook of app 'shop' (LifecycleHooksTest.java:");
        assertThat(ran()).containsExactly("start t", "stopping", "drain t", "close t", "stop");
    }

    @Test
    void can_publish_once_everything_is_up() {
        List<String> heard = new CopyOnWriteArrayList<>();
        App app = shop().listen(
                        "hello",
                        (message, ctx) -> heard.add(message.path("from").asString()))
                .onStart(ctx -> ctx.broadcast("hello", Map.of("from", ctx.app())))
                .onStopping(
                        ctx -> ctx.broadcast("hello", Map.of("from", ctx.log().getName())))
                .build();

        app.start();
        app.stop();

        assertThat(heard).containsExactly("shop", "dev.cyanotype.app.shop");
    }

    @Test
    void can_append_once_everything_is_up() {
        List<String> handled = new CopyOnWriteArrayList<>();
        App app = shop().consume("hello", "all", JsonNode.class, (entry, ctx) -> handled.add(entry.toString()))
                .onStart(ctx -> {
                    ctx.append("hello", Map.of("n", 1));
                    ctx.append("hello", "key", Map.of("n", 2));
                    ctx.append("hello", "key", Map.of("n", 3));
                    assertThatThrownBy(() -> ctx.append("hello", null, Map.of()))
                            .isInstanceOf(NullPointerException.class)
                            .hasMessage("key");
                })
                .onStopping(ctx -> ctx.append("hello", Map.of("n", 4)))
                .build();

        app.start();
        app.stop();

        assertThat(handled).containsExactly("{\"n\":1}", "{\"n\":2}", "{\"n\":4}");
    }
}
