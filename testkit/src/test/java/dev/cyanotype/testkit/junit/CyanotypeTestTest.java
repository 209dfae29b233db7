/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.testkit.junit;

import static dev.cyanotype.testkit.CyanotypeAssertions.assertThat;

import dev.cyanotype.App;
import dev.cyanotype.message.Caller;
import dev.cyanotype.testkit.TestApp;
import dev.cyanotype.testkit.TestClock;
import dev.cyanotype.testkit.TestSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What a test is given. */
@CyanotypeTest
@Execution(ExecutionMode.CONCURRENT)
class CyanotypeTestTest {

    private int made;

    @AppFactory
    private App app(Clock clock, @TempDir Path folder) throws Exception {
        made++;
        Path notes = Files.createDirectory(folder.resolve("notes"));
        return App.named("notes")
                .get("/now", ctx -> clock.instant())
                .get("/folder", ctx -> Files.isDirectory(notes))
                .action("echo", ctx -> ctx.payload())
                .socket("echo", ctx -> "heard")
                .websocket("/feed", endpoint -> endpoint.onText((text, ctx) -> text + "!"))
                .background("sweep", Duration.ofHours(1), ctx -> ctx.broadcast("swept", Map.of()))
                .build();
    }

    @BeforeEach
    void before(TestApp app) {
        assertThat(app.get("/now")).hasStatus(200);
    }

    @AfterEach
    void after(TestApp app) {
        assertThat(app.app().isRunning()).isTrue();
    }

    @Test
    void one_app_is_made_for_each_test(TestApp app, App started, TestClock clock) {
        assertThat(made).isOne();
        assertThat(started).isSameAs(app.app());
        assertThat(clock).isSameAs(app.clock());
    }

    @Test
    void the_clock_that_made_the_app_is_the_one_that_moves_it(TestApp app, TestClock clock, Clock calendar) {
        assertThat(calendar).isSameAs(clock);

        clock.advance(Duration.ofHours(1));

        assertThat(app.get("/now")).hasJson("\"2000-01-01T01:00:00Z\"");
        assertThat(app).hasBroadcast("swept", Map.of());
    }

    @Test
    void what_other_extensions_give_reaches_the_factory(TestApp app) {
        assertThat(app.get("/folder")).hasJson("true");
    }

    @Test
    void clients_are_given_too(TestSocket messages, @Opened("/feed") TestSocket feed, Caller caller) {
        assertThat(messages.send("echo", null).next()).hasData("\"heard\"");
        assertThat(feed.sendText("hello").next().text()).isEqualTo("hello!");
        assertThat(caller.call("echo", Map.of("a", 1))).hasToString("{\"a\":1}");
    }

    @Nested
    class Nested_in_it {

        @Test
        void is_the_same_app(TestApp app) {
            assertThat(app.app().name()).isEqualTo("notes");
            assertThat(made).isOne();
        }
    }
}
