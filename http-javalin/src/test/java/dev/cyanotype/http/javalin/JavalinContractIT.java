/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.http.javalin;

import dev.cyanotype.spi.TransportProvider;
import dev.cyanotype.testkit.contract.HttpTransportContract;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** Javalin keeps what every transport for HTTP does. */
class JavalinContractIT extends HttpTransportContract {

    private static ServerSocket taken;

    @BeforeAll
    static void takePort() throws IOException {
        taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
    }

    @AfterAll
    static void freePort() throws IOException {
        taken.close();
    }

    @Override
    protected TransportProvider provider() {
        return JavalinHttp.with(JavalinOptions.builder().port(0).build());
    }

    @Override
    protected Optional<TransportProvider> providerThatCannotStart() {
        return Optional.of(JavalinHttp.with(
                JavalinOptions.builder().port(taken.getLocalPort()).build()));
    }
}
