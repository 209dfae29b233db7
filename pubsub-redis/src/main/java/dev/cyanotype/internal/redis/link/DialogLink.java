/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.redis.link;

import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.exceptions.JedisDataException;

/** Asks one thing after another, each after the answer to the one before; what is asked may block for a while. */
public final class DialogLink extends Link {

    /** Asks, and waits for the answer. */
    @FunctionalInterface
    public interface Line {

        /** The answer; an error of Redis is given, not thrown. */
        @Nullable
        Object ask(CommandArguments question);

        /** The answer, where an error ends the connection. */
        default @Nullable Object demand(CommandArguments question) {
            Object answer = ask(question);
            if (answer instanceof JedisDataException error) {
                throw error;
            }
            return answer;
        }
    }

    /**
     * What is asked. All is called on the link's own thread. What is thrown ends the connection, which is then made anew,
     * later each time that {@link #opened} throws.
     */
    public interface Dialog {

        /** A new connection: whatever has to be done before it is ready. */
        void opened(Line line);

        /**
         * The next question, for which it may wait.
         *
         * @param patience how long at most
         * @return null for none
         */
        @Nullable
        CommandArguments next(Duration patience) throws InterruptedException;

        /** The answer to the question; an error of Redis is given. */
        void answered(Line line, @Nullable Object answer);
    }

    private final Dialog dialog;

    /**
     * A link.
     *
     * @param dialog must not ask what Redis takes longer for than {@link LinkConfig#heartbeat()}
     */
    public DialogLink(String name, Route route, LinkConfig config, ScheduledExecutorService timer, Dialog dialog) {
        super(name, route, config, timer);
        this.dialog = dialog;
    }

    @Override
    public void start() {
        super.start();
    }

    private @Nullable Object ask(Wire wire, CommandArguments question) {
        wire.write(question);
        wire.flush();
        Object answer = wire.read();
        sign();
        return answer;
    }

    @Override
    void opened(Wire wire) {
        dialog.opened(question -> ask(wire, question));
        ready();
    }

    @Override
    void read(Wire wire) {
        Line line = question -> ask(wire, question);
        try {
            while (!isClosed()) {
                CommandArguments next = dialog.next(config().heartbeat());
                if (next == null) {
                    // Shows both sides that the other one lives.
                    line.demand(new CommandArguments(Protocol.Command.PING));
                } else {
                    dialog.answered(line, ask(wire, next));
                }
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody interrupts this thread", e);
        }
    }

    /** The dialog itself is the sign of life. */
    @Override
    void sendHeartbeat() {}

    @Override
    void lost(Throwable cause) {}

    @Override
    void tick() {}
}
