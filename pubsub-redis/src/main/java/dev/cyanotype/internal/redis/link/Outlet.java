/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.redis.link;

import redis.clients.jedis.CommandArguments;

/** Sends commands, over whatever connection. Thread-safe. */
public interface Outlet {

    /** Sends a command without a key to any node; never waits for its reply. */
    void send(CommandArguments command, Completion completion);

    /** Sends a command to the node that has a key; never waits for its reply. */
    void send(byte[] key, CommandArguments command, Completion completion);
}
