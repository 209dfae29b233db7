/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** Templates with Pebble, where its jar is there. */
@NullMarked
package dev.cyanotype.internal.pebble;

import org.jspecify.annotations.NullMarked;
