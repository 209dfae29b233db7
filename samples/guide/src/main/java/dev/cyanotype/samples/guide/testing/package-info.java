/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** Tickets for concerts, for the guide to testing. */
@NullMarked
package dev.cyanotype.samples.guide.testing;

import org.jspecify.annotations.NullMarked;
