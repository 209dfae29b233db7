/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.socket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cyanotype.socket.SocketOptions;
import dev.cyanotype.spi.AppClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

class KeepAliveTest {

    private final OneTimer clock = new OneTimer();
    private final Queue<Runnable> work = new ArrayDeque<>();
    private final FakeConnection connection = FakeConnection.quick();

    /** A clock for one thing at a time, which happens when the test says so. */
    private static final class OneTimer implements AppClock {

        private Runnable next;
        private long now;

        @Override
        public Instant instant() {
            return Instant.EPOCH.plusNanos(now);
        }

        @Override
        public long nanoTime() {
            return now;
        }

        @Override
        public Timeout schedule(Duration delay, Runnable task) {
            assertThat(next).isNull();
            assertThat(delay).isEqualTo(Duration.ofSeconds(1));
            next = task;
            return () -> {
                next = null;
                return true;
            };
        }

        void second() {
            pass(Duration.ofSeconds(1));
        }

        void pass(Duration time) {
            Runnable due = next;
            next = null;
            now += time.toNanos();
            if (due != null) {
                due.run();
            }
        }
    }

    private TestHub hub(Executor executor) {
        return new TestHub(
                executor, SocketOptions.builder().keepAlive(Duration.ofSeconds(2), Duration.ofSeconds(1)), clock);
    }

    private void work() {
        for (Runnable task = work.poll(); task != null; task = work.poll()) {
            task.run();
        }
    }

    @Test
    void begins_with_the_first_client() {
        TestHub hub = hub(Runnable::run);
        assertThat(clock.next).isNull();

        hub.open(connection);
        hub.open(FakeConnection.quick());

        assertThat(clock.next).isNotNull();
    }

    @Test
    void looks_after_clients_on_the_executor_and_never_twice_at_once() {
        hub(work::add).open(connection);
        work();
        for (int i = 0; i < 3; i++) {
            clock.second();
        }
        assertThat(work).hasSize(1);
        assertThat(clock.next).isNull();
        assertThat(connection.record()).doesNotContain("(ping)");

        work();

        assertThat(connection.record()).contains("(ping)");
        assertThat(clock.next).isNotNull();
    }

    @Test
    void goes_on_when_the_executor_takes_work_again() {
        boolean[] refuses = {false};
        TestHub hub = hub(task -> {
            if (refuses[0]) {
                throw new RejectedExecutionException("full");
            }
            task.run();
        });
        hub.open(connection);
        refuses[0] = true;
        for (int i = 0; i < 3; i++) {
            clock.second();
        }
        assertThat(connection.record()).doesNotContain("(ping)");
        refuses[0] = false;

        clock.second();

        assertThat(connection.record()).contains("(ping)");
    }

    @Test
    void gives_a_client_its_time_anew_after_a_standstill_of_this_side() {
        hub(Runnable::run).open(connection);
        for (int i = 0; i < 3; i++) {
            clock.second();
        }
        assertThat(connection.record()).contains("(ping)");

        clock.pass(Duration.ofMinutes(1));
        clock.second();

        assertThat(connection.record()).noneMatch(frame -> frame.startsWith("(close"));

        clock.second();

        assertThat(connection.record()).contains("(close 1011 keepalive ping timeout)");
    }

    @Test
    void ends_with_the_app() {
        TestHub hub = hub(Runnable::run);
        hub.open(connection);

        hub.hub.end();

        assertThat(clock.next).isNull();
    }

    @Test
    void ends_with_the_app_also_in_the_middle_of_a_round() {
        TestHub hub = hub(work::add);
        hub.open(connection);
        work();
        clock.second();

        hub.hub.end();
        work();

        assertThat(clock.next).isNull();
    }
}
