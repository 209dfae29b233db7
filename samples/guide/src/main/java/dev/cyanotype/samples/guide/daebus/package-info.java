/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** What was written for Daebus. */
@NullMarked
package dev.cyanotype.samples.guide.daebus;

import org.jspecify.annotations.NullMarked;
