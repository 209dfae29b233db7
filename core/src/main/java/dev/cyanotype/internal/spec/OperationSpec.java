/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.spec;

import dev.cyanotype.http.Route;
import dev.cyanotype.message.Action;
import dev.cyanotype.message.Listener;
import dev.cyanotype.socket.SocketMessage;
import dev.cyanotype.task.BackgroundTask;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** One declared operation. */
public sealed interface OperationSpec {

    /** The declaring line. */
    String source();

    /**
     * A route.
     *
     * @param name its own, or that of the one it replaces, or null
     */
    record RouteSpec(Route route, @Nullable String name, String source) implements OperationSpec {

        public RouteSpec(Route route, String source) {
            this(route, route.name(), source);
        }
    }

    /** An action; the types are null where it reads its payload itself. */
    record ActionSpec(
            String name,
            Action.Handler handler,
            @Nullable Class<?> input,
            @Nullable Class<?> output,
            String source) implements OperationSpec {}

    /** A channel listener. */
    record ListenerSpec(String channel, Class<?> type, Listener<Object> listener, String source)
            implements OperationSpec {}

    /** A handler for a type of websocket messages. */
    record SocketSpec(String type, SocketMessage handler, String source) implements OperationSpec {}

    /** A periodic task. */
    record TaskSpec(String name, Duration interval, BackgroundTask task, String source) implements OperationSpec {}
}
