/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.redis.link;

import dev.cyanotype.message.MessagingException;
import dev.cyanotype.message.MessagingException.Reason;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.exceptions.JedisDataException;

/**
 * Sends commands, as many at a time as come.
 *
 * <p>A command goes out at once, on the thread that has it, while no reply is awaited. Else it is gathered with others until
 * the next reply is there, so that under load one system call carries many: Nagle's algorithm (RFC 896), with Redis's
 * replies as acknowledgements. What is not yet on the wire waits for the next connection. What was, fails with it, because
 * whether it was done nobody knows.
 */
final class CommandLink extends Link {

    /** How much may be on the way, so that a write does not block where a peer has stopped reading. */
    private static final int WINDOW_BYTES = 64 * 1024;

    private final ReentrantLock lock = new ReentrantLock();
    private final Queue<Command> waiting = new ArrayDeque<>();
    private final Queue<Command> awaiting = new ArrayDeque<>();
    private int bytesAwaiting;
    private boolean unflushed;
    private boolean connected;

    CommandLink(String name, Route route, LinkConfig config, ScheduledExecutorService timer) {
        super(name, route, config, timer);
    }

    /**
     * Sends a command; never waits for its reply.
     *
     * @param completion gets the reply, or a {@link MessagingException} if there is none
     */
    void send(CommandArguments arguments, Completion completion) {
        send(
                arguments,
                completion,
                System.nanoTime() + config().commandTimeout().toNanos(),
                false);
    }

    /**
     * Sends a command.
     *
     * @param expires when it is too late to send it, by {@link System#nanoTime()}
     * @param asking whether it is for a slot that this node is about to get
     */
    void send(CommandArguments arguments, Completion completion, long expires, boolean asking) {
        Command command = new Command(arguments, completion, expires, asking);
        MessagingException refused = offer(command);
        if (refused != null) {
            command.complete(refused);
        }
    }

    private @Nullable MessagingException offer(Command command) {
        lock.lock();
        try {
            if (isClosed()) {
                return new NotSentException();
            }
            if (waiting.size() >= config().maxWaiting()) {
                return new MessagingException(
                        Reason.QUEUE_FULL, waiting.size() + " commands wait for redis already", null);
            }
            Wire wire = connected ? wire() : null;
            if (wire == null || !waiting.isEmpty() || !fits(command)) {
                waiting.add(command);
                return null;
            }
            boolean first = awaiting.isEmpty();
            write(wire, command);
            if (first) {
                flush(wire);
            }
            return null;
        } catch (RuntimeException e) {
            // The reading thread finds the connection broken too, and gives the command its error.
            cut();
            return null;
        } finally {
            lock.unlock();
        }
    }

    private boolean fits(Command command) {
        return awaiting.isEmpty() || bytesAwaiting + command.size() <= WINDOW_BYTES;
    }

    private void write(Wire wire, Command command) {
        if (command.isAsking()) {
            write(wire, new Command(new CommandArguments(Protocol.Command.ASKING), (r, e) -> {}, 0, false));
        }
        awaiting.add(command);
        bytesAwaiting += command.size();
        unflushed = true;
        wire.write(command.arguments());
    }

    private void flush(Wire wire) {
        unflushed = false;
        wire.flush();
    }

    @Override
    void opened(Wire opened) {
        lock.lock();
        try {
            connected = true;
            ready();
            proceed(opened);
        } finally {
            lock.unlock();
        }
    }

    /** Sends what waits, as far as it fits. */
    private void proceed(Wire wire) {
        long now = System.nanoTime();
        for (Command next = waiting.peek(); next != null && fits(next); next = waiting.peek()) {
            waiting.remove();
            if (next.isExpired(now)) {
                next.complete(tooLate());
            } else {
                write(wire, next);
            }
        }
        if (unflushed) {
            flush(wire);
        }
    }

    @Override
    void read(Wire wire) {
        List<@Nullable Object> replies = new ArrayList<>();
        List<Command> answered = new ArrayList<>();
        while (true) {
            do {
                replies.add(wire.read());
            } while (wire.hasMore());
            sign();
            JedisDataException readOnly = null;
            try {
                proceed(wire, replies.size(), answered);
            } finally {
                for (int i = 0; i < answered.size(); i++) {
                    complete(answered.get(i), replies.get(i));
                    if (replies.get(i) instanceof JedisDataException error
                            && Failures.reason(error) == Reason.READ_ONLY) {
                        readOnly = error;
                    }
                }
                replies.clear();
                answered.clear();
            }
            if (readOnly != null && mayChange()) {
                throw readOnly;
            }
        }
    }

    /** Finds what was answered, and sends what could not be sent before. */
    private void proceed(Wire wire, int replies, List<Command> answered) {
        lock.lock();
        try {
            for (int i = 0; i < replies; i++) {
                Command command = awaiting.remove();
                bytesAwaiting -= command.size();
                answered.add(command);
            }
            proceed(wire);
        } finally {
            lock.unlock();
        }
    }

    private void complete(Command command, @Nullable Object reply) {
        try {
            command.complete(reply);
        } catch (RuntimeException e) {
            LOG.error("{}: a reply could not be handled", name(), e);
        }
    }

    /**
     * Nothing while replies are awaited: those are signs enough, and whoever is writing may be stuck, which the thread of
     * the heartbeats must not be.
     */
    @Override
    void sendHeartbeat() {
        if (!lock.tryLock()) {
            return;
        }
        try {
            if (awaiting.isEmpty()) {
                send(new CommandArguments(Protocol.Command.PING), (reply, error) -> {});
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    void lost(Throwable cause) {
        List<Command> failed;
        List<Command> unsent = new ArrayList<>();
        lock.lock();
        try {
            connected = false;
            unflushed = false;
            bytesAwaiting = 0;
            failed = new ArrayList<>(awaiting);
            awaiting.clear();
            if (isClosed()) {
                unsent.addAll(waiting);
                waiting.clear();
            }
        } finally {
            lock.unlock();
        }
        NotSentException notSent = new NotSentException();
        unsent.forEach(command -> complete(command, notSent));
        MessagingException error = new MessagingException(
                Reason.UNREACHABLE,
                "the connection to redis was lost, so whether the command was done is not known: "
                        + Failures.text(cause),
                cause);
        failed.forEach(command -> complete(command, error));
    }

    @Override
    void tick() {
        List<Command> late = new ArrayList<>();
        long now = System.nanoTime();
        if (!lock.tryLock()) {
            return;
        }
        try {
            for (Iterator<Command> all = waiting.iterator(); all.hasNext(); ) {
                Command command = all.next();
                if (command.isExpired(now)) {
                    all.remove();
                    late.add(command);
                }
            }
        } finally {
            lock.unlock();
        }
        late.forEach(command -> complete(command, tooLate()));
    }

    private MessagingException tooLate() {
        Throwable cause = lastFailure();
        return cause == null
                ? new MessagingException(Reason.UNREACHABLE, "redis took no command in time", null)
                : Failures.of("redis can't be reached", cause);
    }

    @Override
    public void close() {
        super.close();
        lost(new IllegalStateException("the connection is closed"));
    }
}
