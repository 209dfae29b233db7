/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.samples.guide.tasks;

import dev.cyanotype.App;
import dev.cyanotype.Blueprint;
import dev.cyanotype.Health;
import dev.cyanotype.exchange.Response;
import dev.cyanotype.task.Schedule;
import dev.cyanotype.task.TaskHandle;
import dev.cyanotype.task.Tasks;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/** Sessions, and what has to be done with them while nobody asks. */
public final class Sessions {

    private Sessions() {}

    /** Where they are kept. */
    public interface Store {

        /** Opens it. */
        void open();

        /** Removes those that nobody has used since. */
        void removeUnusedSince(Instant time);

        /** Writes down how many there are; one with a lower token than before is refused. */
        void count(long token, Instant when);

        /** Sends what waits to another place. */
        void upload();

        /** Whether it can be used. */
        boolean isOpen();

        /** Closes it. */
        void close();
    }

    static Blueprint blueprint(Store store) {
        return Blueprint.named("sessions")
                .background(
                        "expire",
                        Duration.ofMinutes(10),
                        ctx -> store.removeUnusedSince(ctx.due().minus(Duration.ofHours(1))))
                .background(
                        "count",
                        Schedule.cron("0 6 * * *").onOneReplica(),
                        ctx -> store.count(ctx.fencingToken(), ctx.due()))
                .thread("upload", ctx -> {
                    while (ctx.sleep(Duration.ofSeconds(30))) {
                        store.upload();
                    }
                })
                .onStarting(ctx -> store.open())
                .onStop(ctx -> store.close())
                .check("store", store::isOpen)
                .build();
    }

    static Blueprint operations() {
        return Blueprint.named("operations")
                .prefix("/tasks")
                .post("/{task}/runs", ctx -> {
                    ctx.as(Tasks.class).task(ctx.pathParam("task")).trigger();
                    return Response.of(202);
                })
                .get("/{task}", ctx -> {
                    TaskHandle task = ctx.as(Tasks.class).task(ctx.pathParam("task"));
                    return Map.of("runs", task.runs(), "failures", task.failures());
                })
                .build();
    }

    static App app(Store store) {
        return App.named("sessions")
                .register(blueprint(store))
                .register(operations())
                .register(Health.blueprint())
                .stopDelay(Duration.ofSeconds(5))
                .stopBudget(Duration.ofSeconds(25))
                .build();
    }
}
