/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import dev.cyanotype.FakeTransports.Fake;
import dev.cyanotype.health.HealthCheckOptions;
import dev.cyanotype.health.HealthMonitor;
import dev.cyanotype.internal.dispatch.Answer;
import dev.cyanotype.internal.dispatch.InMemoryRequest;
import dev.cyanotype.spi.OperationKind;
import dev.cyanotype.spi.Transport;
import dev.cyanotype.task.WorkerHandle;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** How an app says that it is well. */
class HealthTest {

    private final FakeTransports transports = new FakeTransports();
    private final Fake http = transports.fake("http", OperationKind.HTTP);
    private final List<App> built = new ArrayList<>();

    @AfterEach
    void stop() {
        built.forEach(App::close);
    }

    private App.Builder shop() {
        return App.named("shop")
                .discovery(false)
                .executor(Runnable::run)
                .transport(http)
                .register(Health.blueprint());
    }

    private App start(App.Builder builder) {
        App app = builder.build();
        built.add(app);
        app.start();
        return app;
    }

    private Answer get(String target) {
        return Answer.of(
                transports.dispatcher("http").http(InMemoryRequest.get(target)).join());
    }

    /** The status, and the body unless it is an error's. */
    private String ask(String what) {
        Answer answer = get("/health/" + what);
        return answer.status() + " " + answer.text();
    }

    private static String up(String state, String... more) {
        return report("UP", "UP", state, more);
    }

    private static String report(String status, String app, String state, String... more) {
        List<String> components = new ArrayList<>();
        components.add("{'name':'app','status':'%s','data':{'state':'%s'}}".formatted(app, state));
        components.addAll(List.of(more));
        return "%d {'status':'%s','checks':[%s]}"
                .formatted(status.equals("UP") ? 200 : 503, status, String.join(",", components))
                .replace('\'', '"');
    }

    private static String component(String name, String status) {
        return "{'name':'" + name + "','status':'" + status + "'}";
    }

    private static String down(String name, String reason) {
        return "{'name':'" + name + "','status':'DOWN','data':{'reason':'" + reason + "'}}";
    }

    private static final String HTTP_UP = component("http", "UP");
    private static final String LOCAL_UP = component("local", "UP");

    @Nested
    class An_app {

        @Test
        void that_runs_is_live_ready_and_started() {
            start(shop());

            assertThat(ask("live")).isEqualTo(up("running"));
            assertThat(ask("ready")).isEqualTo(up("running", HTTP_UP, LOCAL_UP));
            assertThat(ask("started")).isEqualTo(up("running"));
        }

        @Test
        void answers_in_json_that_nobody_stores() {
            start(shop().check("db", () -> false));

            for (String what : List.of("live", "ready", "started")) {
                Answer answer = get("/health/" + what);
                assertThat(answer.contentType()).isEqualTo("application/json");
                assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
            }
        }

        @Test
        void answers_head_requests_too() {
            start(shop().check("db", () -> false));

            Answer live = Answer.of(transports
                    .dispatcher("http")
                    .http(InMemoryRequest.of("HEAD", "/health/live"))
                    .join());
            Answer ready = Answer.of(transports
                    .dispatcher("http")
                    .http(InMemoryRequest.of("HEAD", "/health/ready"))
                    .join());

            assertThat(live.status()).isEqualTo(200);
            assertThat(ready.status()).isEqualTo(503);
            assertThat(ready.bytes()).isEmpty();
        }

        @Test
        void that_starts_is_live_and_nothing_else() {
            AtomicInteger runs = new AtomicInteger();
            List<String> answers = new ArrayList<>();
            start(shop().check("db", () -> runs.incrementAndGet() > 0, options -> options.live())
                    .onStart(ctx -> answers.addAll(List.of(ask("live"), ask("ready"), ask("started")))));

            assertThat(answers)
                    .containsExactly(
                            up("starting"), report("DOWN", "DOWN", "starting"), report("DOWN", "DOWN", "starting"));
            assertThat(runs).hasValue(0);
        }

        @Test
        void that_stops_is_live_and_started_but_not_ready() {
            AtomicInteger runs = new AtomicInteger();
            List<String> answers = new CopyOnWriteArrayList<>();
            App app = start(shop().check("db", () -> runs.incrementAndGet() > 0, options -> options.live())
                    .onStopping(ctx -> answers.addAll(List.of(ask("live"), ask("ready"), ask("started")))));

            app.close();

            assertThat(answers).containsExactly(up("stopping"), report("DOWN", "DOWN", "stopping"), up("stopping"));
            assertThat(runs).hasValue(0);
        }

        @Test
        void is_not_ready_from_the_beginning_of_the_delay_of_a_stop() throws Exception {
            App app = start(shop().stopBudget(Duration.ofSeconds(40)).stopDelay(Duration.ofSeconds(10)));
            Thread stopping = new Thread(app::close);
            stopping.start();

            await().untilAsserted(() -> assertThat(ask("ready")).isEqualTo(report("DOWN", "DOWN", "stopping")));
            assertThat(ask("live")).isEqualTo(up("stopping"));
            stopping.interrupt();
            stopping.join();

            assertThat(get("/health/live").status()).isEqualTo(503);
        }

        @Test
        void that_has_stopped_is_nothing_of_all_that() {
            App app = start(shop());
            HealthMonitor health = app.health();

            app.close();

            assertThat(health.live().join()).hasToString("HealthReport[DOWN, stopped, {app=DOWN}]");
            assertThat(health.ready().join()).hasToString("HealthReport[DOWN, stopped, {app=DOWN}]");
            assertThat(health.started().join()).hasToString("HealthReport[DOWN, stopped, {app=DOWN}]");
        }

        @Test
        void that_was_not_started_has_nobody_who_looks() {
            App app = shop().build();

            assertThatIllegalStateException()
                    .isThrownBy(app::health)
                    .withMessage("app 'shop' is not started. Start it first.");
        }

        @Test
        void is_not_ready_while_a_transport_is_cut_off() {
            start(shop());
            http.health = Transport.Health.DOWN;

            assertThat(ask("ready")).isEqualTo(report("DOWN", "UP", "running", component("http", "DOWN"), LOCAL_UP));
            assertThat(ask("live")).isEqualTo(up("running"));
            assertThat(ask("started")).isEqualTo(up("running"));

            http.health = Transport.Health.UP;
            assertThat(ask("ready")).isEqualTo(up("running", HTTP_UP, LOCAL_UP));
        }

        @Test
        void whose_thread_has_failed_says_so_and_stays_ready() {
            try (CapturedLog log = CapturedLog.from(Level.ERROR)) {
                App app = start(shop().register(Blueprint.named("users")
                        .thread(
                                "monitor",
                                ctx -> {
                                    throw new IllegalStateException("secret");
                                },
                                options -> options.maxRestarts(0))
                        .build()));
                await().until(() -> app.tasks().thread("monitor").state() == WorkerHandle.State.FAILED);

                assertThat(ask("ready"))
                        .isEqualTo("200 {'status':'UP','checks':[{'name':'app','status':'UP','data':{'state':'running',"
                                        .replace('\'', '"')
                                + "'failedThreads':'users.monitor'}},%s,%s]}"
                                        .formatted(HTTP_UP, LOCAL_UP)
                                        .replace('\'', '"'));
                assertThat(log.lines()).isNotEmpty();
            }
        }

        @Test
        void may_tell_it_elsewhere() {
            App app = App.named("shop")
                    .discovery(false)
                    .transport(http)
                    .register(Health.blueprint(), mount -> mount.prefix("/internal/status"))
                    .build();
            built.add(app);
            app.start();

            assertThat(get("/internal/status/live").status()).isEqualTo(200);
            assertThat(get("/health/live").status()).isEqualTo(404);
            assertThat(app.urls().to("health.ready").path()).isEqualTo("/internal/status/ready");
        }
    }

    @Nested
    class A_check {

        private final AtomicBoolean there = new AtomicBoolean(true);

        @Test
        void of_a_blueprint_decides_whether_the_app_is_ready() {
            start(shop().register(
                            Blueprint.named("users").check("db", there::get).build())
                    .check("disk", () -> true));

            assertThat(ask("ready"))
                    .isEqualTo(up("running", HTTP_UP, LOCAL_UP, component("disk", "UP"), component("users.db", "UP")));
            there.set(false);
            assertThat(ask("ready"))
                    .isEqualTo(report(
                            "DOWN",
                            "UP",
                            "running",
                            HTTP_UP,
                            LOCAL_UP,
                            component("disk", "UP"),
                            component("users.db", "DOWN")));
            there.set(true);
            assertThat(ask("ready")).startsWith("200 ");
        }

        @Test
        void says_nothing_about_liveness_unless_it_is_declared_so() {
            start(shop().check("db", () -> false).check("deadlock", there::get, options -> options.live()));

            assertThat(ask("live")).isEqualTo(up("running", component("deadlock", "UP")));
            there.set(false);
            assertThat(ask("live")).isEqualTo(report("DOWN", "UP", "running", component("deadlock", "DOWN")));
            assertThat(ask("ready"))
                    .isEqualTo(report(
                            "DOWN",
                            "UP",
                            "running",
                            HTTP_UP,
                            LOCAL_UP,
                            component("db", "DOWN"),
                            component("deadlock", "DOWN")));
            assertThat(ask("started")).isEqualTo(up("running"));
        }

        @Test
        void that_throws_is_down_and_tells_clients_nothing_of_why() {
            try (CapturedLog log = CapturedLog.from(Level.INFO)) {
                start(shop().check("db", () -> {
                    if (there.get()) {
                        return true;
                    }
                    throw new IllegalStateException("password 'hunter2' is wrong");
                }));
                there.set(false);

                for (int n = 0; n < 3; n++) {
                    assertThat(ask("ready"))
                            .isEqualTo(report("DOWN", "UP", "running", HTTP_UP, LOCAL_UP, down("db", "failed")));
                }
                there.set(true);
                ask("ready");
                ask("ready");

                assertThat(log.events().stream()
                                .filter(event -> event.getFormattedMessage().startsWith("health check"))
                                .map(event -> event.getLevel() + " " + event.getFormattedMessage() + " "
                                        + (event.getThrowableProxy() == null
                                                ? ""
                                                : event.getThrowableProxy().getMessage())))
                        .containsExactly(
                                "WARN health check 'db' of app 'shop' failed password 'hunter2' is wrong",
                                "INFO health check 'db' of app 'shop' is up again ");
            }
        }

        @Test
        void that_throws_an_error_is_down_too() {
            try (CapturedLog log = CapturedLog.from(Level.WARN)) {
                start(shop().check("db", () -> {
                    throw new NoClassDefFoundError("org/example/Driver");
                }));

                assertThat(ask("ready"))
                        .isEqualTo(report("DOWN", "UP", "running", HTTP_UP, LOCAL_UP, down("db", "failed")));
                assertThat(log.lines()).containsExactly("WARN health check 'db' of app 'shop' failed");
            }
        }

        @Test
        void is_there_once_however_often_its_blueprint_is_mounted() {
            AtomicInteger runs = new AtomicInteger();
            Blueprint users = Blueprint.named("users")
                    .check("db", () -> runs.incrementAndGet() > 0)
                    .build();
            start(shop().register(users)
                    .register(users, mount -> mount.named("again").prefix("/again")));

            assertThat(ask("ready")).isEqualTo(up("running", HTTP_UP, LOCAL_UP, component("users.db", "UP")));
            assertThat(runs).hasValue(1);
        }

        @Test
        void is_part_of_a_copy_of_its_blueprint() {
            Blueprint users = Blueprint.named("users").check("db", () -> false).build();
            start(shop().register(users.toBuilder().check("cache", () -> true).build()));

            assertThat(ask("ready"))
                    .isEqualTo(report(
                            "DOWN",
                            "UP",
                            "running",
                            HTTP_UP,
                            LOCAL_UP,
                            component("users.db", "DOWN"),
                            component("users.cache", "UP")));
        }

        @Test
        void shares_its_name_with_no_other() {
            Blueprint.Builder users = Blueprint.named("users");
            users.check("db", () -> true);
            String first = Lines.before();
            users.check("db", () -> false);
            String second = Lines.before();

            assertThatThrownBy(() -> shop().register(users.build()).build())
                    .isInstanceOf(AppBuildException.class)
                    .hasMessage("app 'shop': check 'users.db': declared by 'users' (" + first + ") and 'users' ("
                            + second + "). Rename one.");
        }

        @Test
        void takes_the_place_of_an_earlier_one_where_later_declarations_win() {
            try (CapturedLog log = CapturedLog.from(Level.WARN)) {
                start(shop().conflicts(ConflictPolicy.OVERRIDE)
                        .check("db", () -> false)
                        .check("db", () -> true));

                assertThat(ask("ready")).isEqualTo(up("running", HTTP_UP, LOCAL_UP, component("db", "UP")));
                assertThat(log.lines())
                        .singleElement()
                        .asString()
                        .matches("WARN app 'shop': check 'db': app 'shop' \\(HealthTest\\.java:\\d+\\) replaces"
                                + " app 'shop' \\(HealthTest\\.java:\\d+\\)");
            }
        }

        @Test
        void has_a_name() {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Blueprint.named("users").check("", () -> true))
                    .withMessage("blueprint 'users': check has an empty name");
        }

        @Test
        void is_seen_by_handlers_and_by_who_runs_the_app() {
            App app = start(shop().check("db", () -> false)
                    .get("/x", ctx -> ctx.as(HealthMonitor.class).ready().thenApply(report -> report.isUp())));

            assertThat(get("/x").text()).isEqualTo("false");
            assertThat(app.health().ready().join())
                    .hasToString("HealthReport[DOWN, running, {app=UP, http=UP, local=UP, db=DOWN}]");
        }
    }

    @Nested
    class Options {

        @Test
        void have_defaults_and_can_be_changed() {
            HealthCheckOptions usual = HealthCheckOptions.builder().build();
            HealthCheckOptions other =
                    usual.toBuilder().timeout(Duration.ofMillis(5)).live().build();

            assertThat(usual).hasToString("HealthCheckOptions[timeout=PT2S, readiness]");
            assertThat(other.toBuilder().build())
                    .hasToString("HealthCheckOptions[timeout=PT0.005S, liveness and readiness]");
        }

        @Test
        void refuse_a_timeout_that_is_none() {
            for (Duration wrong : List.of(Duration.ZERO, Duration.ofSeconds(-1), Duration.ofMinutes(61))) {
                assertThatIllegalArgumentException()
                        .isThrownBy(() -> HealthCheckOptions.builder().timeout(wrong))
                        .withMessage("check: timeout " + wrong + " (expected: 1 ms to 1 hour)");
            }
        }
    }
}
