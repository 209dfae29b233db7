/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** Streams over Redis: entries that stay until each group has handled them. */
@NullMarked
package dev.cyanotype.internal.redis.stream;

import org.jspecify.annotations.NullMarked;
