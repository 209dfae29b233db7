/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.redis.link;

import java.time.Duration;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.JedisClientConfig;

/**
 * How links are made and kept.
 *
 * @param client credentials, database, protocol, TLS and client name
 * @param heartbeat how often a link shows that it lives
 * @param silence after how long without a sign it is given up; more than two heartbeats
 * @param commandTimeout how long a command may wait for a link
 * @param maxWaiting how many commands may wait for a link
 */
public record LinkConfig(
        DefaultJedisClientConfig client,
        Duration heartbeat,
        Duration silence,
        Duration commandTimeout,
        int maxWaiting) {

    public static final Duration HEARTBEAT = Duration.ofMillis(600);
    public static final Duration SILENCE = Duration.ofSeconds(2);

    /** For a connection that is read without end; what is waited for until it is open has an end. */
    JedisClientConfig reading() {
        int millis = (int) silence.toMillis();
        return DefaultJedisClientConfig.builder()
                .from(client)
                .connectionTimeoutMillis(millis)
                .socketTimeoutMillis(millis)
                .blockingSocketTimeoutMillis(millis)
                .build();
    }
}
