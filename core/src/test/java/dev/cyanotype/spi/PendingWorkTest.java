/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.spi;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What is under way is waited for, or ended. */
class PendingWorkTest {

    private static final Duration LONG = Duration.ofMinutes(1);

    private final PendingWork pending = new PendingWork();

    @Test
    void what_is_completed_however_is_not_waited_for_any_more() throws Exception {
        assertThat(pending.awaitNone(Duration.ZERO)).isTrue();
        CompletableFuture<String> done = new CompletableFuture<>();
        CompletableFuture<String> failed = new CompletableFuture<>();
        CompletableFuture<String> cancelled = new CompletableFuture<>();

        assertThat(pending.track(done)).isSameAs(done);
        pending.track(failed);
        pending.track(cancelled);
        pending.track(CompletableFuture.completedFuture("already"));
        done.complete("done");
        failed.completeExceptionally(new IllegalStateException());
        assertThat(pending.awaitNone(Duration.ZERO)).isFalse();
        assertThat(pending.awaitNone(Duration.ofSeconds(-1))).isFalse();
        cancelled.cancel(false);

        assertThat(pending.awaitNone(Duration.ZERO)).isTrue();
    }

    @Test
    void one_thing_that_is_tracked_twice_counts_twice_and_ends_once() throws Exception {
        CompletableFuture<String> work = new CompletableFuture<>();
        pending.track(work);
        pending.track(work);

        work.complete("done");

        assertThat(pending.awaitNone(Duration.ZERO)).isTrue();
    }

    @Test
    void who_waits_is_woken_by_the_last_one() throws Exception {
        CompletableFuture<String> first = pending.track(new CompletableFuture<>());
        CompletableFuture<String> last = pending.track(new CompletableFuture<>());
        Thread ending = new Thread(() -> {
            first.complete("first");
            last.complete("last");
        });
        ending.start();

        assertThat(pending.awaitNone(LONG)).isTrue();

        assertThat(last).isCompleted();
        ending.join();
    }

    @Test
    void at_the_end_all_fails_and_so_does_what_comes_later() throws Exception {
        CancellationException reason = new CancellationException("stopped");
        CompletableFuture<String> early = pending.track(new CompletableFuture<>());
        CompletableFuture<String> done = pending.track(new CompletableFuture<>());
        done.complete("done");

        pending.end(reason);
        CompletableFuture<String> late = pending.track(new CompletableFuture<>());

        assertThat(early).isCancelled();
        assertThat(late).isCancelled();
        assertThat(done).isCompletedWithValue("done");
        assertThat(pending.awaitNone(LONG)).isTrue();
    }
}
