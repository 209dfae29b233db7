/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** Runs operations: hooks, interceptors, handler, error handlers, and the way from result to answer. */
@NullMarked
package dev.cyanotype.internal.dispatch;

import org.jspecify.annotations.NullMarked;
