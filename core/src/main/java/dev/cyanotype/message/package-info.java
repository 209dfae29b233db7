/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** Actions, listeners and the calls between services. */
@NullMarked
package dev.cyanotype.message;

import org.jspecify.annotations.NullMarked;
