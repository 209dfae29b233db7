/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.testkit;

import static dev.cyanotype.testkit.CyanotypeAssertions.assertThat;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cyanotype.Blueprint;
import dev.cyanotype.exchange.Response;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/** Messages within an app in memory. */
class BroadcastsTest {

    record Step(int n) {}

    private final List<String> log = new CopyOnWriteArrayList<>();

    private Blueprint listener(String name, String channel) {
        return Blueprint.named(name)
                .listen(channel, (message, ctx) -> log.add(name + " " + ctx.channel() + " " + message))
                .build();
    }

    @Nested
    class From_outside {

        @Test
        void are_heard_by_all_listeners_of_the_channel() {
            try (TestApp app = TestApp.of(listener("a", "steps"), listener("b", "steps"), listener("c", "others"))) {
                long reached = app.broadcast("steps", new Step(1));

                assertThat(reached).isEqualTo(2);
                assertThat(log).containsExactly("a steps {\"n\":1}", "b steps {\"n\":1}");
            }
        }

        @Test
        void may_be_given_as_text() {
            try (TestApp app = TestApp.of(listener("a", "steps"))) {
                app.broadcast("steps", "{\"n\": 1}");

                assertThat(log).containsExactly("a steps {\"n\":1}");
            }
        }

        @Test
        void reach_nobody_where_nobody_listens() {
            try (TestApp app = TestApp.of(listener("a", "steps"))) {
                assertThat(app.broadcast("nobody", Map.of())).isZero();
                assertThat(log).isEmpty();
            }
        }

        @Test
        void do_not_count_as_published_by_the_app() {
            try (TestApp app = TestApp.of(listener("a", "steps"))) {
                app.broadcast("steps", new Step(1));

                assertThat(app.broadcasts()).isEmpty();
            }
        }

        @Test
        void are_decoded_and_their_errors_handled() {
            Blueprint typed = Blueprint.named("typed")
                    .listen("steps", Step.class, (step, ctx) -> log.add("step " + step.n()))
                    .error(400, (exchange, e) -> log.add("bad: " + e.getMessage()))
                    .build();
            try (TestApp app = TestApp.of(typed)) {
                app.broadcast("steps", new Step(7));
                app.broadcast("steps", "{\"n\": \"x\"}");
            }
            assertThat(log).containsExactly("step 7", "bad: the message does not have the expected form: see 'n'");
        }

        @Test
        void give_each_listener_a_message_of_its_own() {
            Blueprint changing = Blueprint.named("changing")
                    .listen("steps", (message, ctx) -> ((ObjectNode) message).put("n", 99))
                    .build();
            try (TestApp app = TestApp.of(changing, listener("after", "steps"))) {
                app.broadcast("steps", new Step(1));

                assertThat(log).containsExactly("after steps {\"n\":1}");
            }
        }

        @Test
        void go_on_after_a_listener_that_throws() {
            Blueprint failing = Blueprint.named("failing")
                    .listen("steps", (message, ctx) -> {
                        throw new IllegalStateException("broken");
                    })
                    .error(IllegalStateException.class, (exchange, e) -> log.add("handled"))
                    .build();
            try (TestApp app = TestApp.of(failing, listener("after", "steps"))) {
                app.broadcast("steps", new Step(1));
                app.broadcast("steps", new Step(2));

                assertThat(log).containsExactly("handled", "after steps {\"n\":1}", "handled", "after steps {\"n\":2}");
            }
        }

        @Test
        void have_been_heard_when_they_return_whatever_other_threads_broadcast() throws Exception {
            CountDownLatch inside = new CountDownLatch(1);
            CountDownLatch go = new CountDownLatch(1);
            Blueprint slow = Blueprint.named("slow")
                    .listen("slow", (message, ctx) -> {
                        inside.countDown();
                        go.await();
                        log.add("slow");
                    })
                    .build();
            try (TestApp app = TestApp.of(slow, listener("a", "steps"))) {
                CompletableFuture<Void> first = CompletableFuture.runAsync(() -> app.broadcast("slow", Map.of()));
                assertThat(inside.await(10, SECONDS)).isTrue();
                try {
                    app.broadcast("steps", new Step(1));

                    assertThat(log).containsExactly("a steps {\"n\":1}");
                } finally {
                    go.countDown();
                    first.get(10, SECONDS);
                }
            }
        }

        @Test
        void are_heard_by_one_listener_one_at_a_time() throws Exception {
            AtomicInteger atOnce = new AtomicInteger();
            Blueprint counting = Blueprint.named("counting")
                    .listen("steps", Step.class, (step, ctx) -> {
                        log.add(Integer.toString(atOnce.incrementAndGet()));
                        Thread.yield();
                        atOnce.decrementAndGet();
                    })
                    .build();
            try (TestApp app = TestApp.of(counting)) {
                List<CompletableFuture<Void>> threads = new ArrayList<>();
                for (int i = 0; i < 4; i++) {
                    threads.add(CompletableFuture.runAsync(() -> {
                        for (int n = 0; n < 50; n++) {
                            app.broadcast("steps", new Step(n));
                        }
                    }));
                }
                for (CompletableFuture<Void> thread : threads) {
                    thread.get(20, SECONDS);
                }
            }
            assertThat(log).hasSize(200).containsOnly("1");
        }

        @Test
        void must_be_something() {
            try (TestApp app = TestApp.of()) {
                assertThatThrownBy(() -> app.broadcast("steps", null))
                        .isInstanceOf(NullPointerException.class)
                        .hasMessage("message");
            }
        }
    }

    @Nested
    class Of_the_app {

        private final Blueprint publishing = Blueprint.named("publishing")
                .post("/{channel}/{n:int}", ctx -> {
                    long reached = ctx.broadcast(ctx.pathParam("channel"), new Step(ctx.pathParam("n", Integer.class)));
                    log.add("published");
                    return Response.text(Long.toString(reached));
                })
                .build();

        @Test
        void are_recorded_in_their_order() {
            try (TestApp app = TestApp.of(publishing)) {
                app.post("/a/1", Map.of());
                app.post("/b/2", Map.of());
                app.post("/a/3", Map.of());

                assertThat(app.broadcasts()).extracting(TestMessage::channel).containsExactly("a", "b", "a");
                assertThat(app.broadcasts("a")).hasSize(2);
                assertThat(app.broadcasts("a").get(1)).isOn("a").hasJson(new Step(3));
                assertThat(app.broadcasts("none")).isEmpty();
            }
        }

        @Test
        void are_recorded_where_nobody_listens_too() {
            try (TestApp app = TestApp.of(publishing)) {
                assertThat(app.post("/a/1", Map.of())).hasText("0");

                assertThat(app.broadcasts().get(0)).isOn("a").hasJson("{\"n\": 1}");
            }
        }

        @Test
        void have_been_heard_when_the_request_returns() {
            try (TestApp app = TestApp.of(publishing, listener("b", "a"))) {
                assertThat(app.post("/a/1", Map.of())).hasText("1");

                assertThat(log).contains("b a {\"n\":1}", "published");
            }
        }

        @Test
        void are_recorded_as_they_were_when_they_were_published() {
            Map<String, Object> changing = new HashMap<>(Map.of("n", 1));
            Blueprint blueprint = Blueprint.named("changing")
                    .post("/", ctx -> {
                        ctx.broadcast("a", changing);
                        changing.put("n", 2);
                        return null;
                    })
                    .build();
            try (TestApp app = TestApp.of(blueprint)) {
                app.post("/", Map.of());

                assertThat(app.broadcasts().get(0)).hasJson("{\"n\": 1}");
            }
        }

        @Test
        void are_a_copy_that_does_not_grow() {
            try (TestApp app = TestApp.of(publishing)) {
                List<TestMessage> before = app.broadcasts();

                app.post("/a/1", Map.of());

                assertThat(before).isEmpty();
                assertThatThrownBy(() -> before.add(null)).isInstanceOf(UnsupportedOperationException.class);
            }
        }

        @Test
        void of_actions_and_tasks_are_recorded_too() {
            Blueprint blueprint = Blueprint.named("others")
                    .action("act", ctx -> ctx.broadcast("from_action", Map.of()))
                    .background("tick", Duration.ofHours(1), ctx -> ctx.broadcast("from_task", Map.of()))
                    .build();
            try (TestApp app = TestApp.of(blueprint)) {
                app.call("act", Map.of());
                app.runTask("tick");

                assertThat(app.broadcasts())
                        .extracting(TestMessage::channel)
                        .containsExactly("from_action", "from_task");
            }
        }
    }

    @Nested
    class Of_a_listener {

        @Test
        void are_heard_after_the_listener_has_ended() {
            Blueprint chain = Blueprint.named("chain")
                    .listen("first", (message, ctx) -> {
                        log.add("first begins");
                        ctx.broadcast("second", Map.of());
                        log.add("first ends");
                    })
                    .listen("second", (message, ctx) -> log.add("second"))
                    .build();
            try (TestApp app = TestApp.of(chain)) {
                app.broadcast("first", Map.of());

                assertThat(log).containsExactly("first begins", "first ends", "second");
                assertThat(app.broadcasts()).extracting(TestMessage::channel).containsExactly("second");
            }
        }

        @Test
        void come_after_those_that_were_published_before() {
            Blueprint one = Blueprint.named("one")
                    .listen("start", (message, ctx) -> {
                        log.add("one");
                        ctx.broadcast("next", Map.of());
                    })
                    .build();
            Blueprint two = Blueprint.named("two")
                    .listen("start", (message, ctx) -> log.add("two"))
                    .listen("next", (message, ctx) -> log.add("next"))
                    .build();
            try (TestApp app = TestApp.of(one, two)) {
                app.broadcast("start", Map.of());

                assertThat(log).containsExactly("one", "two", "next");
            }
        }

        @Test
        void may_be_published_by_another_thread_that_the_listener_waits_for() {
            Blueprint waiting = Blueprint.named("waiting")
                    .listen("start", (message, ctx) -> {
                        CompletableFuture.runAsync(() -> ctx.broadcast("next", Map.of()))
                                .get(10, SECONDS);
                        log.add("start ends");
                    })
                    .listen("next", (message, ctx) -> log.add("next"))
                    .build();
            try (TestApp app = TestApp.of(waiting)) {
                app.broadcast("start", Map.of());

                assertThat(log).containsExactly("next", "start ends");
            }
        }

        @Test
        void may_go_back_and_forth_without_deepening_the_stack() {
            Blueprint counting = Blueprint.named("counting")
                    .listen("count", Step.class, (step, ctx) -> {
                        if (step.n() < 20_000) {
                            ctx.broadcast("count", new Step(step.n() + 1));
                        } else {
                            log.add("counted");
                        }
                    })
                    .build();
            try (TestApp app = TestApp.of(counting)) {
                app.broadcast("count", new Step(1));

                assertThat(log).containsExactly("counted");
                assertThat(app.broadcasts()).hasSize(19_999);
            }
        }
    }
}
