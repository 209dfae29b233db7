/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.pubsub.redis;

import dev.cyanotype.internal.redis.bus.RedisBus;
import dev.cyanotype.spi.OperationKind;
import dev.cyanotype.spi.Settings;
import dev.cyanotype.spi.Transport;
import dev.cyanotype.spi.TransportContext;
import dev.cyanotype.spi.TransportProvider;
import java.util.EnumSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Carries actions, listeners and streams over Redis.
 *
 * <p>Found with {@link java.util.ServiceLoader}, it connects to the Redis of the setting {@code redis.url}, else of its
 * options, else of the environment variable {@code REDIS_URL}; where there is none of these, messages stay in the process.
 * Thread-safe.
 *
 * @since 0.1
 */
public final class RedisPubSub implements TransportProvider {

    private final RedisOptions options;
    private final Map<String, String> environment;

    /** A provider for the Redis that the settings name. */
    public RedisPubSub() {
        this(RedisOptions.builder().build(), System.getenv());
    }

    RedisPubSub(RedisOptions options, Map<String, String> environment) {
        this.options = options;
        this.environment = environment;
    }

    /**
     * A provider with options, which settings from outside override.
     *
     * @param options the options
     * @return the provider
     */
    public static RedisPubSub with(RedisOptions options) {
        return new RedisPubSub(Objects.requireNonNull(options, "options"), System.getenv());
    }

    @Override
    public String id() {
        return "redis";
    }

    @Override
    public Set<OperationKind> carries() {
        return EnumSet.of(OperationKind.ACTION, OperationKind.LISTENER, OperationKind.STREAM);
    }

    /** The settings it reads: {@code redis.url} and those named beside the options. */
    @Override
    public Set<String> settings() {
        return RedisSettings.KEYS;
    }

    @Override
    public boolean isEnabled(Settings settings) {
        return RedisSettings.url(options, settings, environment) != null;
    }

    @Override
    public Transport create(TransportContext context) {
        OptionValues values = RedisSettings.apply(options, context.settings(), environment);
        RedisUrl url = Objects.requireNonNull(values.url, "url");
        RedisSetup setup = new RedisSetup(values, url, context.app());
        return new RedisBus(context, setup.bus(), setup.topology(), setup.client());
    }

    @Override
    public String toString() {
        return "RedisPubSub[" + options + "]";
    }
}
