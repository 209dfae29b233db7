/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.samples.users;

import dev.cyanotype.testkit.Transports;
import dev.cyanotype.testkit.junit.CyanotypeTest;

/** The same over HTTP, websockets and Redis. */
@CyanotypeTest(transports = Transports.REAL)
class EveryWayOnRealTransportsIT extends EveryWayTest {}
