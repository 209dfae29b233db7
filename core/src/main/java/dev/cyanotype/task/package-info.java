/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** What a service does on its own: periodic tasks. */
@NullMarked
package dev.cyanotype.task;

import org.jspecify.annotations.NullMarked;
