/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.spi;

import dev.cyanotype.message.MessagingException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A {@link ListenerLane} for each listener of an app, by channel.
 *
 * <p>What a {@link MessageBus} needs to bring messages to the declared listeners. Thread-safe.
 *
 * @since 0.1
 */
public final class ListenerLanes {

    private final Map<String, List<ListenerLane>> lanes;

    /**
     * Makes a lane for each listener of the app.
     *
     * @param context what the app gave the transport
     */
    public ListenerLanes(TransportContext context) {
        Map<String, List<ListenerLane>> byChannel = new LinkedHashMap<>();
        for (MountedOperation listener : context.operations(OperationKind.LISTENER)) {
            byChannel
                    .computeIfAbsent(listener.address(), channel -> new ArrayList<>())
                    .add(new ListenerLane(context, (MountedListener) listener));
        }
        byChannel.replaceAll((channel, all) -> List.copyOf(all));
        this.lanes = Collections.unmodifiableMap(byChannel);
    }

    /**
     * The channels that listeners are declared for.
     *
     * @return each once, in the order they were declared; not to be changed
     */
    public Set<String> channels() {
        return lanes.keySet();
    }

    /**
     * The lanes of a channel.
     *
     * @param channel the channel
     * @return in the order the listeners were declared, empty if there are none; not to be changed
     */
    public List<ListenerLane> of(String channel) {
        return lanes.getOrDefault(channel, List.of());
    }

    /**
     * Offers a message to all listeners of a channel; one that has no room keeps no other one from it.
     *
     * @param channel the channel
     * @param message is asked once for each lane, on the calling thread, for what {@link ListenerLane#offer} takes: it gives the
     *     message, a tree of the listener's own, such as {@code lane -> message::deepCopy} where nobody changes the message
     * @return how many listeners have taken it
     * @throws MessagingException if the queue of a listener is full that wants that to be an error; the others were offered the
     *     message all the same, and where it is more than one, the later ones are suppressed in the first
     * @throws InterruptedException if the calling thread is interrupted while it waits for room; the listeners that come later
     *     were not offered the message
     */
    public int offer(String channel, Function<ListenerLane, Supplier<@Nullable JsonNode>> message)
            throws InterruptedException {
        int taken = 0;
        MessagingException full = null;
        for (ListenerLane lane : of(channel)) {
            try {
                if (lane.offer(message.apply(lane))) {
                    taken++;
                }
            } catch (MessagingException e) {
                if (full == null) {
                    full = e;
                } else {
                    full.addSuppressed(e);
                }
            }
        }
        if (full != null) {
            throw full;
        }
        return taken;
    }

    /**
     * Tells all listeners of a channel, in their turn, that messages were missed because the link to the broker was down.
     *
     * @param channel the channel
     * @param from when it was last known to be up
     * @param to when it was up again
     */
    public void missed(String channel, Instant from, Instant to) {
        of(channel).forEach(lane -> lane.missed(from, to));
    }

    /**
     * Waits until what the lanes have taken is heard, or the budget is spent.
     *
     * @param budget how long to wait at most, for all together
     * @return false if the budget was spent
     * @throws InterruptedException if the waiting thread is interrupted
     */
    public boolean awaitEmpty(Duration budget) throws InterruptedException {
        return awaitEmpty(TimeUnit.NANOSECONDS.convert(budget)) >= 0;
    }

    /** What is left of the nanoseconds, negative if they were too few. */
    long awaitEmpty(long nanos) throws InterruptedException {
        long left = nanos;
        boolean empty = true;
        for (List<ListenerLane> all : lanes.values()) {
            for (ListenerLane lane : all) {
                left = lane.awaitEmpty(left);
                empty &= left >= 0;
            }
        }
        return empty ? Math.max(0, left) : -1;
    }

    /**
     * What was lost, for {@link Transport#counters()}.
     *
     * @return {@code listener.<channel>.dropped} for each channel; a new map, which the caller may add to
     */
    public Map<String, Long> counters() {
        Map<String, Long> counters = new LinkedHashMap<>();
        lanes.forEach((channel, all) -> counters.put(
                "listener." + channel + ".dropped",
                all.stream().mapToLong(ListenerLane::dropped).sum()));
        return counters;
    }

    /** Forgets what waits, which is logged, and takes nothing more; a second call does nothing. */
    public void close() {
        lanes.values().forEach(all -> all.forEach(ListenerLane::close));
    }
}
