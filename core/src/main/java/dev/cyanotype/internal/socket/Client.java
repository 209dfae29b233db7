/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.socket;

import dev.cyanotype.exchange.Attribute;
import dev.cyanotype.socket.CloseStatus;
import dev.cyanotype.socket.Handshake;
import dev.cyanotype.socket.Socket;
import dev.cyanotype.socket.SocketCloseException;
import dev.cyanotype.spi.SocketConnection;
import dev.cyanotype.spi.SocketFrame;
import dev.cyanotype.spi.SocketReceiver;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** One client, from before its socket is open until after it is closed. Thread-safe. */
public final class Client implements Socket, SocketReceiver, Outbox.Owner {

    private final SocketHub hub;
    private final Conversation conversation;
    private final String id;
    private final Handshake handshake;
    private final ClientRules rules;
    private final Outbox outbox;
    private final Inbox inbox;
    private final @Nullable RateLimit rateLimit;
    private final LifeSigns lifeSigns;
    private final SideWork sideWork = new SideWork();
    private final Attributes attributes;
    private final Memberships rooms = new Memberships();
    private final AtomicBoolean closed = new AtomicBoolean();
    private final AtomicBoolean gone = new AtomicBoolean();
    private volatile @Nullable SocketConnection connection;

    /** Set before it was let in, if it is to be closed as soon as it is open. */
    private volatile @Nullable CloseStatus closeAtOnce;

    private volatile boolean admitted;

    /** Only used by what looks after all clients. */
    private boolean givenUp;

    Client(
            SocketHub hub,
            Conversation conversation,
            String id,
            Handshake handshake,
            ClientRules rules,
            Map<Attribute<?>, Object> attributes) {
        this.hub = hub;
        this.conversation = conversation;
        this.id = id;
        this.handshake = handshake;
        this.rules = rules;
        this.outbox = new Outbox(this, rules, hub.clock());
        this.lifeSigns = new LifeSigns(hub.clock());
        this.inbox = new Inbox(hub.executor(), outbox, this::failed);
        this.rateLimit = hub.rateLimit();
        this.attributes = new Attributes(attributes);
    }

    Conversation conversation() {
        return conversation;
    }

    /**
     * Lets it in, unless it is refused; from then on it will be told of when it goes.
     *
     * @param first frames that come in front of what was sent to it already
     */
    public synchronized void welcome(List<SocketFrame> first) {
        if (closeAtOnce == null) {
            outbox.answerFirst(first);
            admitted = true;
        }
    }

    /** Whether its socket was open once. */
    public boolean hasOpened() {
        return connection != null;
    }

    /** Has it closed as soon as it is open; once it was let in, behind what was sent to it. */
    public void close(SocketCloseException end) {
        synchronized (this) {
            if (!admitted) {
                closeAtOnce = new CloseStatus(end.code(), end.reason());
                return;
            }
        }
        end(end.code(), end.reason());
    }

    /** Whether it is only opened to be closed. */
    public boolean isRefused() {
        return closeAtOnce != null;
    }

    /** Sends an answer to a message of its own. */
    public void answer(SocketFrame frame) {
        touch();
        outbox.answer(frame);
    }

    /**
     * Sends a message that may be dropped.
     *
     * @param key what messages it may take the place of, or null
     * @return false if it was dropped
     */
    public boolean post(SocketFrame frame, @Nullable String key) {
        touch();
        return outbox.post(frame, key);
    }

    private void touch() {
        if (hub.hasIdleTimeout()) {
            lifeSigns.told(hub.clock().nanoTime());
        }
    }

    long droppedMessages() {
        return outbox.dropped();
    }

    // ---- what the transport tells

    @Override
    public int maxMessageBytes() {
        return rules.maxMessageBytes();
    }

    @Override
    public void opened(SocketConnection opened) {
        connection = opened;
        lifeSigns.opened(hub.clock().nanoTime());
        CloseStatus refusal = closeAtOnce;
        if (refusal != null) {
            outbox.end();
            opened.close(refusal.code(), refusal.reason());
            return;
        }
        hub.opened(this);
        // Before anything is sent, which may be a close frame already, so that it is opened before it is closed.
        inTurn(() -> conversation.opened(this));
        outbox.connect(opened);
        inbox.connect(opened);
    }

    @Override
    public void text(String message) {
        took(message.length(), () -> conversation.text(this, message));
    }

    @Override
    public void binary(byte[] message) {
        took(message.length, () -> conversation.binary(this, message));
    }

    private void took(int size, Supplier<CompletableFuture<?>> handling) {
        long now = hub.clock().nanoTime();
        lifeSigns.said(now);
        long wait = rateLimit == null ? 0 : rateLimit.pass(now);
        if (wait > 0) {
            conversation.limited(this, TimeUnit.NANOSECONDS.toSeconds(wait - 1) + 1);
            inbox.skip();
            return;
        }
        try {
            inbox.take(size, handling);
        } catch (RuntimeException | Error e) {
            failed(e);
        }
    }

    private void inTurn(Supplier<CompletableFuture<?>> work) {
        try {
            inbox.inTurn(work);
        } catch (RuntimeException | Error e) {
            failed(e);
        }
    }

    /** What can't be done in its turn makes a client of no use. */
    private void failed(Throwable cause) {
        hub.failed(this, cause);
        if (closed.get()) {
            gone();
        } else {
            abort();
        }
    }

    @Override
    public void hasRoom() {
        inbox.readOn();
    }

    @Override
    public void pong() {
        lifeSigns.heard(hub.clock().nanoTime());
    }

    @Override
    public void closed(int code, String reason) {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        outbox.end();
        rooms.end().forEach(room -> hub.left(this, room));
        hub.removed(this);
        if (admitted) {
            CloseStatus status = new CloseStatus(code, reason);
            inTurn(() -> conversation.closed(this, status).whenComplete((result, failure) -> gone()));
        } else {
            gone();
        }
    }

    /** Nothing runs for it any more. */
    private void gone() {
        if (gone.compareAndSet(false, true)) {
            hub.gone();
        }
    }

    @Override
    public void tooSlow() {
        hub.tooSlow(this);
        outbox.close(new CloseStatus(1013, "Too slow"));
    }

    /** Something runs for it that holds up none of its messages, but that is to be finished before it goes. */
    public void began() {
        sideWork.began();
    }

    /** What had {@link #began} has ended. */
    public void ended() {
        sideWork.ended();
    }

    /** Takes no further message, and tells when those that were read are handled. */
    void finish(Runnable handled) {
        inbox.stop();
        try {
            inbox.inTurn(() -> {
                sideWork.whenFinished(handled);
                return Conversation.DONE;
            });
        } catch (RuntimeException e) {
            handled.run();
        }
    }

    /** Closes with a code that is the library's own to use. */
    void end(int code, String reason) {
        outbox.close(new CloseStatus(code, reason));
    }

    void abort() {
        SocketConnection open = connection;
        if (open != null) {
            open.abort();
        }
    }

    /** Says that its signs of life could not be heard for some time. */
    void excuse(long now) {
        lifeSigns.excuse(now);
    }

    /** Asks for a sign of life where it is time to, and gives up where there was none. */
    void keepAlive(long now, LifeSigns.Limits limits) {
        SocketConnection open = connection;
        if (open == null || givenUp) {
            return;
        }
        if (outbox.stalledNanos(now) > limits.stallNanos()) {
            giveUp(open, 1013, "Too slow");
            hub.tooSlow(this);
            return;
        }
        switch (lifeSigns.need(now, limits, inbox.isReading())) {
            case PING -> open.ping();
            case GIVE_UP -> giveUp(open, 1011, "keepalive ping timeout");
            case DISMISS -> end(1001, "Idle for too long");
            case NOTHING -> {}
        }
    }

    /** Closes without regard to what waits, which it would never take. */
    private void giveUp(SocketConnection open, int code, String reason) {
        givenUp = true;
        outbox.end();
        open.close(code, reason);
    }

    // ---- what the app sees

    @Override
    public String id() {
        return id;
    }

    @Override
    public Handshake handshake() {
        return handshake;
    }

    @Override
    public Instant connectedAt() {
        return lifeSigns.created();
    }

    @Override
    public Instant lastActivity() {
        return lifeSigns.lastHeard(hub.clock());
    }

    @Override
    public long messagesReceived() {
        return lifeSigns.messages();
    }

    @Override
    public long messagesSent() {
        return outbox.sent();
    }

    @Override
    public long pendingBytes() {
        return outbox.pendingBytes();
    }

    @Override
    public boolean isOpen() {
        return connection != null && !outbox.isEnded();
    }

    @Override
    public boolean send(Object data) {
        return hub.send(this, null, Objects.requireNonNull(data, "data"));
    }

    @Override
    public boolean send(String type, @Nullable Object data) {
        return hub.send(this, Objects.requireNonNull(type, "type"), data);
    }

    @Override
    public void close(int code, String reason) {
        close(new SocketCloseException(code, reason));
    }

    @Override
    public void join(String room) {
        SocketHub.requireName(room);
        rooms.join(room, false, () -> hub.joined(this, room, null));
    }

    @Override
    public void join(String room, Object about) {
        SocketHub.requireName(room);
        JsonNode shown = hub.tree(Objects.requireNonNull(about, "about"));
        rooms.join(room, true, () -> hub.joined(this, room, shown));
    }

    @Override
    public void leave(String room) {
        rooms.leave(Objects.requireNonNull(room, "room"), () -> hub.left(this, room));
    }

    @Override
    public Set<String> rooms() {
        return rooms.all();
    }

    @Override
    public <T> @Nullable T attribute(Attribute<T> key) {
        return attributes.get(key);
    }

    @Override
    public <T> void attribute(Attribute<T> key, @Nullable T value) {
        attributes.set(key, value);
    }

    /** Names the client, never what it sent. */
    @Override
    public String toString() {
        return "Socket[" + id + "]";
    }
}
