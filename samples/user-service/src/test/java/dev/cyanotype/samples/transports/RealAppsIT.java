/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.samples.transports;

import static dev.cyanotype.testkit.CyanotypeAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.cyanotype.App;
import dev.cyanotype.Blueprint;
import dev.cyanotype.http.HttpMethod;
import dev.cyanotype.http.javalin.JavalinHttp;
import dev.cyanotype.http.javalin.JavalinOptions;
import dev.cyanotype.pubsub.redis.RedisOptions;
import dev.cyanotype.pubsub.redis.RedisPubSub;
import dev.cyanotype.socket.SocketEndpoint;
import dev.cyanotype.testkit.TestApp;
import dev.cyanotype.testkit.TestAppBuilder;
import dev.cyanotype.testkit.TestRedis;
import dev.cyanotype.testkit.Transports;
import dev.cyanotype.websocket.Websockets;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What there is to know of tests on real transports that is not true in memory. */
class RealAppsIT {

    private final List<String> log = new CopyOnWriteArrayList<>();

    private final Blueprint echo = Blueprint.named("echo")
            .get("/echo", ctx -> ctx.remoteAddress().getAddress().isLoopbackAddress())
            .listen("news", (message, ctx) -> log.add(ctx.app() + " " + message.path("n")))
            .websocket(
                    "/feed",
                    SocketEndpoint.builder().onText((text, ctx) -> text).build())
            .build();

    private static TestAppBuilder on(App.Builder app) {
        return TestApp.builder(app.build()).transports(Transports.REAL);
    }

    private TestApp echo(String name) {
        return on(App.named(name).register(echo)).start();
    }

    @Nested
    class An_app {

        @Test
        void listens_on_a_free_port_of_this_machine_whatever_it_was_given() {
            App.Builder given = App.named("given")
                    .register(echo)
                    .transport(JavalinHttp.with(
                            JavalinOptions.builder().host("0.0.0.0").port(80).build()))
                    .setting("http.port", "81");
            try (TestApp app = on(given).start()) {
                assertThat(app.app().address("http").getHost()).isEqualTo("127.0.0.1");
                assertThat(app.app().address("http").getPort()).isGreaterThan(1024);
                assertThat(app.get("/echo")).hasJson("true");
            }
        }

        @Test
        void has_a_redis_of_its_own_beside_others() {
            try (TestApp one = echo("one");
                    TestApp two = echo("two")) {
                assertThat(one.broadcast("news", Map.of("n", 1))).isEqualTo(1);
                assertThat(two.broadcast("news", Map.of("n", 2))).isEqualTo(1);

                assertThat(log).containsExactly("one 1", "two 2");
                assertThat(one.app().status().health()).containsKey("redis");
            }
        }

        @Test
        void shares_a_redis_if_the_test_says_so() {
            try (TestRedis redis = TestRedis.start();
                    TestApp one = on(App.named("one").register(echo))
                            .setting("redis.url", redis.url())
                            .start();
                    TestApp two = on(App.named("two").register(echo))
                            .setting("redis.url", redis.url())
                            .start()) {
                one.broadcast("news", Map.of("n", 1));

                await().untilAsserted(() -> assertThat(log).containsExactlyInAnyOrder("one 1", "two 1"));
                assertThat(two.broadcasts()).isEmpty();
            }
        }

        @Test
        void finds_nothing_that_another_one_has_left() {
            Blueprint orders = Blueprint.named("orders")
                    .consume("orders", "stock", JsonNode.class, (entry, ctx) -> log.add(ctx.app() + " " + entry))
                    .build();
            for (int i = 0; i < 3; i++) {
                try (TestApp app = on(App.named("app").register(orders)).start()) {
                    app.append("orders", Map.of("n", i));
                }
            }
            assertThat(log).containsExactly("app {\"n\":0}", "app {\"n\":1}", "app {\"n\":2}");
        }

        @Test
        void may_have_websockets_and_no_http() {
            App.Builder sockets = App.named("sockets")
                    .register(Blueprint.named("feed")
                            .websocket(
                                    "/feed",
                                    SocketEndpoint.builder()
                                            .onText((text, ctx) -> text)
                                            .build())
                            .build())
                    .discovery(false)
                    .transport(new Websockets());
            try (TestApp app = on(sockets).start()) {
                assertThat(app.open("/feed").sendText("hi").next()).isText("hi");
                assertThatThrownBy(() -> app.get("/feed"))
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessage("no transport of the app serves HTTP (found: [websocket])."
                                + " Add dev.cyanotype:cyanotype-http-javalin.");
            }
        }

        @Test
        void may_have_no_broker() {
            App.Builder alone = App.named("alone")
                    .register(echo)
                    .discovery(false)
                    .transport(new JavalinHttp())
                    .transport(new Websockets());
            try (TestApp app = on(alone).start()) {
                app.broadcast("news", Map.of("n", 1));

                assertThat(log).containsExactly("alone 1");
                assertThat(app.app().status().health()).containsOnlyKeys("http", "local", "websocket");
            }
        }

        @Test
        void runs_its_work_on_the_executor_it_was_given() {
            ExecutorService executor = Executors.newSingleThreadExecutor(task -> new Thread(task, "mine"));
            Blueprint named = Blueprint.named("named")
                    .listen(
                            "news",
                            (message, ctx) -> log.add(Thread.currentThread().getName()))
                    .build();
            try (TestApp app =
                    on(App.named("app").register(named).executor(executor)).start()) {
                app.broadcast("news", Map.of());
            } finally {
                executor.shutdownNow();
            }
            assertThat(log).containsExactly("mine");
        }
    }

    @Nested
    class A_test {

        @Test
        void can_not_say_where_a_request_comes_from() {
            try (TestApp app = echo("app")) {
                InetSocketAddress address = new InetSocketAddress("127.0.0.2", 1);
                assertThatThrownBy(() -> app.request(HttpMethod.GET, "/echo")
                                .remoteAddress(address)
                                .send())
                        .isInstanceOf(UnsupportedOperationException.class)
                        .hasMessage(
                                "GET /echo: remoteAddress(/127.0.0.2:1) is for tests in memory (expected: none, with"
                                        + " real transports, where a request comes from where it comes from).");
                assertThatThrownBy(() ->
                                app.websocket("/feed").remoteAddress(address).open())
                        .isInstanceOf(UnsupportedOperationException.class);
            }
        }

        @Test
        void is_told_when_the_app_is_stopped() {
            TestApp app = echo("app");
            app.close();

            assertThatThrownBy(() -> app.get("/echo"))
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessageMatching("GET /echo: nobody listens on http://127\\.0\\.0\\.1:\\d+ any more\\."
                            + " Is the app stopped\\?");
        }

        @Test
        void does_not_wait_for_what_waits_for_the_test() {
            CountDownLatch released = new CountDownLatch(1);
            Blueprint waiting = Blueprint.named("waiting")
                    .listen("news", (message, ctx) -> {
                        log.add("begins");
                        released.await();
                        log.add("ends");
                    })
                    .build();
            try (TestApp app = on(App.named("app").register(waiting)).start()) {
                long begin = System.nanoTime();
                app.broadcast("news", Map.of());
                assertThat(log).containsExactly("begins");
                assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(5));

                released.countDown();
                app.events();
                assertThat(log).containsExactly("begins", "ends");
            }
        }

        @Test
        void sees_what_a_handler_does_that_takes_its_time() {
            Blueprint slow = Blueprint.named("slow")
                    .listen("news", (message, ctx) -> {
                        new CompletableFuture<>()
                                .completeOnTimeout("", 300, TimeUnit.MILLISECONDS)
                                .thenRun(() -> log.add("released"))
                                .join();
                        // As a handler does that asks a database.
                        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(300);
                        while (System.nanoTime() < end) {
                            Thread.onSpinWait();
                        }
                        ctx.broadcast("done", Map.of());
                    })
                    .build();
            try (TestApp app = on(App.named("app").register(slow)).start()) {
                app.broadcast("news", Map.of());
                await().until(() -> log.contains("released"));

                assertThat(app.broadcasts("done")).hasSize(1);
            }
        }

        @Test
        void may_run_beside_others() throws Exception {
            ExecutorService threads = Executors.newFixedThreadPool(4);
            try {
                List<Future<Set<String>>> results = IntStream.range(0, 8)
                        .mapToObj(i -> threads.submit(() -> alone("app" + i)))
                        .collect(Collectors.toList());
                for (int i = 0; i < 8; i++) {
                    assertThat(results.get(i).get(50, TimeUnit.SECONDS)).containsExactly("app" + i);
                }
            } finally {
                threads.shutdownNow();
            }
        }

        /** Which apps have heard what one has broadcast. */
        private Set<String> alone(String name) {
            List<String> heard = new CopyOnWriteArrayList<>();
            Blueprint news = Blueprint.named("news")
                    .listen(
                            "news",
                            (message, ctx) -> heard.add(message.path("from").stringValue()))
                    .post("/", ctx -> ctx.broadcast("news", Map.of("from", name)))
                    .build();
            try (TestApp app = on(App.named(name).register(news)).start()) {
                for (int i = 0; i < 10; i++) {
                    app.post("/", Map.of());
                    assertThat(heard).hasSize(i + 1);
                }
            }
            return Set.copyOf(heard);
        }
    }

    @Nested
    class The_end {

        @Test
        void gives_back_the_threads() {
            Set<Thread> before = Thread.getAllStackTraces().keySet();
            try (TestApp app = echo("ended")) {
                app.open("/feed").sendText("hi").pause();
                app.get("/echo");
            }
            await().untilAsserted(() -> assertThat(Thread.getAllStackTraces().keySet().stream()
                            .filter(thread -> !before.contains(thread))
                            .map(Thread::getName)
                            .filter(name -> name.contains("ended") || name.contains("test-") || name.contains("Jetty")))
                    .isEmpty());
        }

        @Test
        void gives_back_the_redis_after_a_start_that_failed_too() {
            // A server is started only where none is free.
            long before = servers();
            App.Builder broken = App.named("broken").register(echo).onStart(ctx -> {
                log.add(ctx.app());
                throw new IllegalStateException("no");
            });
            assertThatThrownBy(() -> on(broken).start()).hasMessageContaining("no");
            long after = servers();
            echo("next").close();

            assertThat(after).isLessThanOrEqualTo(before + 1);
            assertThat(servers()).isEqualTo(after);
            assertThat(log).containsExactly("broken");
        }
    }

    private static long servers() {
        return ProcessHandle.current()
                .children()
                .filter(process -> process.info().command().orElse("").endsWith("redis-server"))
                .count();
    }

    @Test
    void a_transport_that_was_given_a_redis_keeps_it() {
        try (TestRedis redis = TestRedis.start()) {
            App.Builder given = App.named("given")
                    .register(echo)
                    .transport(RedisPubSub.with(
                            RedisOptions.builder().url(redis.url()).build()));
            try (TestApp app = on(given).start()) {
                assertThat(app.app().status().health()).containsKey("redis");
                assertThat(redis.command("PUBSUB", "CHANNELS", "news")).isEqualTo("news");
            }
        }
    }
}
