/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** A board that browsers share. */
@NullMarked
package dev.cyanotype.samples.guide.sockets;

import org.jspecify.annotations.NullMarked;
