/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.samples.transport;

import dev.cyanotype.App;
import dev.cyanotype.spi.TransportProvider;
import dev.cyanotype.testkit.contract.MessageBusContract;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** The bus over local sockets keeps the rules of all buses. */
class LocalBusContractIT extends MessageBusContract {

    @TempDir
    private static Path directory;

    @Override
    protected TransportProvider provider() {
        return new LocalBus();
    }

    @Override
    protected App.Builder on(App.Builder builder) {
        return super.on(builder).setting("local-bus.path", directory.toString());
    }
}
