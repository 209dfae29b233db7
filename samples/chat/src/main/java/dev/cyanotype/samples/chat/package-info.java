/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** A chat: rooms in a browser, over one replica or several. */
@NullMarked
package dev.cyanotype.samples.chat;

import org.jspecify.annotations.NullMarked;
