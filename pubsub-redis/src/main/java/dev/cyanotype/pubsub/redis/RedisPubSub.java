/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.pubsub.redis;

import dev.cyanotype.internal.redis.bus.RedisBus;
import dev.cyanotype.internal.redis.link.Topology;
import dev.cyanotype.spi.OperationKind;
import dev.cyanotype.spi.Settings;
import dev.cyanotype.spi.Transport;
import dev.cyanotype.spi.TransportContext;
import dev.cyanotype.spi.TransportProvider;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.HostAndPort;

/**
 * Carries actions, listeners and streams over Redis.
 *
 * <p>Found with {@link java.util.ServiceLoader}, it connects to the Redis of the setting {@code redis.url}, else of the
 * environment variable {@code REDIS_URL}; where there is neither, messages stay in the process. Thread-safe.
 *
 * @since 0.1
 */
public final class RedisPubSub implements TransportProvider {

    private static final String URL = "redis.url";

    private final @Nullable RedisOptions options;

    /** A provider for the Redis that the settings name. */
    public RedisPubSub() {
        this(null);
    }

    private RedisPubSub(@Nullable RedisOptions options) {
        this.options = options;
    }

    /**
     * A provider with options, which settings from outside override.
     *
     * @param options the options
     * @return the provider
     */
    public static RedisPubSub with(RedisOptions options) {
        return new RedisPubSub(Objects.requireNonNull(options, "options"));
    }

    @Override
    public String id() {
        return "redis";
    }

    @Override
    public Set<OperationKind> carries() {
        return EnumSet.of(OperationKind.ACTION, OperationKind.LISTENER, OperationKind.STREAM);
    }

    /** The setting it reads: {@code redis.url}. */
    @Override
    public Set<String> settings() {
        return Set.of(URL);
    }

    @Override
    public boolean isEnabled(Settings settings) {
        return options != null || url(settings) != null;
    }

    private static @Nullable String url(Settings settings) {
        String set = settings.text(URL, System.getenv().getOrDefault("REDIS_URL", ""));
        return set.isBlank() ? null : set.strip();
    }

    @Override
    public Transport create(TransportContext context) {
        String url = url(context.settings());
        RedisOptions effective = options == null ? RedisOptions.at(Objects.requireNonNull(url, "url")) : options;
        HostAndPort node = HostAndPort.from(java.net.URI.create(effective.url()).getAuthority());
        return new RedisBus(context, effective.config(), Topology.single(node));
    }

    @Override
    public String toString() {
        return "RedisPubSub";
    }
}
