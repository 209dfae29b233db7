/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** HTTP for blueprints, carried by Javalin. */
@NullMarked
package dev.cyanotype.http.javalin;

import org.jspecify.annotations.NullMarked;
