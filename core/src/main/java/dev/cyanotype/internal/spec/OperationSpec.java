/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.spec;

import dev.cyanotype.http.Route;
import dev.cyanotype.internal.routing.PathJoin;
import dev.cyanotype.internal.routing.PathPattern;
import dev.cyanotype.message.Action;
import dev.cyanotype.message.ActionOptions;
import dev.cyanotype.message.ConsumerOptions;
import dev.cyanotype.message.Listener;
import dev.cyanotype.message.ListenerOptions;
import dev.cyanotype.message.StreamConsumer;
import dev.cyanotype.socket.ConnectHook;
import dev.cyanotype.socket.DisconnectHook;
import dev.cyanotype.socket.SocketMessage;
import dev.cyanotype.task.BackgroundTask;
import dev.cyanotype.task.Schedule;
import dev.cyanotype.task.Worker;
import dev.cyanotype.task.WorkerOptions;
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

        /**
         * A route of the calling line, whose options make sense.
         *
         * @param scope what messages start with
         * @throws IllegalArgumentException if a path or an option does not
         */
        public static RouteSpec checked(String scope, Route route) {
            for (String path : route.paths()) {
                try {
                    PathPattern.parse(PathJoin.join("", path));
                } catch (IllegalArgumentException e) {
                    throw new IllegalArgumentException(scope + ": " + e.getMessage(), e);
                }
            }
            if (route.name() != null) {
                Names.check(where(scope, route), route.name());
            }
            if (route.version() != null) {
                OptionsDraft.version(where(scope, route), route.version());
            }
            if (route.versionPrefix() != null) {
                OptionsDraft.versionPrefix(where(scope, route), route.versionPrefix());
            }
            if (!route.hosts().isEmpty()) {
                OptionsDraft.hosts(where(scope, route), route.hosts());
            }
            if (route.subdomain() != null) {
                OptionsDraft.host(where(scope, route), "subdomain", route.subdomain());
            }
            for (String name : route.urlDefaults().keySet()) {
                PathPattern.checkName(where(scope, route) + ": urlDefault", name);
            }
            return new RouteSpec(route, Source.caller());
        }

        private static String where(String scope, Route route) {
            return scope + ": route " + route.methods() + " " + route.paths();
        }
    }

    /** An action; the types are null where it reads its payload itself. */
    record ActionSpec(
            String name,
            Action.Handler handler,
            @Nullable Class<?> input,
            @Nullable Class<?> output,
            ActionOptions options,
            String source)
            implements OperationSpec {}

    /** A channel listener. */
    record ListenerSpec(
            String channel, Class<?> type, Listener<Object> listener, ListenerOptions options, String source)
            implements OperationSpec {}

    /** A consumer of a stream. */
    record ConsumerSpec(
            String stream,
            String group,
            Class<?> type,
            StreamConsumer<Object> consumer,
            ConsumerOptions options,
            String source)
            implements OperationSpec {}

    /** A handler for a type of websocket messages. */
    record SocketSpec(String type, SocketMessage handler, String source) implements OperationSpec {}

    /** What runs when a client connects to the app's socket for messages. */
    record ConnectSpec(ConnectHook hook, String source) implements OperationSpec {}

    /** What runs when a client of the app's socket for messages has gone. */
    record DisconnectSpec(DisconnectHook hook, String source) implements OperationSpec {}

    /** A periodic task. */
    record TaskSpec(String name, Schedule schedule, BackgroundTask task, String source) implements OperationSpec {}

    /** A long-running thread. */
    record WorkerSpec(String name, Worker worker, WorkerOptions options, String source) implements OperationSpec {}
}
