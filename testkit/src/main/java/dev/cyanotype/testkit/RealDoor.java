/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.testkit;

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
import tools.jackson.databind.JsonNode;

/** Reaches an app through its own ports and its own broker. */
final class RealDoor implements Door, ClockWatchers.Watcher {

    private static final int SWITCHING_PROTOCOLS = 101;
    private static final long PATIENCE_SECONDS = 30;

    private final String app;
    private final RealSetup setup;
    private final UnderWay underWay;
    private final Recorder recorder;
    private final Set<Thread> clients = ConcurrentHashMap.newKeySet();
    private final Set<RealLine> lines = ConcurrentHashMap.newKeySet();

    RealDoor(String app, RealSetup setup, Recorder recorder) {
        this.app = app;
        this.setup = setup;
        this.underWay = setup.underWay();
        this.recorder = recorder;
        underWay.clock().watchers().join(this);
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

    @Override
    public TestResponse send(TestRequest request) {
        WireRequest sent = request.onWire();
        return run(() -> {
            Runnable answered = underWay.requests().sent("the answer to " + sent);
            try {
                return TestResponse.of(sent.exchange(setup.http()));
            } finally {
                answered.run();
            }
        });
    }

    @Override
    public Opening open(TestRequest request) {
        WireRequest sent = request.onWire();
        SocketTraffic traffic = underWay.sockets().ask();
        return run(() -> {
            RawSocket connection = RawSocket.connect(setup.websockets());
            Answer answer = null;
            try {
                answer = ask(connection, sent, traffic);
            } finally {
                if (answer == null || answer.status() != SWITCHING_PROTOCOLS) {
                    traffic.clientEnded();
                    connection.close();
                }
            }
            return answer.status() == SWITCHING_PROTOCOLS
                    ? new Opening(opened(sent, connection, answer, traffic), null)
                    : new Opening(null, TestResponse.of(answer));
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

    private TestSocket opened(WireRequest request, RawSocket connection, Answer answer, SocketTraffic traffic)
            throws IOException {
        connection.socket().setSoTimeout(0);
        return new TestSocket(request.path(), answer.header("Sec-WebSocket-Protocol"), recorder, socket -> {
            RealLine line = new RealLine(connection, socket, traffic, underWay.activity());
            lines.add(line);
            return line;
        });
    }

    @Override
    public TestReply call(String action, JsonNode payload) {
        return run(() -> {
            List<JsonNode> progress = Collections.synchronizedList(new ArrayList<>());
            CompletableFuture<Reply> reply = setup.bus()
                    .request(
                            app,
                            ActionRequest.builder(action, payload)
                                    .clock(underWay.clock())
                                    .progress(progress::add)
                                    .build());
            return new TestReply(await(action, reply), progress);
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

    @Override
    public long publish(String channel, JsonNode message) {
        return run(() -> setup.bus().publishAs(channel, message));
    }

    @Override
    public String append(String stream, JsonNode entry) {
        return run(() -> setup.bus().append(stream, null, entry));
    }

    @Override
    public List<TestMessage> appended() {
        settle();
        return underWay.entries().appended();
    }

    @Override
    public void settle() {
        underWay.activity().settle();
    }

    @Override
    public boolean isAwaitedBy(Thread thread) {
        return clients.contains(thread) && underWay.activity().isQuiet();
    }

    @Override
    public void moved() {
        underWay.entries().moved();
        underWay.activity().settleFurther();
    }

    @Override
    public void arrived() {
        underWay.entries().moved();
        settle();
    }

    @Override
    public boolean hasEnded(Thread thread) {
        return !underWay.activity().isWorking(thread);
    }

    @Override
    public void close() {
        underWay.clock().watchers().leave(this);
        lines.forEach(RealLine::end);
        setup.close();
    }
}
