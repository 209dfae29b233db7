/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.testkit.contract;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Looks again and again until something holds, for no longer than some time. */
record Eventually(Duration time) {

    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    void until(Callable<Boolean> condition) throws AssertionError {
        untilAsserted(() -> {
            if (!condition.call()) {
                throw new AssertionError("what was waited for has not happened within " + time);
            }
        });
    }

    /** The last error is the one that is thrown; anything else ends the wait. */
    void untilAsserted(ThrowingCallable assertion) {
        long end = System.nanoTime() + time.toNanos();
        while (true) {
            try {
                assertion.call();
                return;
            } catch (AssertionError e) {
                if (System.nanoTime() - end > 0 || Thread.currentThread().isInterrupted()) {
                    throw e;
                }
            } catch (RuntimeException | Error e) {
                throw e;
            } catch (Throwable e) {
                throw new IllegalStateException(e);
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }
}
