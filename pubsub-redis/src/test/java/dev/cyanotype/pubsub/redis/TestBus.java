/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.pubsub.redis;

import dev.cyanotype.internal.redis.bus.RedisBus;
import dev.cyanotype.spi.OperationKind;
import dev.cyanotype.spi.Transport;
import dev.cyanotype.spi.TransportContext;
import dev.cyanotype.spi.TransportProvider;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;

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
        OptionValues values = RedisOptions.at(url).values();
        values.required = required;
        values.startTimeout = startTimeout;
        values.claimLife = claimLife;
        values.maxConcurrentActions = maxRunning;
        values.maxWaitingActions = maxWaiting;
        RedisSetup setup = new RedisSetup(values, RedisUrl.parse("url", url), context.app());
        return new RedisBus(context, setup.bus(), setup.topology(), setup.client());
    }
}
