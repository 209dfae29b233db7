/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.websocket;

import dev.cyanotype.spi.SocketConnection;
import dev.cyanotype.spi.SocketFrame;
import dev.cyanotype.spi.SocketReceiver;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Scheduler;
import org.eclipse.jetty.websocket.core.CloseStatus;
import org.eclipse.jetty.websocket.core.CoreSession;
import org.eclipse.jetty.websocket.core.Frame;
import org.eclipse.jetty.websocket.core.FrameHandler;
import org.eclipse.jetty.websocket.core.OpCode;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One websocket, between Jetty and the app.
 *
 * <p>Jetty gives one frame for each demand, and here there is always one demand, except while a frame of a message waits
 * that the app has not asked for. So control frames are seen to as long as nothing is in front of them, and a client that
 * sends more than the app takes is slowed down by TCP. Thread-safe.
 */
final class JettySocket implements FrameHandler, SocketConnection {

    private static final Logger LOG = LoggerFactory.getLogger("dev.cyanotype.websocket");

    private static final long CLOSE_SECONDS = 5;

    private final SocketReceiver receiver;
    private final OpenSockets sockets;
    private final Server server;

    // Only the thread that has the current frame uses these.
    private @Nullable MessageParts parts;

    private volatile @Nullable CoreSession session;
    private volatile @Nullable ControlFrames controls;

    // Guarded by this.
    private boolean asked;
    private @Nullable Held held;
    private boolean closing;
    private int closeCode;
    private String closeReason = "";
    private Scheduler.@Nullable Task cut;
    private boolean inReceiver;
    private boolean closed;

    private record Held(Frame frame, Callback callback) {}

    JettySocket(SocketReceiver receiver, OpenSockets sockets, Server server) {
        this.receiver = receiver;
        this.sockets = sockets;
        this.server = server;
    }

    // From Jetty.

    @Override
    public void onOpen(CoreSession newSession, Callback callback) {
        controls = new ControlFrames(newSession);
        session = newSession;
        sockets.add(this);
        callback.succeeded();
        deliver(() -> receiver.opened(this));
        readOn();
    }

    @Override
    public void onFrame(Frame frame, Callback callback) {
        switch (frame.getOpCode()) {
            case OpCode.CLOSE -> onClose(CloseStatus.getCloseStatus(frame), callback);
            case OpCode.PING, OpCode.PONG -> onControl(frame, callback);
            default -> onData(frame, callback);
        }
    }

    @Override
    public void onError(Throwable cause, Callback callback) {
        LOG.debug("a websocket broke", cause);
        callback.succeeded();
    }

    @Override
    public void onClosed(CloseStatus status, Callback callback) {
        String reason = status.getReason();
        // Where the connection broke, the text is Jetty's.
        boolean given = reason != null && status.getCode() != CloseStatus.NO_CLOSE;
        end(status.getCode(), given ? reason : "");
        callback.succeeded();
    }

    /** It is too late to open it; does nothing if it was opened. */
    void neverOpened() {
        if (session == null) {
            end(CloseStatus.NO_CLOSE, "");
        }
    }

    private CoreSession session() {
        return Objects.requireNonNull(session, "session");
    }

    /** Has one more frame read. */
    private void readOn() {
        try {
            session().demand();
        } catch (RejectedExecutionException e) {
            // The server has stopped.
            abort();
        }
    }

    private ControlFrames controls() {
        return Objects.requireNonNull(controls, "controls");
    }

    private void onClose(CloseStatus status, Callback callback) {
        String reason = status.getReason();
        beginClose(status.getCode(), reason == null ? "" : reason);
        // Jetty answers with the same.
        callback.succeeded();
    }

    private void onControl(Frame frame, Callback callback) {
        boolean ping = frame.getOpCode() == OpCode.PING;
        byte[] payload = ping ? BufferUtil.toArray(frame.getPayload()) : null;
        callback.succeeded();
        if (controls().isTooMany()) {
            close(CloseStatus.POLICY_VIOLATION, "too many control frames");
        } else if (!isClosing()) {
            if (payload != null) {
                controls().pong(payload);
            }
            deliver(receiver::pong);
        }
        readOn();
    }

    private synchronized boolean isClosing() {
        return closing;
    }

    private void onData(Frame frame, Callback callback) {
        synchronized (this) {
            if (!asked && !closing) {
                held = new Held(frame, callback);
                return;
            }
        }
        take(frame, callback);
    }

    private void take(Frame frame, Callback callback) {
        boolean whole = collect(frame);
        callback.succeeded();
        MessageParts message = parts;
        if (whole && message != null) {
            parts = null;
            give(message);
        }
        readOn();
    }

    /** Adds a frame to the message; says whether the message is whole. */
    private boolean collect(Frame frame) {
        if (isClosing()) {
            parts = null;
            return false;
        }
        MessageParts message = parts;
        if (message == null) {
            message = new MessageParts(frame.getOpCode() == OpCode.TEXT, receiver.maxMessageBytes());
            parts = message;
        }
        boolean empty = !frame.hasPayload();
        if (!message.add(frame.getPayload(), frame.isFin())) {
            close(CloseStatus.MESSAGE_TOO_LARGE, "a message is larger than " + receiver.maxMessageBytes() + " bytes");
            return false;
        }
        if (empty && !frame.isFin() && controls().isTooMany()) {
            close(CloseStatus.POLICY_VIOLATION, "too many empty frames");
            return false;
        }
        return frame.isFin();
    }

    private void give(MessageParts message) {
        String text = message.isText() ? message.string() : "";
        if (text == null) {
            close(CloseStatus.BAD_PAYLOAD, "a text is not valid UTF-8");
            return;
        }
        synchronized (this) {
            asked = false;
        }
        if (message.isText()) {
            deliver(() -> receiver.text(text));
        } else {
            deliver(() -> receiver.binary(message.binary()));
        }
    }

    // From the app.

    @Override
    public void send(SocketFrame frame, Consumer<@Nullable Throwable> done) {
        byte opCode = frame.isText() ? OpCode.TEXT : OpCode.BINARY;
        session().sendFrame(new Frame(opCode, true, frame.payload()), new Sent(done), false);
    }

    private record Sent(Consumer<@Nullable Throwable> done) implements Callback {

        @Override
        public void succeeded() {
            done.accept(null);
        }

        @Override
        public void failed(Throwable cause) {
            done.accept(cause);
        }

        @Override
        public InvocationType getInvocationType() {
            return InvocationType.NON_BLOCKING;
        }
    }

    @Override
    public Executor executor(Executor app) {
        return task -> ReadEndPoint.execute(task, app);
    }

    @Override
    public void ping() {
        if (!isClosing()) {
            controls().ping();
        }
    }

    @Override
    public void demand() {
        Held next;
        synchronized (this) {
            asked = true;
            next = held;
            held = null;
        }
        if (next != null) {
            try {
                // Not on this thread, which may have come from the receiver.
                server.getThreadPool().execute(() -> take(next.frame(), next.callback()));
            } catch (RejectedExecutionException e) {
                abort();
            }
        }
    }

    @Override
    public void close(int code, String reason) {
        if (beginClose(code, reason)) {
            session().sendFrame(new CloseFrame(code, reason), Callback.NOOP, false);
        }
    }

    /** From now on messages are dropped, and the connection has a few seconds left; false if that is so already. */
    private boolean beginClose(int code, String reason) {
        Held dropped;
        synchronized (this) {
            if (closing || closed) {
                return false;
            }
            closing = true;
            closeCode = code;
            closeReason = reason;
            cut = server.getScheduler().schedule(this::abort, CLOSE_SECONDS, TimeUnit.SECONDS);
            dropped = held;
            held = null;
        }
        if (dropped != null) {
            // What comes next may be the client's answer.
            dropped.callback().succeeded();
            readOn();
        }
        return true;
    }

    @Override
    public void abort() {
        session().abort();
        end(CloseStatus.NO_CLOSE, "");
    }

    // To the app.

    /** Calls the receiver, unless the socket has ended. Jetty gives one frame at a time, so that only its end comes beside. */
    private void deliver(Runnable call) {
        synchronized (this) {
            if (closed) {
                return;
            }
            inReceiver = true;
        }
        try {
            call.run();
        } catch (RuntimeException | Error e) {
            LOG.error("a websocket's receiver failed, which it must not", e);
            close(CloseStatus.SERVER_ERROR, "");
        }
        boolean tell;
        synchronized (this) {
            inReceiver = false;
            tell = closed;
        }
        if (tell) {
            tellClosed();
        }
    }

    private void end(int code, String reason) {
        Held dropped;
        boolean tell;
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
            if (!closing) {
                closing = true;
                closeCode = code;
                closeReason = reason;
            }
            if (cut != null) {
                cut.cancel();
            }
            dropped = held;
            held = null;
            tell = !inReceiver;
        }
        sockets.remove(this);
        if (dropped != null) {
            dropped.callback().succeeded();
        }
        if (tell) {
            tellClosed();
        }
    }

    private void tellClosed() {
        try {
            receiver.closed(closeCode, closeReason);
        } catch (RuntimeException | Error e) {
            LOG.error("a websocket's receiver failed, which it must not", e);
        }
    }

    @Override
    public String toString() {
        return "JettySocket[" + (closed ? "closed" : closing ? "closing" : "open") + "]";
    }
}
