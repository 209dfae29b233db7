/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.http.javalin.cases;

import static dev.cyanotype.http.javalin.cases.Handlers.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cyanotype.App;
import dev.cyanotype.Blueprint;
import dev.cyanotype.http.javalin.BothWays;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Behaviour cases 329 to 337: what runs when an app starts and stops. */
class Cases20ListenersIT {

    private final Trace trace = new Trace();

    @Test
    @DisplayName("case 329: order of the four phases")
    void order_of_the_phases() throws Exception {
        Blueprint bp = Blueprint.named("bp")
                .onStarting(ctx -> trace.add("1"))
                .onStart(ctx -> trace.add("2"))
                .onStart(ctx -> trace.add("3"))
                .onStopping(ctx -> trace.add("5"))
                .onStopping(ctx -> trace.add("4"))
                .onStop(ctx -> trace.add("6"))
                .build();
        startsAndStops(App.named("test").register(bp), "1", "2", "3", "up", "4", "5", "6");
    }

    @Test
    @DisplayName("case 331: app and two blueprints, all phases")
    void app_and_two_blueprints() throws Exception {
        Blueprint bp = Blueprint.named("bp")
                .onStarting(ctx -> trace.add("starting bp 1"))
                .onStarting(ctx -> trace.add("starting bp 2"))
                .onStart(ctx -> trace.add("start bp 1"))
                .onStart(ctx -> trace.add("start bp 2"))
                .onStopping(ctx -> trace.add("stopping bp 1"))
                .onStopping(ctx -> trace.add("stopping bp 2"))
                .onStop(ctx -> trace.add("stop bp 1"))
                .onStop(ctx -> trace.add("stop bp 2"))
                .build();
        Blueprint bp2 = Blueprint.named("bp2")
                .onStarting(ctx -> trace.add("starting bp2"))
                .onStopping(ctx -> trace.add("stopping bp2"))
                .build();
        App.Builder app = App.named("test")
                .register(bp)
                .register(bp2)
                .onStarting(ctx -> trace.add("starting app 1"))
                .onStarting(ctx -> trace.add("starting app 2"))
                .onStart(ctx -> trace.add("start app 1"))
                .onStart(ctx -> trace.add("start app 2"))
                .onStopping(ctx -> trace.add("stopping app 1"))
                .onStopping(ctx -> trace.add("stopping app 2"))
                .onStop(ctx -> trace.add("stop app 1"))
                .onStop(ctx -> trace.add("stop app 2"));
        startsAndStops(
                app,
                "starting app 1",
                "starting app 2",
                "starting bp 1",
                "starting bp 2",
                "starting bp2",
                "start app 1",
                "start app 2",
                "start bp 1",
                "start bp 2",
                "up",
                "stopping bp2",
                "stopping bp 2",
                "stopping bp 1",
                "stopping app 2",
                "stopping app 1",
                "stop bp 2",
                "stop bp 1",
                "stop app 2",
                "stop app 1");
    }

    @Test
    @DisplayName("case 331, near: the higher priority first, across app and blueprints; reversed when stopping")
    void priorities() throws Exception {
        Blueprint child = Blueprint.named("child")
                .onStart(3, ctx -> trace.add("start child 3"))
                .onStop(3, ctx -> trace.add("stop child 3"))
                .build();
        Blueprint bp = Blueprint.named("bp")
                .register(child)
                .onStart(ctx -> trace.add("start bp"))
                .onStart(2, ctx -> trace.add("start bp 2"))
                .onStop(ctx -> trace.add("stop bp"))
                .onStop(2, ctx -> trace.add("stop bp 2"))
                .build();
        App.Builder app = App.named("test")
                .register(bp)
                .onStart(ctx -> trace.add("start app"))
                .onStart(1, ctx -> trace.add("start app 1"))
                .onStop(ctx -> trace.add("stop app"))
                .onStop(1, ctx -> trace.add("stop app 1"));
        startsAndStops(
                app,
                "start child 3",
                "start bp 2",
                "start app 1",
                "start app",
                "start bp",
                "up",
                "stop bp",
                "stop app",
                "stop app 1",
                "stop bp 2",
                "stop child 3");
    }

    @Test
    @DisplayName("case 333: all phases on the app")
    void all_phases_on_the_app() throws Exception {
        App.Builder app = App.named("test")
                .onStop(ctx -> trace.add("stop"))
                .onStopping(ctx -> trace.add("stopping"))
                .onStart(ctx -> trace.add("start"))
                .onStarting(ctx -> trace.add("starting"));
        startsAndStops(app, "starting", "start", "up", "stopping", "stop");
    }

    @Test
    @DisplayName("case 337: copy of a blueprint")
    void copy_of_a_blueprint() throws Exception {
        Blueprint bp =
                Blueprint.named("bp").onStarting(ctx -> trace.add("starting")).build();
        startsAndStops(App.named("test").register(bp).register(bp.copy("copy").build()), "starting", "starting", "up");
    }

    @Test
    @DisplayName("case 337, near: one blueprint in several places starts once")
    void one_blueprint_in_several_places() throws Exception {
        Blueprint bp = Blueprint.named("bp")
                .onStarting(ctx -> trace.add("starting"))
                .onStop(ctx -> trace.add("stop"))
                .build();
        startsAndStops(
                App.named("test")
                        .register(bp, mount -> mount.prefix("/a"))
                        .register(bp, mount -> mount.named("b").prefix("/b"))
                        .register(Blueprint.named("parent").register(bp).build()),
                "starting",
                "up",
                "stop");
    }

    /** Starts the app, sends it a request and stops it, in memory and over HTTP. */
    private void startsAndStops(App.Builder app, String... steps) throws Exception {
        BothWays.with(app.get("/", text("ok"))).run(client -> {
            assertThat(client.get("/").text()).isEqualTo("ok");
            trace.add("up");
        });
        List<String> twice = new ArrayList<>(List.of(steps));
        twice.addAll(List.of(steps));
        assertThat(trace.taken()).containsExactlyElementsOf(twice);
    }
}
