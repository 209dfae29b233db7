/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.assembly;

import dev.cyanotype.http.RouteHandler;
import dev.cyanotype.internal.routing.PathPattern;
import dev.cyanotype.internal.spec.OperationSpec.ActionSpec;
import dev.cyanotype.internal.spec.OperationSpec.ListenerSpec;
import dev.cyanotype.internal.spec.OperationSpec.SocketSpec;
import dev.cyanotype.internal.spec.OperationSpec.TaskSpec;
import dev.cyanotype.spi.MountedOperation;
import dev.cyanotype.spi.OperationKind;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A mounted operation with what runs it. */
public abstract sealed class Operation implements MountedOperation {

    private final OperationKind kind;
    private final @Nullable String name;
    private final String address;
    private final Place place;
    private final String source;
    private final Chain chain;

    /** Where an operation stands: the full name of its blueprint, and how messages call that. */
    public record Place(String blueprint, String owner) {}

    private Operation(
            OperationKind kind, @Nullable String name, String address, Place place, String source, Chain chain) {
        this.kind = kind;
        this.name = name;
        this.address = address;
        this.place = place;
        this.source = source;
        this.chain = chain;
    }

    @Override
    public final OperationKind kind() {
        return kind;
    }

    @Override
    public final @Nullable String name() {
        return name;
    }

    @Override
    public final String address() {
        return address;
    }

    @Override
    public final String blueprint() {
        return place.blueprint();
    }

    @Override
    public final String source() {
        return source;
    }

    public final Chain chain() {
        return chain;
    }

    /** Its name, or its address if it has none. */
    public final String label() {
        return name == null ? address : name;
    }

    /** Who declared it and where, as a conflict shows it. */
    final String declaration() {
        return place.owner() + " (" + source + ")";
    }

    @Override
    public final String toString() {
        return kind.noun() + " " + address + " (" + source + ")";
    }

    /** A route on one path. */
    public static final class Http extends Operation {

        private final PathPattern pattern;
        private final String[] parameters;
        private final @Nullable String host;
        private final RouteHandler handler;

        Http(
                @Nullable String name,
                String methods,
                @Nullable String host,
                PathPattern pattern,
                Place place,
                String source,
                Chain chain,
                RouteHandler handler) {
            super(
                    OperationKind.HTTP,
                    name,
                    methods + " " + (host == null ? "" : host) + pattern.text(),
                    place,
                    source,
                    chain);
            this.pattern = pattern;
            this.parameters = pattern.names().toArray(String[]::new);
            this.host = host;
            this.handler = handler;
        }

        public PathPattern pattern() {
            return pattern;
        }

        public @Nullable String host() {
            return host;
        }

        /** The names of the parameters in the order of the path; nobody changes it. */
        public String[] parameters() {
            return parameters;
        }

        public RouteHandler handler() {
            return handler;
        }
    }

    /** An action. */
    public static final class Action extends Operation {

        private final ActionSpec spec;

        Action(String address, String name, Place place, Chain chain, ActionSpec spec) {
            super(OperationKind.ACTION, name, address, place, spec.source(), chain);
            this.spec = spec;
        }

        public ActionSpec spec() {
            return spec;
        }
    }

    /** A channel listener. */
    public static final class Listener extends Operation {

        private final ListenerSpec spec;

        Listener(String name, Place place, Chain chain, ListenerSpec spec) {
            super(OperationKind.LISTENER, name, spec.channel(), place, spec.source(), chain);
            this.spec = spec;
        }

        public ListenerSpec spec() {
            return spec;
        }
    }

    /** A handler for a type of websocket messages. */
    public static final class Socket extends Operation {

        private final SocketSpec spec;

        Socket(String address, String name, Place place, Chain chain, SocketSpec spec) {
            super(OperationKind.SOCKET_MESSAGE, name, address, place, spec.source(), chain);
            this.spec = spec;
        }

        public SocketSpec spec() {
            return spec;
        }
    }

    /** A periodic task. */
    public static final class Task extends Operation {

        private final TaskSpec spec;

        Task(String name, Place place, Chain chain, TaskSpec spec) {
            super(OperationKind.TASK, name, spec.name(), place, spec.source(), chain);
            this.spec = spec;
        }

        public TaskSpec spec() {
            return spec;
        }
    }

    /** Those of a type among several. */
    static <T extends Operation> List<T> only(Class<T> type, List<Operation> operations) {
        return operations.stream().filter(type::isInstance).map(type::cast).toList();
    }
}
