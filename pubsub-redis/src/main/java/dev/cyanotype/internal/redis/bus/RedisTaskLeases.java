/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.redis.bus;

import static java.util.Objects.requireNonNull;

import dev.cyanotype.internal.redis.link.Commands;
import dev.cyanotype.message.MessagingException;
import dev.cyanotype.spi.TaskLeases;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Protocol.Command;

/**
 * Keeps the lease and the plan of each task in two keys, with a hash tag, so that one node of a cluster has both. All times are
 * those of Redis, so it does not matter what clocks replicas have. Thread-safe.
 */
final class RedisTaskLeases implements TaskLeases {

    private static final Duration SHORTEST = Duration.ofMillis(1);

    /** What is longer counts as this, so that Redis can add it to its time. */
    private static final Duration LONGEST = Duration.ofDays(365 * 100);

    /** So long a plan is kept at least of a task that nobody runs any more. */
    private static final Duration KEPT = Duration.ofDays(30);

    /** So many intervals a plan is kept, if that is longer. */
    private static final int KEPT_INTERVALS = 3;

    private final Commands commands;
    private final Waiting waiting;
    private final String app;

    RedisTaskLeases(Commands commands, Waiting waiting, String app) {
        this.commands = commands;
        this.waiting = waiting;
        this.app = app;
    }

    @Override
    public Duration plan(String task, Duration first, Duration interval) {
        Keys keys = keys(task);
        if (requireNonNull(first, "first").isNegative()) {
            throw new IllegalArgumentException(
                    "task '" + task + "': first run after " + first + " (expected: zero or more)");
        }
        long start = limited(first).toMillis();
        long every = millis(keys, "interval", interval);
        long kept = keeping(Math.max(start, every));
        Long left = (Long) await("plan", keys, send(keys, TaskScripts.PLAN, start, every, kept));
        return Duration.ofMillis(Math.max(0, left));
    }

    @Override
    public Turn begin(String task, String holder, Duration lease, @Nullable Due due) {
        Keys keys = keys(task);
        requireNonNull(holder, "holder");
        long held = millis(keys, "lease", lease);
        Asked asked = Asked.of(keys, due);
        long before = System.nanoTime();
        try {
            CompletableFuture<Object> reply =
                    send(keys, TaskScripts.BEGIN, holder, held, asked.kind(), asked.value(), asked.kept());
            List<?> turn = (List<?>) await("begin", keys, reply);
            long fence = (Long) turn.get(0);
            if (fence > 0) {
                checkHeld(keys, lease, System.nanoTime() - before);
            }
            return new Turn(fence > 0, fence, Duration.ofMillis((Long) turn.get(1)));
        } catch (MessagingException e) {
            // Nobody runs what it may have begun, so nobody should have to wait for it. The lease's end is the way out
            // if this
            // is lost too.
            send(keys, TaskScripts.TAKE_BACK, holder, asked.kind(), asked.value());
            throw e;
        }
    }

    /** When Redis took the lease is not known, only that it was not before it was asked to. */
    private static void checkHeld(Keys keys, Duration lease, long nanos) {
        if (Duration.ofNanos(nanos).compareTo(lease) >= 0) {
            throw new MessagingException(
                    MessagingException.Reason.OTHER,
                    what("begin", keys) + ": redis took " + nanos / 1_000_000 + " ms to answer, so the lease of "
                            + lease.toMillis() + " ms may be over",
                    null);
        }
    }

    @Override
    public boolean renew(String task, String holder, Duration lease) {
        Keys keys = keys(task);
        requireNonNull(holder, "holder");
        long held = millis(keys, "lease", lease);
        return (Long) await("renew", keys, send(keys, TaskScripts.RENEW, holder, held)) == 1;
    }

    @Override
    public void end(String task, String holder) {
        Keys keys = keys(task);
        requireNonNull(holder, "holder");
        await("end", keys, send(keys, TaskScripts.END, holder));
    }

    /** What a run waits for, as the scripts have it. */
    private record Asked(String kind, long value, long kept) {

        static Asked of(Keys keys, @Nullable Due due) {
            if (due == null) {
                return new Asked("now", 0, keeping(0));
            }
            if (due.at() != null) {
                return new Asked("at", due.at().toEpochMilli(), keeping(0));
            }
            long interval = millis(keys, "interval", requireNonNull(due.interval()));
            return new Asked("every", interval, keeping(interval));
        }
    }

    private static long keeping(long interval) {
        return Math.max(KEPT.toMillis(), KEPT_INTERVALS * interval);
    }

    private static long millis(Keys keys, String what, Duration time) {
        if (requireNonNull(time, what).compareTo(SHORTEST) < 0) {
            throw new IllegalArgumentException(
                    "task '" + keys.task() + "': " + what + " " + time + " (expected: 1 ms or more)");
        }
        return limited(time).toMillis();
    }

    private static Duration limited(Duration time) {
        return time.compareTo(LONGEST) > 0 ? LONGEST : time;
    }

    private static String what(String what, Keys keys) {
        return what + " task '" + keys.task() + "'";
    }

    private Object await(String what, Keys keys, CompletableFuture<Object> reply) {
        return waiting.await(what(what, keys), reply);
    }

    private CompletableFuture<Object> send(Keys keys, TaskScripts script, Object... arguments) {
        CommandArguments eval = new CommandArguments(Command.EVAL)
                .add(script.text())
                .add(2)
                .add(keys.lease())
                .add(keys.plan());
        for (Object argument : arguments) {
            eval.add(argument.toString());
        }
        return commands.request(keys.lease().getBytes(StandardCharsets.UTF_8), eval);
    }

    private record Keys(String task, String lease, String plan) {}

    /** A brace would be an end of the tag, or be taken for one; a colon is in no app's name. */
    private Keys keys(String task) {
        waiting.checkOpen("share tasks");
        if (requireNonNull(task, "task").isEmpty()) {
            throw new IllegalArgumentException("task: the name is empty (expected: at least one character)");
        }
        String name = task.replace("%", "%25").replace("{", "%7B").replace("}", "%7D");
        String prefix = "cyanotype:task:{" + app + ":" + name + "}:";
        return new Keys(task, prefix + "lease", prefix + "plan");
    }
}
