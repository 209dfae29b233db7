/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.pubsub.redis;

import dev.cyanotype.internal.redis.bus.BusConfig;
import dev.cyanotype.internal.redis.bus.RedisBus;
import dev.cyanotype.internal.redis.link.LinkConfig;
import dev.cyanotype.internal.redis.link.Topology;
import dev.cyanotype.spi.OperationKind;
import dev.cyanotype.spi.Transport;
import dev.cyanotype.spi.TransportContext;
import dev.cyanotype.spi.TransportProvider;
import java.net.URI;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;

/** The bus with every number within reach of a test. */
record TestBus(String url, boolean required, Duration startTimeout, Duration claimLife, int maxRunning, int maxWaiting)
        implements TransportProvider {

    static TestBus at(String url) {
        return new TestBus(url, true, Duration.ofSeconds(10), Duration.ofSeconds(10), 256, 10_000);
    }

    /** The app starts without Redis, and connects when there is one. */
    TestBus optional() {
        return new TestBus(url, false, startTimeout, claimLife, maxRunning, maxWaiting);
    }

    TestBus startTimeout(Duration time) {
        return new TestBus(url, required, time, claimLife, maxRunning, maxWaiting);
    }

    TestBus claimLife(Duration time) {
        return new TestBus(url, required, startTimeout, time, maxRunning, maxWaiting);
    }

    TestBus running(int most) {
        return new TestBus(url, required, startTimeout, claimLife, most, maxWaiting);
    }

    TestBus waiting(int most) {
        return new TestBus(url, required, startTimeout, claimLife, maxRunning, most);
    }

    @Override
    public String id() {
        return "redis";
    }

    @Override
    public Set<OperationKind> carries() {
        return EnumSet.of(OperationKind.ACTION, OperationKind.LISTENER, OperationKind.STREAM);
    }

    @Override
    public Transport create(TransportContext context) {
        LinkConfig link = new LinkConfig(
                DefaultJedisClientConfig.builder().build(),
                LinkConfig.HEARTBEAT,
                LinkConfig.SILENCE,
                Duration.ofSeconds(2),
                100_000);
        BusConfig config =
                new BusConfig(link, required, startTimeout, claimLife, Duration.ofHours(24), maxRunning, maxWaiting);
        HostAndPort node = HostAndPort.from(URI.create(url).getAuthority());
        return new RedisBus(context, config, Topology.single(node));
    }
}
