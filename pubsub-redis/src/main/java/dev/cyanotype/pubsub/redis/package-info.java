/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** Carries messages over Redis. */
@NullMarked
package dev.cyanotype.pubsub.redis;

import org.jspecify.annotations.NullMarked;
