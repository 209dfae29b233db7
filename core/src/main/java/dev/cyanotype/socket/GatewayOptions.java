/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.socket;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * What clients of the app's websocket may reach beyond its own message types: services and channels, in the dialect of
 * Daebus's JavaScript client ({@code publish}, {@code subscribe}, {@code unsubscribe}, {@code broadcast}).
 *
 * <p>Nothing unless it is allowed here, not even this app's own actions. Immutable and thread-safe.
 *
 * @since 0.1
 */
public final class GatewayOptions {

    /** Where apps and callers talk among themselves; no pattern is meant to open that. */
    private static final List<String> INTERNAL = List.of("cyanotype:", "caller:");

    private final Map<String, Set<String>> services;
    private final List<String> subscribable;
    private final List<String> writable;
    private final Duration timeout;

    private GatewayOptions(Builder builder) {
        this.services = Collections.unmodifiableMap(new LinkedHashMap<>(builder.services));
        this.subscribable = List.copyOf(builder.subscribable);
        this.writable = List.copyOf(builder.writable);
        this.timeout = builder.timeout;
    }

    /**
     * Starts with nothing allowed.
     *
     * @return a new builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Starts from these options.
     *
     * @return a new builder
     */
    public Builder toBuilder() {
        Builder builder = new Builder();
        builder.services.putAll(services);
        builder.subscribable.addAll(subscribable);
        builder.writable.addAll(writable);
        builder.timeout = timeout;
        return builder;
    }

    /**
     * Whether clients may call an action.
     *
     * @param service the service's name
     * @param action the action's name
     * @return true if the action is allowed, or the whole service
     */
    public boolean allowsCall(String service, String action) {
        Set<String> actions = services.get(service);
        return actions != null && (actions.isEmpty() || actions.contains(action));
    }

    /**
     * Whether clients may hear a channel.
     *
     * @param channel the channel
     * @return true if it is allowed
     */
    public boolean allowsSubscribe(String channel) {
        return matches(subscribable, channel);
    }

    /**
     * Whether clients may broadcast on a channel.
     *
     * @param channel the channel
     * @return true if it is allowed
     */
    public boolean allowsBroadcast(String channel) {
        return matches(writable, channel);
    }

    /**
     * Whether nothing is allowed.
     *
     * @return true by default
     */
    public boolean isEmpty() {
        return services.isEmpty() && subscribable.isEmpty() && writable.isEmpty();
    }

    /**
     * How long a call may take.
     *
     * @return more than zero
     */
    public Duration timeout() {
        return timeout;
    }

    private static boolean matches(List<String> allowed, String channel) {
        if (INTERNAL.stream().anyMatch(channel::startsWith)) {
            return false;
        }
        for (String pattern : allowed) {
            boolean fits = pattern.endsWith("*")
                    ? channel.startsWith(pattern.substring(0, pattern.length() - 1))
                    : channel.equals(pattern);
            if (fits) {
                return true;
            }
        }
        return false;
    }

    @Override
    public String toString() {
        return "GatewayOptions[services=" + services.keySet() + ", subscribe=" + subscribable + ", broadcast="
                + writable + ", timeout=" + timeout + "]";
    }

    /** Collects options; not thread-safe. */
    public static final class Builder {

        private final Map<String, Set<String>> services = new LinkedHashMap<>();
        private final List<String> subscribable = new ArrayList<>();
        private final List<String> writable = new ArrayList<>();
        private Duration timeout = Duration.ofSeconds(30);

        private Builder() {}

        /**
         * Lets clients call actions of a service.
         *
         * @param name the service's name; this app's own too
         * @param actions the actions; none for all that the service has
         * @return this
         * @throws IllegalArgumentException if a name is empty
         */
        public Builder service(String name, String... actions) {
            for (String action : actions) {
                notEmpty("action of service '" + name + "'", action);
            }
            services.put(notEmpty("service", name), Set.of(actions));
            return this;
        }

        /**
         * Lets clients hear channels.
         *
         * @param channels names, or beginnings of names followed by {@code *}
         * @return this
         * @throws IllegalArgumentException if a name is empty
         */
        public Builder subscribe(String... channels) {
            return add(subscribable, channels);
        }

        /**
         * Lets clients broadcast on channels.
         *
         * @param channels names, or beginnings of names followed by {@code *}; the channel of a service takes requests for all of
         *     its actions, so that a pattern should not fit one
         * @return this
         * @throws IllegalArgumentException if a name is empty
         */
        public Builder broadcast(String... channels) {
            return add(writable, channels);
        }

        /**
         * Limits how long a call may take.
         *
         * @param newTimeout 1 ms or more; default 30 s, as in Daebus's client
         * @return this
         */
        public Builder timeout(Duration newTimeout) {
            timeout = SocketLimits.atLeast("gateway timeout", "timeout", newTimeout, Duration.ofMillis(1));
            return this;
        }

        /**
         * Finishes the options.
         *
         * @return immutable options
         */
        public GatewayOptions build() {
            return new GatewayOptions(this);
        }

        private Builder add(List<String> list, String... channels) {
            for (String channel : channels) {
                list.add(notEmpty("channel", Objects.requireNonNull(channel, "channel")));
            }
            return this;
        }

        private static String notEmpty(String what, String name) {
            if (Objects.requireNonNull(name, "name").isEmpty()) {
                throw new IllegalArgumentException("sockets: gateway: " + what + ": the name is empty");
            }
            return name;
        }
    }
}
