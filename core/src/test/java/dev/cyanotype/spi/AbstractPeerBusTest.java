/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.cyanotype.message.ActionOptions;
import dev.cyanotype.message.Delivery;
import dev.cyanotype.message.MessagingException;
import dev.cyanotype.message.NoResponderException;
import java.io.EOFException;
import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Processes that ask each other, each over a link of its own for each exchange. */
class AbstractPeerBusTest {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final JsonNode END = JSON.missingNode();
    private static final Duration LONG = Duration.ofSeconds(20);

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<String> record = new CopyOnWriteArrayList<>();

    /** What connecting to each address gives. */
    private final Map<String, Supplier<AbstractPeerBus.@Nullable Link>> network = new ConcurrentSkipListMap<>();

    @AfterEach
    void stopThreads() {
        threads.shutdownNow();
    }

    private record Line(BlockingQueue<JsonNode> in, BlockingQueue<JsonNode> out) implements AbstractPeerBus.Link {

        Line() {
            this(new LinkedBlockingQueue<>(), new LinkedBlockingQueue<>());
        }

        Line otherEnd() {
            return new Line(out, in);
        }

        @Override
        public void send(JsonNode message) {
            out.add(message);
        }

        @Override
        public JsonNode receive() throws IOException {
            try {
                JsonNode next = in.take();
                if (next == END) {
                    in.add(END);
                    throw new EOFException("the other end has gone");
                }
                return next;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException(e);
            }
        }

        @Override
        public void close() {
            in.add(END);
            out.add(END);
        }
    }

    private final class Peer extends AbstractPeerBus {

        private final String address;

        Peer(String address, TransportContext context, Duration patience) {
            super(context, patience);
            this.address = address;
        }

        @Override
        public void start() {
            network.put(address, () -> {
                Line line = new Line();
                serve(line.otherEnd());
                return line;
            });
        }

        @Override
        protected Collection<String> peers(@Nullable String service) throws IOException {
            if (network.isEmpty()) {
                throw new IOException("the list is lost");
            }
            return network.keySet().stream()
                    .filter(peer -> service == null || peer.startsWith(service + "/"))
                    .toList();
        }

        @Override
        protected @Nullable Link connect(String peer) {
            return network.get(peer).get();
        }
    }

    /** Joins a replica that runs what it is asked. */
    private Peer join(String address, Delivery delivery, Function<ActionRequest, CompletableFuture<Reply>> handler) {
        return join(
                address,
                new FakeContext(threads)
                        .with(new FakeAction(
                                "create",
                                ActionOptions.builder().delivery(delivery).build()))
                        .onAction(request -> {
                            record.add(address + " ran");
                            return handler.apply(request);
                        }));
    }

    private Peer join(String address, FakeContext context) {
        Peer peer = new Peer(address, context, LONG);
        peer.subscribe("news", message -> record.add(address + " heard " + message));
        peer.start();
        return peer;
    }

    private Peer asker() {
        return join("asker/1", new FakeContext(threads));
    }

    private static CompletableFuture<Reply> named(String name) {
        return CompletableFuture.completedFuture(new Reply(200, JSON.stringNode(name)));
    }

    private static ObjectNode message(int n) {
        return JSON.objectNode().put("n", n);
    }

    private static ActionRequest request() {
        return ActionRequest.of("create", message(1));
    }

    @Test
    void a_message_reaches_all_who_are_there_and_they_are_counted() {
        Peer a = join("shop/a", new FakeContext(threads));
        join("other/b", new FakeContext(threads));
        network.put("shop/gone", () -> null);
        network.put("shop/babbles", () -> {
            Line line = new Line();
            line.otherEnd().send(JSON.stringNode("hello"));
            return line;
        });

        assertThat(a.publish("news", message(1))).isEqualTo(2);

        assertThat(record).containsExactlyInAnyOrder("shop/a heard {\"n\":1}", "other/b heard {\"n\":1}");
    }

    @Test
    void a_process_that_hangs_is_waited_for_no_longer_than_it_may_be() {
        network.put("shop/hangs", Line::new);
        Peer impatient = new Peer("asker/1", new FakeContext(threads), Duration.ofMillis(20));

        assertThat(impatient.publish("news", message(1))).isZero();
        assertThat(impatient.request("shop", request()))
                .failsWithin(LONG)
                .withThrowableThat()
                .withCauseInstanceOf(NoResponderException.class);
    }

    @Test
    void a_process_that_can_do_no_more_is_not_waited_for() {
        Peer a = join("shop/a", new FakeContext(threads));
        join("shop/full", new FakeContext(task -> {
            throw new RejectedExecutionException("full");
        }));

        assertThat(a.publish("news", message(1))).isEqualTo(1);
    }

    @Test
    void a_request_is_run_once_and_its_caller_hears_the_progress() {
        for (String address : List.of("shop/a", "shop/b", "shop/c")) {
            join(address, Delivery.ONE_OF, request -> {
                request.progress().accept(JSON.numberNode(1));
                return named("done");
            });
        }
        ActionRequest request = ActionRequest.builder("create", message(1))
                .progress(value -> record.add("progress " + value))
                .build();

        assertThat(asker().request("shop", request))
                .succeedsWithin(LONG)
                .isEqualTo(new Reply(200, JSON.stringNode("done")));

        assertThat(record).hasSize(2).filteredOn(line -> line.endsWith("ran")).hasSize(1);
        assertThat(record).endsWith("progress 1");
    }

    @Test
    void a_request_for_all_is_run_by_each_though_the_first_reply_is_taken() {
        CompletableFuture<Reply> never = new CompletableFuture<>();
        join("shop/a", Delivery.ALL, request -> never);
        join("shop/b", Delivery.ALL, request -> named("b"));
        join("shop/c", Delivery.ALL, request -> never);

        assertThat(asker().request("shop", request()))
                .succeedsWithin(LONG)
                .isEqualTo(new Reply(200, JSON.stringNode("b")));

        await().untilAsserted(
                        () -> assertThat(record).containsExactlyInAnyOrder("shop/a ran", "shop/b ran", "shop/c ran"));
    }

    @Test
    void requests_of_one_key_begin_with_the_same_replica_wherever_they_come_from() throws Exception {
        for (String address : List.of("shop/a", "shop/b", "shop/c")) {
            join(address, Delivery.ONE_OF, request -> named(address));
        }
        Peer first = asker();
        Peer second = join("asker/2", new FakeContext(threads));
        Set<JsonNode> replicas = new HashSet<>();

        for (int n = 0; n < 20; n++) {
            ActionRequest request = ActionRequest.builder("create", message(n))
                    .idempotencyKey("key " + n)
                    .build();
            Reply reply = first.request("shop", request).get();
            assertThat(second.request("shop", request).get()).isEqualTo(reply);
            replicas.add(reply.payload());
        }

        assertThat(record).hasSize(20);
        assertThat(replicas).hasSize(3);
    }

    @Test
    void a_replica_that_serves_nobody_is_passed_over() {
        Peer leaving = join("shop/leaving", Delivery.ONE_OF, request -> named("leaving"));
        leaving.quiesce();
        join("shop/idle", new FakeContext(threads));
        Peer asker = asker();

        assertThat(asker.request("shop", request()))
                .failsWithin(LONG)
                .withThrowableThat()
                .havingCause()
                .isInstanceOf(NoResponderException.class)
                .withMessage("call of 'create' at 'shop': nobody listens");

        join("shop/a", Delivery.ONE_OF, request -> named("a"));
        assertThat(asker.request("shop", request()))
                .succeedsWithin(LONG)
                .isEqualTo(new Reply(200, JSON.stringNode("a")));
        assertThat(record).containsExactly("shop/a ran");
    }

    @Test
    void a_call_fails_when_the_replica_that_runs_it_goes() {
        Peer shop = join("shop/a", Delivery.ONE_OF, request -> new CompletableFuture<>());
        CompletableFuture<Reply> reply = asker().request("shop", request());
        await().until(() -> record.contains("shop/a ran"));
        assertThat(reply).isNotDone();

        shop.close();

        assertThat(reply)
                .failsWithin(LONG)
                .withThrowableThat()
                .havingCause()
                .isInstanceOf(MessagingException.class)
                .withMessage("the replica went without a reply");
    }

    @Test
    void a_handler_sees_that_its_caller_has_given_up() {
        List<ActionRequest> run = new CopyOnWriteArrayList<>();
        join("shop/a", Delivery.ONE_OF, request -> {
            run.add(request);
            return new CompletableFuture<>();
        });
        CompletableFuture<Reply> reply = asker().request("shop", request());
        await().until(() -> !run.isEmpty());
        assertThat(run.get(0).isCancelled()).isFalse();

        reply.cancel(false);

        await().until(() -> run.get(0).isCancelled());
    }

    @Test
    void a_drain_waits_for_exchanges_at_both_ends_and_nothing_is_sent_after_a_close() throws Exception {
        CompletableFuture<Reply> result = new CompletableFuture<>();
        Peer shop = join("shop/a", Delivery.ONE_OF, request -> result);
        Peer asker = asker();
        CompletableFuture<Reply> answered = asker.request("shop", request());
        await().until(() -> record.contains("shop/a ran"));
        assertThat(asker.actions().awaitNone(Duration.ZERO)).isFalse();
        assertThat(shop.actions().awaitNone(Duration.ZERO)).isFalse();

        result.complete(new Reply(200, JSON.stringNode("done")));
        asker.drain(LONG);
        shop.drain(LONG);

        assertThat(answered).isCompleted();
        assertThat(shop.actions().awaitNone(Duration.ZERO)).isTrue();
        asker.close();
        assertThatThrownBy(() -> asker.request("shop", request()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("app 'shop' is stopped, so it can't send messages");
        assertThatThrownBy(() -> asker.publish("news", message(1)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("app 'shop' is stopped, so it can't send messages");
    }

    @Test
    void it_says_so_where_processes_can_not_be_found() {
        Peer asker = new Peer("asker/1", new FakeContext(threads), LONG);
        String message = "the other processes can't be found: the list is lost";

        assertThatThrownBy(() -> asker.publish("news", message(1)))
                .isInstanceOf(MessagingException.class)
                .hasMessage(message);
        assertThat(asker.request("shop", request()))
                .failsWithin(LONG)
                .withThrowableThat()
                .havingCause()
                .withMessage(message);
    }

    @Test
    void a_publisher_that_is_interrupted_is_told() {
        Peer a = join("shop/a", new FakeContext(threads));
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> a.publish("news", message(1)))
                .isInstanceOf(MessagingException.class)
                .hasMessage("broadcast on 'news': the thread was interrupted");

        assertThat(Thread.interrupted()).isTrue();
    }
}
