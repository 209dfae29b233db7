/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.websocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import dev.cyanotype.spi.OperationKind;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebsocketOptionsTest {

    @Test
    void the_default_is_the_server_of_the_routes() {
        WebsocketOptions options = WebsocketOptions.builder().build();

        assertThat(options.host()).isEqualTo("127.0.0.1");
        assertThat(options.port()).isEmpty();
        assertThat(options).hasToString("WebsocketOptions[host=127.0.0.1, port=that of HTTP]");
    }

    @Test
    void all_can_be_set() {
        WebsocketOptions options =
                WebsocketOptions.builder().host("0.0.0.0").port(0).build();

        assertThat(options.host()).isEqualTo("0.0.0.0");
        assertThat(options.port()).isEqualTo(OptionalInt.of(0));
        assertThat(options).hasToString("WebsocketOptions[host=0.0.0.0, port=0]");
    }

    @Test
    void a_changed_copy_keeps_the_rest_and_leaves_the_first_alone() {
        WebsocketOptions first =
                WebsocketOptions.builder().host("0.0.0.0").port(9000).build();
        WebsocketOptions second = first.toBuilder().noPort().build();

        assertThat(second).hasToString("WebsocketOptions[host=0.0.0.0, port=that of HTTP]");
        assertThat(first.toBuilder().build()).hasToString("WebsocketOptions[host=0.0.0.0, port=9000]");
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 65536})
    void a_port_has_its_range(int port) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> WebsocketOptions.builder().port(port))
                .withMessage("port: " + port + " (expected: 0 to 65535)");
    }

    @Test
    void a_host_is_not_empty() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> WebsocketOptions.builder().host(" "))
                .withMessage("host is empty (expected: a host name or an IP address)");
    }

    @Test
    void the_provider_says_what_it_is() {
        Websockets provider =
                Websockets.with(WebsocketOptions.builder().port(9000).build());

        assertThat(provider.id()).isEqualTo("websocket");
        assertThat(provider.order()).isEqualTo(10);
        assertThat(provider.carries()).containsExactlyInAnyOrder(OperationKind.SOCKET, OperationKind.SOCKET_MESSAGE);
        assertThat(provider.settings()).containsExactlyInAnyOrder("websocket.host", "websocket.port");
        assertThat(provider).hasToString("Websockets[WebsocketOptions[host=127.0.0.1, port=9000]]");
        assertThatNullPointerException().isThrownBy(() -> Websockets.with(null)).withMessage("options");
    }

    @Test
    void a_setting_that_is_no_port_is_refused() {
        try (Host host = new Host(Map.of("websocket.port", "many"))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> host.make(new Websockets()))
                    .withMessage("setting 'websocket.port' (test): 'many' (expected: a whole number from 0 to 65535)");
        }
    }
}
