/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** Gives tests of JUnit the app they test. */
@NullMarked
package dev.cyanotype.testkit.junit;

import org.jspecify.annotations.NullMarked;
