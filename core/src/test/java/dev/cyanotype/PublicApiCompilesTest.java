/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PublicApiCompilesTest {

    @Test
    void what_compiles_also_assembles() {
        App app = PublicApiCompiles.app(new PublicApiCompiles.Plugin(), Runnable::run);

        assertThat(app).hasToString("app 'app'");
        assertThat(PublicApiCompiles.sockets()).hasToString("blueprint 'copy'");
        assertThat(PublicApiCompiles.socketOptions()).asString().startsWith("SocketOptions[path=/socket, ");
        assertThat(PublicApiCompiles.responses()).hasSize(19);
        assertThat(PublicApiCompiles.exceptions()).hasSize(12);
        assertThat(PublicApiCompiles.callExceptions()).hasSize(5);
    }
}
