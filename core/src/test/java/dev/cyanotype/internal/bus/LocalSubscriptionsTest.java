/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import dev.cyanotype.CapturedLog;
import dev.cyanotype.message.ListenerOptions;
import dev.cyanotype.message.Overflow;
import dev.cyanotype.spi.FakeContext;
import dev.cyanotype.spi.FakeListener;
import dev.cyanotype.spi.Subscription;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What hears channels of the in-process bus besides the app's listeners. */
class LocalSubscriptionsTest {

    private final List<String> record = new CopyOnWriteArrayList<>();
    private final FakeContext context = new FakeContext(Runnable::run).onMessage(message -> {
        record.add("listener " + message.path("n"));
        return CompletableFuture.completedFuture(null);
    });
    private final LocalBus bus = new LocalBus(
            context.with(new FakeListener("news", ListenerOptions.builder().build())));

    private static ObjectNode message(int n) {
        return JsonNodeFactory.instance.objectNode().put("n", n);
    }

    private Consumer<JsonNode> as(String name) {
        return message -> record.add(name + " " + message.path("n"));
    }

    @Test
    void nobody_else_hears_what_is_published_in_the_process() {
        assertThat(bus.isShared()).isFalse();
    }

    @Test
    void listeners_and_subscriptions_of_a_channel_all_hear_a_message_and_are_counted() {
        bus.subscribe("news", as("a"));
        bus.subscribe("news", as("b"));
        bus.subscribe("weather", as("c"));

        assertThat(bus.publish("news", message(1))).isEqualTo(3);
        assertThat(bus.publish("weather", message(2))).isEqualTo(1);
        assertThat(bus.publish("sports", message(3))).isZero();

        assertThat(record).containsExactly("a 1", "b 1", "listener 1", "c 2");
    }

    @Test
    void a_message_is_not_that_of_the_publisher() {
        AtomicReference<JsonNode> kept = new AtomicReference<>();
        bus.subscribe("weather", kept::set);
        ObjectNode message = message(1);

        bus.publish("weather", message);
        message.put("n", 2);

        assertThat(kept.get()).hasToString("{\"n\":1}");
    }

    @Test
    void what_is_closed_is_neither_called_nor_counted() {
        Subscription closed = bus.subscribe("weather", as("closed"));
        Subscription open = bus.subscribe("weather", as("open"));

        closed.close();
        closed.close();
        assertThat(bus.publish("weather", message(1))).isEqualTo(1);
        open.close();
        assertThat(bus.publish("weather", message(2))).isZero();

        assertThat(record).containsExactly("open 1");
    }

    @Test
    void a_subscription_that_is_closed_while_a_message_is_delivered_is_not_called_with_it() {
        AtomicReference<Subscription> second = new AtomicReference<>();
        bus.subscribe("weather", message -> second.get().close());
        second.set(bus.subscribe("weather", as("second")));

        bus.publish("weather", message(1));

        assertThat(record).isEmpty();
    }

    @Test
    void what_a_listener_publishes_comes_after_what_it_hears_to_all() {
        bus.subscribe("weather", message -> {
            record.add("begin " + message.path("n"));
            if (message.path("n").asInt() == 1) {
                bus.publish("weather", message(2));
            }
            record.add("end " + message.path("n"));
        });
        bus.subscribe("weather", as("second"));

        bus.publish("weather", message(1));

        assertThat(record).containsExactly("begin 1", "end 1", "second 1", "begin 2", "end 2", "second 2");
    }

    @Test
    void what_subscribes_while_a_message_is_delivered_hears_the_next_one() {
        bus.subscribe("weather", message -> {
            if (message.path("n").asInt() == 1) {
                bus.subscribe("weather", as("late"));
            }
        });

        bus.publish("weather", message(1));
        bus.publish("weather", message(2));

        assertThat(record).containsExactly("late 2");
    }

    @Test
    void what_a_listener_throws_is_logged_and_hurts_nobody() {
        bus.subscribe("weather", message -> {
            throw new StackOverflowError("the listener is broken");
        });
        bus.subscribe("weather", as("good"));
        try (CapturedLog log = CapturedLog.from(Level.WARN)) {
            assertThat(bus.publish("weather", message(1))).isEqualTo(2);
            bus.publish("weather", message(2));

            assertThat(record).containsExactly("good 1", "good 2");
            assertThat(log.lines())
                    .containsExactly(
                            "ERROR the listener of a subscription of 'weather' failed",
                            "ERROR the listener of a subscription of 'weather' failed");
            assertThat(log.events().get(0).getThrowableProxy().getMessage()).isEqualTo("the listener is broken");
        }
    }

    @Test
    void messages_of_many_threads_come_one_at_a_time_and_to_all_in_the_same_order() throws InterruptedException {
        List<Integer> first = new CopyOnWriteArrayList<>();
        List<Integer> second = new CopyOnWriteArrayList<>();
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        CountDownLatch heard = new CountDownLatch(4 * 250);
        bus.subscribe("weather", message -> {
            most.accumulateAndGet(inside.incrementAndGet(), Math::max);
            first.add(message.path("n").asInt());
            inside.decrementAndGet();
        });
        bus.subscribe("weather", message -> {
            second.add(message.path("n").asInt());
            heard.countDown();
        });
        IntStream.range(0, 4)
                .mapToObj(thread -> new Thread(() ->
                        IntStream.range(0, 250).forEach(n -> bus.publish("weather", message(thread * 1000 + n)))))
                .forEach(Thread::start);

        assertThat(heard.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(most).hasValue(1);
        assertThat(second).containsExactlyElementsOf(first);
        for (int thread = 0; thread < 4; thread++) {
            int from = thread * 1000;
            assertThat(first.stream().filter(n -> n >= from && n < from + 1000))
                    .containsExactlyElementsOf(
                            IntStream.range(from, from + 250).boxed().toList());
        }
    }

    @Test
    void a_full_listener_that_makes_publishers_wait_does_not_keep_a_message_from_subscriptions() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        CountDownLatch heard = new CountDownLatch(3);
        FakeContext busy = new FakeContext(task -> new Thread(task).start()).onMessage(message -> {
            try {
                gate.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return CompletableFuture.completedFuture(null);
        });
        LocalBus waiting = new LocalBus(busy.with(new FakeListener(
                "news",
                ListenerOptions.builder().capacity(1).overflow(Overflow.BLOCK).build())));
        waiting.subscribe("news", message -> heard.countDown());
        Thread publisher = new Thread(() -> IntStream.range(0, 3).forEach(n -> waiting.publish("news", message(n))));
        publisher.start();
        try {
            assertThat(heard.await(20, TimeUnit.SECONDS)).isTrue();
        } finally {
            gate.countDown();
            publisher.join();
            waiting.close();
        }
    }

    @Test
    void a_bus_that_is_closed_takes_no_subscription_and_calls_none() {
        Subscription open = bus.subscribe("weather", as("a"));

        bus.close();

        assertThatThrownBy(() -> bus.subscribe("weather", as("b")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("app 'shop' is stopped, so it can't hear channels");
        open.close();
        assertThat(record).isEmpty();
    }
}
