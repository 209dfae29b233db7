/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** Actions, listeners and streams of blueprints over Redis. */
@org.jspecify.annotations.NullMarked
@SuppressWarnings({"requires-automatic", "requires-transitive-automatic"})
module dev.cyanotype.pubsub.redis {
    requires transitive dev.cyanotype.core;
    // For RedisAccess, where users reach through.
    requires transitive redis.clients.jedis;
    // Jedis's pool is set up with its types.
    requires org.apache.commons.pool2;

    exports dev.cyanotype.pubsub.redis;

    provides dev.cyanotype.spi.TransportProvider with
            dev.cyanotype.pubsub.redis.RedisPubSub;
}
