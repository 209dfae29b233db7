/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype;

import dev.cyanotype.exchange.Response;
import dev.cyanotype.health.HealthMonitor;
import dev.cyanotype.health.HealthReport;
import dev.cyanotype.health.HealthReport.Component;
import dev.cyanotype.health.HealthReport.Status;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * Tells over HTTP whether a service is alive, ready and started, for those who start it, stop it and send it requests.
 *
 * <p>Answers are JSON as MicroProfile Health 4.0 has it, with 200 if all is well and 503 if not.
 *
 * @since 0.1
 */
public final class Health {

    private static final int UP = 200;
    private static final int DOWN = 503;

    private Health() {}

    /**
     * Answers {@code /health/live}, {@code /health/ready} and {@code /health/started}. Another place is a matter of the mount, as
     * with any blueprint, and so is who may ask: hooks of the app run for it too.
     *
     * @return a blueprint named {@code health}, with the prefix {@code /health}
     * @see HealthMonitor
     */
    public static Blueprint blueprint() {
        return Blueprint.named("health")
                .prefix("/health")
                .get("/live", ctx -> answer(ctx.as(HealthMonitor.class).live()), route -> route.name("live"))
                .get("/ready", ctx -> answer(ctx.as(HealthMonitor.class).ready()), route -> route.name("ready"))
                .get("/started", ctx -> answer(ctx.as(HealthMonitor.class).started()), route -> route.name("started"))
                .build();
    }

    private static CompletableFuture<Response> answer(CompletableFuture<HealthReport> report) {
        return report.thenApply(Health::answer);
    }

    private static Response answer(HealthReport report) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("status", report.isUp() ? Status.UP : Status.DOWN);
        body.put("checks", report.components().stream().map(Health::check).toList());
        return Response.of(report.isUp() ? UP : DOWN, body).header("Cache-Control", "no-store");
    }

    private static Map<String, Object> check(Component component) {
        Map<String, Object> check = new LinkedHashMap<>();
        check.put("name", component.name());
        check.put("status", component.status());
        if (!component.data().isEmpty()) {
            check.put("data", component.data());
        }
        return check;
    }
}
