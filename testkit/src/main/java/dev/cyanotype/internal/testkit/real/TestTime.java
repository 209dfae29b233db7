/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.testkit.real;

import dev.cyanotype.spi.AppClock;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/**
 * A clock that a test moves, and what only that clock knows.
 *
 * @param clock what the app goes by
 * @param awaits whether a thread waits for the clock, or for what comes before
 * @param somethingDue whether more is to happen before time goes on
 */
public record TestTime(AppClock clock, Predicate<Thread> awaits, BooleanSupplier somethingDue) {}
