/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */

/** Shows people what was assembled. */
@NullMarked
package dev.cyanotype.internal.describe;

import org.jspecify.annotations.NullMarked;
