/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** Websockets on Jetty. */
@NullMarked
package dev.cyanotype.internal.websocket;

import org.jspecify.annotations.NullMarked;
