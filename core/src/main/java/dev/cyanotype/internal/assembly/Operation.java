/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.assembly;

import dev.cyanotype.exchange.Attribute;
import dev.cyanotype.http.HttpMethod;
import dev.cyanotype.http.Route;
import dev.cyanotype.http.RouteHandler;
import dev.cyanotype.internal.routing.Converter;
import dev.cyanotype.internal.routing.PathPattern;
import dev.cyanotype.internal.spec.FileHandler;
import dev.cyanotype.internal.spec.OperationSpec.ActionSpec;
import dev.cyanotype.internal.spec.OperationSpec.ConsumerSpec;
import dev.cyanotype.internal.spec.OperationSpec.ListenerSpec;
import dev.cyanotype.internal.spec.OperationSpec.RouteSpec;
import dev.cyanotype.internal.spec.OperationSpec.SocketSpec;
import dev.cyanotype.internal.spec.UpgradeHandler;
import dev.cyanotype.message.ActionOptions;
import dev.cyanotype.message.ConsumerOptions;
import dev.cyanotype.message.ListenerOptions;
import dev.cyanotype.socket.SocketEndpoint;
import dev.cyanotype.spi.MountedAction;
import dev.cyanotype.spi.MountedConsumer;
import dev.cyanotype.spi.MountedListener;
import dev.cyanotype.spi.MountedOperation;
import dev.cyanotype.spi.MountedRoute;
import dev.cyanotype.spi.OperationKind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A mounted operation with what runs it. */
public abstract sealed class Operation implements MountedOperation
        permits Operation.Http,
                Operation.Action,
                Operation.Listener,
                Operation.Consumer,
                Operation.Socket,
                TaskOperation,
                WorkerOperation {

    private final OperationKind kind;
    private final @Nullable String name;
    private final String address;
    private final Level level;
    private final String source;
    private final Chain chain;
    private final Map<Attribute<?>, Object> attributes;

    Operation(OperationKind kind, String name, String address, Level level, String source) {
        this(kind, name, address, level, source, level.chain(), level.attributes());
    }

    private Operation(
            OperationKind kind,
            @Nullable String name,
            String address,
            Level level,
            String source,
            Chain chain,
            Map<Attribute<?>, Object> attributes) {
        this.kind = kind;
        this.name = name;
        this.address = address;
        this.level = level;
        this.source = source;
        this.chain = chain;
        this.attributes = attributes;
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
        return level.name();
    }

    @Override
    public final String source() {
        return source;
    }

    public final Chain chain() {
        return chain;
    }

    /** Where it stands. */
    public final Level level() {
        return level;
    }

    /** What its exchanges find without having set it. */
    public final Map<Attribute<?>, Object> attributes() {
        return attributes;
    }

    /** Its name, or its address if it has none. */
    public final String label() {
        return name == null ? address : name;
    }

    /** Who declared it and where, as a conflict shows it. */
    final String declaration() {
        return level.owner() + " (" + source + ")";
    }

    @Override
    public final String toString() {
        return kind.noun() + " " + address + " (" + source + ")";
    }

    /** A route on one path. */
    public static final class Http extends Operation implements MountedRoute {

        /** Where the router has websockets, beside a slot for each method. */
        public static final int UPGRADE_SLOT = HttpMethod.values().length;

        private final RouteSpec spec;
        private final List<String> hosts;
        private final PathPattern pattern;
        private final @Nullable String version;
        private final List<String> names;
        private final List<Parameter> parameters;
        private final Map<String, String> urlDefaults;

        /** A parameter of the path; the converter is null where every value fits. */
        public record Parameter(String name, @Nullable Converter converter) {}

        /**
         * A route on one of its paths.
         *
         * @throws IllegalArgumentException if it can't be there
         */
        Http(Level level, RouteSpec spec, String path, Map<String, Predicate<String>> converters) {
            this(
                    level,
                    spec,
                    level.hostsOf(spec.route()),
                    PathPattern.parse(level.pathOf(spec.route(), path)),
                    converters);
        }

        private Http(
                Level level,
                RouteSpec spec,
                List<String> hosts,
                PathPattern pattern,
                Map<String, Predicate<String>> converters) {
            super(
                    isUpgrade(spec.route()) ? OperationKind.SOCKET : OperationKind.HTTP,
                    spec.name() == null ? null : level.nameOf(spec.name()),
                    prefix(spec.route()) + String.join(",", hosts) + pattern.text(),
                    level,
                    spec.source(),
                    level.chain().with(spec.route()),
                    level.attributesOf(spec.route()));
            this.spec = spec;
            this.hosts = hosts;
            this.pattern = pattern;
            this.version = level.versionOf(spec.route());
            this.parameters = parameters(pattern, converters);
            this.names = pattern.names();
            this.urlDefaults = level.urlDefaultsOf(spec.route());
        }

        private static boolean isUpgrade(Route route) {
            return route.handler() instanceof UpgradeHandler;
        }

        private static String prefix(Route route) {
            return isUpgrade(route) ? "" : text(route.methods()) + " ";
        }

        private static String text(Set<HttpMethod> methods) {
            StringBuilder text = new StringBuilder();
            for (HttpMethod method : methods) {
                text.append(text.isEmpty() ? "" : ",").append(method.name());
            }
            return text.toString();
        }

        private static List<Parameter> parameters(PathPattern pattern, Map<String, Predicate<String>> converters) {
            List<Parameter> parameters = new ArrayList<>();
            for (PathPattern.Parameter parameter : pattern.parameters()) {
                String converter = parameter.converter();
                parameters.add(new Parameter(
                        parameter.name(), converter == null ? null : Converter.resolve(converter, converters)));
            }
            return parameters;
        }

        public PathPattern pattern() {
            return pattern;
        }

        /** Whether it leads to a websocket. */
        public boolean isUpgrade() {
            return isUpgrade(spec.route());
        }

        /** What happens on that; null for the app's socket for messages. */
        public @Nullable SocketEndpoint endpoint() {
            return ((UpgradeHandler) handler()).endpoint();
        }

        /** Where the router has it, and how a conflict there is called. */
        Map<Integer, String> slots() {
            Map<Integer, String> slots = new LinkedHashMap<>();
            if (isUpgrade()) {
                slots.put(UPGRADE_SLOT, kind().noun());
            } else {
                methods().forEach(method -> slots.put(method.ordinal(), method.name()));
            }
            return slots;
        }

        @Override
        public Set<HttpMethod> methods() {
            return spec.route().methods();
        }

        @Override
        public List<String> hosts() {
            return hosts;
        }

        @Override
        public String path() {
            return pattern.text();
        }

        @Override
        public @Nullable String version() {
            return version;
        }

        @Override
        public Route route() {
            return spec.route();
        }

        /** The names of the parameters, in the order of the path. */
        public List<String> names() {
            return names;
        }

        /** The parameters, in the order of the path. */
        public List<Parameter> parameters() {
            return parameters;
        }

        /** Whether it serves files. */
        public boolean isFiles() {
            return handler() instanceof FileHandler;
        }

        /** The name of the parameter that takes the rest, or null. */
        public @Nullable String restName() {
            List<PathPattern.Segment> segments = pattern.segments();
            return !segments.isEmpty() && segments.get(segments.size() - 1) instanceof PathPattern.Rest rest
                    ? rest.name()
                    : null;
        }

        /** Values of parameters that the path may lack. */
        public Map<String, String> urlDefaults() {
            return urlDefaults;
        }

        public RouteHandler handler() {
            return spec.route().handler();
        }
    }

    /** An action. */
    public static final class Action extends Operation implements MountedAction {

        private final ActionSpec spec;

        Action(Level level, ActionSpec spec) {
            super(
                    OperationKind.ACTION,
                    level.nameOf(spec.name()),
                    level.actionPrefix() + spec.name(),
                    level,
                    spec.source());
            this.spec = spec;
        }

        @Override
        public ActionOptions options() {
            return spec.options();
        }

        public ActionSpec spec() {
            return spec;
        }
    }

    /** A channel listener. */
    public static final class Listener extends Operation implements MountedListener {

        private final ListenerSpec spec;

        Listener(Level level, ListenerSpec spec) {
            super(OperationKind.LISTENER, level.nameOf(spec.channel()), spec.channel(), level, spec.source());
            this.spec = spec;
        }

        @Override
        public ListenerOptions options() {
            return spec.options();
        }

        public ListenerSpec spec() {
            return spec;
        }
    }

    /** A consumer of a stream. */
    public static final class Consumer extends Operation implements MountedConsumer {

        private final ConsumerSpec spec;

        Consumer(Level level, ConsumerSpec spec) {
            super(
                    OperationKind.STREAM,
                    level.nameOf(spec.stream()),
                    spec.stream() + " for " + spec.group(),
                    level,
                    spec.source());
            this.spec = spec;
        }

        @Override
        public String stream() {
            return spec.stream();
        }

        @Override
        public String group() {
            return spec.group();
        }

        @Override
        public ConsumerOptions options() {
            return spec.options();
        }

        public ConsumerSpec spec() {
            return spec;
        }
    }

    /** A handler for a type of websocket messages. */
    public static final class Socket extends Operation {

        private final SocketSpec spec;

        Socket(Level level, SocketSpec spec) {
            super(
                    OperationKind.SOCKET_MESSAGE,
                    level.nameOf(spec.type()),
                    level.actionPrefix() + spec.type(),
                    level,
                    spec.source());
            this.spec = spec;
        }

        public SocketSpec spec() {
            return spec;
        }
    }
}
