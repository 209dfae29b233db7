/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.redis.link;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Connection;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.PushConsumerChain;
import redis.clients.jedis.RedisProtocol;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.util.RedisInputStream;

/** One connection, of which one thread reads while others, one at a time, write. */
final class Wire extends Connection {

    private @Nullable Input input;
    private boolean pushed;

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
            boolean tls = config.isSsl() || config.getSslOptions() != null;
            Wire wire = (Wire) builder.socketFactory(
                            tls
                                    ? new TlsSocketFactory(node, config)
                                    : new PlainSocketFactory(node, config.getConnectionTimeoutMillis()))
                    .clientConfig(config)
                    .build();
            if (!tls) {
                // A silent link is cut from outside, and a read that has a limit costs three system calls instead of
                // one.
                wire.setSoTimeout(0);
            }
            return wire;
        } catch (JedisDataException e) {
            throw Failures.withoutArguments(e);
        }
    }

    void write(CommandArguments command) {
        shielded(() -> sendCommand(command));
    }

    @Override
    public void flush() {
        shielded(super::flush);
    }

    /** A socket that an interrupted thread writes to is closed, for all whose commands are on their way. */
    private static void shielded(Runnable write) {
        boolean interrupted = Thread.interrupted();
        try {
            write.run();
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
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

    /** Whether messages and replies to commands can be told from each other. */
    boolean isDuplex() {
        return getRedisProtocol() == RedisProtocol.RESP3;
    }

    /** Whether what was read last is no reply to a command; not so in RESP2, where that can't be told. */
    boolean wasPushed() {
        return pushed;
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
        pushed = reading.peek(Protocol.GREATER_THAN_BYTE);
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
