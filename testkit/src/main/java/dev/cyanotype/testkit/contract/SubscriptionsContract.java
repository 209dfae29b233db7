/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cyanotype.App;
import dev.cyanotype.spi.MessageBus;
import dev.cyanotype.spi.Subscription;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Who hears channels besides the declared listeners, and when. */
@Rule(35)
abstract class SubscriptionsContract extends ContractApps {

    private final String channel = own("numbers");
    private final String elsewhere = own("elsewhere");
    private final MessageBus other = bus("publishing", builder -> {});

    /** Publishes what the tests hear: another app, where others can be heard. */
    private MessageBus publishing = other;

    private MessageBus bus(String name, Consumer<App.Builder> further) {
        BusProbe probe = new BusProbe();
        App.Builder builder = probe.show(on(App.named(own(name))));
        further.accept(builder);
        start(builder);
        return published(probe);
    }

    private MessageBus published(BusProbe probe) {
        publishing = probe.bus().isShared() ? other : probe.bus();
        return probe.bus();
    }

    private MessageBus bus() {
        return bus("shop", builder -> {});
    }

    private void publish(String to, int n) {
        publishing.publish(to, JsonNodeFactory.instance.objectNode().put("n", n));
    }

    private Consumer<JsonNode> as(String name) {
        return message -> seen.add(name + " " + message.path("n"));
    }

    private void awaitSeen(String... messages) {
        eventually().untilAsserted(() -> assertThat(seen).containsExactly(messages));
    }

    @Test
    @Rule({35, 36})
    void a_channel_is_heard_as_soon_as_it_is_subscribed_to_and_in_order() {
        bus().subscribe(channel, as("a"));

        IntStream.range(0, 300).forEach(n -> publish(channel, n));

        awaitSeen(IntStream.range(0, 300).mapToObj(n -> "a " + n).toArray(String[]::new));
    }

    @Test
    void what_is_subscribed_to_before_the_start_is_heard_after_it() {
        BusProbe probe = new BusProbe(bus -> {
            bus.subscribe(channel, as("a"));
            bus.subscribe(elsewhere, as("closed")).close();
        });
        start(probe.show(on(App.named(own("early")))));
        published(probe);

        publish(elsewhere, 1);
        publish(channel, 2);

        awaitSeen("a 2");
    }

    @Test
    void a_listener_and_subscriptions_of_its_channel_all_hear_it() {
        MessageBus bus = bus(
                "shop",
                builder -> builder.listen(channel, (message, ctx) -> seen.add("listener " + message.path("n"))));
        Subscription first = bus.subscribe(channel, as("a"));
        bus.subscribe(channel, as("b"));

        publish(channel, 1);
        eventually().untilAsserted(() -> assertThat(seen).containsExactlyInAnyOrder("listener 1", "a 1", "b 1"));
        first.close();
        publish(channel, 2);

        eventually()
                .untilAsserted(() ->
                        assertThat(seen).containsExactlyInAnyOrder("listener 1", "a 1", "b 1", "listener 2", "b 2"));
    }

    @Test
    void subscriptions_of_several_channels_hear_their_own() {
        MessageBus bus = bus();
        List<String> channels =
                IntStream.range(0, 20).mapToObj(n -> own("channel" + n)).toList();
        channels.forEach(each -> bus.subscribe(each, as(each)));

        channels.forEach(each -> publish(each, 1));

        eventually()
                .untilAsserted(() -> assertThat(seen)
                        .containsExactlyInAnyOrderElementsOf(
                                channels.stream().map(each -> each + " 1").toList()));
    }

    @Test
    @Rule(37)
    void what_is_closed_is_called_no_more() {
        MessageBus bus = bus();
        Subscription closed = bus.subscribe(channel, as("closed"));
        bus.subscribe(channel, as("open"));
        publish(channel, 1);
        awaitSeen("closed 1", "open 1");

        closed.close();
        closed.close();
        publish(channel, 2);

        awaitSeen("closed 1", "open 1", "open 2");
    }

    @Test
    void a_channel_may_be_subscribed_to_again_and_again() {
        MessageBus bus = bus();
        List<String> expected = new ArrayList<>();
        for (int n = 0; n < 100; n++) {
            try (Subscription open = bus.subscribe(channel, as("a"))) {
                assertThat(open).isNotNull();
                publish(channel, n);
                expected.add("a " + n);
                awaitSeen(expected.toArray(String[]::new));
            }
        }
    }

    @Test
    @Rule(37)
    void a_subscription_may_close_itself() {
        MessageBus bus = bus();
        List<Subscription> own = new CopyOnWriteArrayList<>();
        CountDownLatch known = gate();
        own.add(bus.subscribe(channel, message -> {
            seen.add("once " + message.path("n"));
            known.countDown();
            own.get(0).close();
        }));
        bus.subscribe(channel, as("b"));

        publish(channel, 1);
        publish(channel, 2);

        awaitSeen("once 1", "b 1", "b 2");
    }

    @Test
    @Rule(36)
    void what_a_listener_throws_hurts_nobody() {
        MessageBus bus = bus();
        bus.subscribe(channel, message -> {
            seen.add("bad " + message.path("n"));
            if (message.path("n").asInt() == 1) {
                throw new StackOverflowError("the listener is broken");
            }
            throw new IllegalStateException("the listener is broken");
        });
        bus.subscribe(channel, as("good"));

        IntStream.rangeClosed(1, 3).forEach(n -> publish(channel, n));

        awaitSeen("bad 1", "good 1", "bad 2", "good 2", "bad 3", "good 3");
    }

    @Test
    @Rule(36)
    void messages_of_several_publishers_come_one_at_a_time_and_each_ones_in_order() throws InterruptedException {
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        bus().subscribe(channel, message -> {
            most.accumulateAndGet(inside.incrementAndGet(), Math::max);
            seen.add(message.path("n").asString());
            inside.decrementAndGet();
        });
        List<Thread> threads = IntStream.range(0, 4)
                .mapToObj(thread ->
                        new Thread(() -> IntStream.range(0, 100).forEach(n -> publish(channel, thread * 1000 + n))))
                .toList();
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }

        eventually().until(() -> seen.size() == 400);
        assertThat(most).hasValue(1);
        for (int thread = 0; thread < 4; thread++) {
            int from = thread * 1000;
            assertThat(seen.stream().map(Integer::parseInt).filter(n -> n >= from && n < from + 1000))
                    .containsExactlyElementsOf(
                            IntStream.range(from, from + 100).boxed().toList());
        }
    }

    @Test
    @Rule({20, 37})
    void subscribing_and_closing_by_many_threads_leaves_what_is_open() throws InterruptedException {
        MessageBus bus = bus();
        List<Thread> threads = IntStream.range(0, 8)
                .mapToObj(thread -> new Thread(() -> {
                    for (int n = 0; n < 25; n++) {
                        bus.subscribe(n % 2 == 0 ? channel : elsewhere, message -> {})
                                .close();
                    }
                    bus.subscribe(channel, as("t" + thread));
                }))
                .toList();
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }

        publish(channel, 1);

        eventually()
                .untilAsserted(() -> assertThat(seen)
                        .containsExactlyInAnyOrderElementsOf(IntStream.range(0, 8)
                                .mapToObj(n -> "t" + n + " 1")
                                .toList()));
    }

    @Test
    @Rule(37)
    void a_bus_that_is_closed_takes_no_subscription() {
        BusProbe probe = new BusProbe();
        App app = start(probe.show(on(App.named(own("stopped")))));
        Subscription open = published(probe).subscribe(channel, as("a"));
        app.stop();

        if (probe.bus().isShared()) {
            publish(channel, 1);
        }
        assertThatThrownBy(() -> probe.bus().subscribe(channel, as("b")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("app '" + own("stopped") + "' is stopped, so it can't hear channels");
        open.close();
        assertThat(seen).isEmpty();
    }

    @Test
    void nothing_is_subscribed_to_without_a_channel_or_a_listener() {
        MessageBus bus = bus();

        assertThatThrownBy(() -> bus.subscribe(nothing(), as("a")))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("channel");
        assertThatThrownBy(() -> bus.subscribe(channel, nothing()))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("listener");
    }

    @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"})
    private static <T> T nothing() {
        return null;
    }
}
