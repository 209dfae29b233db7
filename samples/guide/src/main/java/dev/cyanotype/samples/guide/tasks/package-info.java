/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** What a service does by itself. */
@NullMarked
package dev.cyanotype.samples.guide.tasks;

import org.jspecify.annotations.NullMarked;
