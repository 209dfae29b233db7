/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** The clients of an app, and what waits for each of them. */
@NullMarked
package dev.cyanotype.internal.socket;

import org.jspecify.annotations.NullMarked;
