/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.pubsub.redis;

import dev.cyanotype.internal.redis.bus.BusConfig;
import dev.cyanotype.internal.redis.link.LinkConfig;
import java.time.Duration;
import redis.clients.jedis.DefaultJedisClientConfig;

/**
 * How Redis is used.
 *
 * @since 0.1
 */
public final class RedisOptions {

    private final String url;

    private RedisOptions(String url) {
        this.url = url;
    }

    /**
     * Options for a Redis.
     *
     * @param url such as {@code redis://localhost:6379}
     * @return the options
     */
    public static RedisOptions at(String url) {
        return new RedisOptions(url);
    }

    String url() {
        return url;
    }

    BusConfig config() {
        return new BusConfig(
                new LinkConfig(
                        DefaultJedisClientConfig.builder().build(),
                        LinkConfig.HEARTBEAT,
                        LinkConfig.SILENCE,
                        Duration.ofSeconds(2),
                        100_000),
                true,
                Duration.ofSeconds(10),
                Duration.ofSeconds(10),
                Duration.ofHours(24),
                256,
                10_000);
    }
}
