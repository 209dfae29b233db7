/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** An app on real transports in a test: its ports, its broker, and what is under way within it and to it. */
@NullMarked
package dev.cyanotype.internal.testkit.real;

import org.jspecify.annotations.NullMarked;
