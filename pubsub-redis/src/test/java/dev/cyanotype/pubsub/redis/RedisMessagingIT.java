/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.pubsub.redis;

import dev.cyanotype.spi.TransportProvider;
import dev.cyanotype.testkit.TestRedis;
import dev.cyanotype.testkit.contract.MessageBusContract;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The bus of apps that meet on a Redis. */
class RedisMessagingIT extends MessageBusContract {

    private static TestRedis redis;

    @BeforeAll
    static void startRedis() {
        redis = TestRedis.open();
    }

    @AfterAll
    static void stopRedis() {
        redis.close();
    }

    @Override
    protected TransportProvider provider() {
        return RedisPubSub.with(RedisOptions.at(redis.url()));
    }

    @Override
    protected Optional<TransportProvider> providerThatCannotStart() {
        // Nobody can listen there.
        return Optional.of(TestBus.at("redis://127.0.0.1:1").startTimeout(Duration.ofMillis(200)));
    }
}
