/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.socket;

import static dev.cyanotype.internal.socket.TestHub.got;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cyanotype.exchange.HttpException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class DrainTest {

    private static final String GOODBYE =
            "{\"type\":\"server_shutdown\",\"data\":{\"message\":\"Server shutting down\"}}";

    private final TestHub hub = new TestHub();
    private final FakeConnection connection = FakeConnection.quick();

    private CompletableFuture<Void> drain(Duration budget) {
        return CompletableFuture.runAsync(
                () -> {
                    try {
                        hub.hub.refuse();
                        // Closing takes its time too.
                        hub.hub.finish(budget.dividedBy(2));
                        hub.hub.goodbye(budget.dividedBy(2));
                    } catch (InterruptedException e) {
                        throw new AssertionError(e);
                    }
                },
                task -> new Thread(task, "drain").start());
    }

    @Test
    void clients_of_the_socket_for_messages_are_told_first() throws Exception {
        FakeConnection feed = FakeConnection.quick();
        hub.open(connection);
        hub.openFeed(feed);

        drain(Duration.ofSeconds(10)).get(5, SECONDS);

        assertThat(got(connection)).containsExactly(GOODBYE, "(close 1001 )");
        assertThat(got(feed)).containsExactly("(close 1001 )");
        assertThat(hub.hub.count()).isZero();
        assertThat(hub.record).containsExactlyInAnyOrder("opened", "opened", "closed 1006", "closed 1006");
    }

    @Test
    void nobody_comes_in_from_then_on() throws Exception {
        Client late = hub.admit();
        late.welcome(List.of());
        drain(Duration.ofMillis(100)).get(5, SECONDS);

        assertThat(hub.hub.overload(null)).hasMessage("The service is going down");
        assertThatThrownBy(hub::admit).isInstanceOfSatisfying(HttpException.class, e -> {
            assertThat(e.status()).isEqualTo(503);
            assertThat(e.headers().first("Retry-After")).isEqualTo("5");
        });
        late.opened(connection);
        assertThat(got(connection)).endsWith("(close 1001 )");
    }

    @Test
    void a_message_that_is_being_handled_is_finished_and_answered() throws Exception {
        CompletableFuture<Void> handled = new CompletableFuture<>();
        hub.handler = message -> message.equals("closed") ? Conversation.DONE : handled;
        Client client = hub.open(connection);
        client.text("m");
        client.text("n");
        CompletableFuture<Void> drain = drain(Duration.ofSeconds(30));
        assertThat(drain).isNotDone();
        assertThat(got(connection)).isEmpty();

        client.send("done", 1);
        handled.complete(null);
        drain.get(5, SECONDS);

        assertThat(got(connection)).containsExactly("{\"type\":\"done\",\"data\":1}", GOODBYE, "(close 1001 )");
        assertThat(hub.record).containsExactly("opened", "m", "n", "closed 1006");
    }

    @Test
    void what_runs_beside_the_messages_is_finished_too() throws Exception {
        Client client = hub.open(connection);
        client.began();
        client.began();
        CompletableFuture<Void> drain = drain(Duration.ofSeconds(30));
        client.ended();
        client.send("done", 1);
        assertThat(drain).isNotDone();
        client.ended();
        drain.get(5, SECONDS);

        assertThat(got(connection)).containsExactly("{\"type\":\"done\",\"data\":1}", GOODBYE, "(close 1001 )");
    }

    @Test
    void it_waits_for_the_hooks_that_see_a_client_go() throws Exception {
        CompletableFuture<Void> hooks = new CompletableFuture<>();
        hub.handler = message -> hooks;
        hub.open(connection);
        CompletableFuture<Void> drain = drain(Duration.ofSeconds(30));
        org.awaitility.Awaitility.await().until(() -> hub.record.contains("closed 1006"));
        assertThat(drain).isNotDone();

        hooks.complete(null);
        drain.get(5, SECONDS);
    }

    @Test
    void a_handler_that_hangs_is_left_behind_when_the_budget_is_spent() throws Exception {
        hub.handler = message -> new CompletableFuture<>();
        FakeConnection other = FakeConnection.quick();
        Client client = hub.open(connection);
        hub.open(other);
        client.text("m");

        drain(Duration.ofMillis(200)).get(5, SECONDS);

        assertThat(got(connection)).containsExactly(GOODBYE, "(close 1001 )");
        assertThat(got(other)).containsExactly(GOODBYE, "(close 1001 )");
    }

    @Test
    void clients_that_do_not_take_their_leave_are_cut_off() throws Exception {
        Client client = hub.open(connection);
        connection.onClose(() -> {
            if (connection.record().contains("(abort)")) {
                client.closed(1006, "");
            }
        });

        drain(Duration.ofMillis(100)).get(5, SECONDS);

        assertThat(got(connection)).containsExactly(GOODBYE, "(close 1001 )", "(abort)");
        assertThat(hub.hub.count()).isZero();
    }

    @Test
    void without_a_budget_all_get_a_close_frame_all_the_same() throws Exception {
        List<FakeConnection> all = new ArrayList<>();
        for (int i = 0; i < 350; i++) {
            all.add(FakeConnection.quick());
            hub.open(all.get(i));
        }

        drain(Duration.ZERO).get(5, SECONDS);

        assertThat(all).allSatisfy(one -> assertThat(got(one)).containsExactly(GOODBYE, "(close 1001 )"));
    }

    @Test
    void many_clients_go_in_batches_within_the_budget() throws Exception {
        List<FakeConnection> all = new ArrayList<>();
        for (int i = 0; i < 350; i++) {
            FakeConnection one = FakeConnection.quick();
            all.add(one);
            Client client = hub.open(one);
            one.onClose(() -> {
                if (one.record().contains("(abort)")) {
                    client.closed(1006, "");
                }
            });
        }
        long start = System.nanoTime();

        drain(Duration.ofMillis(300)).get(5, SECONDS);

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(4));
        assertThat(all).allSatisfy(one -> assertThat(got(one)).containsExactly(GOODBYE, "(close 1001 )", "(abort)"));
    }
}
