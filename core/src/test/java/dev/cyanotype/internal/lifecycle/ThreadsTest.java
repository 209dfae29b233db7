/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Threads that are kept for a moment. */
class ThreadsTest {

    private record Seen(Thread thread, String name, boolean daemon, boolean interrupted, ClassLoader loader) {

        static Seen now() {
            Thread thread = Thread.currentThread();
            return new Seen(
                    thread,
                    thread.getName(),
                    thread.isDaemon(),
                    thread.isInterrupted(),
                    thread.getContextClassLoader());
        }
    }

    @Test
    void whoever_has_a_thread_next_finds_nothing_of_who_had_it_before() throws Exception {
        List<Seen> all = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            CountDownLatch begun = new CountDownLatch(1);
            Future<?> hanging = Threads.start("hanging", () -> {
                begun.countDown();
                try {
                    new CountDownLatch(1).await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
            assertThat(begun.await(10, TimeUnit.SECONDS)).isTrue();
            hanging.cancel(true);
            all.add(seen("next"));
        }

        assertThat(all)
                .allSatisfy(seen -> assertThat(seen)
                        .returns("next", Seen::name)
                        .returns(true, Seen::daemon)
                        .returns(false, Seen::interrupted)
                        .returns(Thread.currentThread().getContextClassLoader(), Seen::loader));
        assertThat(all.stream().map(Seen::thread).distinct()).hasSizeLessThan(all.size());
    }

    @Test
    void it_has_the_class_loader_of_who_starts_it() throws Exception {
        Thread current = Thread.currentThread();
        ClassLoader before = current.getContextClassLoader();
        try (URLClassLoader own = new URLClassLoader(new URL[0], before)) {
            current.setContextClassLoader(own);

            assertThat(seen("own").loader()).isSameAs(own);
        } finally {
            current.setContextClassLoader(before);
        }
        assertThat(seen("other").loader()).isSameAs(before);
    }

    private static Seen seen(String name) throws Exception {
        CompletableFuture<Seen> seen = new CompletableFuture<>();
        Threads.start(name, () -> seen.complete(Seen.now()));
        return seen.get(10, TimeUnit.SECONDS);
    }
}
