/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** A Javalin server that carries an app. */
@NullMarked
package dev.cyanotype.samples.guide.javalin;

import org.jspecify.annotations.NullMarked;
