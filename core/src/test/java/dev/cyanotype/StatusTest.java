/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import dev.cyanotype.FakeTransports.Fake;
import dev.cyanotype.internal.bus.LocalBus;
import dev.cyanotype.internal.dispatch.InMemoryRequest;
import dev.cyanotype.message.Overflow;
import dev.cyanotype.spi.OperationKind;
import dev.cyanotype.spi.Settings;
import dev.cyanotype.spi.Transport;
import dev.cyanotype.spi.TransportException;
import dev.cyanotype.spi.TransportProvider;
import java.time.Duration;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** How an app is, and which of its transports it has. */
class StatusTest {

    private final FakeTransports transports = new FakeTransports();

    private static App.Builder shop() {
        return App.named("shop").discovery(false);
    }

    @Nested
    class The_status {

        private final Fake http = transports.fake("http", OperationKind.HTTP);
        private final Fake redis = transports
                .fake("redis", OperationKind.ACTION, OperationKind.LISTENER)
                .bus()
                .order(-1);
        private final App app = shop().transport(http).transport(redis).build();

        @Test
        void is_that_it_is_not_ready_before_the_start_and_after_the_end() {
            redis.counters.put("reconnects", 3L);
            AppStatus before = app.status();
            app.start();
            app.close();

            for (AppStatus status : new AppStatus[] {before, app.status()}) {
                assertThat(status.isReady()).isFalse();
                assertThat(status.health()).isEmpty();
                assertThat(status.counters()).isEmpty();
                assertThat(status).asString().isIn("AppStatus[new, {}]", "AppStatus[stopped, {}]");
            }
        }

        @Test
        void is_ready_while_all_transports_are_up() {
            try (app) {
                app.start();
                AppStatus up = app.status();
                redis.health = Transport.Health.DOWN;
                AppStatus down = app.status();
                redis.health = Transport.Health.UP;

                assertThat(up.isReady()).isTrue();
                assertThat(up).hasToString("AppStatus[ready, {redis=UP, http=UP}]");
                assertThat(down.isReady()).isFalse();
                assertThat(down.health())
                        .containsExactly(
                                Map.entry("redis", Transport.Health.DOWN), Map.entry("http", Transport.Health.UP));
                assertThat(down).hasToString("AppStatus[not ready, {redis=DOWN, http=UP}]");
                assertThat(app.status().isReady()).isTrue();
            }
        }

        @Test
        void is_not_ready_while_the_app_stops() {
            boolean[] ready = new boolean[2];
            redis.onDrain(() -> ready[1] = app.status().isReady());
            app.start();
            ready[0] = app.status().isReady();

            app.close();

            assertThat(ready).containsExactly(true, false);
        }

        @Test
        void has_what_each_transport_has_counted() {
            redis.counters.putAll(Map.of("reconnects", 2L, "claims.lost", 5L));
            http.counters.put("requests", 7L);
            try (app) {
                app.start();
                AppStatus status = app.status();
                http.counters.put("requests", 8L);

                assertThat(status.counters())
                        .containsExactly(
                                Map.entry("http.requests", 7L),
                                Map.entry("redis.claims.lost", 5L),
                                Map.entry("redis.reconnects", 2L));
                assertThat(app.status().counters()).containsEntry("http.requests", 8L);
            }
        }

        @Test
        void can_not_be_changed() {
            try (app) {
                app.start();
                AppStatus status = app.status();

                assertThatThrownBy(() -> status.health().clear()).isInstanceOf(UnsupportedOperationException.class);
                assertThatThrownBy(() -> status.counters().put("x", 1L))
                        .isInstanceOf(UnsupportedOperationException.class);
            }
        }

        @Test
        void has_what_listeners_in_this_process_have_missed() {
            Queue<Runnable> given = new ConcurrentLinkedQueue<>();
            Fake server = transports.fake("http", OperationKind.HTTP);
            try (App local = shop().transport(server)
                    .stopBudget(Duration.ofMillis(100))
                    .executor(given::add)
                    .listen(
                            "news",
                            JsonNode.class,
                            (message, ctx) -> {},
                            options -> options.capacity(1).overflow(Overflow.DROP_NEW))
                    .onStart(ctx -> {
                        for (int n = 0; n < 4; n++) {
                            ctx.broadcast("news", Map.of("n", n));
                        }
                    })
                    .build()) {
                local.start();

                assertThat(local.status()).hasToString("AppStatus[ready, {http=UP, local=UP}]");
                assertThat(local.status().counters()).containsExactly(Map.entry("local.listener.news.dropped", 3L));
                given.forEach(Runnable::run);
            }
        }
    }

    @Nested
    class A_transport_that_is_not_enabled {

        private final Fake redis = transports
                .fake("redis", OperationKind.ACTION, OperationKind.LISTENER, OperationKind.STREAM)
                .bus()
                .enabledBy("redis.url");

        @Test
        void is_not_made_and_messages_stay_in_the_process() {
            try (CapturedLog log = CapturedLog.from(Level.INFO);
                    App app = shop().transport(redis)
                            .action("echo", ctx -> ctx.payload())
                            .build()) {
                app.start();

                assertThat(transports.record).isEmpty();
                assertThat(app.caller("shop").call("echo", Map.of("a", 1))).hasToString("{\"a\":1}");
                assertThat(app.status()).hasToString("AppStatus[ready, {local=UP}]");
                assertThat(log.lines())
                        .last()
                        .isEqualTo("INFO actions and messages stay in this process, because there is no transport"
                                + " between services");
            }
        }

        @Test
        void is_made_where_its_setting_is_there() {
            try (App app = shop().transport(redis)
                    .setting("redis.url", "redis://127.0.0.1")
                    .action("echo", ctx -> ctx.payload())
                    .build()) {
                app.start();

                assertThat(transports.record).containsExactly("create redis", "start redis");
                assertThat(app.status()).hasToString("AppStatus[ready, {redis=UP}]");
            }
        }

        @Test
        void still_knows_its_settings() {
            assertThatThrownBy(() -> shop().transport(redis)
                            .setting("redis.ulr", "x")
                            .build()
                            .start())
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage(
                            "setting 'redis.ulr' (given to the app's builder) is unknown. Did you mean 'redis.url'?");
        }

        @Test
        void carries_nothing() {
            Fake http = transports.fake("http", OperationKind.HTTP).enabledBy("http.port");

            assertThatThrownBy(() ->
                            shop().transport(http).get("/x", ctx -> "x").build().start())
                    .isInstanceOf(TransportException.class)
                    .hasMessage("app 'shop' declares 1 route, but no transport carries HTTP. Add"
                            + " dev.cyanotype:cyanotype-http-javalin (found: none).");
        }

        @Test
        void is_in_the_way_of_no_other_that_carries_the_same() {
            Fake other = transports.fake("nats", OperationKind.ACTION).bus();
            try (App app = shop().transport(redis)
                    .transport(other)
                    .action("x", ctx -> 1)
                    .build()) {
                app.start();

                assertThat(app.status()).hasToString("AppStatus[ready, {nats=UP}]");
            }
        }

        @Test
        void says_so_itself() {
            TransportProvider usual = new PublicApiCompiles.Plugin();

            assertThat(usual.isEnabled(Settings.of(Map.of()))).isTrue();
        }
    }

    @Nested
    class What_a_bus_offers {

        @Test
        void is_there_for_the_app_and_its_handlers() {
            Fake redis = transports.fake("redis", OperationKind.ACTION).bus();
            Fake http = transports.fake("http", OperationKind.HTTP);
            boolean[] same = new boolean[1];
            try (App app = shop().transport(redis)
                    .transport(http)
                    .get("/x", ctx -> same[0] = ctx.as(Fake.class) == redis)
                    .build()) {
                assertThatThrownBy(() -> app.as(Fake.class))
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessage("app 'shop' is not started. Start it first.");
                app.start();

                assertThat(app.as(Fake.class)).isSameAs(redis);
                transports.dispatcher("http").http(InMemoryRequest.get("/x")).join();
                assertThat(same).containsExactly(true);
            }
        }

        @Test
        void may_be_nothing() {
            try (App app = shop().action("x", ctx -> 1).build()) {
                app.start();

                assertThatThrownBy(() -> app.as(LocalBus.class))
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessage("app 'shop': no transport offers a dev.cyanotype.internal.bus.LocalBus");
            }
        }
    }
}
