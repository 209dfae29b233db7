/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** Runs checks and reports how an app is. */
@NullMarked
package dev.cyanotype.internal.health;

import org.jspecify.annotations.NullMarked;
