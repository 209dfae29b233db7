/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The order in which what is under way may end. */
class LastMessageTest {

    @Test
    void what_a_task_sends_at_its_end_is_heard_before_the_app_has_stopped() throws Exception {
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch finish = new CountDownLatch(1);
        List<String> record = new CopyOnWriteArrayList<>();
        App app = App.named("shop")
                .discovery(false)
                .background("slow", Duration.ofMillis(1), ctx -> {
                    running.countDown();
                    finish.await(10, TimeUnit.SECONDS);
                    record.add("sent to " + ctx.broadcast("x", Map.of()));
                })
                .listen("x", (message, ctx) -> {
                    new CountDownLatch(1).await(200, TimeUnit.MILLISECONDS);
                    record.add("heard");
                })
                .build();
        app.start();
        running.await();
        CompletableFuture<Void> stop = CompletableFuture.runAsync(() -> {
            app.stop();
            record.add("stopped");
        });
        new CountDownLatch(1).await(100, TimeUnit.MILLISECONDS);
        finish.countDown();
        stop.get(20, TimeUnit.SECONDS);

        assertThat(record).containsExactly("sent to 1", "heard", "stopped");
    }
}
