/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.redis.link;

import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.exceptions.JedisException;

/**
 * The client for an app's own commands, made when it is first asked for. Thread-safe.
 *
 * @param <C> its class
 */
public final class SharedClient<C extends UnifiedJedis> implements AutoCloseable {

    private final Class<C> type;
    private final Supplier<C> make;
    private @Nullable C client;
    private boolean closed;

    public SharedClient(Class<C> type, Supplier<C> make) {
        this.type = type;
        this.make = make;
    }

    /**
     * The client as a class of clients.
     *
     * @return empty if it is none of this class
     * @throws dev.cyanotype.message.MessagingException if it can't be made, because it needs to connect for that
     */
    public <T> Optional<T> as(Class<T> wanted) {
        return UnifiedJedis.class.isAssignableFrom(wanted) && wanted.isAssignableFrom(type)
                ? Optional.of(wanted.cast(client()))
                : Optional.empty();
    }

    private synchronized C client() {
        if (closed) {
            throw new IllegalStateException("the client of redis is closed, because its app has stopped");
        }
        C made = client;
        if (made == null) {
            try {
                made = make.get();
            } catch (JedisException e) {
                throw Failures.of("the client of redis can't be made", e);
            }
            client = made;
        }
        return made;
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (client != null) {
            client.close();
        }
    }
}
