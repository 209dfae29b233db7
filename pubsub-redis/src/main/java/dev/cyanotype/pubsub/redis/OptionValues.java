/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.pubsub.redis;

import dev.cyanotype.internal.redis.link.LinkConfig;
import java.time.Duration;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.DefaultJedisClientConfig;

/** What options consist of, before and after settings from outside; not thread-safe while it is changed. */
final class OptionValues {

    @Nullable
    RedisUrl url;

    @Nullable
    String user;

    @Nullable
    String password;

    @Nullable
    String sentinelUser;

    @Nullable
    String sentinelPassword;

    @Nullable
    Integer database;

    @Nullable
    String clientName;

    RedisOptions.Protocol protocol = RedisOptions.Protocol.AUTO;

    @Nullable
    SSLContext tls;

    boolean sharded;
    boolean required = true;
    Duration startTimeout = Duration.ofSeconds(10);
    Duration commandTimeout = Duration.ofSeconds(2);
    Duration claimLife = Duration.ofSeconds(10);
    Duration replyLife = Duration.ofHours(24);
    Duration entryLife = Duration.ofDays(7);
    int maxConcurrentActions = 256;
    int maxWaitingActions = 10_000;
    Duration heartbeat = LinkConfig.HEARTBEAT;
    Duration silence = LinkConfig.SILENCE;
    UndecodableHandler undecodable = (channel, message, reason) -> {};
    Consumer<DefaultJedisClientConfig.Builder> jedis = client -> {};

    OptionValues copy() {
        OptionValues copy = new OptionValues();
        copy.url = url;
        copy.user = user;
        copy.password = password;
        copy.sentinelUser = sentinelUser;
        copy.sentinelPassword = sentinelPassword;
        copy.database = database;
        copy.clientName = clientName;
        copy.protocol = protocol;
        copy.tls = tls;
        copy.sharded = sharded;
        copy.required = required;
        copy.startTimeout = startTimeout;
        copy.commandTimeout = commandTimeout;
        copy.claimLife = claimLife;
        copy.replyLife = replyLife;
        copy.entryLife = entryLife;
        copy.maxConcurrentActions = maxConcurrentActions;
        copy.maxWaitingActions = maxWaitingActions;
        copy.heartbeat = heartbeat;
        copy.silence = silence;
        copy.undecodable = undecodable;
        copy.jedis = jedis;
        return copy;
    }

    /**
     * Checks what holds between options.
     *
     * @throws IllegalArgumentException if something does not
     */
    void check() {
        if (silence.compareTo(heartbeat.multipliedBy(2)) < 0) {
            throw new IllegalArgumentException("silence: %s (expected: at least two heartbeats, which are %s)"
                    .formatted(OptionChecks.text(silence), OptionChecks.text(heartbeat.multipliedBy(2))));
        }
        if (url != null) {
            checkWith(url);
        }
    }

    private void checkWith(RedisUrl at) {
        boolean cluster = at.form() == RedisUrl.Form.CLUSTER;
        if (sharded && !cluster) {
            throw new IllegalArgumentException(
                    "sharded: only a cluster has sharded channels, and the URL is '%s'. Leave the option unset."
                            .formatted(at));
        }
        if (cluster && database != null && database != 0) {
            throw new IllegalArgumentException(
                    "database: %d (expected: 0, because a cluster has only that)".formatted(database));
        }
        if (tls != null && !at.tls()) {
            throw new IllegalArgumentException("tls: the URL '%s' is one without TLS (expected: '%s://…')"
                    .formatted(at, at.form().scheme(true)));
        }
        if (user != null && password == null && at.password() == null) {
            throw new IllegalArgumentException("user '%s' has no password. Set one.".formatted(user));
        }
    }
}
