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
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.exceptions.JedisDataException;

/**
 * The commands of one link, as many at a time on their way as come.
 *
 * <p>A command goes out at once, on the thread that has it, while no reply is awaited. Else it is gathered with others until
 * the next reply is there, so that under load one system call carries many: Nagle's algorithm (RFC 896), with Redis's
 * replies as acknowledgements. Thread-safe.
 */
final class Pipeline {

    private static final Logger LOG = Link.LOG;

    /** How much may be on the way, so that a write does not block where a peer has stopped reading. */
    private static final int WINDOW_BYTES = 64 * 1024;

    private final Link link;
    private final ReentrantLock lock = new ReentrantLock();
    private final Queue<Command> waiting = new ArrayDeque<>();
    private final Queue<Command> awaiting = new ArrayDeque<>();
    private int bytesAwaiting;
    private boolean unflushed;
    private @Nullable Wire wire;

    Pipeline(Link link) {
        this.link = link;
    }

    /** Takes a command, which is sent now or later; says why not, if so. */
    @Nullable
    MessagingException offer(Command command) {
        lock.lock();
        try {
            if (waiting.size() >= link.config().maxWaiting()) {
                return new MessagingException(
                        Reason.QUEUE_FULL, waiting.size() + " commands wait for redis already", null);
            }
            Wire open = wire;
            if (open == null || !waiting.isEmpty() || !fits(command)) {
                waiting.add(command);
                return null;
            }
            boolean first = awaiting.isEmpty();
            write(open, command);
            if (first) {
                flush(open);
            }
            return null;
        } catch (RuntimeException e) {
            // The reading thread finds the connection broken too, and gives the command its error.
            link.cut();
            return null;
        } finally {
            lock.unlock();
        }
    }

    /** Takes a command unless somebody is writing, who may be stuck. */
    void offerNow(Command command) {
        if (lock.tryLock()) {
            try {
                offer(command);
            } finally {
                lock.unlock();
            }
        }
    }

    private boolean fits(Command command) {
        return awaiting.isEmpty() || bytesAwaiting + command.size() <= WINDOW_BYTES;
    }

    private void write(Wire open, Command command) {
        if (command.isAsking()) {
            write(open, new Command(new CommandArguments(Protocol.Command.ASKING), (r, e) -> {}, 0, false));
        }
        awaiting.add(command);
        bytesAwaiting += command.size();
        unflushed = true;
        open.write(command.arguments());
    }

    private void flush(Wire open) {
        unflushed = false;
        open.flush();
    }

    /** Sends what waits over a new connection. */
    void open(Wire opened) {
        lock.lock();
        try {
            wire = opened;
            proceed(opened);
        } finally {
            lock.unlock();
        }
    }

    /** Sends what waits, as far as it fits. */
    private void proceed(Wire open) {
        long now = System.nanoTime();
        for (Command next = waiting.peek(); next != null && fits(next); next = waiting.peek()) {
            waiting.remove();
            if (next.isExpired(now)) {
                next.complete(link.tooLate());
            } else {
                write(open, next);
            }
        }
        if (unflushed) {
            flush(open);
        }
    }

    /**
     * Hands replies to those who wait for them, and sends what could not be sent before.
     *
     * @param replies in their order; emptied
     * @throws JedisDataException if the node can't be written to, and another one may be; or if what is before a fence was
     *     refused
     */
    void answered(List<@Nullable Object> replies) {
        List<Command> answered = new ArrayList<>(replies.size());
        JedisDataException refused = null;
        JedisDataException readOnly = null;
        try {
            refused = proceed(replies, answered);
        } finally {
            for (int i = 0; i < answered.size(); i++) {
                complete(answered.get(i), replies.get(i));
                if (replies.get(i) instanceof JedisDataException error && Failures.reason(error) == Reason.READ_ONLY) {
                    readOnly = error;
                }
            }
            replies.clear();
        }
        if (refused != null) {
            throw refused;
        }
        if (readOnly != null && link.mayChange()) {
            throw readOnly;
        }
    }

    /** Finds out whose the replies are, up to an error that is nobody's. */
    private @Nullable JedisDataException proceed(List<@Nullable Object> replies, List<Command> answered) {
        lock.lock();
        try {
            for (Object reply : replies) {
                Command command = awaiting.remove();
                bytesAwaiting -= command.size();
                if (command.isFence() && reply instanceof JedisDataException refused) {
                    return refused;
                }
                answered.add(command);
            }
            if (wire != null) {
                proceed(wire);
            }
            return null;
        } finally {
            lock.unlock();
        }
    }

    private void complete(Command command, @Nullable Object reply) {
        try {
            command.complete(reply);
        } catch (RuntimeException e) {
            LOG.error("{}: a reply could not be handled", link.name(), e);
        }
    }

    /**
     * Writes what has no reply of its own.
     *
     * @param fenced whether it has one if it is refused, which then is not to be taken for that of another command
     */
    void write(Wire to, List<CommandArguments> commands, boolean fenced) {
        lock.lock();
        try {
            commands.forEach(to::write);
            if (fenced) {
                write(to, Command.fence());
            }
            unflushed = false;
            to.flush();
        } finally {
            lock.unlock();
        }
    }

    /** Whether no reply is awaited; not while somebody is writing, who may be stuck. */
    boolean isIdle() {
        if (!lock.tryLock()) {
            return false;
        }
        try {
            return awaiting.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Gives up what was on its way, of which nobody knows whether it was done.
     *
     * @param all whether what waits is given up too, because there is no next connection for it
     */
    void lost(Throwable cause, boolean all) {
        List<Command> failed;
        List<Command> unsent = new ArrayList<>();
        lock.lock();
        try {
            wire = null;
            unflushed = false;
            bytesAwaiting = 0;
            failed = new ArrayList<>(awaiting);
            awaiting.clear();
            if (all) {
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

    /** Gives up what has waited for too long. */
    void expire() {
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
        late.forEach(command -> complete(command, link.tooLate()));
    }
}
