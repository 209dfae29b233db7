/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** A broker in memory, which the replicas of one test share, and the faults of the network around it. */
@NullMarked
package dev.cyanotype.internal.testkit.broker;

import org.jspecify.annotations.NullMarked;
