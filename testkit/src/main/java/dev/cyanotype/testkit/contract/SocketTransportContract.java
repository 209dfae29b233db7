/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.testkit.contract;

import dev.cyanotype.App;
import org.junit.jupiter.api.Nested;

/**
 * What every transport for websockets keeps, seen from its clients and from the dispatcher: rules 1 to 6, and 42 to 50.
 *
 * <p>Extend it with a class of tests and make the provider. Clients connect to the address that the transport tells, and speak RFC
 * 6455 byte for byte; where there is none, what can only be seen on a connection is skipped. A transport that is served by the
 * server of another one adds that to {@link #on}, and says where it is by {@link #address}.
 *
 * @since 0.1
 */
public abstract class SocketTransportContract extends TransportContract {

    /** For subclasses. */
    protected SocketTransportContract() {}

    /** Starts an app; the one in memory has no port. */
    SocketSite open(App.Builder builder) {
        return open(builder, PortSocketSite::new);
    }

    @Nested
    class Sockets extends SocketsContract {
        @Override
        SocketSite open(App.Builder builder) {
            return SocketTransportContract.this.open(builder);
        }
    }

    @Nested
    class Frames extends FramesContract {
        @Override
        SocketSite open(App.Builder builder) {
            return SocketTransportContract.this.open(builder);
        }
    }

    @Nested
    class Handshakes extends HandshakesContract {
        @Override
        SocketSite open(App.Builder builder) {
            return SocketTransportContract.this.open(builder);
        }
    }
}
