/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.socket;

import dev.cyanotype.socket.SlowClientPolicy;

/** What one client may do. */
public record ClientRules(int maxMessageBytes, long maxPendingBytes, SlowClientPolicy slowClients) {}
