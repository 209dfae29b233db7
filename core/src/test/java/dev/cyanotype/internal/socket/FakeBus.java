/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.socket;

import dev.cyanotype.message.MessagingException;
import dev.cyanotype.spi.ActionRequest;
import dev.cyanotype.spi.MessageBus;
import dev.cyanotype.spi.PresenceStore;
import dev.cyanotype.spi.Reply;
import dev.cyanotype.spi.Subscription;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A broker that several replicas share, delivering within the call, with a store of who is there. */
public final class FakeBus implements MessageBus, PresenceStore {

    private record Heard(String channel, Consumer<JsonNode> listener) {}

    /** What was published, in order. */
    public final List<String> published = new CopyOnWriteArrayList<>();

    /** What was asked of the store, in order. */
    final List<String> asked = new CopyOnWriteArrayList<>();

    private final List<Heard> heard = new CopyOnWriteArrayList<>();
    private final Map<String, Map<String, JsonNode>> sets = new TreeMap<>();
    private volatile BiFunction<String, ActionRequest, CompletableFuture<Reply>> responder = (what, request) -> {
        throw new UnsupportedOperationException(what);
    };
    private volatile boolean broken;
    private volatile boolean withoutStore;

    /** Whether nothing can be published or stored now. */
    public void broken(boolean now) {
        broken = now;
    }

    FakeBus withoutStore() {
        withoutStore = true;
        return this;
    }

    public int subscriptions() {
        return heard.size();
    }

    /** How often a channel is heard. */
    public long subscriptions(String channel) {
        return heard.stream().filter(h -> h.channel.equals(channel)).count();
    }

    /** Answers requests from now on, each {@code service.action} with its request. */
    public void answer(BiFunction<String, ActionRequest, CompletableFuture<Reply>> newResponder) {
        responder = newResponder;
    }

    private void check() {
        if (broken) {
            throw new MessagingException(MessagingException.Reason.UNREACHABLE, "the broker is away", null);
        }
    }

    @Override
    public long publish(String channel, JsonNode message) {
        check();
        published.add(channel + " " + message);
        JsonNode shared = message.deepCopy();
        List<Heard> now = heard.stream().filter(h -> h.channel.equals(channel)).toList();
        now.forEach(h -> h.listener.accept(shared));
        return now.size();
    }

    @Override
    public Subscription subscribe(String channel, Consumer<JsonNode> listener) {
        check();
        Heard added = new Heard(channel, listener);
        heard.add(added);
        return () -> heard.remove(added);
    }

    @Override
    public boolean isShared() {
        return true;
    }

    @Override
    public <T> Optional<T> as(Class<T> type) {
        return type.isInstance(this) && !withoutStore ? Optional.of(type.cast(this)) : Optional.empty();
    }

    @Override
    public synchronized void put(String set, Map<String, JsonNode> entries, Duration timeToLive) {
        asked.add("put " + set + " " + new TreeMap<>(entries).keySet() + " " + timeToLive);
        check();
        sets.computeIfAbsent(set, s -> new LinkedHashMap<>()).putAll(entries);
    }

    @Override
    public synchronized void remove(String set, Collection<String> members) {
        asked.add("remove " + set + " " + new ArrayList<>(members));
        check();
        Map<String, JsonNode> known = sets.get(set);
        if (known != null) {
            known.keySet().removeAll(members);
        }
    }

    @Override
    public synchronized Map<String, JsonNode> entries(String set) {
        check();
        return new LinkedHashMap<>(sets.getOrDefault(set, Map.of()));
    }

    @Override
    public String append(String stream, @Nullable String key, JsonNode entry) {
        throw new UnsupportedOperationException();
    }

    @Override
    public CompletableFuture<Reply> request(String service, ActionRequest request) {
        return responder.apply(service + "." + request.action(), request);
    }

    @Override
    public void start() {}

    @Override
    public void drain(Duration budget) {}

    @Override
    public void close() {}
}
