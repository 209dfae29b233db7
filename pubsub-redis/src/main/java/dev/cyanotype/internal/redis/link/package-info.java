/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** Connections to Redis that come back. */
@NullMarked
package dev.cyanotype.internal.redis.link;

import org.jspecify.annotations.NullMarked;
