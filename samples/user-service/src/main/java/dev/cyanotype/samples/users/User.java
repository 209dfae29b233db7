/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.samples.users;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.math.BigDecimal;

/** A user as clients see one; the time is in seconds since 1970. */
public record User(
        String id,
        String email,
        String name,
        @JsonProperty("created_at") BigDecimal createdAt) {}
