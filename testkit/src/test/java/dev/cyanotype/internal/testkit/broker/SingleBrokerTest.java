/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.testkit.broker;

import dev.cyanotype.spi.OperationKind;
import dev.cyanotype.spi.Transport;
import dev.cyanotype.spi.TransportContext;
import dev.cyanotype.spi.TransportProvider;
import dev.cyanotype.testkit.contract.MessageBusContract;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/** A broker of one app that knows of no other, on threads of its own. */
class SingleBrokerTest extends MessageBusContract {

    @Override
    protected Map<Integer, String> exceptions() {
        return Map.of(1, "nobody finds a broker that is made for a test");
    }

    @Override
    protected TransportProvider provider() {
        return new Alone();
    }

    private static final class Alone implements TransportProvider {

        @Override
        public String id() {
            return "broker";
        }

        @Override
        public Set<OperationKind> carries() {
            return EnumSet.of(OperationKind.ACTION, OperationKind.LISTENER, OperationKind.STREAM);
        }

        @Override
        public Transport create(TransportContext context) {
            return new TestBroker(Broker.alone(context.clock())).create(context);
        }
    }
}
