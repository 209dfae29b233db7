/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.LockSupport;
import org.eclipse.jetty.io.ByteArrayEndPoint;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Invocable;
import org.junit.jupiter.api.Test;

class ReadEndPointTest {

    private static final int TURN = 64 << 10;

    private final ByteArrayEndPoint network = new ByteArrayEndPoint() {

        @Override
        protected void execute(Runnable task) {
            task.run();
        }
    };
    private final ReadEndPoint endPoint = new ReadEndPoint(network);
    private final ByteBuffer buffer = BufferUtil.allocate(4096);
    private final List<String> told = new ArrayList<>();
    private final Callback reader =
            Callback.from(() -> told.add("readable"), failure -> told.add(failure.getMessage()));

    @Test
    void whoever_waits_is_told_by_the_thread_that_waits_for_all() {
        endPoint.fillInterested(reader);
        assertThat(endPoint.isFillInterested()).isTrue();
        assertThat(Invocable.getInvocationType(endPoint)).isEqualTo(Invocable.InvocationType.NON_BLOCKING);
        assertThat(endPoint.tryFillInterested(reader)).isFalse();
        network.addInput("a");
        assertThat(told).containsExactly("readable");
    }

    @Test
    void whoever_waits_is_told_that_nothing_will_come() {
        assertThat(endPoint.tryFillInterested(reader)).isTrue();
        network.getFillInterest().onFail(new IllegalStateException("broken"));
        assertThat(told).containsExactly("broken");
    }

    @Test
    void what_a_connection_has_is_read_for_a_turn_and_then_in_the_next() throws Exception {
        network.addInput("x".repeat(2 * TURN));
        assertThat(readAll()).isEqualTo(TURN);
        endPoint.fillInterested(reader);
        assertThat(told).containsExactly("readable");
        assertThat(readAll()).isEqualTo(TURN);
        endPoint.fillInterested(reader);
        assertThat(told).containsExactly("readable");
        assertThat(readAll()).isZero();
    }

    @Test
    void the_end_is_told_in_the_turn_after_a_full_one() throws Exception {
        network.addInput("x".repeat(TURN));
        network.addInputEOF();
        assertThat(readAll()).isEqualTo(TURN);
        assertThat(endPoint.fill(buffer)).isEqualTo(-1);
    }

    /** Reads until there is no more, or seems to be. */
    private int readAll() throws Exception {
        int all = 0;
        while (true) {
            BufferUtil.clear(buffer);
            int bytes = endPoint.fill(buffer);
            if (bytes <= 0) {
                return all;
            }
            all += bytes;
        }
    }

    /** Has something read, which leads to a task; who has run it. */
    private Thread handledBy(Runnable task, Executor executor) {
        Thread[] by = new Thread[1];
        endPoint.fillInterested(Callback.from(() -> ReadEndPoint.execute(
                () -> {
                    by[0] = Thread.currentThread();
                    task.run();
                },
                executor)));
        Invocable.getInvocationType(endPoint);
        network.addInput("a");
        network.takeOutput();
        BufferUtil.clear(buffer);
        try {
            endPoint.fill(buffer);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return by[0];
    }

    /** Runs everything on a thread of its own, and waits for its end. */
    private static void elsewhere(Runnable task) {
        Thread thread = new Thread(task);
        thread.start();
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Has something quick read until it is trusted to be; how often that took. On a busy machine not every run is quick. */
    private int untilTrusted() {
        for (int i = 0; i < 10_000; i++) {
            if (handledBy(() -> {}, ReadEndPointTest::elsewhere) == Thread.currentThread()) {
                return i;
            }
        }
        throw new AssertionError("nothing was quick enough");
    }

    @Test
    void what_was_always_quick_is_handled_by_the_thread_that_has_read_it() {
        assertThat(untilTrusted()).isGreaterThanOrEqualTo(16);
    }

    @Test
    void what_takes_long_is_the_executors_from_then_on() {
        untilTrusted();
        handledBy(() -> LockSupport.parkNanos(2_000_000), ReadEndPointTest::elsewhere);
        assertThat(untilTrusted()).isGreaterThanOrEqualTo(16);
    }

    @Test
    void what_a_handler_sets_off_for_others_is_not_run_in_its_place() {
        untilTrusted();
        Thread[] by = new Thread[1];
        handledBy(
                () -> ReadEndPoint.execute(() -> by[0] = Thread.currentThread(), ReadEndPointTest::elsewhere),
                ReadEndPointTest::elsewhere);
        assertThat(by[0]).isNotNull().isNotSameAs(Thread.currentThread());
    }

    @Test
    void what_nobody_has_read_is_the_executors() {
        Thread[] by = new Thread[1];
        ReadEndPoint.execute(() -> by[0] = Thread.currentThread(), ReadEndPointTest::elsewhere);
        assertThat(by[0]).isNotNull().isNotSameAs(Thread.currentThread());
    }
}
