/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.task;

import java.time.Duration;

/**
 * What a thread may use.
 *
 * <p>Thread-safe, so that a worker may hand it on to threads of its own.
 *
 * @since 0.1
 */
public interface WorkerContext extends LifecycleContext {

    /**
     * The thread's name.
     *
     * @return as declared with {@code thread}
     */
    String thread();

    /**
     * Whether to go on.
     *
     * @return false once the app stops, or this thread was told to
     */
    boolean running();

    /**
     * Waits, unless it is time to end.
     *
     * <pre>{@code
     * while (ctx.sleep(Duration.ofMinutes(1))) {
     *     look();
     * }
     * }</pre>
     *
     * @param time how long; zero or less does not wait
     * @return what {@link #running()} says then: false at once when it is time to end
     */
    boolean sleep(Duration time);
}
