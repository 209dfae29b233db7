/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.testkit.real;

import dev.cyanotype.spi.ActionRequest;
import dev.cyanotype.spi.ForwardingBus;
import dev.cyanotype.spi.LocalTaskLeases;
import dev.cyanotype.spi.MessageBus;
import dev.cyanotype.spi.Reply;
import dev.cyanotype.spi.Subscription;
import dev.cyanotype.spi.TaskLeases;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A bus of which is known what is on its way to the app. */
final class ObservedBus extends ForwardingBus {

    private final UnderWay underWay;
    private final String app;
    private final LocalTaskLeases leases;

    ObservedBus(MessageBus bus, UnderWay underWay, String app) {
        super(bus);
        this.underWay = underWay;
        this.app = app;
        this.leases = new LocalTaskLeases(underWay.clock());
    }

    @Override
    public long publish(String channel, JsonNode message) {
        List<Activity.Token> tokens = underWay.messages().published(channel);
        Activity.Token sending = underWay.activity().expect("publishing on '" + channel + "'");
        boolean sent = false;
        try {
            long reached = super.publish(channel, message);
            sent = true;
            return reached;
        } finally {
            if (!sent) {
                underWay.messages().revoked(tokens);
            }
            sending.end();
        }
    }

    /** Publishes for the test; how many within the app will hear it. */
    long publishAs(String channel, JsonNode message) {
        int hear = underWay.messages().hearers(channel);
        publish(channel, message);
        return hear;
    }

    @Override
    public String append(String stream, @Nullable String key, JsonNode entry) {
        Activity.Token sending = underWay.activity().expect("appending to '" + stream + "'");
        try {
            String id = super.append(stream, key, entry);
            underWay.entries().appended(stream, key, id, entry);
            return id;
        } finally {
            sending.end();
        }
    }

    @Override
    public CompletableFuture<Reply> request(String service, ActionRequest request) {
        CompletableFuture<Reply> sent = super.request(service, request);
        CompletableFuture<Reply> reply = new CompletableFuture<>();
        Runnable ended = service.equals(app)
                ? underWay.calls().sent("the reply to '" + request.action() + "'")
                : underWay.activity().expectLater("the reply of '" + service + "'")::end;
        sent.whenComplete((value, error) -> {
            // Who waits for it is awake before it counts as ended.
            if (error == null) {
                reply.complete(value);
            } else {
                reply.completeExceptionally(error);
            }
            ended.run();
        });
        reply.whenComplete((value, error) -> {
            if (error != null && !sent.isDone()) {
                sent.completeExceptionally(error);
            }
        });
        return reply;
    }

    @Override
    public Subscription subscribe(String channel, Consumer<JsonNode> listener) {
        Consumer<JsonNode> observed = message -> {
            Activity.Token hearing = underWay.activity().here("a subscription of '" + channel + "'");
            try {
                underWay.messages().heard(listener);
                listener.accept(message);
            } finally {
                hearing.end();
            }
        };
        Subscription subscription = super.subscribe(channel, observed);
        underWay.messages().subscribed(channel, listener);
        return () -> {
            underWay.messages().unsubscribed(channel, listener);
            subscription.close();
        };
    }

    /** But for leases: a broker's go by its own time, and so would not end when the test's goes on. */
    @Override
    public <T> Optional<T> as(Class<T> type) {
        Optional<T> offered = super.as(type);
        return type == TaskLeases.class && offered.isPresent() ? Optional.of(type.cast(leases)) : offered;
    }
}
