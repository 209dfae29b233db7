/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cyanotype.http.javalin.JavalinHttp;
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
                .containsExactlyInAnyOrder(JavalinHttp.class, Websockets.class);
    }

    @Test
    void its_name_stands_in_the_services_file() throws IOException {
        var location = Websockets.class.getProtectionDomain().getCodeSource().getLocation();
        String file = "META-INF/services/" + TransportProvider.class.getName();
        try (var loader = new java.net.URLClassLoader(new java.net.URL[] {location}, null);
                var in = loader.getResourceAsStream(file)) {
            assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8).lines())
                    .containsExactly(Websockets.class.getName());
        }
    }
}
