/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.redis.link;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Connection;
import redis.clients.jedis.DefaultJedisSocketFactory;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.PushConsumerChain;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.util.RedisInputStream;

/** One connection, of which one thread reads while others, one at a time, write. */
final class Wire extends Connection {

    private @Nullable Input input;

    /** What Jedis reads, by a stream that tells what it has read ahead: asking the socket would be a system call. */
    private static final class Input extends RedisInputStream {

        private Input(RedisInputStream stream) {
            super(stream);
        }

        private boolean hasMore() {
            return count < limit;
        }
    }

    private Wire(Connection.Builder builder) {
        super(builder);
    }

    /**
     * Connects, negotiates and authenticates.
     *
     * @throws JedisDataException if Redis refuses that; it does not repeat what was sent
     */
    static Wire open(HostAndPort node, JedisClientConfig config) {
        Connection.Builder builder = new Connection.Builder() {

            @Override
            protected Connection createConnection() {
                return new Wire(this);
            }
        };
        try {
            return (Wire) builder.socketFactory(
                            config.isSsl() || config.getSslOptions() != null
                                    ? new TlsSocketFactory(node, config)
                                    : new DefaultJedisSocketFactory(node, config))
                    .clientConfig(config)
                    .build();
        } catch (JedisDataException e) {
            throw Failures.withoutArguments(e);
        }
    }

    void write(CommandArguments command) {
        sendCommand(command);
    }

    @Override
    public void flush() {
        super.flush();
    }

    /** The next reply or message; an error reply is given, not thrown. */
    @Nullable
    Object read() {
        try {
            return getUnflushedObject();
        } catch (JedisDataException e) {
            return e;
        }
    }

    /** Whether more was read already. */
    boolean hasMore() {
        return input != null && input.hasMore();
    }

    @Override
    protected Object protocolRead(RedisInputStream stream, PushConsumerChain consumers) {
        Input reading = input;
        if (reading == null) {
            reading = new Input(stream);
            input = reading;
        }
        return super.protocolRead(reading, consumers);
    }

    /** Ends it at once, also for a thread that reads or writes. */
    void cut() {
        try {
            forceDisconnect();
        } catch (IOException e) {
            // Then it is closed already.
        }
    }
}
