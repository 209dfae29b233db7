/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.files;

import dev.cyanotype.exchange.StreamWriter;

/** Writes a file, which needs nothing of the exchange any more. */
@FunctionalInterface
public interface FileWriter extends StreamWriter {}
