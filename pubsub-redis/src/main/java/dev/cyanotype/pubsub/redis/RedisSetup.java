/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.pubsub.redis;

import dev.cyanotype.internal.redis.bus.BusConfig;
import dev.cyanotype.internal.redis.link.LinkConfig;
import dev.cyanotype.internal.redis.link.SharedClient;
import dev.cyanotype.internal.redis.link.Topology;
import java.util.Objects;
import java.util.Set;
import javax.net.ssl.SSLContext;
import org.apache.commons.pool2.impl.GenericObjectPoolConfig;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.Connection;
import redis.clients.jedis.ConnectionPoolConfig;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.DefaultRedisCredentials;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.RedisClusterClient;
import redis.clients.jedis.RedisProtocol;
import redis.clients.jedis.RedisSentinelClient;

/** Turns options into what Jedis and the bus are made with. */
final class RedisSetup {

    /** How many commands may wait for a connection. */
    private static final int MAX_WAITING_COMMANDS = 100_000;

    /** How many connections the client for the app's own commands may have. */
    private static final int MAX_CONNECTIONS = 64;

    private final OptionValues values;
    private final RedisUrl url;
    private final DefaultJedisClientConfig config;

    /**
     * What options lead to.
     *
     * @param url that of the options
     */
    RedisSetup(OptionValues values, RedisUrl url, String app) {
        this.values = values;
        this.url = url;
        this.config = config(app);
    }

    private DefaultJedisClientConfig config(String app) {
        DefaultJedisClientConfig.Builder builder = basic(
                values.user == null ? url.user() : values.user,
                values.password == null ? url.password() : values.password);
        builder.clientName(values.clientName == null ? "cyanotype-" + app : values.clientName);
        Integer database = values.database == null ? url.database() : values.database;
        builder.database(database == null ? 0 : database);
        switch (values.protocol) {
            case AUTO -> builder.autoNegotiateProtocol(true);
            case RESP2 -> builder.protocol(RedisProtocol.RESP2);
            case RESP3 -> builder.protocol(RedisProtocol.RESP3);
        }
        values.jedis.accept(builder);
        return builder.build();
    }

    // Jedis's own way to set up TLS takes files, but no context.
    @SuppressWarnings("deprecation")
    private DefaultJedisClientConfig.Builder basic(@Nullable String user, @Nullable String password) {
        DefaultJedisClientConfig.Builder builder = DefaultJedisClientConfig.builder()
                .timeoutMillis(Math.toIntExact(values.commandTimeout.toMillis()))
                .ssl(url.tls());
        if (password != null) {
            builder.credentials(new DefaultRedisCredentials(user, password));
        }
        SSLContext tls = values.tls;
        if (tls != null) {
            builder.sslSocketFactory(tls.getSocketFactory());
        }
        return builder;
    }

    /** Sentinels are other servers, with other users, and are not spoken to in RESP3 by Jedis. */
    private DefaultJedisClientConfig sentinelConfig() {
        return basic(values.sentinelUser, values.sentinelPassword)
                .serverDefaultProtocol()
                .build();
    }

    Topology topology() {
        return switch (url.form()) {
            case SINGLE -> Topology.single(first());
            case SENTINEL -> Topology.sentinel(master(), nodes(), config, sentinelConfig());
            case CLUSTER -> Topology.cluster(nodes(), config);
        };
    }

    SharedClient<?> client() {
        return switch (url.form()) {
            case SINGLE ->
                new SharedClient<>(
                        RedisClient.class,
                        () -> RedisClient.builder()
                                .hostAndPort(first())
                                .clientConfig(config)
                                .poolConfig(pool())
                                .build());
            case SENTINEL ->
                new SharedClient<>(
                        RedisSentinelClient.class,
                        () -> RedisSentinelClient.builder()
                                .masterName(master())
                                .sentinels(nodes())
                                .sentinelClientConfig(sentinelConfig())
                                .clientConfig(config)
                                .poolConfig(pool())
                                .build());
            case CLUSTER ->
                new SharedClient<>(
                        RedisClusterClient.class,
                        () -> RedisClusterClient.builder()
                                .nodes(nodes())
                                .clientConfig(config)
                                .poolConfig(pool())
                                .build());
        };
    }

    /** Who finds no connection free learns that, instead of waiting for ever. */
    private GenericObjectPoolConfig<Connection> pool() {
        ConnectionPoolConfig pool = new ConnectionPoolConfig();
        pool.setMaxTotal(MAX_CONNECTIONS);
        pool.setMaxWait(values.commandTimeout);
        return pool;
    }

    private Set<HostAndPort> nodes() {
        return url.nodes();
    }

    private HostAndPort first() {
        return url.nodes().iterator().next();
    }

    private String master() {
        return Objects.requireNonNull(url.master(), "master");
    }

    BusConfig bus() {
        return new BusConfig(
                new LinkConfig(config, values.heartbeat, values.silence, values.commandTimeout, MAX_WAITING_COMMANDS),
                values.sharded,
                values.required,
                values.startTimeout,
                values.claimLife,
                values.replyLife,
                values.entryLife,
                values.maxConcurrentActions,
                values.maxWaitingActions,
                values.undecodable::undecodable);
    }
}
