/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.task;

import dev.cyanotype.internal.assembly.Level;
import dev.cyanotype.internal.dispatch.AppRuntime;
import dev.cyanotype.message.Caller;
import dev.cyanotype.task.LifecycleContext;
import dev.cyanotype.task.Tasks;
import java.util.Objects;
import org.slf4j.Logger;

/** What code of a scope may use that no exchange has called. */
public class ScopeContext implements LifecycleContext {

    private final AppRuntime runtime;
    private final Level level;

    /** For code of a scope. */
    public ScopeContext(AppRuntime runtime, Level level) {
        this.runtime = runtime;
        this.level = level;
    }

    @Override
    public final String app() {
        return runtime.name();
    }

    @Override
    public final String blueprint() {
        return level.name();
    }

    @Override
    public final Logger log() {
        return runtime.log();
    }

    @Override
    public final long broadcast(String channel, Object message) {
        return runtime.broadcast(channel, message);
    }

    @Override
    public final String append(String stream, Object entry) {
        return runtime.append(stream, null, entry);
    }

    @Override
    public final String append(String stream, String key, Object entry) {
        return runtime.append(stream, Objects.requireNonNull(key, "key"), entry);
    }

    @Override
    public final Caller caller(String service) {
        return runtime.caller(service, null, null);
    }

    @Override
    public final Tasks tasks() {
        return runtime.tasks();
    }
}
