/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cyanotype.task.Schedule;
import dev.cyanotype.task.TaskHandle;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** Tasks that go by the calendar, in an app. */
class CronTasksTest {

    private static App app(Schedule schedule, List<Instant> due) {
        return App.named("shop")
                .discovery(false)
                .register(Blueprint.named("a")
                        .background("tick", schedule, ctx -> due.add(ctx.due()))
                        .build())
                .build();
    }

    @Test
    void they_run_at_their_times_one_after_the_other() {
        List<Instant> due = new CopyOnWriteArrayList<>();
        Instant before = Instant.now();
        try (App app = app(Schedule.cron("* * * * * *"), due)) {
            app.start();
            await().atMost(Duration.ofSeconds(30)).until(() -> due.size() >= 2);
        }

        assertThat(due.get(0)).isAfter(before);
        assertThat(due).isSorted().doesNotHaveDuplicates().allMatch(time -> time.getNano() == 0);
    }

    @Test
    void they_say_when_they_run_next() {
        try (App app = app(Schedule.cron("0 0 29 2 *"), new CopyOnWriteArrayList<>())) {
            app.start();
            TaskHandle task = app.tasks().task("a.tick");

            assertThat(task.schedule()).hasToString("cron '0 0 29 2 *' in UTC");
            assertThat(task.nextRun()).isEqualTo(Schedule.cron("0 0 29 2 *").next(Instant.now()));
        }
    }
}
