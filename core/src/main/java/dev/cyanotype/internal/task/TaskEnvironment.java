/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.task;

import dev.cyanotype.internal.concurrent.InFlight;
import dev.cyanotype.internal.dispatch.AppDispatcher;
import dev.cyanotype.spi.AppClock;
import dev.cyanotype.spi.TaskLeases;
import java.util.concurrent.Executor;

/**
 * What all tasks of an app share.
 *
 * @param replica distinguishes this process from all others that run the app
 * @param running counts the runs under way
 */
record TaskEnvironment(
        String replica,
        AppClock clock,
        Executor executor,
        AppDispatcher dispatcher,
        TaskLeases leases,
        InFlight running) {}
