/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.testkit.contract;

import dev.cyanotype.App;
import dev.cyanotype.spi.MessageBus;
import dev.cyanotype.spi.OperationKind;
import dev.cyanotype.spi.Transport;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Shows a test the bus of an app, as the app sees it. */
final class BusProbe {

    private final Consumer<MessageBus> onCreate;
    private volatile @Nullable MessageBus bus;
    private volatile Set<OperationKind> carries = Set.of();

    BusProbe() {
        this(bus -> {});
    }

    /** Shows the bus also before it is started. */
    BusProbe(Consumer<MessageBus> onCreate) {
        this.onCreate = onCreate;
    }

    /** Has the bus of an app shown. */
    App.Builder show(App.Builder builder) {
        return builder.decorate(provider -> new Watched(provider, (inner, context) -> {
            Transport made = inner.create(context);
            if (made instanceof MessageBus found) {
                bus = found;
                carries = inner.carries();
                onCreate.accept(found);
            }
            return made;
        }));
    }

    MessageBus bus() {
        return Objects.requireNonNull(bus, "the app was not started");
    }

    /** What the provider of the bus says it carries. */
    Set<OperationKind> carries() {
        return carries;
    }
}
