/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** Waiting for what is under way. */
@NullMarked
package dev.cyanotype.internal.concurrent;

import org.jspecify.annotations.NullMarked;
