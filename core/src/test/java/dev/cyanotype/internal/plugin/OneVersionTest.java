/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Which artifacts fit together. */
class OneVersionTest {

    private static final Artifact CORE = new Artifact("cyanotype-core", "0.1.0", "core.jar");

    @Test
    void artifacts_of_one_version_fit_together() {
        assertThat(OneVersion.problem(CORE, List.of(CORE, new Artifact("cyanotype-websocket", "0.1.0", "w.jar"))))
                .isNull();
    }

    @Test
    void one_of_another_version_does_not() {
        assertThat(OneVersion.problem(CORE, List.of(new Artifact("cyanotype-http-javalin", "0.2.0", "x.jar"))))
                .isEqualTo(
                        "cyanotype-http-javalin 0.2.0 (x.jar) and cyanotype-core 0.1.0 (core.jar) do not fit together"
                                + " (expected: one version). Import dev.cyanotype:cyanotype as a BOM.");
    }

    @Test
    void all_that_do_not_fit_are_said_at_once() {
        assertThat(OneVersion.problem(
                        CORE,
                        List.of(
                                new Artifact("cyanotype-http-javalin", "0.2.0", "x.jar"),
                                new Artifact("cyanotype-pubsub-redis", "0.1.0", "r.jar"),
                                new Artifact("cyanotype-websocket", "0.3.0", "w.jar"))))
                .isEqualTo("cyanotype-http-javalin 0.2.0 (x.jar), cyanotype-websocket 0.3.0 (w.jar)"
                        + " and cyanotype-core 0.1.0 (core.jar) do not fit together (expected: one version)."
                        + " Import dev.cyanotype:cyanotype as a BOM.");
    }

    @Test
    void nothing_is_compared_with_a_core_that_is_not_packaged() {
        assertThat(OneVersion.problem(null, List.of(CORE))).isNull();
        assertThat(OneVersion.ofCore()).isEqualTo("(unpackaged)");
    }

    @Test
    void jars_of_others_are_not_bound_to_the_version() {
        assertThat(Artifact.of(org.slf4j.Logger.class)).isNull();
        assertThat(Artifact.of(tools.jackson.databind.JsonNode.class)).isNull();
        assertThat(Artifact.of(String.class)).isNull();
    }
}
