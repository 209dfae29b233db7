/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** Flattens the tree of scopes into mounted operations, each with its chain, and finds all conflicts. */
@NullMarked
package dev.cyanotype.internal.assembly;

import org.jspecify.annotations.NullMarked;
