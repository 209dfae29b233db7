/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.testkit.real;

import dev.cyanotype.spi.Upgrade;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** The websockets that the test has opened, of which both sides are seen. Thread-safe. */
final class ServedSockets {

    /** Ties the server's side to the client's. */
    static final String HEADER = "Cyanotype-Test-Socket";

    private final Activity activity;
    private final AtomicLong count = new AtomicLong();
    private final Map<String, SocketTraffic> asked = new ConcurrentHashMap<>();

    ServedSockets(Activity activity) {
        this.activity = activity;
    }

    /** One that the test is about to ask for. */
    SocketTraffic ask() {
        SocketTraffic traffic = new SocketTraffic(activity, Long.toString(count.incrementAndGet()));
        asked.put(traffic.id(), traffic);
        return traffic;
    }

    /** It is not asked for any more, whatever was answered. */
    void answered(SocketTraffic traffic) {
        asked.remove(traffic.id());
    }

    /** Observes one that was asked for, if the app accepts it. */
    Upgrade decided(@Nullable String id, Upgrade decision) {
        SocketTraffic traffic = id == null ? null : asked.get(id);
        if (traffic != null && decision instanceof Upgrade.Accepted accepted) {
            return new Upgrade.Accepted(
                    new ObservedReceiver(accepted.receiver(), activity, traffic), accepted.subprotocol());
        }
        return decision;
    }
}
