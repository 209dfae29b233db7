/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** Renders views: where templates are looked for, and with which values. */
@NullMarked
package dev.cyanotype.internal.view;

import org.jspecify.annotations.NullMarked;
