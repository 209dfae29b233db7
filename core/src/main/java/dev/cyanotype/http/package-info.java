/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** HTTP as handlers see it: routes, hooks, the request's context, its parameters and its body. */
@NullMarked
package dev.cyanotype.http;

import org.jspecify.annotations.NullMarked;
