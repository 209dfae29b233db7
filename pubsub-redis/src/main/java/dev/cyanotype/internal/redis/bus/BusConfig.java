/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.redis.bus;

import dev.cyanotype.internal.redis.link.LinkConfig;
import java.time.Duration;

/**
 * How the bus works.
 *
 * @param link how its connections are kept
 * @param sharded whether channels are those of the node that owns their slot, and not of all nodes
 * @param required whether the start fails where Redis can't be had
 * @param startTimeout how long the start waits for Redis
 * @param claimLife how long a claim on a request is kept
 * @param replyLife how long a reply is kept for its idempotency key
 * @param entryLife how long entries of streams stay at least
 * @param maxRunning how many requests run at once
 * @param maxWaiting how many more may wait
 * @param undecodable sees messages that can't be read
 */
public record BusConfig(
        LinkConfig link,
        boolean sharded,
        boolean required,
        Duration startTimeout,
        Duration claimLife,
        Duration replyLife,
        Duration entryLife,
        int maxRunning,
        int maxWaiting,
        UndecodableHook undecodable) {}
