/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.pubsub.redis;

import dev.cyanotype.App;
import dev.cyanotype.exchange.Exchange;
import java.util.Objects;
import java.util.function.Consumer;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.UnifiedJedis;

/**
 * Reaches through to Jedis.
 *
 * @since 0.1
 */
public final class RedisAccess {

    private RedisAccess() {}

    /**
     * The client for an app's own commands, such as those of a cache.
     *
     * @param app the app, started
     * @return a {@code RedisClient}, {@code RedisSentinelClient} or {@code RedisClusterClient}, as the URL has it; always the
     *     same, with up to 64 connections of its own, made when it is first asked for and closed with the app
     * @throws IllegalStateException if the app is not started, has stopped, or has no Redis
     * @throws dev.cyanotype.message.MessagingException if it can't be made because no sentinel, or no node of the cluster, can
     *     be reached
     */
    public static UnifiedJedis client(App app) {
        return app.as(UnifiedJedis.class);
    }

    /**
     * The client for commands of a handler: that of its app.
     *
     * @param exchange what the handler got
     * @return as {@link #client(App)}
     * @throws IllegalStateException if the app has no Redis
     * @throws dev.cyanotype.message.MessagingException as {@link #client(App)}
     */
    public static UnifiedJedis client(Exchange exchange) {
        return exchange.as(UnifiedJedis.class);
    }

    /**
     * Options that set up Jedis's connections further: with credentials that change, other names for hosts, or what else it
     * offers.
     *
     * @param options the options
     * @param configuration called for each app, with everything set up as the options say
     * @return the changed options
     */
    public static RedisOptions configure(
            RedisOptions options, Consumer<DefaultJedisClientConfig.Builder> configuration) {
        return options.configure(Objects.requireNonNull(configuration, "configuration"));
    }
}
