/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.pubsub.redis.api;

import dev.cyanotype.App;
import dev.cyanotype.message.ActionContext;
import dev.cyanotype.pubsub.redis.RedisAccess;
import dev.cyanotype.pubsub.redis.RedisOptions;
import dev.cyanotype.pubsub.redis.RedisPubSub;
import dev.cyanotype.pubsub.redis.UndecodableHandler;
import dev.cyanotype.spi.OperationKind;
import dev.cyanotype.spi.Settings;
import dev.cyanotype.spi.Transport;
import dev.cyanotype.spi.TransportContext;
import dev.cyanotype.spi.TransportProvider;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.UnifiedJedis;

/** All that users may call, from outside. Never run: if this compiles, their code does too. */
final class PublicApiCompiles {

    private PublicApiCompiles() {}

    static RedisOptions options(SSLContext context) {
        UndecodableHandler handler = (channel, message, reason) -> {
            throw new IOException(channel + message.length + reason);
        };
        RedisOptions.Builder builder = RedisOptions.builder()
                .url("rediss-cluster://localhost")
                .user("ann")
                .password("secret")
                .password(new char[] {'a'})
                .sentinel("ann", "secret")
                .sentinel(null, "secret")
                .database(0)
                .clientName("shop")
                .protocol(RedisOptions.Protocol.AUTO)
                .tls(context)
                .sharded(true)
                .required(false)
                .startTimeout(Duration.ofSeconds(1))
                .commandTimeout(Duration.ofSeconds(1))
                .claimLife(Duration.ofSeconds(1))
                .replyLife(Duration.ofHours(1))
                .entryLife(Duration.ofDays(1))
                .maxConcurrentActions(1)
                .maxWaitingActions(1)
                .heartbeat(Duration.ofSeconds(1))
                .silence(Duration.ofSeconds(2))
                .onUndecodable(handler);
        RedisOptions options = builder.build();
        return options.toBuilder().build();
    }

    static RedisOptions.Protocol[] protocols() {
        return new RedisOptions.Protocol[] {
            RedisOptions.Protocol.AUTO, RedisOptions.Protocol.RESP2, RedisOptions.Protocol.RESP3
        };
    }

    static App app() {
        TransportProvider found = new RedisPubSub();
        RedisPubSub given = RedisPubSub.with(RedisOptions.at("redis://localhost"));
        return App.named("service")
                .transport(found)
                .noTransports()
                .transport(given)
                .build();
    }

    static Transport provided(RedisPubSub provider, Settings settings, TransportContext context) {
        String id = provider.id();
        Set<OperationKind> kinds = provider.carries();
        Set<String> known = provider.settings();
        return id.isEmpty() && kinds.isEmpty() && known.isEmpty() && !provider.isEnabled(settings)
                ? null
                : provider.create(context);
    }

    static RedisOptions configured(RedisOptions options) {
        Consumer<DefaultJedisClientConfig.Builder> configuration = client -> client.clientName("other");
        return RedisAccess.configure(options, configuration);
    }

    static String reachedThrough(App app, ActionContext ctx) {
        UnifiedJedis client = RedisAccess.client(app);
        return client.get("a") + RedisAccess.client(ctx).get("b");
    }
}
