/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.lifecycle;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Something that others must not have to wait for: done on another thread, interrupted, then abandoned. */
final class Guarded {

    /** How long something that was interrupted has to end. */
    private static final Duration AFTERMATH = Duration.ofMillis(250);

    /** Most need one for a moment, and there are several in each stop; none stays for longer than it is likely to be needed. */
    private static final ExecutorService THREADS = new ThreadPoolExecutor(
            0, Integer.MAX_VALUE, 1, TimeUnit.SECONDS, new SynchronousQueue<>(), Threads.daemons("cyanotype-guarded"));

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
        Future<?> doing = THREADS.submit(() -> {
            Thread current = Thread.currentThread();
            String before = current.getName();
            current.setName(thread);
            try {
                work.run();
                done.complete(null);
            } catch (Throwable e) {
                done.completeExceptionally(e);
            } finally {
                current.setName(before);
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
