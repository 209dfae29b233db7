/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.lifecycle;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Something that others must not have to wait for: done on another thread, interrupted, then abandoned. */
final class Guarded {

    /** How long something that was interrupted has to end. */
    private static final Duration AFTERMATH = Duration.ofMillis(250);

    /** What can be done. */
    interface Work {

        void run() throws Exception;
    }

    /**
     * How it ended.
     *
     * @param inTime whether it did
     * @param failure what it threw, or null
     */
    record End(boolean inTime, @Nullable Throwable failure) {}

    private Guarded() {}

    /**
     * Does something.
     *
     * @param thread the name of its thread
     * @return how it ended; if the calling thread is interrupted while it waits, the time is over
     */
    static End run(String thread, Duration limit, Work work) {
        CompletableFuture<@Nullable Void> done = new CompletableFuture<>();
        Future<?> doing = Threads.start(thread, () -> {
            try {
                work.run();
                done.complete(null);
            } catch (Throwable e) {
                done.completeExceptionally(e);
            }
        });
        End end = await(done, limit);
        if (end == null) {
            doing.cancel(true);
            await(done, AFTERMATH);
            return new End(false, null);
        }
        return end;
    }

    private static @Nullable End await(CompletableFuture<@Nullable Void> done, Duration limit) {
        // Only who is interrupted while it waits does not want to.
        boolean interrupted = Thread.interrupted();
        try {
            done.get(TimeUnit.NANOSECONDS.convert(limit), TimeUnit.NANOSECONDS);
            return new End(true, null);
        } catch (ExecutionException e) {
            return new End(true, e.getCause());
        } catch (TimeoutException e) {
            return null;
        } catch (InterruptedException e) {
            interrupted = true;
            return null;
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
