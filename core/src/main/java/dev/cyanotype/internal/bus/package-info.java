/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** Messages within one process, and the calling side of actions. */
@NullMarked
package dev.cyanotype.internal.bus;

import org.jspecify.annotations.NullMarked;
