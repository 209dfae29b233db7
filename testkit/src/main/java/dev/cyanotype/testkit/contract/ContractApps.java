/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.testkit.contract;

import dev.cyanotype.App;
import dev.cyanotype.message.Caller;
import dev.cyanotype.spi.OperationKind;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;

/** Starts apps on the bus that is tested, under names that no other test uses, and stops them. */
abstract class ContractApps {

    static final Duration LONG = Duration.ofSeconds(20);
    private static final int PART = 100;

    private static final AtomicLong NEXT = new AtomicLong(System.currentTimeMillis());

    /** What was seen, in the order it was. */
    final List<String> seen = new CopyOnWriteArrayList<>();

    private final String suffix = "_" + Long.toString(NEXT.incrementAndGet(), 36);
    private final List<App> started = new CopyOnWriteArrayList<>();
    private final List<CountDownLatch> gates = new CopyOnWriteArrayList<>();

    /** Gives an app the transport that is tested, and nothing that is looked for. */
    abstract App.Builder on(App.Builder builder);

    @AfterEach
    void stopApps() {
        gates.forEach(CountDownLatch::countDown);
        started.forEach(app -> app.stop(Duration.ofSeconds(5)));
    }

    /** Skips the test if the transport does not carry what it is about. */
    final void assumeCarried(OperationKind kind, String rules) {
        BusProbe probe = new BusProbe();
        start(probe.show(on(App.named(own("carrying")))));
        Assumptions.assumeTrue(
                probe.carries().contains(kind),
                () -> rules + ": the provider does not carry " + kind + ", so nothing of them is tested");
    }

    /** What the bus of an app offers; skips the test if it does not. */
    static <T> T offered(App app, Class<T> type, String rules) {
        try {
            return app.as(type);
        } catch (IllegalStateException e) {
            return Assumptions.abort(
                    rules + ": the bus offers no " + type.getSimpleName() + " by 'as', so nothing of them is tested");
        }
    }

    /** A name that only this test uses. */
    final String own(String name) {
        return name + suffix;
    }

    /** An app of a name of its own, with an action that sends numbered messages. */
    final App.Builder app() {
        return app("shop");
    }

    final App.Builder app(String name) {
        return on(App.named(own(name))).action("send", ctx -> {
            String channel = ctx.payload().path("channel").asString();
            int to = ctx.payload().path("to").asInt();
            long reached = 0;
            for (int n = ctx.payload().path("from").asInt(); n <= to; n++) {
                reached = ctx.broadcast(channel, Map.of("n", n));
            }
            return reached;
        });
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

    /** Lets an app send the messages of some numbers on a channel; what the last of them returned. */
    static long send(App app, String channel, int from, int to) {
        long returned = 0;
        // In parts, as a bus that needs long for each must not need too long for the call.
        for (int first = from; first <= to; first += PART) {
            returned = self(app)
                    .call("send", Map.of("channel", channel, "from", first, "to", Math.min(to, first + PART - 1)))
                    .asLong();
        }
        return returned;
    }

    /** Closed until it is counted down; opened at the end of the test in any case. */
    final CountDownLatch gate() {
        CountDownLatch gate = new CountDownLatch(1);
        gates.add(gate);
        return gate;
    }

    /** Lets others run, so that they get in the way if they can. */
    static void giveWay() {
        LockSupport.parkNanos(1);
    }

    /** Waits for a gate, but not for ever. */
    static void pass(CountDownLatch gate) throws InterruptedException {
        if (!gate.await(LONG.toSeconds(), TimeUnit.SECONDS)) {
            throw new IllegalStateException("the gate stayed closed");
        }
    }

    static Eventually eventually() {
        return new Eventually(LONG);
    }
}
