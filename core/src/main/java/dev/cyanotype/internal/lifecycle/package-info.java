/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** From an assembled app to a running one, and back. */
@NullMarked
package dev.cyanotype.internal.lifecycle;

import org.jspecify.annotations.NullMarked;
