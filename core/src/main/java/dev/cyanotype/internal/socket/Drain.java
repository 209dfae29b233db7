/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.socket;

import dev.cyanotype.internal.concurrent.InFlight;
import dev.cyanotype.internal.json.JsonCodec;
import dev.cyanotype.spi.SocketFrame;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * Says goodbye to all clients: what they have under way is finished first, and they go one after the other, so that not all of
 * them come to the next replica at once.
 */
final class Drain {

    private static final int BATCH = 100;
    private static final Duration PAUSE = Duration.ofMillis(20);

    private final Collection<Client> clients;

    /** Done when the last client has gone. */
    private final InFlight connected;

    private final JsonCodec json;
    private final long deadline;

    Drain(Collection<Client> clients, InFlight connected, JsonCodec json, Duration budget) {
        this.clients = clients;
        this.connected = connected;
        this.json = json;
        this.deadline = InFlight.deadline(budget);
    }

    void run() throws InterruptedException {
        List<Client> all = new ArrayList<>(clients);
        finish(all);
        SocketFrame goodbye =
                Frames.message(json, "server_shutdown", json.encode(Map.of("message", "Server shutting down")), null);
        for (int i = 0; i < all.size(); i++) {
            Client client = all.get(i);
            if (client.conversation().isEnveloped()) {
                client.answer(goodbye);
            }
            client.end(SocketHub.GOING_AWAY, "");
            int batchesLeft = (all.size() - i) / BATCH;
            if (i % BATCH == BATCH - 1 && batchesLeft > 0) {
                Duration share = left().dividedBy(2L * batchesLeft);
                connected.awaitNone(share.compareTo(PAUSE) < 0 ? share : PAUSE);
            }
        }
        connected.awaitNone(left());
        clients.forEach(Client::abort);
    }

    /** Waits until all that was read is handled. */
    private void finish(List<Client> all) throws InterruptedException {
        InFlight working = new InFlight();
        for (Client client : all) {
            working.begin();
            client.finish(working::end);
        }
        // Closing takes its time too.
        working.awaitNone(left().multipliedBy(3).dividedBy(4));
    }

    private Duration left() {
        return Duration.ofNanos(Math.max(0, deadline - System.nanoTime()));
    }
}
