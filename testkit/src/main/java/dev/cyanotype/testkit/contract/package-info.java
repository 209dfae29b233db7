/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * The contract of transports as suites of tests: an author extends one of them, says how the provider is made, and sees each
 * rule pass or fail.
 *
 * <p>The rules and their numbers stand in {@code docs/transport-contract.md}. The suites are for JUnit 6, which the module does
 * not bring: it is among the dependencies of whoever runs them.
 */
@NullMarked
package dev.cyanotype.testkit.contract;

import org.jspecify.annotations.NullMarked;
