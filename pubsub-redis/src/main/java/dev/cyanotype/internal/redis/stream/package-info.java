/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** Streams and their groups of consumers. */
@NullMarked
package dev.cyanotype.internal.redis.stream;

import org.jspecify.annotations.NullMarked;
