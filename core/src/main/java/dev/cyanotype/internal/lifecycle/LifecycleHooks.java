/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.lifecycle;

import dev.cyanotype.internal.assembly.Assembly;
import dev.cyanotype.internal.assembly.Level;
import dev.cyanotype.internal.assembly.StartHook;
import dev.cyanotype.internal.dispatch.AppRuntime;
import dev.cyanotype.internal.spec.LifecycleSpec.Phase;
import dev.cyanotype.internal.task.ScopeContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the start and stop hooks of one app.
 *
 * <p>{@code onStop} undoes {@code onStarting}, and {@code onStopping} undoes {@code onStart}: a scope whose start failed, or
 * was never reached, has nothing to undo.
 */
final class LifecycleHooks {

    private static final Logger LOG = LoggerFactory.getLogger("dev.cyanotype");

    /** What each stop hook has, whatever others have spent. */
    private static final Duration LEAST = Duration.ofMillis(250);

    private final Assembly assembly;
    private final AppRuntime runtime;

    /** The scopes that a begun phase has not got through. */
    private final Map<Phase, Set<Level>> unfinished = new EnumMap<>(Phase.class);

    /** The stop hooks that threw something. */
    private final List<String> failed = new ArrayList<>();

    LifecycleHooks(Assembly assembly, AppRuntime runtime) {
        this.assembly = assembly;
        this.runtime = runtime;
    }

    void starting() {
        start(Phase.STARTING);
    }

    void start() {
        start(Phase.START);
    }

    /** Runs the stop hooks of the first phase; which of them have not ended within their time. */
    List<String> stopping(Limit limit) {
        return stop(Phase.STOPPING, Phase.START, limit);
    }

    /** Runs the stop hooks of the last phase; which of them have not ended within their time. */
    List<String> stop(Limit limit) {
        return stop(Phase.STOP, Phase.STARTING, limit);
    }

    /** The stop hooks that threw something. */
    List<String> failed() {
        return failed;
    }

    /** How long the next one may take. */
    interface Limit {

        Duration left();
    }

    private void start(Phase phase) {
        List<StartHook> hooks = assembly.startHooks(phase);
        for (int i = 0; i < hooks.size(); i++) {
            StartHook hook = hooks.get(i);
            try {
                run(hook);
            } catch (Throwable e) {
                Set<Level> rest = new HashSet<>();
                hooks.subList(i, hooks.size()).forEach(missed -> rest.add(missed.level()));
                unfinished.put(phase, rest);
                if (e instanceof InterruptedException) {
                    Thread.currentThread().interrupt();
                }
                throw new IllegalStateException(
                        "app '%s' could not start: the %s failed: %s".formatted(runtime.name(), hook, e), e);
            }
        }
        unfinished.put(phase, Set.of());
    }

    private List<String> stop(Phase phase, Phase undone, Limit limit) {
        List<String> hanging = new ArrayList<>();
        Set<Level> unstarted = unfinished.get(undone);
        if (unstarted == null) {
            return hanging;
        }
        List<StartHook> hooks = new ArrayList<>(assembly.startHooks(phase));
        Collections.reverse(hooks);
        for (StartHook hook : hooks) {
            if (!unstarted.contains(hook.level()) && !runWithin(hook, limit)) {
                hanging.add(hook.toString());
            }
        }
        return hanging;
    }

    private boolean runWithin(StartHook hook, Limit limit) {
        Duration left = limit.left();
        Guarded.End end = Guarded.run(
                "cyanotype-" + runtime.name() + "-stop-hook",
                left.compareTo(LEAST) < 0 ? LEAST : left,
                () -> run(hook));
        if (!end.inTime()) {
            LOG.error("the {} of app '{}' took too long and was abandoned", hook, runtime.name());
        } else if (end.failure() != null) {
            LOG.error("the {} of app '{}' failed", hook, runtime.name(), end.failure());
            failed.add(hook.toString());
        }
        return end.inTime();
    }

    private void run(StartHook hook) throws Exception {
        hook.spec().hook().run(new ScopeContext(runtime, hook.level()));
    }
}
