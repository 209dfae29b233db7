/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** What the transport for websockets gets from the one for HTTP. */
@NullMarked
package dev.cyanotype.internal.http.javalin;

import org.jspecify.annotations.NullMarked;
