/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.benchmarks.messages;

import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import redis.clients.jedis.ConnectionPoolConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.JedisPubSub;
import redis.clients.jedis.RedisClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The same exchange as it is written with Jedis alone: a pool to publish with, two subscriptions, a map of who waits. */
final class PlainJedis implements AutoCloseable {

    private static final String SERVICE = "plain_service";

    private final JsonMapper json = JsonMapper.builder().build();
    private final String inbox = "inbox:" + UUID.randomUUID();
    private final Map<String, CompletableFuture<JsonNode>> waiting = new ConcurrentHashMap<>();
    private final CountDownLatch ready = new CountDownLatch(2);
    private final RedisClient publishing;
    private final RedisClient subscribing;
    private final JedisPubSub service = subscription(this::serve);
    private final JedisPubSub replies = subscription(this::reply);

    private interface Heard {

        void message(String text);
    }

    PlainJedis(HostAndPort node, int connections) throws InterruptedException {
        ConnectionPoolConfig pool = new ConnectionPoolConfig();
        pool.setMaxTotal(connections);
        pool.setMaxIdle(connections);
        publishing = RedisClient.builder().hostAndPort(node).poolConfig(pool).build();
        subscribing = RedisClient.builder().hostAndPort(node).build();
        subscribe(service, SERVICE);
        subscribe(replies, inbox);
        ready.await();
    }

    private void subscribe(JedisPubSub subscription, String channel) {
        Thread thread = new Thread(() -> subscribing.subscribe(subscription, channel), channel);
        thread.setDaemon(true);
        thread.start();
    }

    private JedisPubSub subscription(Heard heard) {
        return new JedisPubSub() {

            @Override
            public void onSubscribe(String channel, int subscribed) {
                ready.countDown();
            }

            @Override
            public void onMessage(String channel, String message) {
                heard.message(message);
            }
        };
    }

    private void serve(String message) {
        JsonNode request = json.readTree(message);
        Person person = json.treeToValue(request.path("payload"), Person.class);
        ObjectNode reply = json.createObjectNode();
        reply.put("status", "success");
        reply.set("payload", json.valueToTree(person));
        reply.set("request_id", request.path("request_id"));
        reply.put("final", true);
        publishing.publish(request.path("reply_to").stringValue(), json.writeValueAsString(reply));
    }

    private void reply(String message) {
        JsonNode reply = json.readTree(message);
        CompletableFuture<JsonNode> future =
                waiting.remove(reply.path("request_id").stringValue());
        if (future != null) {
            future.complete(reply.path("payload"));
        }
    }

    Person call(Person person) throws Exception {
        String id = UUID.randomUUID().toString();
        CompletableFuture<JsonNode> future = new CompletableFuture<>();
        waiting.put(id, future);
        ObjectNode request = json.createObjectNode();
        request.put("action", "echo");
        request.set("payload", json.valueToTree(person));
        request.put("reply_to", inbox);
        request.put("request_id", id);
        request.put("service", SERVICE);
        publishing.publish(SERVICE, json.writeValueAsString(request));
        return json.treeToValue(future.get(5, TimeUnit.SECONDS), Person.class);
    }

    @Override
    public void close() {
        service.unsubscribe();
        replies.unsubscribe();
        publishing.close();
        subscribing.close();
    }
}
