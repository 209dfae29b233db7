/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype;

import dev.cyanotype.spi.ActionRequest;
import dev.cyanotype.spi.Dispatcher;
import dev.cyanotype.spi.MessageBus;
import dev.cyanotype.spi.OperationKind;
import dev.cyanotype.spi.Reply;
import dev.cyanotype.spi.Settings;
import dev.cyanotype.spi.Subscription;
import dev.cyanotype.spi.Transport;
import dev.cyanotype.spi.TransportContext;
import dev.cyanotype.spi.TransportProvider;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Transports that note what is done with them, in one record. */
final class FakeTransports {

    final List<String> record = new CopyOnWriteArrayList<>();

    /** Where a fake can be told to fail. */
    interface Failing {
        void run() throws Exception;
    }

    private final Map<String, Fake> fakes = new HashMap<>();

    private final List<OperationKind> unused = new ArrayList<>(
            List.of(OperationKind.STREAM, OperationKind.LISTENER, OperationKind.ACTION, OperationKind.SOCKET));

    /** Of a kind that no other carries, if it is not said which. */
    Fake fake(String id, OperationKind... carries) {
        Fake fake = carries.length == 0 ? new Fake(id, unused.remove(0)) : new Fake(id, carries);
        fakes.put(id, fake);
        return fake;
    }

    /** What a started app gave to the fake of an id. */
    Dispatcher dispatcher(String id) {
        return fakes.get(id).context.dispatcher();
    }

    /** A provider and the transport it gives; set it up before the app starts. */
    final class Fake implements TransportProvider {

        private final String id;
        private final Set<OperationKind> carries = EnumSet.noneOf(OperationKind.class);
        private final Set<String> settings = new HashSet<>();
        private int order;
        private boolean bus;
        private @Nullable URI address;
        private Failing onStart = () -> {};
        private Failing onDrain = () -> {};
        private Failing onClose = () -> {};
        private Failing onCreate = () -> {};
        private @Nullable String enabledBy;

        /** How it says it is. */
        volatile Transport.Health health = Transport.Health.UP;

        /** What it says it has counted. */
        final Map<String, Long> counters = new ConcurrentHashMap<>();

        /** What it was asked as a bus. */
        final List<ActionRequest> requests = new CopyOnWriteArrayList<>();

        @Nullable
        TransportContext context;

        @Nullable
        Duration drainBudget;

        private Fake(String id, OperationKind... carries) {
            this.id = id;
            this.carries.addAll(List.of(carries));
        }

        Fake order(int newOrder) {
            order = newOrder;
            return this;
        }

        /** Has it be there only where a setting is. */
        Fake enabledBy(String key) {
            enabledBy = key;
            return reads(key);
        }

        Fake reads(String... keys) {
            settings.addAll(List.of(keys));
            return this;
        }

        Fake bus() {
            bus = true;
            return this;
        }

        Fake address(String newAddress) {
            address = URI.create(newAddress);
            return this;
        }

        Fake onStart(Failing failing) {
            onStart = failing;
            return this;
        }

        Fake onDrain(Failing failing) {
            onDrain = failing;
            return this;
        }

        Fake onClose(Failing failing) {
            onClose = failing;
            return this;
        }

        Fake onCreate(Failing failing) {
            onCreate = failing;
            return this;
        }

        @Override
        public String id() {
            return id;
        }

        @Override
        public int order() {
            return order;
        }

        @Override
        public Set<OperationKind> carries() {
            return carries;
        }

        @Override
        public Set<String> settings() {
            return settings;
        }

        @Override
        public boolean isEnabled(Settings given) {
            return enabledBy == null || given.text(enabledBy) != null;
        }

        @Override
        public Transport create(TransportContext newContext) {
            record.add("create " + id);
            context = newContext;
            unchecked(onCreate);
            return bus ? new FakeBus(this) : new FakeTransport(this);
        }
    }

    private class FakeTransport implements Transport {

        private final Fake fake;

        FakeTransport(Fake fake) {
            this.fake = fake;
        }

        @Override
        public void start() throws Exception {
            record.add("start " + fake.id);
            fake.onStart.run();
        }

        @Override
        public Optional<URI> address() {
            return Optional.ofNullable(fake.address);
        }

        @Override
        public Health health() {
            return fake.health;
        }

        @Override
        public Map<String, Long> counters() {
            return fake.counters;
        }

        @Override
        public void drain(Duration budget) throws InterruptedException {
            record.add("drain " + fake.id);
            fake.drainBudget = budget;
            try {
                fake.onDrain.run();
            } catch (RuntimeException | InterruptedException e) {
                throw e;
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        }

        @Override
        public void close() {
            record.add("close " + fake.id);
            unchecked(fake.onClose);
        }
    }

    private final class FakeBus extends FakeTransport implements MessageBus {

        private final Fake fake;

        FakeBus(Fake fake) {
            super(fake);
            this.fake = fake;
        }

        @Override
        public <T> Optional<T> as(Class<T> type) {
            return type.isInstance(fake) ? Optional.of(type.cast(fake)) : Optional.empty();
        }

        @Override
        public long publish(String channel, JsonNode message) {
            record.add("publish " + channel + " " + message);
            return 7;
        }

        @Override
        public Subscription subscribe(String channel, Consumer<JsonNode> listener) {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean isShared() {
            return false;
        }

        @Override
        public String append(String stream, @Nullable String key, JsonNode entry) {
            record.add("append " + stream + " " + key + " " + entry);
            return "0-1";
        }

        @Override
        public CompletableFuture<Reply> request(String service, ActionRequest request) {
            record.add("request " + service + " " + request.action());
            fake.requests.add(request);
            return CompletableFuture.completedFuture(new Reply(200, request.payload()));
        }
    }

    private static void unchecked(Failing failing) {
        try {
            failing.run();
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
