/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** The service. */
package dev.cyanotype.samples.modular;
