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
import java.util.concurrent.TimeUnit;

/**
 * Says goodbye to all clients: what they have under way is finished first, and they go one after the other, so that not all of
 * them come to the next replica at once.
 */
final class Drain {

    private static final int BATCH = 100;
    private static final long PAUSE_MILLIS = 20;

    private final Collection<Client> clients;
    private final JsonCodec json;
    private final long deadline;

    Drain(Collection<Client> clients, JsonCodec json, Duration budget) {
        this.clients = clients;
        this.json = json;
        this.deadline = InFlight.deadline(budget);
    }

    void run() throws InterruptedException {
        List<Client> all = new ArrayList<>(clients);
        all.forEach(Client::stopReading);
        // Closing takes its time too.
        long closing = System.nanoTime() + leftNanos() * 3 / 4;
        await(() -> all.stream().allMatch(Client::isIdle), closing);
        SocketFrame goodbye = Frames.message(
                json, "server_shutdown", json.encode(Map.of("message", "Server shutting down")), null);
        for (int i = 0; i < all.size(); i++) {
            Client client = all.get(i);
            if (client.conversation().isEnveloped()) {
                client.answer(goodbye);
            }
            client.end(SocketHub.GOING_AWAY, "");
            long batchesLeft = (all.size() - i) / BATCH;
            if (i % BATCH == BATCH - 1 && batchesLeft > 0) {
                long share = TimeUnit.NANOSECONDS.toMillis(leftNanos() / 2) / batchesLeft;
                Thread.sleep(Math.max(0, Math.min(PAUSE_MILLIS, share)));
            }
        }
        await(clients::isEmpty, deadline);
        clients.forEach(Client::abort);
    }

    private interface Condition {

        boolean holds();
    }

    private static void await(Condition condition, long until) throws InterruptedException {
        for (long pause = 1; !condition.holds() && until - System.nanoTime() > 0; pause = Math.min(20, pause * 2)) {
            Thread.sleep(pause);
        }
    }

    private long leftNanos() {
        return Math.max(0, deadline - System.nanoTime());
    }
}
