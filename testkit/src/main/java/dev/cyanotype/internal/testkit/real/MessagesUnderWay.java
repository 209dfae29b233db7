/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.testkit.real;

import dev.cyanotype.spi.MountedListener;
import dev.cyanotype.spi.OperationKind;
import dev.cyanotype.spi.TransportContext;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The messages on their way to those who hear them within the app. Thread-safe. */
final class MessagesUnderWay {

    private final Activity activity;
    private final Map<Object, Deque<Activity.Token>> expected = new HashMap<>();

    /** Those that hear a channel besides the app's listeners. */
    private final Map<String, List<Object>> subscriptions = new HashMap<>();

    /** How many messages of a channel were lost, as far as that was seen. */
    private final Map<String, Long> dropped = new HashMap<>();

    private List<MountedListener> listeners = List.of();

    MessagesUnderWay(Activity activity) {
        this.activity = activity;
    }

    synchronized void mounted(TransportContext context) {
        listeners = context.operations(OperationKind.LISTENER).stream()
                .map(MountedListener.class::cast)
                .toList();
    }

    synchronized void subscribed(String channel, Object listener) {
        subscriptions.computeIfAbsent(channel, one -> new ArrayList<>()).add(listener);
    }

    synchronized void unsubscribed(String channel, Object listener) {
        subscriptions.getOrDefault(channel, List.of()).remove(listener);
        end(expected.remove(listener));
    }

    /** How many within the app hear a channel. */
    synchronized int hearers(String channel) {
        long hear = listeners.stream()
                .filter(listener -> listener.address().equals(channel))
                .count();
        return (int) hear + subscriptions.getOrDefault(channel, List.of()).size();
    }

    /** A message is about to be published; gives what is to come of it. */
    synchronized List<Activity.Token> published(String channel) {
        List<Activity.Token> tokens = new ArrayList<>();
        for (MountedListener listener : listeners) {
            if (listener.address().equals(channel)) {
                tokens.add(expect(listener, channel));
            }
        }
        subscriptions.getOrDefault(channel, List.of()).forEach(listener -> tokens.add(expect(listener, channel)));
        return tokens;
    }

    private Activity.Token expect(Object listener, String channel) {
        Activity.Token token = activity.expect("a message on '" + channel + "'");
        expected.computeIfAbsent(listener, one -> new ArrayDeque<>()).add(token);
        return token;
    }

    /** It was not published after all. */
    synchronized void revoked(List<Activity.Token> tokens) {
        expected.values().forEach(queue -> queue.removeAll(tokens));
        tokens.forEach(Activity.Token::end);
    }

    /** A listener has begun to hear the next one, on a thread that counts already. */
    synchronized void heard(Object listener) {
        Deque<Activity.Token> queue = expected.get(listener);
        Activity.Token token = queue == null ? null : queue.poll();
        if (token != null) {
            token.end();
        }
    }

    /** Forgets as many as the listeners' queues have lost. */
    synchronized void lost(Map<String, Long> counters) {
        for (MountedListener listener : listeners) {
            String channel = listener.address();
            long all = counters.getOrDefault("listener." + channel + ".dropped", 0L);
            long before = dropped.getOrDefault(channel, 0L);
            if (all > before && hasAll(channel)) {
                dropped.put(channel, all);
                for (long i = before; i < all; i++) {
                    heard(listener);
                }
            }
        }
    }

    /** With several listeners of a channel it can't be told which one has lost a message. */
    private boolean hasAll(String channel) {
        return listeners.stream()
                        .filter(other -> other.address().equals(channel))
                        .count()
                == 1;
    }

    private static void end(@Nullable Deque<Activity.Token> queue) {
        if (queue != null) {
            queue.forEach(Activity.Token::end);
        }
    }
}
