/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */

/** Builds URLs of mounted routes. */
@NullMarked
package dev.cyanotype.internal.urls;

import org.jspecify.annotations.NullMarked;
