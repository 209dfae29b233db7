/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.samples.readme;

import dev.cyanotype.App;
import dev.cyanotype.Blueprint;
import dev.cyanotype.exchange.Response;
import dev.cyanotype.task.AppState;
import dev.cyanotype.task.Schedule;
import dev.cyanotype.task.TaskHandle;
import dev.cyanotype.task.Tasks;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** The examples of docs/tasks.md. */
final class TaskExamples {

    private TaskExamples() {}

    /** What the examples do with orders. */
    interface Orders {

        void expire(Instant before);

        void fetch();

        void report(Instant day);

        List<String> all();

        void index(String order);
    }

    static Blueprint orders(Orders orders) {
        return Blueprint.named("orders")
                .background("expire", Duration.ofMinutes(5), ctx -> orders.expire(ctx.due()))
                .background(
                        "fetch",
                        Schedule.withFixedDelay(Duration.ofSeconds(30)).startingAfter(Duration.ZERO),
                        ctx -> orders.fetch())
                .background(
                        "report",
                        Schedule.cron("0 6 * * MON-FRI", ZoneId.of("Europe/Vienna"))
                                .jitter(Duration.ofMinutes(2)),
                        ctx -> orders.report(ctx.due()))
                .background("reindex", Schedule.manual(), ctx -> {
                    for (String order : orders.all()) {
                        if (!ctx.running()) {
                            return;
                        }
                        orders.index(order);
                    }
                })
                .build();
    }

    static Blueprint control() {
        return Blueprint.named("control")
                .prefix("/control")
                .post("/{task}/run", ctx -> {
                    ctx.as(Tasks.class).task(ctx.pathParam("task")).trigger();
                    return Response.of(202);
                })
                .get("/{task}", ctx -> {
                    TaskHandle task = ctx.as(Tasks.class).task(ctx.pathParam("task"));
                    return Map.of("runs", task.runs(), "failures", task.failures(), "missed", task.missed());
                })
                .build();
    }

    /** What the shared task computes. */
    interface Statements {

        String close(Instant month);
    }

    static Blueprint billing(Statements statements, Ledger ledger) {
        return Blueprint.named("billing")
                .background("close", Schedule.cron("@monthly").onOneReplica(Duration.ofMinutes(1)), ctx -> {
                    String statement = statements.close(ctx.due());
                    ledger.save(ctx.fencingToken(), statement);
                })
                .build();
    }

    /** Keeps what runs of one task have written, and lets none write that was overtaken. */
    static final class Ledger {

        private long highest;
        private String statement = "";

        synchronized void save(long token, String newStatement) {
            if (token < highest) {
                throw new IllegalStateException("ledger: token " + token + " (expected: " + highest
                        + " or more). A later run has written already.");
            }
            highest = token;
            statement = newStatement;
        }

        synchronized String statement() {
            return statement;
        }
    }

    /** A queue of some other system. */
    interface Queue {

        String take() throws InterruptedException;
    }

    static Blueprint monitor(Runnable look, Queue queue, Consumer<String> handler) {
        return Blueprint.named("monitor")
                .thread("look", ctx -> {
                    while (ctx.sleep(Duration.ofMinutes(1))) {
                        look.run();
                    }
                })
                .thread(
                        "queue",
                        ctx -> {
                            while (ctx.running()) {
                                handler.accept(queue.take());
                            }
                        },
                        thread -> thread.manual()
                                .maxRestarts(3)
                                .restartAfter(Duration.ofSeconds(1), Duration.ofSeconds(30)))
                .build();
    }

    static Blueprint renderer(Consumer<BooleanSupplier> render) {
        return Blueprint.named("renderer")
                .thread("render", ctx -> {
                    Thread own = new Thread(() -> render.accept(ctx::running), "render");
                    own.setDaemon(true);
                    own.start();
                    own.join();
                })
                .build();
    }

    /** What an app opens for itself. */
    interface Store {

        void open();

        void warmUp();

        void flush();

        void close();
    }

    static Blueprint storage(Store store) {
        return Blueprint.named("storage")
                .onStarting(10, ctx -> store.open())
                .onStart(ctx -> store.warmUp())
                .onStopping(ctx -> store.flush())
                .onStop(10, ctx -> store.close())
                .build();
    }

    static App shop(Consumer<AppState> listener, Blueprint... blueprints) {
        App.Builder shop = App.named("shop")
                .stopBudget(Duration.ofSeconds(25))
                .stopDelay(Duration.ofSeconds(5))
                .onState(listener);
        for (Blueprint blueprint : blueprints) {
            shop.register(blueprint);
        }
        return shop.build();
    }

    static List<String> end(App app) {
        app.stop(Duration.ofSeconds(1));
        return app.stopReport()
                .filter(report -> !report.isClean())
                .map(report -> report.abandoned())
                .orElse(List.of());
    }
}
