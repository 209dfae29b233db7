/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cyanotype.App;
import dev.cyanotype.Assembled;
import dev.cyanotype.Blueprint;
import dev.cyanotype.exchange.Attribute;
import dev.cyanotype.exchange.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** One app, many requests at once: what belongs to one never shows in another. */
class ConcurrencyTest {

    private static final int THREADS = 8;
    private static final int EACH = 1000;

    @Test
    void each_request_has_its_own_values() throws Exception {
        Attribute<String> attribute = Attribute.named("id", String.class);
        Assembled app = Assembled.of(App.named("shop")
                .before(ctx -> {
                    ctx.attribute(attribute, ctx.queryParam("id"));
                    return null;
                })
                .after((ctx, response) -> response.header("X-Id", ctx.correlationId()))
                .register(Blueprint.named("a")
                        .prefix("/{tenant}")
                        .urlValues((ctx, values) -> values.put("twice", values.get("tenant") + values.get("tenant")))
                        .get("/{id}", ctx -> ctx.pathParams() + " " + ctx.attribute(attribute))
                        .get("/literal", ctx -> ctx.attribute(attribute))
                        .build()));

        inParallel(id -> {
            Answer answer = app.send(
                    InMemoryRequest.get("/t" + id + "/" + id + "?id=" + id).header("X-Request-Id", "r" + id));
            assertThat(answer).hasToString("200 \"{tenant=t%1$s, id=%1$s, twice=t%1$st%1$s} %1$s\"".formatted(id));
            assertThat(answer.header("X-Id")).isEqualTo("r" + id);
            assertThat(app.get("/t/literal?id=" + id)).hasToString("200 \"" + id + "\"");
        });
    }

    @Test
    void each_event_goes_out_whole() {
        Pattern event = Pattern.compile("id: (\\d+)\nevent: e\\1\ndata: \\1\ndata: \\1\n\n");
        Answer answer = Assembled.of(App.named("shop")
                        .get(
                                "/x",
                                ctx -> Response.events(
                                        events -> inParallel(id -> events.send("e" + id, id + "\n" + id, id)))))
                .get("/x");

        assertThat(event.matcher(answer.text()).replaceAll("")).isEmpty();
        assertThat(event.matcher(answer.text()).results().count()).isEqualTo(THREADS * EACH);
    }

    private interface Work {
        void run(String id) throws Exception;
    }

    private static void inParallel(Work work) throws Exception {
        ExecutorService executor = Executors.newFixedThreadPool(THREADS);
        try {
            List<Future<?>> all = new ArrayList<>();
            for (int thread = 0; thread < THREADS; thread++) {
                int first = thread * EACH;
                all.add(executor.submit(() -> {
                    for (int i = 0; i < EACH; i++) {
                        work.run(String.valueOf(first + i));
                    }
                    return null;
                }));
            }
            for (Future<?> each : all) {
                each.get();
            }
        } finally {
            executor.shutdownNow();
        }
    }
}
