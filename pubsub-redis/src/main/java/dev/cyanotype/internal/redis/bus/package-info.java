/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** Actions, listeners and calls over Redis. */
@NullMarked
package dev.cyanotype.internal.redis.bus;

import org.jspecify.annotations.NullMarked;
