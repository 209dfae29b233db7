/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** What was written for Flask. */
@NullMarked
package dev.cyanotype.samples.guide.flask;

import org.jspecify.annotations.NullMarked;
