/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.health;

import dev.cyanotype.spi.Transport;
import dev.cyanotype.task.AppState;
import java.util.Map;

/** What an app knows of itself without a check. */
public interface Vitals {

    AppState state();

    /** How each transport is; empty while the app is not up. */
    Map<String, Transport.Health> health();
}
