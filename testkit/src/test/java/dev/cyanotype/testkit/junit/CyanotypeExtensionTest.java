/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.testkit.junit;

import static dev.cyanotype.testkit.CyanotypeAssertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import dev.cyanotype.App;
import dev.cyanotype.Blueprint;
import dev.cyanotype.task.AppState;
import dev.cyanotype.testkit.Simulation;
import dev.cyanotype.testkit.TestApp;
import dev.cyanotype.testkit.TestAppBuilder;
import dev.cyanotype.testkit.TestClock;
import dev.cyanotype.testkit.TestSocket;
import dev.cyanotype.testkit.Transports;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;

/** Test classes as JUnit runs them, also those that are made wrongly. */
class CyanotypeExtensionTest {

    private static final List<String> SEEN = new CopyOnWriteArrayList<>();

    private static List<Throwable> failures(Class<?> testClass) {
        return EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(testClass))
                .execute()
                .allEvents()
                .failed()
                .stream()
                .map(CyanotypeExtensionTest::failure)
                .toList();
    }

    private static Throwable failure(Event event) {
        return event.getRequiredPayload(TestExecutionResult.class)
                .getThrowable()
                .orElseThrow();
    }

    private static Blueprint greeting(String text) {
        return Blueprint.named("greetings")
                .get("/hello", ctx -> text)
                .action("tell", ctx -> ctx.broadcast("told", Map.of("text", text)))
                .build();
    }

    @CyanotypeTest
    static class Failing {

        @AppFactory
        static App app() {
            return App.named("shop")
                    .register(greeting("hello"))
                    .onState(state -> SEEN.add(state.name()))
                    .build();
        }

        @Test
        void fails(TestApp app) {
            app.call("tell", Map.of());
            assertThat(app.get("/hello?a=1")).hasStatus(404);
        }
    }

    @Test
    void a_failure_tells_what_has_happened_to_the_app_which_is_stopped() {
        SEEN.clear();

        assertThat(failures(Failing.class)).singleElement().satisfies(failure -> {
            assertThat(failure).hasMessageStartingWith("Expected status 404, but got:");
            assertThat(failure.getSuppressed())
                    .singleElement()
                    .satisfies(happened -> assertThat(happened.toString().lines())
                            .containsExactly(
                                    "What has happened to the app:",
                                    "    2000-01-01T00:00:00Z STATE STARTING",
                                    "    2000-01-01T00:00:00Z STATE RUNNING",
                                    "    2000-01-01T00:00:00Z BROADCAST told {\"text\":\"hello\"}",
                                    "    2000-01-01T00:00:00Z CALL tell {} -> 0",
                                    "    2000-01-01T00:00:00Z REQUEST GET /hello?a=1 -> 200"));
        });
        assertThat(SEEN).endsWith(AppState.STOPPED.name());
    }

    @CyanotypeTest
    static class FailingSimulation {

        @Test
        void fails(Simulation simulation) {
            SEEN.add(String.valueOf(simulation.seed()));
            TestApp first = simulation.start(greeting("hello"));
            simulation.crash(first);
            assertThat(first.app().isRunning()).isNull();
        }
    }

    @Test
    void the_failure_of_a_simulation_tells_its_seed_and_what_has_happened() {
        SEEN.clear();

        assertThat(failures(FailingSimulation.class))
                .singleElement()
                .satisfies(failure -> assertThat(failure.getSuppressed())
                        .singleElement()
                        .satisfies(happened -> {
                            assertThat(happened.toString())
                                    .startsWith("seed " + SEEN.get(0) + ". Run it again with -Dcyanotype.test.seed="
                                            + SEEN.get(0) + System.lineSeparator() + "    ");
                            assertThat(happened.toString()).contains("test-1", "crashes");
                        }));
    }

    @CyanotypeTest
    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    @TestMethodOrder(MethodOrderer.MethodName.class)
    static class OfOneInstance {

        private final AtomicInteger made = new AtomicInteger();
        private final List<TestSocket> sockets = new ArrayList<>();

        @AppFactory
        App app() {
            return App.named("shop")
                    .register(greeting("hello " + made.incrementAndGet()))
                    .websocket("/feed", endpoint -> endpoint.onText((text, ctx) -> text + "!"))
                    .onState(state -> SEEN.add(state.name()))
                    .build();
        }

        @BeforeAll
        void before(TestApp app) {
            app.call("tell", Map.of());
        }

        @Test
        void a(TestApp app, @Opened("/feed") TestSocket socket) {
            assertThat(app).hasBroadcast("told", Map.of("text", "hello 1"));
            sockets.add(socket);
        }

        @Test
        void b(TestApp app, @Opened("/feed") TestSocket socket) {
            assertThat(app.get("/hello")).hasText("\"hello 1\"");
            assertThat(sockets.get(0).closed()).isNotNull();
            assertThat(socket.sendText("b").next()).isText("b!");
        }

        @Nested
        class Nested_of_several {

            @Test
            void has_its_own(TestApp app) {
                assertThat(app.get("/hello").text()).isNotEqualTo("\"hello 1\"");
            }

            @Test
            void has_another_one(TestApp app) {
                assertThat(app.get("/hello").text()).isNotEqualTo("\"hello 1\"");
            }
        }

        @AfterAll
        void after(TestApp app) {
            assertThat(app.app().isRunning()).isTrue();
            SEEN.add("after");
        }
    }

    @Test
    void a_class_of_one_instance_has_one_app() {
        SEEN.clear();

        assertThat(failures(OfOneInstance.class)).isEmpty();
        assertThat(SEEN)
                .containsSubsequence("STARTING", "RUNNING", "after", "STOPPING", "STOPPED")
                .filteredOn("RUNNING"::equals)
                .hasSize(3);
    }

    @CyanotypeTest
    static class WithoutApp {

        @Test
        void asks(TestApp app) {}
    }

    @CyanotypeTest
    static class WithTwo {

        @AppFactory
        Blueprint one() {
            return greeting("one");
        }

        @AppFactory
        Blueprint two() {
            return greeting("two");
        }

        @Test
        void asks(TestApp app) {}
    }

    @CyanotypeTest
    static class WithAnotherThing {

        @AppFactory
        String app() {
            return "app";
        }

        @Test
        void asks(TestApp app) {}
    }

    @CyanotypeTest
    static class BeforeAllTests {

        @AppFactory
        static Blueprint app() {
            return greeting("one");
        }

        @BeforeAll
        static void before(TestApp app) {}

        @Test
        void asks(TestApp app) {}
    }

    @Test
    void what_is_wrong_with_a_test_class_is_said() {
        String name = CyanotypeExtensionTest.class.getName() + "$";
        assertThat(failures(WithoutApp.class))
                .singleElement()
                .satisfies(failure -> assertThat(failure)
                        .hasRootCauseMessage(name
                                + "WithoutApp: there is no app to test (expected: a method with @AppFactory that returns"
                                + " a Blueprint, an App or a TestAppBuilder). Add one."));
        assertThat(failures(WithTwo.class))
                .singleElement()
                .satisfies(failure -> assertThat(failure)
                        .hasRootCauseMessage(name
                                + "WithTwo: one and two have @AppFactory (expected: one). Remove it from the others."));
        assertThat(failures(WithAnotherThing.class))
                .singleElement()
                .satisfies(failure -> assertThat(failure)
                        .hasRootCauseMessage(
                                name + "WithAnotherThing.app: java.lang.String (expected: a Blueprint, an App"
                                        + " or a TestAppBuilder)"));
        assertThat(failures(BeforeAllTests.class))
                .singleElement()
                .satisfies(
                        failure -> assertThat(failure)
                                .hasMessage(
                                        name + "BeforeAllTests: parameter 'app' of before (expected: a test, or what"
                                                + " runs before or after each). Each test has an app of its own, unless the class has @TestInstance(PER_CLASS)."));
    }

    @CyanotypeTest
    abstract static class Base {

        @AppFactory
        Blueprint app() {
            return greeting("base");
        }

        @Test
        void greets(TestApp app) {
            SEEN.add(app.get("/hello").text());
        }
    }

    static class Inheriting extends Base {}

    static class Overriding extends Base {

        @AppFactory
        Blueprint own() {
            return greeting("own");
        }

        @Nested
        class Inner {

            @AppFactory
            TestAppBuilder inner() {
                return TestApp.builder(greeting("inner")).clock(TestClock.at(Instant.EPOCH));
            }

            @Test
            void greets_too(TestApp app) {
                SEEN.add(app.get("/hello").text());
            }
        }
    }

    @Test
    void the_nearest_factory_makes_the_app() {
        SEEN.clear();

        assertThat(failures(Inheriting.class)).isEmpty();
        assertThat(SEEN).containsExactly("\"base\"");
        assertThat(failures(Overriding.class)).isEmpty();
        assertThat(SEEN).containsExactly("\"base\"", "\"own\"", "\"inner\"");
    }

    static class InCode {

        @RegisterExtension
        static final CyanotypeExtension APPS = CyanotypeExtension.of(clock ->
                        App.named("shop").get("/now", ctx -> clock.instant()).build())
                .transports(Transports.IN_MEMORY);

        @Test
        void greets(TestApp app) {
            SEEN.add(app.get("/now").text());
        }
    }

    @Test
    void an_extension_can_be_made_in_code() {
        SEEN.clear();

        assertThat(failures(InCode.class)).isEmpty();
        assertThat(SEEN).containsExactly("\"2000-01-01T00:00:00Z\"");
    }
}
