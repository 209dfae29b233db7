/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.samples.transports;

import dev.cyanotype.testkit.Transports;

class RealTransportsIT extends WhateverTheTransports {

    @Override
    Transports transports() {
        return Transports.REAL;
    }
}
