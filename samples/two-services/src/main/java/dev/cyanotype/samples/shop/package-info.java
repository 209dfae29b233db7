/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** Two services: orders, which come over HTTP, and the stock, which they ask. */
@NullMarked
package dev.cyanotype.samples.shop;

import org.jspecify.annotations.NullMarked;
