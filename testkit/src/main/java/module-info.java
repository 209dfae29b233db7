/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** Runs blueprints in memory, without a port or a broker, and checks what they answer; or starts a real Redis. */
@org.jspecify.annotations.NullMarked
module dev.cyanotype.testkit {
    requires transitive dev.cyanotype.core;
    requires transitive org.assertj.core;
    requires static embedded.redis;
    // For the contract of transports only.
    requires static transitive org.junit.jupiter.api;
    requires static org.junit.jupiter.params;

    exports dev.cyanotype.testkit;
    exports dev.cyanotype.testkit.contract;
    exports dev.cyanotype.testkit.junit;

    // Their tests and their extension are not public for others than JUnit.
    opens dev.cyanotype.testkit.contract;
    opens dev.cyanotype.testkit.junit;
}
