/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.benchmarks.websocket;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;

/** Many clients on one thread, which is the caller's. Not thread-safe. */
final class Clients implements AutoCloseable {

    private static final long PATIENCE_NANOS = 20_000_000_000L;

    /** Microseconds that are told apart; what takes longer counts as the last. */
    private static final int BUCKETS = 200_000;

    private final Selector selector = Selector.open();
    private final List<Connection> connections = new ArrayList<>();
    private final ByteBuffer in = ByteBuffer.allocate(256 << 10);
    private final ByteBuffer out = ByteBuffer.allocateDirect(16 << 10);
    private final int[] micros = new int[BUCKETS];

    /**
     * What was seen.
     *
     * @param messages that came in the time that was measured
     * @param nanos how long that was
     * @param p50 microseconds that half of them took at most
     * @param p99 the same of 99 of 100
     * @param used by the server in that time
     */
    record Seen(long messages, long nanos, int p50, int p99, ServerProcess.Usage used) {

        double perSecond() {
            return messages * 1e9 / nanos;
        }
    }

    Clients() throws IOException {}

    /** Opens further connections. */
    void open(int number, int port, String path, Text sending, Text expected) throws IOException {
        for (int i = 0; i < number; i++) {
            Connection connection = Connection.open(port, path, connections.size(), sending, expected);
            connection.register(selector);
            connections.add(connection);
        }
    }

    /** Each connection always has some messages under way. */
    Seen echo(int inFlight, long settlingNanos, long measuredNanos, Supplier<ServerProcess.Usage> usage)
            throws IOException {
        long now = System.nanoTime();
        for (Connection connection : connections) {
            connection.sentAt = now;
            connection.send(inFlight, out);
        }
        turn(now + settlingNanos, false);
        ServerProcess.Usage before = usage.get();
        long from = System.nanoTime();
        long messages = turn(from + measuredNanos, true);
        long to = System.nanoTime();
        ServerProcess.Usage after = usage.get();
        Seen seen = new Seen(messages, to - from, percentile(0.5), percentile(0.99), after.since(before));
        drain();
        return seen;
    }

    private long turn(long until, boolean counting) throws IOException {
        Arrays.fill(micros, 0);
        long count = 0;
        long heard = System.nanoTime();
        while (true) {
            int ready = selector.select(100);
            long now = System.nanoTime();
            if (ready > 0) {
                heard = now;
            } else if (now - heard > PATIENCE_NANOS) {
                throw new IllegalStateException("nothing came any more");
            }
            for (SelectionKey key : selector.selectedKeys()) {
                Connection connection = (Connection) key.attachment();
                int messages = connection.read(in, out);
                count += messages;
                if (messages > 0) {
                    if (counting) {
                        micros[(int) Math.min(BUCKETS - 1, (System.nanoTime() - connection.sentAt) / 1000)]++;
                    }
                    connection.sentAt = System.nanoTime();
                    connection.send(messages, out);
                }
            }
            selector.selectedKeys().clear();
            if (now >= until) {
                return count;
            }
        }
    }

    private int percentile(double share) {
        long all = Arrays.stream(micros).asLongStream().sum();
        long passed = 0;
        for (int i = 0; i < BUCKETS; i++) {
            passed += micros[i];
            if (passed >= all * share && passed > 0) {
                return i;
            }
        }
        return 0;
    }

    /** Takes all answers that are still to come. */
    private void drain() throws IOException {
        int open = connections.stream().mapToInt(Connection::unanswered).sum();
        take(open);
    }

    /**
     * Waits until so many messages have come to all connections together.
     *
     * @throws IllegalStateException if they don't come
     */
    void take(long messages) throws IOException {
        long missing = messages;
        long heard = System.nanoTime();
        while (missing > 0) {
            if (selector.select(100) > 0) {
                heard = System.nanoTime();
            } else if (System.nanoTime() - heard > PATIENCE_NANOS) {
                throw new IllegalStateException(missing + " messages did not come");
            }
            for (SelectionKey key : selector.selectedKeys()) {
                missing -= ((Connection) key.attachment()).read(in, out);
            }
            selector.selectedKeys().clear();
        }
    }

    /** Answers pings for some time. */
    void rest(long nanos) throws IOException {
        long until = System.nanoTime() + nanos;
        while (System.nanoTime() < until) {
            selector.select(10);
            for (SelectionKey key : selector.selectedKeys()) {
                ((Connection) key.attachment()).read(in, out);
            }
            selector.selectedKeys().clear();
        }
    }

    /** How many messages each has got, if they all have got as many. */
    int received() {
        int[] counts =
                connections.stream().mapToInt(Connection::received).distinct().toArray();
        if (counts.length != 1) {
            throw new IllegalStateException("not all have got as many messages: " + Arrays.toString(counts));
        }
        return counts[0];
    }

    @Override
    public void close() throws IOException {
        for (Connection connection : connections) {
            connection.channel().close();
        }
        selector.close();
    }
}
