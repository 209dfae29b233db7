/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.http.javalin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cyanotype.spi.TransportProvider;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

class DiscoveryTest {

    @Test
    void the_provider_is_found_on_the_class_path() {
        assertThat(ServiceLoader.load(TransportProvider.class).stream())
                .extracting(ServiceLoader.Provider::type)
                .containsExactly(JavalinHttp.class);
    }

    @Test
    void its_name_stands_in_the_services_file() throws IOException {
        String file = "/META-INF/services/" + TransportProvider.class.getName();
        try (var in = JavalinHttp.class.getResourceAsStream(file)) {
            assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8).lines())
                    .containsExactly(JavalinHttp.class.getName());
        }
    }
}
