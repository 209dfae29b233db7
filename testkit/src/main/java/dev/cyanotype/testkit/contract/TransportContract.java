/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.testkit.contract;

import dev.cyanotype.App;
import dev.cyanotype.spi.TransportProvider;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.extension.ExtendWith;

/** What an author says of the transport, whatever it carries. */
@DisplayNameGeneration(Rules.class)
@ExtendWith(Rules.class)
abstract class TransportContract {

    TransportContract() {}

    /**
     * Makes the provider that is tested, as an app would be given it; called for each app that a test starts, by one thread at a
     * time.
     *
     * @return a new provider; all that one object of this class makes are of one broker, if there is one, and all take a port of
     *     their own, if they listen
     */
    protected abstract TransportProvider provider();

    /**
     * Gives an app the transport that is tested, and nothing that is looked for. For a transport that is not made by a provider.
     *
     * @param builder the app
     * @return the same builder
     */
    protected App.Builder on(App.Builder builder) {
        return builder.discovery(false).transport(provider());
    }

    /**
     * Says where the clients of an app connect to, for transports of HTTP and of websockets.
     *
     * @param app the app, started
     * @return what the transport of {@link #provider()} tells, unless it is overridden, as for one that is served by the server of
     *     another
     */
    protected URI address(App app) {
        return app.address(provider().id());
    }

    /** Starts an app on the transport that is tested, and shows it to clients by its address. */
    final <S> S open(App.Builder builder, BiFunction<App, URI, S> site) {
        App app = on(builder).build();
        app.start();
        return site.apply(app, address(app));
    }

    /**
     * Makes a provider whose transport can't be opened, such as one for a port that is taken, to see how that fails.
     *
     * @return nothing unless it is overridden; then it is not tested
     */
    protected Optional<TransportProvider> providerThatCannotStart() {
        return Optional.empty();
    }

    /**
     * The rules that the transport is known not to keep, for everybody to see: their tests are reported as skipped, with the
     * reason. A test that is about several rules is skipped if one of them is named here.
     *
     * @return why, by the number of the rule in {@code docs/transport-contract.md}; nothing unless it is overridden
     */
    protected Map<Integer, String> exceptions() {
        return Map.of();
    }

    @Nested
    class Life extends LifeContract {
        @Override
        App.Builder on(App.Builder builder) {
            return TransportContract.this.on(builder);
        }

        @Override
        TransportProvider provider() {
            return TransportContract.this.provider();
        }

        @Override
        Optional<TransportProvider> providerThatCannotStart() {
            return TransportContract.this.providerThatCannotStart();
        }
    }
}
