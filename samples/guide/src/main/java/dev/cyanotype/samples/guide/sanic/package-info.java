/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** What was written for Sanic. */
@NullMarked
package dev.cyanotype.samples.guide.sanic;

import org.jspecify.annotations.NullMarked;
