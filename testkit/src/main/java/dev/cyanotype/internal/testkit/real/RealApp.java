/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.testkit.real;

import dev.cyanotype.internal.testkit.socket.SocketClient;
import dev.cyanotype.internal.testkit.socket.SocketLine;
import dev.cyanotype.internal.testkit.wire.Answer;
import dev.cyanotype.internal.testkit.wire.RawSocket;
import dev.cyanotype.internal.testkit.wire.WireRequest;
import dev.cyanotype.spi.ActionRequest;
import dev.cyanotype.spi.Reply;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiFunction;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/**
 * An app as a test reaches it, through the app's own ports and its own broker. What a method sets off within the app has happened when
 * it returns, as far as that can be known. Thread-safe.
 */
public final class RealApp {

    private static final int SWITCHING_PROTOCOLS = 101;
    private static final long PATIENCE_SECONDS = 30;

    private final String app;
    private final RealSetup setup;
    private final UnderWay underWay;
    private final Set<Thread> clients = ConcurrentHashMap.newKeySet();
    private final Set<RealLine> lines = ConcurrentHashMap.newKeySet();

    /**
     * An app's last reply.
     *
     * @param progress the replies before, in the order they came
     */
    public record Replied(Reply reply, List<JsonNode> progress) {

        public Replied {
            progress = List.copyOf(progress);
        }
    }

    /**
     * Of an app that may be started later.
     *
     * @param app its name
     */
    public RealApp(String app, RealSetup setup) {
        this.app = app;
        this.setup = setup;
        this.underWay = setup.underWay();
    }

    /** Something that a thread of the test does and waits for. */
    private interface Errand<T> {

        T run() throws IOException;
    }

    private <T> T run(Errand<T> errand) {
        boolean outermost = clients.add(Thread.currentThread());
        try {
            return errand.run();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            if (outermost) {
                clients.remove(Thread.currentThread());
            }
            settle();
        }
    }

    /** Sends a request over a connection of its own. */
    public Answer send(WireRequest request) {
        return run(() -> {
            Runnable answered = underWay.requests().sent("the answer to " + request);
            try {
                return request.exchange(setup.http());
            } finally {
                answered.run();
            }
        });
    }

    /**
     * Asks for a websocket.
     *
     * @param <T> what is made of the answer
     * @param opened given the answer and what makes the line to a client, which has to be opened before this returns
     * @param refused given the answer if it is another one
     */
    public <T> T open(
            WireRequest request,
            BiFunction<Answer, Function<SocketClient, SocketLine>, T> opened,
            Function<Answer, T> refused) {
        SocketTraffic traffic = underWay.sockets().ask();
        return run(() -> {
            RawSocket connection = RawSocket.connect(setup.websockets());
            Answer answer = null;
            try {
                answer = ask(connection, request, traffic);
            } finally {
                if (answer == null || answer.status() != SWITCHING_PROTOCOLS) {
                    traffic.clientEnded();
                    connection.close();
                }
            }
            if (answer.status() != SWITCHING_PROTOCOLS) {
                return refused.apply(answer);
            }
            connection.socket().setSoTimeout(0);
            return opened.apply(answer, client -> line(connection, client, traffic));
        });
    }

    private Answer ask(RawSocket connection, WireRequest request, SocketTraffic traffic) throws IOException {
        Runnable answered = underWay.requests().sent("the answer to websocket " + request.path());
        try {
            Answer.Field tie = new Answer.Field(ServedSockets.HEADER, traffic.id());
            return connection.bytes(request.head(List.of(tie))).answer();
        } finally {
            underWay.sockets().answered(traffic);
            answered.run();
        }
    }

    private SocketLine line(RawSocket connection, SocketClient client, SocketTraffic traffic) {
        RealLine line = new RealLine(connection, client, traffic, underWay.activity());
        lines.add(line);
        return line;
    }

    /** Calls an action over the broker. */
    public Replied call(String action, JsonNode payload) {
        return run(() -> {
            List<JsonNode> progress = Collections.synchronizedList(new ArrayList<>());
            CompletableFuture<Reply> reply = setup.bus()
                    .request(
                            app,
                            ActionRequest.builder(action, payload)
                                    .clock(underWay.clock())
                                    .progress(progress::add)
                                    .build());
            return new Replied(await(action, reply), progress);
        });
    }

    private static Reply await(String action, CompletableFuture<Reply> reply) {
        try {
            return reply.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException unchecked) {
                throw unchecked;
            }
            throw new IllegalStateException("call of '" + action + "' failed", e.getCause());
        } catch (TimeoutException e) {
            reply.cancel(false);
            throw new AssertionError(
                    "call of '%s': no reply for %d s of real time".formatted(action, PATIENCE_SECONDS), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("call of '" + action + "': interrupted", e);
        }
    }

    /** Publishes as another service would; how many within the app hear it. */
    public long publish(String channel, JsonNode message) {
        return run(() -> setup.bus().publishAs(channel, message));
    }

    /** Adds to a stream as another service would; gives the entry's identifier. */
    public String append(String stream, JsonNode entry) {
        return run(() -> setup.bus().append(stream, null, entry));
    }

    /** All entries that were added to streams since the start. */
    public List<AppendedEntry> appended() {
        settle();
        return underWay.entries().appended();
    }

    /** Waits until what is under way has happened. */
    public void settle() {
        underWay.activity().settle();
    }

    /** Whether a thread waits for the app, in which nothing happens until somebody else does something. */
    public boolean isAwaitedBy(Thread thread) {
        return clients.contains(thread) && underWay.activity().isQuiet();
    }

    /** Something has happened that was due by the clock. */
    public void moved() {
        underWay.entries().moved();
        underWay.activity().settleFurther();
    }

    /** The clock has gone as far as it was to go. */
    public void arrived() {
        underWay.entries().moved();
        settle();
    }

    /** Whether a thread does nothing for the app any more. */
    public boolean hasEnded(Thread thread) {
        return !underWay.activity().isWorking(thread);
    }

    /** Gives back what does not end with the app. */
    public void close() {
        lines.forEach(RealLine::end);
        setup.close();
    }
}
