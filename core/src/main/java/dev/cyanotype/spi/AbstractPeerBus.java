/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.spi;

import dev.cyanotype.message.Delivery;
import dev.cyanotype.message.MessagingException;
import dev.cyanotype.message.NoResponderException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * A bus without a broker: each process connects to the others. Its author writes how they find each other, and how JSON gets from one
 * to the other.
 *
 * <p>Each exchange has a {@link Link} of its own, and its end is that of the exchange. So a call fails at once when the replica that runs
 * it dies, and a handler whose caller has gone can see it. Who publishes asks all processes; who calls asks the replicas of the service one
 * after the other until one takes the request, or all where the action is for all. Requests of one idempotency key begin with the same
 * replica as long as the same ones are there. All processes have to have one version of the library.
 *
 * <p>There are no streams, and nobody limits how many requests run at once. Threads of the app's executor wait for answers.
 * Thread-safe.
 *
 * @since 0.1
 */
public abstract class AbstractPeerBus extends AbstractMessageBus {

    private static final Logger LOG = LoggerFactory.getLogger("dev.cyanotype.message");
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final Duration patience;

    /**
     * A connection between two processes, for one exchange: a question and its answers.
     *
     * @since 0.1
     */
    public interface Link extends AutoCloseable {

        /**
         * Sends a message. May be called by several threads.
         *
         * @param message any JSON; if the other end has gone it is lost, and {@link #receive} says so
         */
        void send(JsonNode message);

        /**
         * Waits for a message. Called by one thread at a time.
         *
         * @return any JSON
         * @throws IOException when there are no more, because either end was closed or the other process is gone; any exception will
         *     do if it is something else that is wrong
         */
        JsonNode receive() throws IOException;

        /** Ends the exchange, for both ends, and who waits in {@link #receive}; a second call does nothing. */
        @Override
        void close();
    }

    /**
     * Opens nothing.
     *
     * @param context what the app gave the transport
     * @param patience for how long the first answer of a process is waited for, which may hang; positive
     */
    protected AbstractPeerBus(TransportContext context, Duration patience) {
        super(context);
        this.patience = Objects.requireNonNull(patience, "patience");
    }

    /**
     * Finds processes, this one among them.
     *
     * @param service the name of the app whose replicas are meant; null for all apps
     * @return where they are, the same text in each process; some may be gone. In any order
     * @throws IOException if that can't be known
     */
    protected abstract Collection<String> peers(@Nullable String service) throws IOException;

    /**
     * Connects to a process.
     *
     * @param peer one of {@link #peers}
     * @return a new connection, closed by this; null if the process is gone
     */
    protected abstract @Nullable Link connect(String peer);

    /**
     * Answers another process that has connected to this one, on a thread of the app's executor.
     *
     * @param link its connection, which this closes when the exchange has ended
     */
    protected final void serve(Link link) {
        CompletableFuture<Void> served = new CompletableFuture<>();
        served.whenComplete((end, error) -> link.close());
        track(served);
        try {
            context().executor().execute(() -> {
                try {
                    answer(link);
                } finally {
                    served.complete(null);
                }
            });
        } catch (RuntimeException e) {
            // The executor takes no more work.
            served.completeExceptionally(e);
        }
    }

    private void answer(Link link) {
        CompletableFuture<Reply> reply = new CompletableFuture<>();
        try {
            JsonNode question = link.receive();
            String action = question.path("action").stringValue(null);
            if (action == null) {
                long heard = hear(question.path("channel").asString(""), question.path("message"));
                link.send(JSON.objectNode().put("heard", heard));
            } else {
                boolean serves = isServing();
                boolean all = actions().delivery(action) == Delivery.ALL;
                link.send(JSON.objectNode().put("serves", serves).put("all", all));
                reply = serves ? actions().run(question, link::send) : reply;
            }
            link.receive();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException | RuntimeException e) {
            LOG.debug("an exchange has ended", e);
        }
        // Nobody waits any more.
        reply.cancel(false);
    }

    private List<String> find(@Nullable String service) {
        checkOpen();
        try {
            return new ArrayList<>(peers(service));
        } catch (IOException e) {
            throw new MessagingException(
                    MessagingException.Reason.OTHER, "the other processes can't be found: " + e.getMessage(), e);
        }
    }

    /** The first answer; nothing if there is none. */
    private JsonNode ask(Link link, JsonNode question) {
        AppClock.Timeout timeout = context().clock().schedule(patience, link::close);
        try {
            link.send(question);
            return link.receive();
        } catch (IOException | RuntimeException e) {
            LOG.debug("a process did not answer", e);
            return JSON.missingNode();
        } finally {
            timeout.cancel();
        }
    }

    @Override
    public long publish(String channel, JsonNode message) {
        JsonNode question = JSON.objectNode().put("channel", channel).set("message", message);
        long heard = 0;
        for (String peer : find(null)) {
            try (Link link = connect(peer)) {
                heard += link == null ? 0 : ask(link, question).path("heard").asLong(0);
            }
        }
        if (Thread.currentThread().isInterrupted()) {
            // Which may have ended an exchange.
            throw new MessagingException(
                    MessagingException.Reason.OTHER,
                    "broadcast on '" + channel + "': the thread was interrupted",
                    null);
        }
        return heard;
    }

    @Override
    public CompletableFuture<Reply> request(String service, ActionRequest request) {
        checkOpen();
        CompletableFuture<Reply> reply = track(new CompletableFuture<>());
        Runnable call = () -> {
            try {
                call(service, request, reply);
            } catch (RuntimeException | Error e) {
                reply.completeExceptionally(e);
            }
        };
        try {
            context().executor().execute(call);
        } catch (RuntimeException e) {
            // The executor takes no more work.
            reply.completeExceptionally(e);
        }
        return reply;
    }

    private void call(String service, ActionRequest request, CompletableFuture<Reply> reply) {
        List<CompletableFuture<Void>> taken = new ArrayList<>();
        for (String peer : inOrder(find(service), request.idempotencyKey())) {
            // Who does not wait any more need not be served by a further one.
            Link link = reply.isCompletedExceptionally() ? null : connect(peer);
            if (link == null) {
                continue;
            }
            JsonNode answer = ask(link, request.toJson());
            if (!answer.path("serves").asBoolean(false)) {
                link.close();
                continue;
            }
            taken.add(follow(link, request, reply));
            if (!answer.path("all").asBoolean(false)) {
                break;
            }
        }
        RuntimeException failure = taken.isEmpty()
                ? new NoResponderException(service, request.action())
                : new MessagingException(
                        MessagingException.Reason.UNREACHABLE, "the replica went without a reply", null);
        CompletableFuture.allOf(taken.toArray(CompletableFuture<?>[]::new))
                .whenComplete((all, error) -> reply.completeExceptionally(failure));
    }

    /** Without a key any replica may be the first; with one, each process comes to the same order. */
    private static List<String> inOrder(List<String> peers, @Nullable String key) {
        if (key == null) {
            Collections.shuffle(peers);
        } else {
            peers.sort(Comparator.comparing(
                    peer -> UUID.nameUUIDFromBytes((peer + key).getBytes(StandardCharsets.UTF_8))));
        }
        return peers;
    }

    /** Hears a replica that has taken a request, until its last answer. */
    private CompletableFuture<Void> follow(Link link, ActionRequest request, CompletableFuture<Reply> reply) {
        reply.whenComplete((value, error) -> {
            if (error != null) {
                // Which tells the replica that nobody waits.
                link.close();
            }
        });
        return CompletableFuture.runAsync(
                () -> {
                    try (link) {
                        Reply last = null;
                        while (last == null) {
                            last = request.answered(link.receive());
                        }
                        reply.complete(last);
                    } catch (IOException | RuntimeException e) {
                        LOG.debug("a call has ended", e);
                    }
                },
                context().executor());
    }
}
