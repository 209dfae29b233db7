/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** What the author of a transport needs, and nothing else. */
@NullMarked
package dev.cyanotype.spi;

import org.jspecify.annotations.NullMarked;
