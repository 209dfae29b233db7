/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** Websockets as handlers see them. */
@NullMarked
package dev.cyanotype.socket;

import org.jspecify.annotations.NullMarked;
