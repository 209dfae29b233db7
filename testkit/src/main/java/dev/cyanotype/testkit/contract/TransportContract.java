/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.testkit.contract;

import dev.cyanotype.App;
import dev.cyanotype.spi.TransportProvider;
import java.util.Map;
import java.util.Optional;
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
