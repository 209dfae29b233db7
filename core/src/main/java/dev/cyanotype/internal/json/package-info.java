/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** Jackson as the rest of the library uses it. */
@NullMarked
package dev.cyanotype.internal.json;

import org.jspecify.annotations.NullMarked;
