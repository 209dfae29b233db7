/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.redis.link;

import dev.cyanotype.message.MessagingException;
import dev.cyanotype.message.MessagingException.Reason;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.HostAndPort;

/**
 * A connection that is made again for as long as it takes, with a thread of its own that reads.
 *
 * <p>A link that gives no sign of life is cut, so that a read never hangs. Thread-safe.
 */
abstract class Link implements AutoCloseable {

    static final Logger LOG = LoggerFactory.getLogger("dev.cyanotype.redis");

    /** What lasted less is not taken for mended. */
    private static final long LASTING = Duration.ofSeconds(1).toNanos();

    /** How often who waits looks for a failure. */
    private static final long GLANCE = Duration.ofMillis(20).toNanos();

    /** How often in a heartbeat a link is looked at, so that silence is found soon after it has lasted long enough. */
    private static final int LOOKS = 4;

    private final String name;
    private final Route route;
    private final LinkConfig config;
    private final ScheduledExecutorService timer;
    private final Thread thread;
    private final Silence silence;
    private final AtomicLong reconnects = new AtomicLong();
    private final Object pause = new Object();
    private volatile CompletableFuture<Void> ready = new CompletableFuture<>();
    private volatile @Nullable Wire wire;
    private volatile @Nullable Throwable lastFailure;
    private volatile boolean closed;
    private volatile @Nullable HostAndPort node;
    private @Nullable ScheduledFuture<?> heartbeat;

    /** Only the timer counts. */
    private int looks;

    Link(String name, Route route, LinkConfig config, ScheduledExecutorService timer) {
        this.name = name;
        this.route = route;
        this.config = config;
        this.timer = timer;
        this.silence = new Silence(interval());
        this.thread = new Thread(this::run, name);
        thread.setDaemon(true);
    }

    /** Begins to connect. */
    void start() {
        thread.start();
        heartbeat = timer.scheduleWithFixedDelay(this::beat, interval(), interval(), TimeUnit.NANOSECONDS);
    }

    /** The time between two looks at it, in nanoseconds. */
    private long interval() {
        return config.heartbeat().toNanos() / LOOKS;
    }

    /** Prepares a new connection, before it is read. */
    abstract void opened(Wire opened);

    /** Reads until the connection fails. */
    abstract void read(Wire opened);

    /** Sends something that Redis answers. */
    abstract void sendHeartbeat();

    /** Gives up what waited for a reply. */
    abstract void lost(Throwable cause);

    /** Whether signs are heard, so that their absence means something. */
    boolean isListening() {
        return true;
    }

    /** Called several times in each heartbeat, connected or not. */
    abstract void tick();

    final String name() {
        return name;
    }

    final LinkConfig config() {
        return config;
    }

    final boolean isClosed() {
        return closed;
    }

    /** Whether it is connected, and all that has to be confirmed is. */
    public final boolean isReady() {
        return ready.isDone() && !closed;
    }

    /** How often the connection was lost. */
    public final long reconnects() {
        return reconnects.get();
    }

    /** Why it is not connected, or null. */
    final @Nullable Throwable lastFailure() {
        return lastFailure;
    }

    /**
     * Waits until it is ready.
     *
     * @throws MessagingException if it is not in time, or if Redis refuses it, which waiting does not mend
     */
    public final void awaitReady(Duration timeout) throws InterruptedException {
        long deadline = System.nanoTime() + timeout.toNanos();
        while (!isReady()) {
            Throwable failure = lastFailure;
            long left = deadline - System.nanoTime();
            if (left <= 0 || (failure != null && Failures.isRefused(failure))) {
                throw unusable(
                        failure == null
                                ? new TimeoutException("no answer within " + timeout.toMillis() + " ms")
                                : failure);
            }
            attempt(Math.min(left, GLANCE));
        }
    }

    /** Waits until it is ready, or has failed to become so. */
    public final void awaitAttempt(Duration timeout) throws InterruptedException {
        long deadline = System.nanoTime() + timeout.toNanos();
        for (long left = timeout.toNanos();
                left > 0 && !isReady() && lastFailure == null;
                left = deadline - System.nanoTime()) {
            attempt(Math.min(left, GLANCE));
        }
    }

    private void attempt(long nanos) throws InterruptedException {
        try {
            ready.get(nanos, TimeUnit.NANOSECONDS);
        } catch (TimeoutException | ExecutionException e) {
            // Then there may be a failure to see.
        }
    }

    /** Says what this failure means for who waits. */
    final MessagingException unusable(Throwable failure) {
        return Failures.of("redis at " + where() + " can't be used", failure);
    }

    /** When a command that is given to the link now is too late, by {@link System#nanoTime()}. */
    final long expiry() {
        return System.nanoTime() + config.commandTimeout().toNanos();
    }

    /** Why a command was not sent in time. */
    final MessagingException tooLate() {
        Throwable cause = lastFailure;
        return cause == null
                ? new MessagingException(Reason.UNREACHABLE, "redis took no command in time", null)
                : Failures.of("redis can't be reached", cause);
    }

    /** Says that all that has to be confirmed is. */
    final void ready() {
        if (lastFailure != null) {
            LOG.info("{}: connected to redis at {} again", name, where());
        }
        lastFailure = null;
        ready.complete(null);
    }

    /** Notes that the other side lives. */
    final void sign() {
        silence.end();
    }

    /** Whether the next connection may be to another node. */
    final boolean mayChange() {
        return route.mayChange();
    }

    /** The connection, or null while there is none. */
    final @Nullable Wire wire() {
        return wire;
    }

    /** Ends a connection, which the reading thread then makes anew. */
    final void cut() {
        Wire current = wire;
        if (current != null) {
            current.cut();
        }
    }

    private String where() {
        HostAndPort last = node;
        return last == null ? route.toString() : last.toString();
    }

    private void run() {
        Backoff backoff = new Backoff();
        while (!closed) {
            Throwable failure;
            Wire opened = null;
            long begin = System.nanoTime();
            try {
                HostAndPort next = route.node();
                node = next;
                begin = System.nanoTime();
                opened = Wire.open(next, config.reading());
                sign();
                wire = opened;
                if (closed) {
                    break;
                }
                opened(opened);
                read(opened);
                failure = new IllegalStateException("the connection ended");
            } catch (Throwable e) {
                failure = e;
            }
            if (opened != null && System.nanoTime() - begin > LASTING) {
                backoff.reset();
            }
            end(opened, failure);
            if (!closed) {
                rest(backoff.next(Failures.isRefused(failure)));
            }
        }
        Wire last = wire;
        if (last != null) {
            last.cut();
        }
    }

    private void end(@Nullable Wire opened, Throwable failure) {
        wire = null;
        if (opened != null) {
            opened.cut();
        }
        Throwable before = lastFailure;
        boolean first = before == null || Failures.reason(before) != Failures.reason(failure);
        lastFailure = failure;
        if (ready.isDone()) {
            ready = new CompletableFuture<>();
            reconnects.incrementAndGet();
        }
        lost(failure);
        if (!closed) {
            route.failed();
        }
        if (!closed && first) {
            LOG.warn("{}: no connection to redis at {}: {}", name, where(), Failures.text(failure));
        } else if (!closed) {
            LOG.debug("{}: still no connection to redis at {}: {}", name, where(), Failures.text(failure));
        }
    }

    private void rest(Duration time) {
        long end = System.nanoTime() + time.toNanos();
        synchronized (pause) {
            for (long left = time.toMillis(); !closed && left > 0; left = (end - System.nanoTime()) / 1_000_000) {
                try {
                    pause.wait(left);
                } catch (InterruptedException e) {
                    // Nobody but close() ends this thread.
                }
            }
        }
    }

    /** Shows that this side lives, and cuts a connection whose other side does not, or is not the right one. */
    private void beat() {
        try {
            Wire current = wire;
            boolean silent = isSilent();
            if (current != null && (silent || isElsewhere())) {
                current.cut();
            } else if (current != null && ++looks % LOOKS == 0) {
                sendHeartbeat();
            }
            tick();
        } catch (RuntimeException e) {
            LOG.debug("{}: heartbeat failed", name, e);
        }
    }

    private boolean isSilent() {
        // In this order, as a sign that is given in between must count.
        boolean listening = isListening();
        long nanos = silence.look(System.nanoTime());
        return listening && nanos > config.silence().toNanos();
    }

    private boolean isElsewhere() {
        HostAndPort at = node;
        return at != null && !route.isRight(at);
    }

    @Override
    public void close() {
        closed = true;
        if (heartbeat != null) {
            heartbeat.cancel(false);
        }
        synchronized (pause) {
            pause.notifyAll();
        }
        cut();
        try {
            thread.join(TimeUnit.SECONDS.toMillis(1));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
