/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.websocket;

import dev.cyanotype.App;
import dev.cyanotype.http.javalin.JavalinHttp;
import dev.cyanotype.http.javalin.JavalinOptions;
import dev.cyanotype.spi.TransportProvider;
import dev.cyanotype.testkit.contract.SocketTransportContract;
import java.net.URI;
import org.junit.jupiter.api.Nested;

/** Websockets keep what every transport for them does. */
class WebsocketContractIT {

    @Nested
    class On_the_port_of_http extends SocketTransportContract {

        @Override
        protected TransportProvider provider() {
            return new Websockets();
        }

        @Override
        protected App.Builder on(App.Builder builder) {
            return super.on(builder)
                    .transport(JavalinHttp.with(JavalinOptions.builder().port(0).build()));
        }

        @Override
        protected URI address(App app) {
            return app.address("http");
        }
    }

    @Nested
    class On_a_port_of_their_own extends SocketTransportContract {

        @Override
        protected TransportProvider provider() {
            return Websockets.with(WebsocketOptions.builder().port(0).build());
        }

        @Override
        protected App.Builder on(App.Builder builder) {
            return super.on(builder)
                    .transport(JavalinHttp.with(JavalinOptions.builder().port(0).build()));
        }
    }
}
