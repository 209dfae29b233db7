/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** Path patterns and the trie that finds the most specific one. */
@NullMarked
package dev.cyanotype.internal.routing;

import org.jspecify.annotations.NullMarked;
