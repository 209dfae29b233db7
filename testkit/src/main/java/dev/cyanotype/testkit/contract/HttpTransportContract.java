/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.testkit.contract;

import dev.cyanotype.App;
import org.junit.jupiter.api.Nested;

/**
 * What every transport for HTTP keeps, seen from its clients and from the dispatcher: rules 1 to 15, and 58.
 *
 * <p>Extend it with a class of tests and make the provider, which has to listen on a free port of this machine. Requests are sent
 * byte for byte to the address that the transport tells; where it tells none, what can only be seen on a connection is skipped. A
 * rule that a server can't keep is named by {@link #exceptions()}, with the reason.
 *
 * <pre>{@code
 * class PigeonHttpContractIT extends HttpTransportContract {
 *     @Override
 *     protected TransportProvider provider() {
 *         return new PigeonHttp(0);
 *     }
 * }
 * }</pre>
 *
 * @since 0.1
 */
public abstract class HttpTransportContract extends TransportContract {

    /** For subclasses. */
    protected HttpTransportContract() {}

    /** Starts an app; the one in memory has no port. */
    HttpSite open(App.Builder builder) {
        return open(builder, PortSite::new);
    }

    @Nested
    class Requests extends RequestsContract {
        @Override
        HttpSite open(App.Builder builder) {
            return HttpTransportContract.this.open(builder);
        }
    }

    @Nested
    class Responses extends ResponsesContract {
        @Override
        HttpSite open(App.Builder builder) {
            return HttpTransportContract.this.open(builder);
        }
    }

    @Nested
    class Bodies_that_are_written extends WrittenBodiesContract {
        @Override
        HttpSite open(App.Builder builder) {
            return HttpTransportContract.this.open(builder);
        }
    }

    @Nested
    class Connections extends ConnectionsContract {
        @Override
        HttpSite open(App.Builder builder) {
            return HttpTransportContract.this.open(builder);
        }
    }

    @Nested
    class Stopping_http extends HttpStoppingContract {
        @Override
        HttpSite open(App.Builder builder) {
            return HttpTransportContract.this.open(builder);
        }
    }
}
