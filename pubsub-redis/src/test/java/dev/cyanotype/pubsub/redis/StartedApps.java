/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.pubsub.redis;

import static org.awaitility.Awaitility.await;

import dev.cyanotype.App;
import dev.cyanotype.message.Caller;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;

/** Apps that end with their test, and gates that they wait at. */
abstract class StartedApps {

    static final Duration LONG = Duration.ofSeconds(20);

    /** What was seen, in the order it was. */
    final List<String> seen = new CopyOnWriteArrayList<>();

    private final List<App> started = new CopyOnWriteArrayList<>();
    private final List<CountDownLatch> gates = new CopyOnWriteArrayList<>();

    @AfterEach
    void stopApps() {
        gates.forEach(CountDownLatch::countDown);
        started.forEach(app -> app.stop(Duration.ofSeconds(5)));
    }

    final App start(App.Builder builder) {
        App app = builder.build();
        started.add(app);
        app.start();
        return app;
    }

    /** Calls the app itself. */
    static Caller self(App app) {
        return app.caller(app.name()).timeout(LONG);
    }

    /** Closed until it is counted down; opened at the end of the test in any case. */
    final CountDownLatch gate() {
        CountDownLatch gate = new CountDownLatch(1);
        gates.add(gate);
        return gate;
    }

    /** Waits for a gate, but not for ever. */
    static void pass(CountDownLatch gate) throws InterruptedException {
        if (!gate.await(LONG.toSeconds(), TimeUnit.SECONDS)) {
            throw new IllegalStateException("the gate stayed closed");
        }
    }

    static ConditionFactory eventually() {
        return await().atMost(LONG).pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(5));
    }
}
