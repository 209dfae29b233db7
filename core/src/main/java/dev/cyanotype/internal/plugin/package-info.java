/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** Finds what others provide, and says what is wrong with it. */
@NullMarked
package dev.cyanotype.internal.plugin;

import org.jspecify.annotations.NullMarked;
