/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.spec;

import dev.cyanotype.health.HealthCheck;
import dev.cyanotype.health.HealthCheckOptions;

/** One declared health check. */
public record CheckSpec(String name, HealthCheck check, HealthCheckOptions options, String source) {}
