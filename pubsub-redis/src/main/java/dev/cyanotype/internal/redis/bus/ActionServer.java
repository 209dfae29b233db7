/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.redis.bus;

import dev.cyanotype.message.Delivery;
import dev.cyanotype.spi.ActionRequest;
import dev.cyanotype.spi.MountedAction;
import dev.cyanotype.spi.MountedOperation;
import dev.cyanotype.spi.OperationKind;
import dev.cyanotype.spi.Reply;
import dev.cyanotype.spi.TransportContext;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Runs the requests for the app's actions.
 *
 * <p>So many run at once, so many more wait, and the rest is refused. A request is claimed when its turn comes, not when it
 * is heard, so that of several replicas the one that has time runs it. Thread-safe.
 */
final class ActionServer {

    private static final Logger LOG = LoggerFactory.getLogger("dev.cyanotype.redis");

    private static final String STOPPING = "is stopping";

    private final TransportContext context;
    private final Publisher publisher;
    private final Claims claims;
    private final StoredReplies stored;
    private final Undecodable undecodable;
    private final int maxRunning;
    private final int maxWaiting;
    private final Map<String, MountedAction> actions = new HashMap<>();

    /** Replies are not sent where they would be heard as something else. */
    private final Set<String> ownChannels;

    private final Queue<Incoming> waiting = new ArrayDeque<>();
    private int running;
    private boolean draining;

    /** Replies that Redis has not confirmed. */
    private final AtomicInteger unconfirmed = new AtomicInteger();

    /** Whose callers may still cancel. */
    private final Map<String, AtomicBoolean> cancellable = new ConcurrentHashMap<>();

    final LongAdder handled = new LongAdder();
    final LongAdder expired = new LongAdder();
    final LongAdder refused = new LongAdder();

    /** A message on the service's channel; it was published after {@code freshAt}. */
    private static final class Incoming {

        private final byte[] message;
        private final long freshAt;

        private Incoming(byte[] message, long freshAt) {
            this.message = message;
            this.freshAt = freshAt;
        }
    }

    /** What it works with. */
    record Parts(
            Publisher publisher,
            Claims claims,
            StoredReplies stored,
            Undecodable undecodable,
            Set<String> ownChannels) {}

    ActionServer(TransportContext context, Parts parts, int maxRunning, int maxWaiting) {
        this.context = context;
        this.publisher = parts.publisher;
        this.claims = parts.claims;
        this.stored = parts.stored;
        this.undecodable = parts.undecodable;
        this.ownChannels = parts.ownChannels;
        this.maxRunning = maxRunning;
        this.maxWaiting = maxWaiting;
        for (MountedOperation action : context.operations(OperationKind.ACTION)) {
            actions.put(action.address(), (MountedAction) action);
        }
    }

    boolean hasActions() {
        return !actions.isEmpty();
    }

    /** Takes a message on the service's channel; runs on the thread that reads. */
    void take(byte[] message, long freshAt) {
        Incoming incoming = new Incoming(message, freshAt);
        synchronized (waiting) {
            if (draining) {
                refuse(incoming, STOPPING, 0);
                return;
            }
            if (running >= maxRunning) {
                if (waiting.size() < maxWaiting) {
                    waiting.add(incoming);
                } else {
                    refuse(incoming, "is overloaded", 1);
                }
                return;
            }
            running++;
        }
        start(incoming);
    }

    private void start(Incoming incoming) {
        try {
            context.executor().execute(() -> process(incoming));
        } catch (RejectedExecutionException e) {
            refuse(incoming, "takes no work", 1);
            ended();
        }
    }

    /** Makes room for the next one. */
    private void ended() {
        Incoming next;
        synchronized (waiting) {
            next = waiting.poll();
            if (next == null) {
                running--;
                waiting.notifyAll();
                return;
            }
        }
        start(next);
    }

    private void process(Incoming incoming) {
        Envelope.Request request = null;
        try {
            request = read(incoming.message);
        } catch (RuntimeException e) {
            undecodable.take(context.app(), incoming.message, e);
        }
        if (request == null) {
            ended();
            return;
        }
        MountedAction action = actions.get(request.action());
        if (action == null) {
            answerIfAlone(request, 404, "Unknown action '" + Printable.of(request.action()) + "'", 1);
            ended();
        } else if (isExpired(request)) {
            expired.increment();
            ended();
        } else if (action.options().delivery() == Delivery.ALL) {
            run(request, false);
        } else {
            claim(incoming, request);
        }
    }

    private Envelope.@Nullable Request read(byte[] message) {
        Envelope.Request request = Envelope.request(context.json(), message);
        if (request == null) {
            // Of no action: a cancellation, or something for other kinds of services.
            cancelled(message);
        }
        return request;
    }

    private void cancelled(byte[] message) {
        String id = context.json().read(message).path("cancel").asString("");
        AtomicBoolean flag = cancellable.get(id);
        if (flag != null) {
            flag.set(true);
        }
    }

    private boolean isExpired(Envelope.Request request) {
        Instant deadline = request.deadline();
        return deadline != null && !context.clock().instant().isBefore(deadline);
    }

    private void claim(Incoming incoming, Envelope.Request request) {
        claims.claim(request, incoming.message, incoming.freshAt, won -> {
            if (!won) {
                ended();
                return;
            }
            execute(() -> run(request, true), reply -> answer(request, reply));
        });
    }

    private void run(Envelope.Request request, boolean claimed) {
        String key = claimed ? request.text("idempotency_key") : null;
        if (key == null) {
            run(request, reply -> answer(request, reply));
            return;
        }
        stored.first(request.action(), key, request.deadline(), known -> {
            if (known != null) {
                answer(request, known);
                ended();
                return;
            }
            Answer kept = reply -> {
                stored.keep(request.action(), key, reply);
                answer(request, reply);
            };
            execute(() -> run(request, kept), kept);
        });
    }

    /** Runs a request on a thread that may block. */
    private void execute(Runnable task, Answer answer) {
        try {
            context.executor().execute(task);
        } catch (RejectedExecutionException e) {
            answer.with(Reply.error(503, "The service '" + context.app() + "' takes no work. Try again."));
            ended();
        }
    }

    /** Gets the last reply. */
    private interface Answer {

        void with(Reply reply);
    }

    private void run(Envelope.Request request, Answer answer) {
        String id = request.textId();
        AtomicBoolean cancelled = new AtomicBoolean();
        if (id != null) {
            cancellable.put(id, cancelled);
        }
        ActionRequest action = ActionRequest.builder(request.action(), request.payload())
                .message(request.message())
                .correlationId(id)
                .deadline(request.deadline())
                .clock(context.clock())
                .idempotencyKey(request.text("idempotency_key"))
                .traceparent(request.text("traceparent"))
                .progress(payload -> reply(request, Envelope.progress(request.id(), payload)))
                .cancelled(cancelled::get)
                .build();
        context.dispatcher().action(action).whenComplete((reply, error) -> {
            try {
                if (id != null) {
                    cancellable.remove(id);
                }
                handled.increment();
                answer.with(error == null ? reply : Reply.error(500, "Internal Server Error"));
            } finally {
                ended();
            }
        });
    }

    private void answer(Envelope.Request request, Reply reply) {
        reply(request, Envelope.reply(request.id(), reply));
    }

    private void reply(Envelope.Request request, ObjectNode reply) {
        if (ownChannels.contains(request.replyTo())) {
            LOG.warn(
                    "action '{}': no reply on '{}', where this app would take it for something else",
                    request.action(),
                    Printable.of(request.replyTo()));
            return;
        }
        byte[] message = context.json().write(reply);
        unconfirmed.incrementAndGet();
        publisher.publish(request.replyTo(), message, (count, error) -> {
            confirmed();
            if (error != null) {
                LOG.warn("action '{}': the reply could not be sent: {}", request.action(), error.getMessage());
            }
        });
    }

    private void confirmed() {
        if (unconfirmed.decrementAndGet() == 0) {
            synchronized (waiting) {
                waiting.notifyAll();
            }
        }
    }

    /** Says that a request can't be run here, if nobody else may be running it. */
    private void refuse(Incoming incoming, String why, int ourselves) {
        refused.increment();
        try {
            Envelope.Request request = Envelope.request(context.json(), incoming.message);
            if (request != null) {
                answerIfAlone(request, 503, "The service '" + context.app() + "' " + why + ". Try again.", ourselves);
            }
        } catch (RuntimeException e) {
            undecodable.take(context.app(), incoming.message, e);
        }
    }

    /**
     * Answers with an error unless others hear the same channel: they may know the action, and the error would be there
     * before their answer.
     *
     * @param ourselves how many subscribers we are ourselves
     */
    private void answerIfAlone(Envelope.Request request, int status, String text, int ourselves) {
        if (!request.hasReplyTo()) {
            return;
        }
        publisher.count(context.app(), (reply, error) -> {
            if (error == null && reply instanceof Long subscribers && subscribers <= ourselves) {
                answer(request, Reply.error(status, text));
            }
        });
    }

    /** Refuses what waits and what comes, once the channel is not heard any more. */
    void refuse() {
        List<Incoming> left;
        synchronized (waiting) {
            draining = true;
            left = List.copyOf(waiting);
            waiting.clear();
        }
        left.forEach(incoming -> refuse(incoming, STOPPING, 0));
    }

    /** Waits for what runs and its replies. */
    void drain(long deadline) throws InterruptedException {
        synchronized (waiting) {
            for (long rest = deadline - System.nanoTime();
                    (running > 0 || unconfirmed.get() > 0) && rest > 0;
                    rest = deadline - System.nanoTime()) {
                TimeUnit.NANOSECONDS.timedWait(waiting, rest);
            }
        }
    }
}
