/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.pubsub.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cyanotype.App;
import dev.cyanotype.message.MessagingException;
import dev.cyanotype.spi.TaskLeases;
import dev.cyanotype.spi.TaskLeases.Due;
import dev.cyanotype.spi.TaskLeases.Turn;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Tasks that replicas share, when Redis goes away, forgets, or answers too late. */
class TaskLeasesFaultsIT extends TaskLeasesApps {

    private static void assertUnreachable(ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        MessagingException.class,
                        e -> assertThat(e.reason()).isEqualTo(MessagingException.Reason.UNREACHABLE));
    }

    /** Threads that may block, all at once. */
    private ExecutorService threads() {
        ExecutorService threads = Executors.newCachedThreadPool();
        closing(threads::shutdownNow);
        return threads;
    }

    private static Stream<@Nullable Due> dues() {
        return Stream.of(every(HOUR), at(NOON), null);
    }

    /** What the plan says, but for the tokens. */
    private Map<String, String> planned() {
        return Map.of("next", plan("next"), "at", plan("at"));
    }

    private void assertTakenBack(TaskLeases leases, @Nullable Due due, Map<String, String> before) {
        // The token tells that it was begun, and the missing lease that this was taken back.
        eventually()
                .until(() -> !plan("fence").isEmpty()
                        && redis.command("EXISTS", LEASE).equals("0"));
        assertThat(planned()).isEqualTo(before);
        assertThat(leases.begin("t", "b", MINUTE, due).isGranted()).isTrue();
    }

    private Map<String, String> planDue() {
        long due = now() - MINUTE.toMillis();
        planAt(due);
        redis.command("HSET", PLAN, "at", Long.toString(NOON.toEpochMilli() - 1));
        return planned();
    }

    @Test
    void a_redis_that_was_killed_forgets_and_tokens_go_on() {
        App app = start(app("svc"));
        TaskLeases leases = app.as(TaskLeases.class);
        leases.plan("t", HOUR, HOUR);
        long token = leases.begin("t", "a", MINUTE, null).fencingToken();

        redis.kill();
        eventually().until(() -> !app.status().isReady());
        ExecutorService threads = threads();
        Stream.<ThrowingCallable>of(
                        () -> leases.plan("t", HOUR, HOUR),
                        () -> leases.begin("t", "a", MINUTE, null),
                        () -> leases.renew("t", "a", MINUTE),
                        () -> leases.end("t", "a"))
                .map(call -> CompletableFuture.runAsync(() -> assertUnreachable(call), threads))
                .toList()
                .forEach(CompletableFuture::join);
        redis.restart();
        eventually().until(() -> app.status().isReady());

        assertThat(leases.renew("t", "a", MINUTE)).isFalse();
        Turn turn = leases.begin("t", "b", MINUTE, every(HOUR));
        assertThat(turn.isGranted()).isTrue();
        assertThat(turn.fencingToken()).isGreaterThan(token);
        assertThat(leases.plan("t", MINUTE, HOUR)).isGreaterThan(MINUTE);
    }

    @ParameterizedTest
    @MethodSource("dues")
    void what_was_begun_without_its_holders_knowing_is_as_due_as_before(@Nullable Due due) {
        App app = start(app("svc"));
        TaskLeases leases = app.as(TaskLeases.class);
        Map<String, String> before = planDue();

        redis.pause();
        try {
            Thread.currentThread().interrupt();
            assertThatThrownBy(() -> leases.begin("t", "a", HOUR, due))
                    .isInstanceOf(MessagingException.class)
                    .hasMessage("begin task 't': the waiting thread was interrupted");
            assertThat(Thread.interrupted()).isTrue();
        } finally {
            redis.resume();
        }

        assertTakenBack(leases, due, before);
        assertThat(counter(app, "reconnects")).isZero();
    }

    @Test
    void a_thread_that_was_interrupted_gives_back_all_the_same() {
        App app = start(app("svc"));
        TaskLeases leases = app.as(TaskLeases.class);
        leases.begin("t", "a", HOUR, null);
        redis.pause();
        try {
            Thread.currentThread().interrupt();
            assertThatThrownBy(() -> leases.end("t", "a"))
                    .isInstanceOf(MessagingException.class)
                    .hasMessage("end task 't': the waiting thread was interrupted");
            assertThat(Thread.interrupted()).isTrue();
        } finally {
            redis.resume();
        }

        eventually().until(() -> redis.command("EXISTS", LEASE).equals("0"));
        assertThat(counter(app, "reconnects")).isZero();
    }

    @Test
    void what_was_begun_over_a_connection_that_is_lost_is_taken_back_over_the_next_one() {
        TaskLeases leases = leases();
        Map<String, String> before = planDue();

        redis.pause();
        try {
            assertUnreachable(() -> leases.begin("t", "a", HOUR, every(HOUR)));
        } finally {
            redis.resume();
        }

        assertTakenBack(leases, every(HOUR), before);
    }

    @Test
    void a_lease_that_may_be_over_when_redis_answers_is_not_granted() {
        TaskLeases leases = leases();
        Duration lease = Duration.ofMillis(600);
        Map<String, String> before = planDue();

        redis.pause();
        CompletableFuture<Turn> turn;
        try {
            turn = CompletableFuture.supplyAsync(() -> leases.begin("t", "a", lease, at(NOON)), threads());
            long since = System.nanoTime();
            eventually().until(() -> System.nanoTime() - since > lease.toNanos() * 2);
        } finally {
            redis.resume();
        }

        assertThat(turn)
                .failsWithin(Duration.ofSeconds(10))
                .withThrowableThat()
                .havingCause()
                .isInstanceOf(MessagingException.class)
                .withMessageMatching(
                        "begin task 't': redis took \\d+ ms to answer, so the lease of 600 ms may be over");
        assertTakenBack(leases, at(NOON), before);
    }
}
