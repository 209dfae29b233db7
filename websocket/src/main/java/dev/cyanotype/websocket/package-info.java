/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** Websockets for blueprints, carried by Jetty. */
@NullMarked
package dev.cyanotype.websocket;

import org.jspecify.annotations.NullMarked;
