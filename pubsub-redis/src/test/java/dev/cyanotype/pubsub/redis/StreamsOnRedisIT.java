/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.pubsub.redis;

import dev.cyanotype.App;
import dev.cyanotype.testkit.TestRedis;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;

/** What every bus does alike with streams, on a Redis. */
class StreamsOnRedisIT {

    private static TestRedis redis;

    @BeforeAll
    static void startRedis() {
        redis = TestRedis.open();
    }

    @AfterAll
    static void stopRedis() {
        redis.close();
    }

    private static App.Builder onRedis(App.Builder builder) {
        return builder.discovery(false).transport(RedisPubSub.with(RedisOptions.at(redis.url())));
    }

    @Nested
    class Streams extends StreamsContract {

        @Override
        App.Builder on(App.Builder builder) {
            return onRedis(builder);
        }
    }

    @Nested
    class Failing_entries extends DeadLettersContract {

        @Override
        App.Builder on(App.Builder builder) {
            return onRedis(builder);
        }
    }

    @Nested
    class Stopping extends StoppingContract {

        @Override
        App.Builder on(App.Builder builder) {
            return onRedis(builder);
        }
    }
}
