/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.health;

import dev.cyanotype.health.HealthMonitor;
import dev.cyanotype.health.HealthReport;
import dev.cyanotype.health.HealthReport.Component;
import dev.cyanotype.health.HealthReport.Status;
import dev.cyanotype.internal.assembly.MountedCheck;
import dev.cyanotype.spi.AppClock;
import dev.cyanotype.spi.Transport;
import dev.cyanotype.task.AppState;
import dev.cyanotype.task.Tasks;
import dev.cyanotype.task.WorkerHandle;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.stream.Collectors;

/** Looks how one app is. Thread-safe. */
public final class AppHealth implements HealthMonitor {

    private static final Set<AppState> ALIVE = EnumSet.of(AppState.STARTING, AppState.RUNNING, AppState.STOPPING);
    private static final Set<AppState> READY = EnumSet.of(AppState.RUNNING);
    private static final Set<AppState> STARTED = EnumSet.of(AppState.RUNNING, AppState.STOPPING);

    private final Vitals vitals;
    private final Tasks tasks;
    private final List<RunningCheck> checks;
    private final List<RunningCheck> liveChecks;

    /**
     * Of an app that starts.
     *
     * @param app its name
     */
    public AppHealth(
            String app, List<MountedCheck> checks, Vitals vitals, Tasks tasks, AppClock clock, Executor executor) {
        this.vitals = vitals;
        this.tasks = tasks;
        this.checks = checks.stream()
                .map(check -> new RunningCheck(app, check, clock, executor))
                .toList();
        this.liveChecks = this.checks.stream().filter(RunningCheck::isLive).toList();
    }

    @Override
    public CompletableFuture<HealthReport> live() {
        return report(ALIVE, false, liveChecks);
    }

    @Override
    public CompletableFuture<HealthReport> ready() {
        return report(READY, true, checks);
    }

    @Override
    public CompletableFuture<HealthReport> started() {
        return report(STARTED, false, List.of());
    }

    private CompletableFuture<HealthReport> report(Set<AppState> good, boolean transports, List<RunningCheck> asked) {
        List<CompletableFuture<Component>> answers = vitals.state() == AppState.RUNNING
                ? asked.stream().map(RunningCheck::ask).toList()
                : List.of();
        // The app may have gone on meanwhile, and whoever asks wants to know how it is now.
        return CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new))
                .thenApply(all -> {
                    AppState state = vitals.state();
                    List<Component> components = new ArrayList<>();
                    components.add(app(state, good));
                    if (transports) {
                        vitals.health().forEach((id, health) -> components.add(transport(id, health)));
                    }
                    answers.forEach(answer -> components.add(answer.join()));
                    return HealthReport.of(state, components);
                });
    }

    private Component app(AppState state, Set<AppState> good) {
        Map<String, String> data = new LinkedHashMap<>();
        data.put("state", state.name().toLowerCase(Locale.ROOT));
        String failed = tasks.threads().stream()
                .filter(thread -> thread.state() == WorkerHandle.State.FAILED)
                .map(WorkerHandle::name)
                .collect(Collectors.joining(", "));
        if (!failed.isEmpty()) {
            data.put("failedThreads", failed);
        }
        return new Component("app", good.contains(state) ? Status.UP : Status.DOWN, data);
    }

    private static Component transport(String id, Transport.Health health) {
        return new Component(id, health == Transport.Health.UP ? Status.UP : Status.DOWN, Map.of());
    }
}
