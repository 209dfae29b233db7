/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.testkit.contract;

import dev.cyanotype.App;
import org.junit.jupiter.api.Nested;

/**
 * What every transport between services keeps, seen from the apps that use it: rules 1 to 6, 16 to 41, and 51 to 58.
 *
 * <p>Extend it with a class of tests and make the provider; each test names its rules. The apps of a test have names, channels and
 * streams that no other test uses, so that one broker can serve them all: start it once for the class.
 *
 * <p>What a bus need not have is skipped, with a sentence that names the rules: streams where the provider does not carry
 * {@link dev.cyanotype.spi.OperationKind#STREAM}, presence and leases where the bus does not offer
 * {@link dev.cyanotype.spi.PresenceStore} and {@link dev.cyanotype.spi.TaskLeases}, and replicas where
 * {@link dev.cyanotype.spi.MessageBus#isShared()} is false. What happens when the broker goes away or loses something is not
 * tested here; the document of the rules says which those are.
 *
 * <pre>{@code
 * class PigeonContractIT extends MessageBusContract {
 *     @Override
 *     protected TransportProvider provider() {
 *         return new PigeonPost(BROKER.address());
 *     }
 * }
 * }</pre>
 *
 * @since 0.1
 */
public abstract class MessageBusContract extends TransportContract {

    /** For subclasses. */
    protected MessageBusContract() {}

    @Nested
    class Calls extends CallsContract {
        @Override
        App.Builder on(App.Builder builder) {
            return MessageBusContract.this.on(builder);
        }
    }

    @Nested
    class Attempts extends AttemptsContract {
        @Override
        App.Builder on(App.Builder builder) {
            return MessageBusContract.this.on(builder);
        }
    }

    @Nested
    class Channels extends ChannelsContract {
        @Override
        App.Builder on(App.Builder builder) {
            return MessageBusContract.this.on(builder);
        }
    }

    @Nested
    class Queues extends QueuesContract {
        @Override
        App.Builder on(App.Builder builder) {
            return MessageBusContract.this.on(builder);
        }
    }

    @Nested
    class Streams extends StreamsContract {
        @Override
        App.Builder on(App.Builder builder) {
            return MessageBusContract.this.on(builder);
        }
    }

    @Nested
    class Failing_entries extends DeadLettersContract {
        @Override
        App.Builder on(App.Builder builder) {
            return MessageBusContract.this.on(builder);
        }
    }

    @Nested
    class Stopping extends StoppingContract {
        @Override
        App.Builder on(App.Builder builder) {
            return MessageBusContract.this.on(builder);
        }
    }

    @Nested
    class Replicas extends ReplicasContract {
        @Override
        App.Builder on(App.Builder builder) {
            return MessageBusContract.this.on(builder);
        }
    }

    @Nested
    class Subscriptions extends SubscriptionsContract {
        @Override
        App.Builder on(App.Builder builder) {
            return MessageBusContract.this.on(builder);
        }
    }

    @Nested
    class Presence extends PresenceContract {
        @Override
        App.Builder on(App.Builder builder) {
            return MessageBusContract.this.on(builder);
        }
    }

    @Nested
    class Leases extends TaskLeasesContract {
        @Override
        App.Builder on(App.Builder builder) {
            return MessageBusContract.this.on(builder);
        }
    }
}
