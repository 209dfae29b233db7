/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** What lies between the two ends of a test's websocket, and how it is without a network. */
@NullMarked
package dev.cyanotype.internal.testkit.socket;

import org.jspecify.annotations.NullMarked;
