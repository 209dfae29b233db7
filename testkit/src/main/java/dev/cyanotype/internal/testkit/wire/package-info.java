/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** Clients that send what they like, byte for byte, and show what came back as it came. */
@NullMarked
package dev.cyanotype.internal.testkit.wire;

import org.jspecify.annotations.NullMarked;
