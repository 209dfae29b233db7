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
import dev.cyanotype.message.Caller;
import dev.cyanotype.task.LifecycleContext;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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

    private final Assembly assembly;
    private final AppRuntime runtime;

    /** The scopes that a begun phase has not got through. */
    private final Map<Phase, Set<Level>> unfinished = new EnumMap<>(Phase.class);

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

    void stopping() {
        stop(Phase.STOPPING, Phase.START);
    }

    void stop() {
        stop(Phase.STOP, Phase.STARTING);
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

    private void stop(Phase phase, Phase undone) {
        Set<Level> unstarted = unfinished.get(undone);
        if (unstarted == null) {
            return;
        }
        List<StartHook> hooks = new ArrayList<>(assembly.startHooks(phase));
        Collections.reverse(hooks);
        for (StartHook hook : hooks) {
            if (!unstarted.contains(hook.level())) {
                try {
                    run(hook);
                } catch (Throwable e) {
                    if (e instanceof InterruptedException) {
                        Thread.currentThread().interrupt();
                    }
                    LOG.error("the {} of app '{}' failed", hook, runtime.name(), e);
                }
            }
        }
    }

    private void run(StartHook hook) throws Exception {
        hook.spec().hook().run(new Context(runtime, hook.level()));
    }

    private record Context(AppRuntime runtime, Level level) implements LifecycleContext {

        @Override
        public String app() {
            return runtime.name();
        }

        @Override
        public String blueprint() {
            return level.name();
        }

        @Override
        public Logger log() {
            return runtime.log();
        }

        @Override
        public long broadcast(String channel, Object message) {
            return runtime.broadcast(channel, message);
        }

        @Override
        public String append(String stream, Object entry) {
            return runtime.append(stream, null, entry);
        }

        @Override
        public String append(String stream, String key, Object entry) {
            return runtime.append(stream, Objects.requireNonNull(key, "key"), entry);
        }

        @Override
        public Caller caller(String service) {
            return runtime.caller(service, null, null);
        }
    }
}
