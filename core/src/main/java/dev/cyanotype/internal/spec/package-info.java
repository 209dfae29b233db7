/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** What builders collect and the assembly reads: the tree of scopes as plain data. */
@NullMarked
package dev.cyanotype.internal.spec;

import org.jspecify.annotations.NullMarked;
