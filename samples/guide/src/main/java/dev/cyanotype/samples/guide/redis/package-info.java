/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** Two services that talk. */
@NullMarked
package dev.cyanotype.samples.guide.redis;

import org.jspecify.annotations.NullMarked;
