/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** How JSON is read and written, and how far it may go. */
@NullMarked
package dev.cyanotype.json;

import org.jspecify.annotations.NullMarked;
