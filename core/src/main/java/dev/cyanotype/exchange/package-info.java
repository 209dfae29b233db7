/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** What every handler sees whatever the transport: the exchange, the response, interceptors and errors. */
@NullMarked
package dev.cyanotype.exchange;

import org.jspecify.annotations.NullMarked;
