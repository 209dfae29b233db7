/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.samples.faults;

import dev.cyanotype.App;
import dev.cyanotype.task.Schedule;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.JsonNode;

/**
 * A service on all transports, in a process of its own that ends with its standard input. The first argument says what is wrong
 * with it; a second one, how many seconds it has to stop.
 */
public final class FaultyService {

    /** How long everything takes that it does. */
    static final Duration WORK = Duration.ofSeconds(2);

    /** How often something is due. */
    static final Duration PERIOD = Duration.ofMillis(200);

    /** The run that throws. */
    private static final int BAD_RUN = 2;

    private static final CountDownLatch TOLD = new CountDownLatch(1);

    private static App app;

    private FaultyService() {}

    public static void main(String[] args) {
        Thread ear = new Thread(FaultyService::listen, "standard-input");
        ear.setDaemon(true);
        ear.start();
        App.Builder builder = App.named("faulty");
        if (args.length > 1) {
            builder.stopBudget(Duration.ofSeconds(Long.parseLong(args[1])));
        }
        app = declared(builder, args[0]).build();
        try {
            app.run();
        } catch (RuntimeException e) {
            sayWhatIsLeft();
            throw e;
        }
    }

    private static App.Builder declared(App.Builder builder, String fault) {
        return switch (fault) {
            case "none" -> working(builder);
            case "end hangs" -> hangingAtTheEnd(builder);
            case "tasks fail" -> failingTasks(builder);
            case "start fails" ->
                working(builder).onStart(ctx -> {
                    throw new IllegalStateException("no more room");
                });
            case "start hangs" -> working(builder).onStarting(ctx -> hang("onStarting"));
            case "start hangs deaf" -> working(builder).onStarting(ctx -> hangDeaf("onStarting"));
            default -> throw new IllegalArgumentException(fault);
        };
    }

    /** Everything that can be under way; each says when it begins and ends. */
    private static App.Builder working(App.Builder builder) {
        return builder.get("/ping", ctx -> "pong")
                .get("/work", ctx -> work("request"))
                .get("/task", ctx -> {
                    app.tasks().task("work").trigger();
                    return "begun";
                })
                .action("work", ctx -> work("action " + ctx.payload().path("n").asInt()))
                .action("ask", ctx -> Map.of("n", ctx.payload().path("n").asInt()))
                .listen(
                        "events",
                        (message, ctx) -> work("event " + message.path("n").asInt()))
                .consume(
                        "entries",
                        "workers",
                        JsonNode.class,
                        (entry, ctx) -> work("entry " + entry.path("n").asInt()))
                .socket("work", ctx -> work("message"))
                .background("work", Schedule.manual(), ctx -> work("task"))
                .thread("waits", ctx -> {
                    say("begin thread");
                    while (ctx.sleep(Duration.ofMinutes(1))) {
                        say("a minute is over");
                    }
                    say("end thread");
                });
    }

    private static String work(String what) throws InterruptedException {
        say("begin " + what);
        // This is the work that is under way when the service is told to end.
        Thread.sleep(WORK.toMillis());
        say("end " + what);
        return "done";
    }

    /** A thread and hooks that hang, hooks that fail, and hooks between these that are right. */
    private static App.Builder hangingAtTheEnd(App.Builder builder) {
        return builder.get("/ping", ctx -> "pong")
                .thread("spins", ctx -> {
                    say("begin thread");
                    while (true) {
                        Thread.onSpinWait();
                    }
                })
                .onStopping(ctx -> say("second onStopping"))
                .onStopping(ctx -> hangDeaf("onStopping"))
                .onStopping(ctx -> say("first onStopping"))
                .onStop(ctx -> say("third onStop"))
                .onStop(ctx -> hangDeaf("the last hook"))
                .onStop(ctx -> say("second onStop"))
                .onStop(ctx -> {
                    throw new IllegalStateException("no such file");
                })
                .onStop(ctx -> say("first onStop"));
    }

    private static App.Builder failingTasks(App.Builder builder) {
        AtomicInteger runs = new AtomicInteger();
        AtomicInteger running = new AtomicInteger();
        return builder.get("/ping", ctx -> "pong")
                .background("throws", PERIOD, ctx -> {
                    int run = runs.incrementAndGet();
                    say("throws " + run);
                    if (run == BAD_RUN) {
                        throw new IllegalStateException("run " + run);
                    }
                })
                .background("overruns", PERIOD, ctx -> {
                    say("overruns beside " + running.getAndIncrement());
                    // Twice as long as there is.
                    Thread.sleep(2 * PERIOD.toMillis());
                    running.getAndDecrement();
                })
                .background("ticks", PERIOD, ctx -> say("tick " + TimeUnit.NANOSECONDS.toMillis(System.nanoTime())));
    }

    private static void hang(String where) throws InterruptedException {
        say("hangs in " + where);
        Thread.sleep(60_000);
    }

    /** Hangs, whoever interrupts it. */
    private static void hangDeaf(String where) {
        say("hangs in " + where);
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (System.nanoTime() < end) {
            try {
                Thread.sleep(1000);
            } catch (InterruptedException e) {
                say("does not listen in " + where);
            }
        }
    }

    /** What a start that failed has left in the process, which lives until it is told to go on. */
    private static void sayWhatIsLeft() {
        int port = Integer.parseInt(System.getenv("CYANOTYPE_HTTP_PORT"));
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            say("port is free: " + (socket.getLocalPort() == port));
        } catch (IOException e) {
            say("port is taken: " + e.getMessage());
        }
        List<String> threads = Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> !thread.isDaemon() && thread != Thread.currentThread())
                .map(Thread::getName)
                .toList();
        say("threads left: " + threads);
        try {
            TOLD.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void listen() {
        try {
            for (int next = System.in.read(); next >= 0; next = System.in.read()) {
                TOLD.countDown();
            }
        } catch (IOException e) {
            e.printStackTrace();
        }
        Runtime.getRuntime().halt(99);
    }

    private static synchronized void say(String line) {
        System.out.println(line);
    }
}
