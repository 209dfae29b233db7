/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** An HTTP transport on the JDK's own server, and a message bus over a local socket. */
@NullMarked
package dev.cyanotype.samples.transport;

import org.jspecify.annotations.NullMarked;
