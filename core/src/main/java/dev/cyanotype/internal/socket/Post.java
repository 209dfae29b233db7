/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.socket;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A message and whom it is for.
 *
 * @param except ids of clients that do not get it
 * @param type null where the sender gave none
 * @param key what messages it takes the place of, or null
 */
record Post(
        Target target,
        Set<String> except,
        @Nullable String type,
        @Nullable Object data,
        @Nullable String key) {}
