/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** Whether a service is well: checks, and reports for those who watch it. */
@NullMarked
package dev.cyanotype.health;

import org.jspecify.annotations.NullMarked;
