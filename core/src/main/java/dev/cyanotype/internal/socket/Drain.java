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

    /** Closes all of them; how many had not answered when the budget was spent, so that their connections were cut. */
    int goodbye() throws InterruptedException {
        List<Client> all = new ArrayList<>(clients);
        if (!all.isEmpty()) {
            tell(all);
        }
        connected.awaitNone(InFlight.left(deadline));
        List<Client> rest = new ArrayList<>(clients);
        rest.forEach(Client::abort);
        return rest.size();
    }

    private void tell(List<Client> all) throws InterruptedException {
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
                Duration share = InFlight.left(deadline).dividedBy(2L * batchesLeft);
                connected.awaitNone(share.compareTo(PAUSE) < 0 ? share : PAUSE);
            }
        }
    }

    /** Waits until all that was read is handled; how many clients have something under way when the budget is spent. */
    int finish() throws InterruptedException {
        InFlight working = new InFlight();
        for (Client client : clients) {
            working.begin();
            client.finish(working::end);
        }
        working.awaitNone(InFlight.left(deadline));
        return (int) working.count();
    }
}
