/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import dev.cyanotype.CapturedLog;
import dev.cyanotype.message.ConsumerOptions;
import dev.cyanotype.message.ListenerOptions;
import dev.cyanotype.message.MessagingException;
import dev.cyanotype.message.NoResponderException;
import dev.cyanotype.message.Overflow;
import dev.cyanotype.spi.ActionRequest;
import dev.cyanotype.spi.FakeAction;
import dev.cyanotype.spi.FakeConsumer;
import dev.cyanotype.spi.FakeContext;
import dev.cyanotype.spi.FakeListener;
import dev.cyanotype.spi.Reply;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

class LocalBusTest {

    private static final Duration AGES = Duration.ofSeconds(20);

    private final List<String> record = new CopyOnWriteArrayList<>();
    private final Queue<Runnable> given = new ConcurrentLinkedQueue<>();
    private volatile Executor executor = Runnable::run;

    /** What running an action is, after it was recorded. */
    private volatile Function<ActionRequest, CompletableFuture<Reply>> acting =
            request -> replying(200, object("x", 1));

    private volatile Function<JsonNode, CompletableFuture<Void>> hearing =
            message -> CompletableFuture.completedFuture(null);

    private final FakeContext context = new FakeContext(task -> executor.execute(task))
            .onAction(request -> {
                record.add(request.action());
                return acting.apply(request);
            })
            .onMessage(message -> {
                record.add("heard " + message);
                return hearing.apply(message);
            })
            .onEntry(entry -> {
                record.add("entry " + entry.value());
                return replying(entry.value().has("fail") ? 503 : 200, object("error", 1));
            });

    private static ObjectNode object(String name, int value) {
        return JsonNodeFactory.instance.objectNode().put(name, value);
    }

    private static CompletableFuture<Reply> replying(int status, JsonNode payload) {
        return CompletableFuture.completedFuture(new Reply(status, payload));
    }

    private LocalBus bus() {
        return new LocalBus(context.with(new FakeAction("act")));
    }

    private LocalBus hearing(Consumer<ListenerOptions.Builder> options) {
        ListenerOptions.Builder builder = ListenerOptions.builder();
        options.accept(builder);
        context.with(new FakeListener("news", builder.build()));
        return bus();
    }

    private static ActionRequest.Builder request() {
        return ActionRequest.builder("act", JsonNodeFactory.instance.objectNode());
    }

    private static CompletableFuture<Reply> ask(LocalBus bus) {
        return bus.request("shop", request().build());
    }

    private static Throwable failure(CompletableFuture<?> reply) {
        assertThat(reply).isCompletedExceptionally();
        return reply.handle((done, error) -> error).join();
    }

    private void runAllGiven() {
        for (Runnable next = given.poll(); next != null; next = given.poll()) {
            next.run();
        }
    }

    @Nested
    class A_request {

        @Test
        void is_run_on_the_executor() {
            executor = given::add;
            CompletableFuture<Reply> reply = ask(bus());
            assertThat(record).isEmpty();

            runAllGiven();

            assertThat(record).containsExactly("act");
            assertThat(reply.join().payload()).hasToString("{\"x\":1}");
        }

        @Test
        void has_all_that_the_caller_gave_it() {
            Instant deadline = Instant.now().plusSeconds(60);
            AtomicReference<ActionRequest> seen = new AtomicReference<>();
            acting = request -> {
                seen.set(request);
                request.progress().accept(object("percent", 7));
                return replying(200, request.payload());
            };

            bus().request(
                            "shop",
                            ActionRequest.builder("act", object("n", 3))
                                    .correlationId("c-1")
                                    .deadline(deadline)
                                    .traceparent("00-trace")
                                    .progress(payload -> record.add("progress " + payload))
                                    .build())
                    .join();

            assertThat(record).containsExactly("act", "progress {\"percent\":7}");
            assertThat(seen.get().payload()).hasToString("{\"n\":3}");
            assertThat(seen.get().correlationId()).isEqualTo("c-1");
            assertThat(seen.get().deadline()).isEqualTo(deadline);
            assertThat(seen.get().traceparent()).isEqualTo("00-trace");
        }

        @Test
        void of_another_service_has_no_responder() {
            assertThat(failure(bus().request("other", request().build())))
                    .isInstanceOf(NoResponderException.class)
                    .hasMessage("call of 'act' at 'other': nobody listens");
            assertThat(failure(ask(new LocalBus(new FakeContext(Runnable::run)))))
                    .isInstanceOf(NoResponderException.class)
                    .hasMessage("call of 'act' at 'shop': nobody listens");
        }

        @Test
        void that_nobody_waits_for_any_more_is_not_run() throws Exception {
            executor = given::add;
            LocalBus bus = bus();
            ask(bus).cancel(true);
            bus.request("shop", request().deadline(Instant.now()).build());
            bus.request(
                    "shop",
                    request().deadline(Instant.now()).idempotencyKey("k").build());

            runAllGiven();

            assertThat(record).isEmpty();
            bus.drain(AGES);
        }

        @Test
        void sees_that_it_was_cancelled() {
            AtomicReference<ActionRequest> seen = new AtomicReference<>();
            acting = request -> {
                seen.set(request);
                return new CompletableFuture<>();
            };
            CompletableFuture<Reply> reply = ask(bus());
            assertThat(seen.get().isCancelled()).isFalse();

            reply.cancel(true);

            assertThat(seen.get().isCancelled()).isTrue();
        }

        @Test
        void fails_where_no_dispatcher_does_and_is_not_under_way_for_ever() throws Exception {
            LocalBus bus = bus();
            acting = request -> {
                throw new StackOverflowError("broken");
            };
            assertThat(failure(ask(bus))).isInstanceOf(StackOverflowError.class).hasMessage("broken");
            acting = request -> CompletableFuture.failedFuture(new IllegalStateException("broken too"));
            assertThat(failure(ask(bus)))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("broken too");
            executor = task -> {
                throw new Error("no further thread");
            };
            assertThat(failure(ask(bus))).isInstanceOf(Error.class).hasMessage("no further thread");
            executor = task -> {
                throw new RejectedExecutionException("full");
            };
            assertThat(failure(ask(bus)))
                    .isInstanceOf(RejectedExecutionException.class)
                    .hasMessage("full");

            bus.drain(Duration.ofDays(1));
        }
    }

    @Nested
    class A_key {

        private final LocalBus bus = bus();
        private final AtomicInteger runs = new AtomicInteger();

        private CompletableFuture<Reply> ask(String action, String key) {
            return bus.request(
                    "shop",
                    ActionRequest.builder(action, JsonNodeFactory.instance.objectNode())
                            .idempotencyKey(key)
                            .build());
        }

        private CompletableFuture<Reply> ask(String key) {
            return ask("act", key);
        }

        @Test
        void is_run_once() {
            acting = request -> replying(200, object("run", runs.incrementAndGet()));

            assertThat(ask("a").join().payload()).hasToString("{\"run\":1}");
            assertThat(ask("a").join().payload()).hasToString("{\"run\":1}");
            assertThat(ask("b").join().payload()).hasToString("{\"run\":2}");
        }

        @Test
        void is_one_of_its_action_whatever_both_are_called() {
            acting = request -> replying(200, object("run", runs.incrementAndGet()));

            ask("act", "b c").join();
            ask("act b", "c").join();

            assertThat(runs).hasValue(2);
        }

        @Test
        void has_a_reply_that_no_caller_can_change_for_others() {
            ((ObjectNode) ask("a").join().payload()).put("x", "changed");
            ((ObjectNode) ask("a").join().payload()).put("x", "changed");

            assertThat(ask("a").join().payload()).hasToString("{\"x\":1}");
        }

        @Test
        void is_refused_while_it_runs() {
            CompletableFuture<Reply> running = new CompletableFuture<>();
            acting = request -> running;
            CompletableFuture<Reply> first = ask("a");

            Reply second = ask("a").join();
            running.complete(replying(200, object("x", 2)).join());

            assertThat(second.status()).isEqualTo(409);
            assertThat(second.payload())
                    .hasToString("{\"error\":\"A request with this idempotency key is still running\"}");
            assertThat(first.join().payload()).hasToString("{\"x\":2}");
            assertThat(ask("a").join().payload()).hasToString("{\"x\":2}");
            assertThat(record).containsExactly("act");
        }

        @ParameterizedTest
        @ValueSource(ints = {400, 404, 409, 422, 499})
        void keeps_an_error_that_would_come_again(int status) {
            acting = request -> replying(status, object("run", runs.incrementAndGet()));

            ask("a").join();

            assertThat(ask("a").join().status()).isEqualTo(status);
            assertThat(ask("a").join().payload()).hasToString("{\"run\":1}");
        }

        @ParameterizedTest
        @ValueSource(ints = {408, 425, 429, 500, 503})
        void is_run_again_after_an_error_that_may_not(int status) {
            acting = request -> replying(runs.incrementAndGet() == 1 ? status : 200, object("x", 1));

            assertThat(ask("a").join().status()).isEqualTo(status);
            assertThat(ask("a").join().status()).isEqualTo(200);
            assertThat(ask("a").join().status()).isEqualTo(200);
            assertThat(runs).hasValue(2);
        }

        @Test
        void is_run_again_where_it_could_not_be() {
            acting = request -> {
                throw new IllegalStateException("broken");
            };
            assertThat(failure(ask("a"))).hasRootCauseMessage("broken");
            acting = request -> replying(200, object("x", 1));

            assertThat(ask("a").join().status()).isEqualTo(200);
        }

        @Test
        void is_remembered_until_ten_thousand_others_came() {
            ask("first").join();
            for (int n = 0; n < 9_999; n++) {
                ask("key " + n).join();
            }
            record.clear();

            ask("first").join();
            assertThat(record).isEmpty();
            ask("one more").join();
            ask("first").join();
            assertThat(record).containsExactly("act", "act");
        }
    }

    @Nested
    class A_message {

        @Test
        void is_a_tree_of_its_own_for_each_listener() {
            context.with(new FakeListener("news", ListenerOptions.builder().build()));
            hearing = message -> {
                ((ObjectNode) message).put("changed", true);
                return CompletableFuture.completedFuture(null);
            };
            ObjectNode message = object("n", 1);

            assertThat(hearing(options -> {}).publish("news", message)).isEqualTo(2);

            assertThat(record).containsExactly("heard {\"n\":1}", "heard {\"n\":1}");
            assertThat(message).hasToString("{\"n\":1}");
        }

        @Test
        void of_no_listener_reaches_nobody() {
            assertThat(bus().publish("news", object("n", 1))).isZero();
        }

        @Test
        void is_heard_by_others_where_one_is_full_and_that_is_an_error() {
            executor = given::add;
            context.with(new FakeListener(
                    "news",
                    ListenerOptions.builder()
                            .capacity(1)
                            .overflow(Overflow.FAIL)
                            .build()));
            LocalBus bus = hearing(options -> {});
            assertThat(bus.publish("news", object("n", 1))).isEqualTo(2);

            MessagingException failure =
                    catchThrowableOfType(MessagingException.class, () -> bus.publish("news", object("n", 2)));
            runAllGiven();

            assertThat(failure)
                    .hasMessage("listener of 'news' (A.java:1): 1 messages wait for it already, so this one is lost");
            assertThat(failure.reason()).isEqualTo(MessagingException.Reason.QUEUE_FULL);
            assertThat(record).containsExactly("heard {\"n\":1}", "heard {\"n\":1}", "heard {\"n\":2}");
            assertThat(bus.counters()).isEqualTo(Map.of("listener.news.dropped", 1L));
        }

        @Test
        void is_not_counted_where_it_is_dropped() {
            executor = given::add;
            LocalBus bus = hearing(options -> options.capacity(1).overflow(Overflow.DROP_NEW));

            assertThat(bus.publish("news", object("n", 1))).isEqualTo(1);
            assertThat(bus.counters()).isEqualTo(Map.of("listener.news.dropped", 0L));
            assertThat(bus.publish("news", object("n", 2))).isZero();
            assertThat(bus.counters()).isEqualTo(Map.of("listener.news.dropped", 1L));
        }

        @Test
        void that_waits_for_room_can_be_given_up() throws Exception {
            executor = given::add;
            LocalBus bus = hearing(options -> options.capacity(1).overflow(Overflow.BLOCK));
            bus.publish("news", object("n", 1));
            AtomicReference<Throwable> failure = new AtomicReference<>();
            Thread thread = new Thread(() -> {
                failure.set(catchThrowableOfType(MessagingException.class, () -> bus.publish("news", object("n", 2))));
                record.add("interrupted " + Thread.currentThread().isInterrupted());
            });
            thread.start();
            await().until(() -> thread.getState() == Thread.State.WAITING);

            thread.interrupt();
            thread.join();

            assertThat(failure.get())
                    .hasMessage("broadcast on 'news': interrupted while it waited for a listener")
                    .hasCauseInstanceOf(InterruptedException.class);
            assertThat(record).containsExactly("interrupted true");
        }
    }

    @Nested
    class To_drain {

        @Test
        void is_to_wait_for_what_one_thing_sets_off_after_the_other() throws Exception {
            context.with(new FakeConsumer(
                    "orders", "stock", ConsumerOptions.builder().build()));
            LocalBus bus = hearing(options -> {});
            executor = given::add;
            acting = request -> {
                bus.append("orders", null, object("n", 1));
                return replying(200, object("x", 1));
            };
            context.onEntry(entry -> {
                bus.publish("news", object("n", 2));
                return replying(200, object("x", 1));
            });
            AtomicInteger calls = new AtomicInteger();
            hearing = message -> {
                if (calls.incrementAndGet() < 50) {
                    ask(bus);
                }
                return CompletableFuture.completedFuture(null);
            };
            ask(bus);
            Thread worker = new Thread(() -> {
                while (calls.get() < 50) {
                    runAllGiven();
                }
                runAllGiven();
                record.add("all run");
            });
            worker.start();

            bus.drain(AGES);

            assertThat(calls).hasValue(50);
            worker.join();
        }

        @Test
        void is_not_to_wait_for_what_rests() throws Exception {
            context.with(new FakeConsumer(
                    "orders",
                    "stock",
                    ConsumerOptions.builder()
                            .retries(Duration.ofHours(1), Duration.ofHours(1))
                            .build()));
            try (CapturedLog log = CapturedLog.from(Level.WARN)) {
                LocalBus bus = bus();
                bus.append("orders", null, object("fail", 1));

                bus.drain(Duration.ofDays(1));
                bus.close();

                assertThat(record).containsExactly("entry {\"fail\":1}");
                assertThat(log.lines())
                        .containsExactly("WARN stream orders for stock: 1 entries are lost with this process, because"
                                + " there is no broker");
            }
        }

        @Test
        void ends_with_its_budget() throws Exception {
            context.with(new FakeConsumer(
                    "orders", "stock", ConsumerOptions.builder().build()));
            LocalBus bus = hearing(options -> {});
            executor = given::add;
            Instant before = Instant.now();

            ask(bus);
            bus.drain(Duration.ofMillis(20));
            runAllGiven();
            bus.publish("news", object("n", 1));
            bus.drain(Duration.ofMillis(20));
            runAllGiven();
            bus.append("orders", null, object("n", 1));
            bus.drain(Duration.ofMillis(20));

            assertThat(Duration.between(before, Instant.now())).isGreaterThanOrEqualTo(Duration.ofMillis(60));
            bus.drain(Duration.ZERO);
            bus.close();
        }
    }

    @Nested
    class Closed {

        @Test
        void it_sends_nothing_and_says_so() {
            LocalBus bus = hearing(options -> {});
            bus.start();
            bus.close();
            bus.close();

            assertThatThrownBy(() -> bus.publish("news", object("n", 1)))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("app 'shop' is stopped, so it can't send messages");
            assertThatThrownBy(() -> bus.append("orders", null, object("n", 1)))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("app 'shop' is stopped, so it can't send messages");
            assertThat(failure(ask(bus)))
                    .isInstanceOf(NoResponderException.class)
                    .hasMessage("call of 'act' at 'shop': nobody listens");
            assertThat(record).isEmpty();
        }
    }
}
