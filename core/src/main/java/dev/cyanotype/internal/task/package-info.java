/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** What an app does by itself: tasks and threads, as they run. */
@NullMarked
package dev.cyanotype.internal.task;

import org.jspecify.annotations.NullMarked;
