/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cyanotype.message.Delivery;
import dev.cyanotype.message.ListenerOptions;
import dev.cyanotype.message.MessagingException;
import dev.cyanotype.message.Overflow;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What a bus has from the SPI: lanes, subscriptions, runs of actions, and the end of them. */
class AbstractMessageBusTest {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final List<String> record = new ArrayList<>();
    private final Queue<Runnable> given = new ArrayDeque<>();
    private CompletableFuture<Reply> reply = CompletableFuture.completedFuture(new Reply(200, JSON.stringNode("done")));
    private final FakeContext context = new FakeContext(given::add)
            .onMessage(message -> {
                record.add("heard " + message);
                ((ObjectNode) message).put("changed", true);
                return CompletableFuture.completedFuture(null);
            })
            .onAction(request -> {
                record.add("ran " + request.action());
                request.progress().accept(JSON.numberNode(1));
                return reply;
            });

    private static final class Bus extends AbstractMessageBus {

        Bus(TransportContext context) {
            super(context);
        }

        @Override
        public void start() {}

        @Override
        public long publish(String channel, JsonNode message) {
            checkOpen();
            return 0;
        }

        @Override
        public CompletableFuture<Reply> request(String service, ActionRequest request) {
            return track(new CompletableFuture<>());
        }
    }

    private Bus bus() {
        return new Bus(context);
    }

    private void runAllGiven() {
        for (Runnable next = given.poll(); next != null; next = given.poll()) {
            next.run();
        }
    }

    private static FakeListener listener(int capacity, Overflow overflow) {
        return new FakeListener(
                "news",
                ListenerOptions.builder().capacity(capacity).overflow(overflow).build());
    }

    private static ObjectNode message(int n) {
        return JSON.objectNode().put("n", n);
    }

    @Test
    void each_listener_hears_a_copy_and_all_are_counted() throws Exception {
        Bus bus = new Bus(context.with(listener(10, Overflow.DROP_NEW)).with(listener(10, Overflow.DROP_NEW)));
        bus.subscribe("news", message -> record.add("subscribed " + message));

        assertThat(bus.hear("news", message(1))).isEqualTo(3);
        assertThat(bus.hear("other", message(2))).isZero();
        runAllGiven();

        assertThat(record).containsExactly("subscribed {\"n\":1}", "heard {\"n\":1}", "heard {\"n\":1}");
    }

    @Test
    void one_full_listener_keeps_no_other_from_a_message() throws Exception {
        ListenerLanes lanes = new ListenerLanes(context.with(listener(1, Overflow.FAIL))
                .with(listener(1, Overflow.FAIL))
                .with(listener(9, Overflow.DROP_NEW)));
        assertThat(lanes.offer("news", lane -> () -> message(1))).isEqualTo(3);

        assertThatThrownBy(() -> lanes.offer("news", lane -> () -> message(2)))
                .isInstanceOf(MessagingException.class)
                .hasMessageEndingWith("1 messages wait for it already, so this one is lost")
                .satisfies(e -> assertThat(e.getSuppressed()).hasSize(1));

        assertThat(lanes.counters()).isEqualTo(Map.of("listener.news.dropped", 2L));
        assertThat(lanes.awaitEmpty(Duration.ZERO)).isFalse();
        runAllGiven();
        assertThat(lanes.awaitEmpty(Duration.ZERO)).isTrue();
        assertThat(record).filteredOn("heard {\"n\":2}"::equals).hasSize(1);
    }

    @Test
    void after_it_is_quiet_listeners_hear_nothing_and_subscriptions_do() throws Exception {
        Bus bus = new Bus(context.with(listener(10, Overflow.DROP_NEW)).with(new FakeAction("create")));
        bus.subscribe("news", message -> record.add("subscribed"));
        assertThat(bus.isServing()).isTrue();

        bus.quiesce();

        assertThat(bus.isServing()).isFalse();
        assertThat(bus.hear("news", message(1))).isEqualTo(1);
        assertThat(given).isEmpty();
        assertThat(record).containsExactly("subscribed");
        assertThat(new Bus(new FakeContext(given::add)).isServing()).isFalse();
    }

    @Test
    void a_request_is_run_and_answered_across_json() {
        Instant deadline = Instant.ofEpochMilli(4_000_000_000_000L);
        LocalActions actions = new LocalActions(context.with(new FakeAction("create")));
        ActionRequest request = ActionRequest.builder("create", message(1))
                .correlationId("c")
                .deadline(deadline.minusNanos(1))
                .idempotencyKey("k")
                .traceparent("t")
                .progress(value -> record.add("progress " + value))
                .build();
        assertThat(request.toJson())
                .hasToString(
                        "{\"action\":\"create\",\"payload\":{\"n\":1},\"correlation_id\":\"c\",\"deadline\":4000000000000,\"idempotency_key\":\"k\",\"traceparent\":\"t\"}");
        assertThat(ActionRequest.builder(request.toJson()).build().deadline()).isEqualTo(deadline);

        List<JsonNode> answers = new ArrayList<>();
        actions.run(request.toJson(), answers::add);
        runAllGiven();

        assertThat(answers).hasToString("[{\"progress\":1}, {\"status\":200,\"payload\":\"done\"}]");
        assertThat(request.answered(answers.get(0))).isNull();
        assertThat(request.answered(answers.get(1))).isEqualTo(new Reply(200, JSON.stringNode("done")));
        assertThat(record).containsExactly("ran create", "progress 1");
        assertThat(actions.delivery("create")).isEqualTo(Delivery.ONE_OF);
        assertThat(actions.delivery("other")).isNull();
    }

    @Test
    void a_dispatcher_or_executor_that_fails_is_an_error_without_details() {
        reply = CompletableFuture.failedFuture(new IllegalStateException("a secret"));
        List<JsonNode> answers = new ArrayList<>();
        new LocalActions(context).run(ActionRequest.of("create", message(1)).toJson(), answers::add);
        runAllGiven();

        assertThat(answers.get(1)).hasToString("{\"status\":500,\"payload\":{\"error\":\"Internal Server Error\"}}");
    }

    @Test
    void a_request_that_nobody_waits_for_is_not_run_and_not_answered() throws Exception {
        LocalActions actions = new LocalActions(context);
        List<JsonNode> answers = new ArrayList<>();
        actions.run(ActionRequest.of("create", message(1)).toJson(), answers::add)
                .cancel(false);
        actions.run(ActionRequest.builder("create", message(1))
                .deadline(Instant.EPOCH)
                .build());
        assertThat(actions.awaitNone(Duration.ZERO)).isFalse();
        runAllGiven();

        assertThat(actions.awaitNone(Duration.ZERO)).isTrue();
        assertThat(record).isEmpty();
        assertThat(answers).isEmpty();
    }

    @Test
    void a_drain_waits_for_what_is_under_way_and_a_close_ends_it() throws Exception {
        Bus bus = bus();
        CompletableFuture<Reply> call = bus.request("other", ActionRequest.of("create", message(1)));

        bus.drain(Duration.ZERO);
        assertThat(call).isNotDone();
        bus.close();
        bus.close();

        assertThat(call)
                .isCompletedExceptionally()
                .failsWithin(Duration.ZERO)
                .withThrowableThat()
                .withCauseInstanceOf(MessagingException.class)
                .withMessageEndingWith("the app has stopped");
        assertThat(bus.request("other", ActionRequest.of("create", message(1)))).isCompletedExceptionally();
        assertThat(bus.actions().awaitNone(Duration.ZERO)).isTrue();
        assertThatThrownBy(() -> bus.publish("news", message(1)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("app 'shop' is stopped, so it can't send messages");
        assertThatThrownBy(() -> bus.subscribe("news", message -> {}))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("app 'shop' is stopped, so it can't hear channels");
    }

    @Test
    void it_has_no_streams() {
        assertThatThrownBy(() -> bus().append("orders", null, message(1)))
                .isInstanceOf(MessagingException.class)
                .hasMessage("append to 'orders': this bus has no streams. Use a transport that has, such as Redis.");
    }
}
