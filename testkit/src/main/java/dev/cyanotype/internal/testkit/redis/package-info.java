/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** Redis servers as processes of ours, thrown away afterwards, and a client that is just enough for them. */
@NullMarked
package dev.cyanotype.internal.testkit.redis;

import org.jspecify.annotations.NullMarked;
