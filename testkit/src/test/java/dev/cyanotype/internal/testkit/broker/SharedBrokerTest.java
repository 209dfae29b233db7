/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.testkit.broker;

import dev.cyanotype.spi.TransportProvider;
import dev.cyanotype.testkit.contract.MessageBusContract;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;

/** A broker that several replicas share, on threads of their own. */
class SharedBrokerTest extends MessageBusContract {

    private static final RealClock CLOCK = new RealClock();
    private static final TestBroker BROKER = new TestBroker(Broker.shared(CLOCK, new Dice(1), new Timeline(CLOCK)));

    @AfterAll
    static void stop() {
        CLOCK.close();
    }

    @Override
    protected Map<Integer, String> exceptions() {
        return Map.of(1, "nobody finds a broker that is made for a test");
    }

    @Override
    protected TransportProvider provider() {
        return BROKER;
    }
}
