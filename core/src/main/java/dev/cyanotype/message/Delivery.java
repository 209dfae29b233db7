/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.message;

/**
 * Which replicas of a service run a request for an action.
 *
 * @since 0.1
 */
public enum Delivery {
    /** Exactly one, at most once. */
    ONE_OF,
    /** Every one, each at most once; the caller gets the first reply. */
    ALL
}
