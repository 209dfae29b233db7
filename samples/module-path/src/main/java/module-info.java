/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** A service that is a module. Transports are not required: those on the module path are found. */
module dev.cyanotype.samples.modular {
    requires dev.cyanotype.core;

    // Jackson reads and writes the records of this package.
    opens dev.cyanotype.samples.modular to
            tools.jackson.databind;
}
