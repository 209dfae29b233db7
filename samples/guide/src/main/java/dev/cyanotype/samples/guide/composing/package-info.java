/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** A shop of several blueprints. */
@NullMarked
package dev.cyanotype.samples.guide.composing;

import org.jspecify.annotations.NullMarked;
