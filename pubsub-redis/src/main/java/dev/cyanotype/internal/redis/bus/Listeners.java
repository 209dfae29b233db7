/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.redis.bus;

import dev.cyanotype.exchange.BadRequestException;
import dev.cyanotype.message.MessagingException;
import dev.cyanotype.message.Overflow;
import dev.cyanotype.spi.ListenerLane;
import dev.cyanotype.spi.ListenerLanes;
import dev.cyanotype.spi.TransportContext;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Brings messages to the app's listeners. Thread-safe. */
final class Listeners {

    private static final Logger LOG = LoggerFactory.getLogger("dev.cyanotype.redis");

    private final TransportContext context;
    private final Undecodable undecodable;
    private final ListenerLanes lanes;

    /** Channels that are still heard, but not for listeners. */
    private volatile Set<String> ended = Set.of();

    Listeners(TransportContext context, Undecodable undecodable) {
        this.context = context;
        this.undecodable = undecodable;
        this.lanes = new ListenerLanes(context);
    }

    Set<String> channels() {
        return lanes.channels();
    }

    /** Channels whose reading may have to wait, and which therefore need a connection of their own. */
    Set<String> blocking() {
        Set<String> blocking = new LinkedHashSet<>();
        for (String channel : lanes.channels()) {
            if (lanes.of(channel).stream()
                    .anyMatch(lane -> lane.listener().options().overflow() == Overflow.BLOCK)) {
                blocking.add(channel);
            }
        }
        return blocking;
    }

    /** Takes a message; runs on the thread that reads. */
    void take(String channel, byte[] message) {
        if (ended.contains(channel)) {
            return;
        }
        List<ListenerLane> all = lanes.of(channel);
        try {
            lanes.offer(channel, lane -> {
                boolean first = lane == all.get(0);
                return () -> decode(channel, message, first);
            });
        } catch (MessagingException e) {
            LOG.error("{}", e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Reads a message.
     *
     * @param first whether a failure is to be told
     * @return null if it can't be read
     */
    @Nullable
    JsonNode decode(String channel, byte[] message, boolean first) {
        try {
            JsonNode document = context.json().read(message);
            if (document.isString()) {
                // Daebus's listeners take a text that holds an object, too.
                document = context.json().read(document.stringValue().getBytes(StandardCharsets.UTF_8));
            }
            if (document instanceof ObjectNode) {
                return document;
            }
            throw new BadRequestException("the message is no JSON object");
        } catch (RuntimeException e) {
            if (first) {
                undecodable.take(channel, message, e);
            }
            return null;
        }
    }

    void missed(Set<String> channels, Instant from, Instant to) {
        channels.forEach(channel -> lanes.missed(channel, from, to));
    }

    /** Takes nothing more on channels that are heard for others. */
    void end(Set<String> channels) {
        ended = channels;
    }

    void drain(long deadline) throws InterruptedException {
        lanes.awaitEmpty(Duration.ofNanos(Math.max(0, deadline - System.nanoTime())));
    }

    void counters(Map<String, Long> counters) {
        counters.putAll(lanes.counters());
    }

    void close() {
        lanes.close();
    }
}
