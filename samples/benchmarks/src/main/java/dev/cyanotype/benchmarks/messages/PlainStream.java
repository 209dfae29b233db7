/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.benchmarks.messages;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import redis.clients.jedis.AbstractPipeline;
import redis.clients.jedis.ConnectionPoolConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.StreamEntryID;
import redis.clients.jedis.params.XReadGroupParams;
import redis.clients.jedis.resps.StreamEntry;
import tools.jackson.databind.json.JsonMapper;

/** The same with Jedis alone: entries are read and acknowledged many at a time, and appended one by one or in pipelines. */
final class PlainStream implements AutoCloseable {

    static final String STREAM = "plain_entries";

    private static final String GROUP = "group";
    private static final int MOST = 128;

    private final JsonMapper json = JsonMapper.builder().build();
    private final Map<String, CompletableFuture<Void>> waiting = new ConcurrentHashMap<>();
    private final BlockingQueue<String> appending = new LinkedBlockingQueue<>();
    private final List<Thread> threads = new ArrayList<>();
    private final RedisClient client;
    private volatile boolean closed;

    PlainStream(HostAndPort node, int connections) {
        ConnectionPoolConfig pool = new ConnectionPoolConfig();
        pool.setMaxTotal(connections);
        pool.setMaxIdle(connections);
        client = RedisClient.builder().hostAndPort(node).poolConfig(pool).build();
        client.xgroupCreate(STREAM, GROUP, new StreamEntryID(), true);
        start(this::consume);
        start(this::append);
    }

    private void start(Runnable loop) {
        Thread thread = new Thread(loop, "plain stream");
        thread.setDaemon(true);
        thread.start();
        threads.add(thread);
    }

    private void consume() {
        while (!closed) {
            Map<String, List<StreamEntry>> read = client.xreadGroupAsMap(
                    GROUP,
                    "consumer",
                    XReadGroupParams.xReadGroupParams().count(MOST).block(100),
                    Map.of(STREAM, StreamEntryID.XREADGROUP_UNDELIVERED_ENTRY));
            List<StreamEntry> entries = read == null ? List.of() : read.getOrDefault(STREAM, List.of());
            if (!entries.isEmpty()) {
                entries.forEach(entry -> handled(entry.getFields().get("data")));
                client.xack(
                        STREAM, GROUP, entries.stream().map(StreamEntry::getID).toArray(StreamEntryID[]::new));
            }
        }
    }

    private void handled(String data) {
        CompletableFuture<Void> future =
                waiting.remove(json.readValue(data, Entries.Entry.class).id());
        if (future != null) {
            future.complete(null);
        }
    }

    private void append() {
        List<String> batch = new ArrayList<>();
        while (!closed) {
            try {
                String first = appending.poll(100, TimeUnit.MILLISECONDS);
                if (first == null) {
                    continue;
                }
                batch.add(first);
                appending.drainTo(batch, MOST);
                try (AbstractPipeline pipeline = client.pipelined()) {
                    batch.forEach(data -> pipeline.xadd(STREAM, StreamEntryID.NEW_ENTRY, Map.of("data", data)));
                    pipeline.sync();
                }
                batch.clear();
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private String data(CompletableFuture<Void> handled, Person person) {
        String id = UUID.randomUUID().toString();
        waiting.put(id, handled);
        return json.writeValueAsString(new Entries.Entry(id, person));
    }

    /** Appends one entry, and waits until it is handled. */
    void one(Person person) throws Exception {
        CompletableFuture<Void> handled = new CompletableFuture<>();
        client.xadd(STREAM, StreamEntryID.NEW_ENTRY, Map.of("data", data(handled, person)));
        handled.get(5, TimeUnit.SECONDS);
    }

    /** Has an entry appended in a pipeline. */
    CompletableFuture<Void> pipelined(Person person) {
        CompletableFuture<Void> handled = new CompletableFuture<>();
        appending.add(data(handled, person));
        return handled;
    }

    @Override
    public void close() throws InterruptedException {
        closed = true;
        for (Thread thread : threads) {
            thread.join();
        }
        client.close();
    }
}
