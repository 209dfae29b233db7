/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * Reserved for the transport that carries sockets.
 *
 * <p>There is nothing here yet, and the module does not export this package.
 */
@NullMarked
package dev.cyanotype.websocket;

import org.jspecify.annotations.NullMarked;
