/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.testkit.real;

import tools.jackson.databind.JsonNode;

/**
 * An entry that was added to a stream.
 *
 * @param stream the stream
 * @param entry a copy of what was added
 */
public record AppendedEntry(String stream, JsonNode entry) {}
