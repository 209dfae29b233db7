/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** The front door: blueprints and the apps they are mounted on. */
@NullMarked
package dev.cyanotype;

import org.jspecify.annotations.NullMarked;
