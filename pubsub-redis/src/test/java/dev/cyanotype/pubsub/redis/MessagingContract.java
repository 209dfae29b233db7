/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.pubsub.redis;

import dev.cyanotype.App;
import org.junit.jupiter.api.Nested;

/**
 * What every bus does alike, seen from the apps that use it.
 *
 * <p>What can only hold within one process, or only across several, has no place here.
 */
abstract class MessagingContract {

    /** Gives an app the transport that is tested, and nothing that is looked for. */
    abstract App.Builder on(App.Builder builder);

    @Nested
    class Calls extends CallsContract {
        @Override
        App.Builder on(App.Builder builder) {
            return MessagingContract.this.on(builder);
        }
    }

    @Nested
    class Attempts extends AttemptsContract {
        @Override
        App.Builder on(App.Builder builder) {
            return MessagingContract.this.on(builder);
        }
    }

    @Nested
    class Channels extends ChannelsContract {
        @Override
        App.Builder on(App.Builder builder) {
            return MessagingContract.this.on(builder);
        }
    }

    @Nested
    class Queues extends QueuesContract {
        @Override
        App.Builder on(App.Builder builder) {
            return MessagingContract.this.on(builder);
        }
    }

    @Nested
    class Streams extends StreamsContract {
        @Override
        App.Builder on(App.Builder builder) {
            return MessagingContract.this.on(builder);
        }
    }

    @Nested
    class Failing_entries extends DeadLettersContract {
        @Override
        App.Builder on(App.Builder builder) {
            return MessagingContract.this.on(builder);
        }
    }

    @Nested
    class Stopping extends StoppingContract {
        @Override
        App.Builder on(App.Builder builder) {
            return MessagingContract.this.on(builder);
        }
    }
}
