/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** Runs blueprints in memory, without a port or a broker, and checks what they answer; or starts a real Redis. */
@NullMarked
package dev.cyanotype.testkit;

import org.jspecify.annotations.NullMarked;
