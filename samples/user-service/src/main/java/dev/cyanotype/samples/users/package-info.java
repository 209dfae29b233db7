/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** A service of users: routes, actions, a listener and a periodic task in two blueprints. */
@NullMarked
package dev.cyanotype.samples.users;

import org.jspecify.annotations.NullMarked;
