/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** Small questions about text that several packages ask. */
@NullMarked
package dev.cyanotype.internal.text;

import org.jspecify.annotations.NullMarked;
