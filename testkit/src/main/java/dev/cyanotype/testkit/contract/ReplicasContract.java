/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cyanotype.App;
import dev.cyanotype.message.Caller;
import dev.cyanotype.message.Delivery;
import dev.cyanotype.message.ErrorReplyException;
import dev.cyanotype.spi.OperationKind;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Several apps on one broker: replicas of a service, and others that use it. */
abstract class ReplicasContract extends ContractApps {

    private final AtomicInteger runs = new AtomicInteger();

    @BeforeEach
    void assumeShared() {
        BusProbe probe = new BusProbe();
        start(probe.show(on(App.named(own("sharing")))));
        Assumptions.assumeTrue(
                probe.bus().isShared(),
                "rules 16, 21, 24, 29, 31, 32, 38 and 58: the bus is not shared, so nothing of replicas is tested");
    }

    /** One replica that says who it is, and maybe more. */
    private App.Builder replica(String name) {
        return app("shop").action("who", ctx -> {
            seen.add(name);
            return name;
        });
    }

    /** Somebody else who calls them. */
    private Caller caller() {
        return start(app("caller")).caller(own("shop")).timeout(LONG);
    }

    private String who(Caller caller) {
        return caller.call("who", Map.of()).asString();
    }

    @Rule(21)
    @Test
    void a_request_is_run_by_one_replica() {
        start(replica("one"));
        start(replica("two"));
        Caller caller = caller();

        List<String> replies = IntStream.range(0, 40).mapToObj(n -> who(caller)).toList();

        assertThat(seen).containsExactlyElementsOf(replies);
    }

    @Rule(21)
    @Test
    void a_request_for_all_is_run_by_each_and_its_caller_gets_one_reply() {
        for (String name : List.of("one", "two", "three")) {
            start(app("shop")
                    .action(
                            "all",
                            ctx -> {
                                seen.add(name);
                                return name;
                            },
                            options -> options.delivery(Delivery.ALL)));
        }

        String reply = caller().call("all", Map.of()).asString();

        eventually().untilAsserted(() -> assertThat(seen).containsExactlyInAnyOrder("one", "two", "three"));
        assertThat(seen).contains(reply);
    }

    @Rule({16, 38})
    @Test
    void a_message_is_heard_by_each_replica_in_its_order() {
        String channel = own("numbers");
        List<String> names = List.of("one", "two");
        for (String name : names) {
            start(app("shop").listen(channel, (message, ctx) -> seen.add(name + " " + message.path("n"))));
        }

        send(start(app("sender")), channel, 1, 100);

        eventually().until(() -> seen.size() >= 200);
        for (String name : names) {
            assertThat(seen.stream().filter(heard -> heard.startsWith(name)))
                    .containsExactlyElementsOf(IntStream.rangeClosed(1, 100)
                            .mapToObj(n -> name + " " + n)
                            .toList());
        }
    }

    @Rule(24)
    @Test
    void a_repeated_request_gets_the_reply_of_the_first_whichever_replica_has_run_it() {
        for (int n = 0; n < 2; n++) {
            start(app("shop").action("count", ctx -> runs.incrementAndGet()));
        }
        Caller one = caller().idempotencyKey(own("order"));
        Caller two = caller().idempotencyKey(own("order"));

        for (int n = 0; n < 10; n++) {
            assertThat((n % 2 == 0 ? one : two).call("count", Map.of()).asInt()).isEqualTo(1);
        }
        assertThat(runs).hasValue(1);
    }

    @Rule(24)
    @Test
    void a_repeated_request_is_refused_by_all_replicas_while_the_first_one_runs() throws Exception {
        CountDownLatch gate = gate();
        for (int n = 0; n < 2; n++) {
            start(app("shop").action("slow", ctx -> {
                runs.incrementAndGet();
                pass(gate);
                return "done";
            }));
        }
        Caller attempts = caller().idempotencyKey(own("order"));

        CompletableFuture<JsonNode> first = attempts.callAsync("slow", Map.of());
        eventually().until(() -> runs.get() == 1);
        for (int n = 0; n < 6; n++) {
            assertThatThrownBy(() -> attempts.call("slow", Map.of()))
                    .isInstanceOf(ErrorReplyException.class)
                    .extracting(e -> ((ErrorReplyException) e).status())
                    .isEqualTo(409);
        }
        gate.countDown();

        assertThat(first.get(20, TimeUnit.SECONDS).asString()).isEqualTo("done");
        assertThat(runs).hasValue(1);
    }

    private App.Builder handling(String name, String stream) {
        return handling(name, stream, new CountDownLatch(0));
    }

    /** A replica that stops at a gate with each entry that has a key. */
    private App.Builder handling(String name, String stream, CountDownLatch gate) {
        return app("shop")
                .consume(stream, "stock", JsonNode.class, (entry, ctx) -> {
                    seen.add(entry.path("n").asString());
                    runs.incrementAndGet();
                    if (entry.path("n").asInt() >= 1_000) {
                        pass(gate);
                    }
                })
                .action("add", ctx -> {
                    for (int n = 0; n < 100; n++) {
                        ctx.append(stream, Map.of("n", n, "by", name));
                    }
                    return "added";
                })
                .action("add_once", ctx -> ctx.append(stream, "key", Map.of("n", ctx.payload())));
    }

    @Rule(29)
    @Test
    void replicas_share_the_entries_of_a_group() {
        assumeCarried(OperationKind.STREAM, "rules 29 to 31");
        String stream = own("orders");
        start(handling("one", stream));
        start(handling("two", stream));

        caller().call("add", Map.of());

        eventually().until(() -> seen.size() >= 100);
        // Where nothing fails and nobody dies, at least once is once.
        assertThat(seen)
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, 100).mapToObj(String::valueOf).toList());
    }

    @Rule(31)
    @Test
    void entries_of_one_key_are_handled_once_whichever_replicas_have_them() {
        assumeCarried(OperationKind.STREAM, "rules 29 to 31");
        String stream = own("orders");
        CountDownLatch gate = gate();
        for (String name : List.of("one", "two")) {
            start(handling(name, stream, gate));
        }
        Caller caller = caller();

        for (int n = 1_000; n < 1_020; n++) {
            caller.call("add_once", n);
        }
        caller.call("add", Map.of());
        // While one is at the first of them, the other has come by further ones.
        eventually().until(() -> seen.size() >= 2);
        assertThat(keyed()).isEqualTo(1);
        gate.countDown();

        eventually().until(() -> seen.size() >= 101);
        assertThat(seen).hasSize(101);
        assertThat(keyed()).isEqualTo(1);
    }

    private long keyed() {
        return seen.stream().filter(n -> n.length() == 4).count();
    }

    @Rule(31)
    @Test
    void entries_of_a_key_that_another_replica_has_handled_are_left_out() {
        assumeCarried(OperationKind.STREAM, "rules 29 to 31");
        String stream = own("orders");
        App one = start(handling("one", stream));
        Caller caller = start(app("caller")).caller(own("shop")).timeout(LONG);
        caller.call("add_once", 1_000);
        eventually().until(() -> !seen.isEmpty());
        // Then it is also noted as handled.
        one.stop();
        start(handling("two", stream));

        for (int n = 1_001; n < 1_020; n++) {
            caller.call("add_once", n);
        }
        caller.call("add", Map.of());

        eventually().until(() -> seen.size() >= 101);
        assertThat(seen).hasSize(101).startsWith("1000", "0", "1").endsWith("99");
    }

    @Rule({32, 58})
    @Test
    void a_replica_that_stops_leaves_new_requests_to_the_others_and_ends_what_it_runs() throws Exception {
        CountDownLatch gate = gate();
        CountDownLatch running = new CountDownLatch(1);
        String done = own("done");
        App one = start(replica("one").action("slow", ctx -> {
            running.countDown();
            pass(gate);
            ctx.broadcast(done, Map.of());
            return "slow";
        }));
        start(app("hearing").listen(done, (message, ctx) -> seen.add("done")));
        Caller caller = caller();
        CompletableFuture<JsonNode> slow = caller.callAsync("slow", Map.of());
        pass(running);
        start(replica("two"));

        CompletableFuture<Void> stopped = CompletableFuture.runAsync(() -> one.stop(LONG));
        eventually().until(() -> !one.isRunning());
        // It may just have been about to take a last one.
        eventually().until(() -> answer(caller).equals("two"));
        List<String> replies =
                IntStream.range(0, 20).mapToObj(n -> answer(caller)).toList();

        assertThat(replies).containsOnly("two");
        assertThat(stopped).isNotDone();
        gate.countDown();
        assertThat(slow.get(20, TimeUnit.SECONDS).asString()).isEqualTo("slow");
        // What it sends at its end goes out.
        eventually().until(() -> seen.contains("done"));
        stopped.get(20, TimeUnit.SECONDS);
    }

    private String answer(Caller caller) {
        try {
            return who(caller);
        } catch (ErrorReplyException e) {
            return "refused with " + e.status();
        }
    }
}
