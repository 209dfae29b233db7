/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** Files: finding them below a folder, describing them, and answering conditional and range requests for them. */
@NullMarked
package dev.cyanotype.internal.files;

import org.jspecify.annotations.NullMarked;
