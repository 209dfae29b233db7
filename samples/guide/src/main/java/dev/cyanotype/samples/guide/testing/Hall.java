/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.samples.guide.testing;

import dev.cyanotype.Blueprint;
import dev.cyanotype.exchange.HttpException;
import dev.cyanotype.samples.guide.testing.Tickets.Seat;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Has the seats; each is reserved once. */
public final class Hall {

    private Hall() {}

    /** The blueprint. */
    public static Blueprint blueprint() {
        Set<Seat> taken = ConcurrentHashMap.newKeySet();
        return Blueprint.named("hall")
                .action(Tickets.RESERVE, (seat, ctx) -> {
                    if (!taken.add(seat)) {
                        throw new HttpException(409, "Seat " + seat.number() + " is taken");
                    }
                    return seat;
                })
                .build();
    }
}
