/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.websocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cyanotype.internal.testkit.wire.RawSocket;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A client that does nothing wrong: it asks and is answered, again and again, while others misbehave. */
final class Bystander implements AutoCloseable {

    /** Far more than it takes where nobody is held up. */
    private static final long USUAL_MILLIS = 1_000;

    /** As long as the machine itself may stand still, and far less than a time limit that somebody waits for. */
    private static final long MOST_MILLIS = 5_000;

    private final RawSocket socket;
    private final Thread thread;
    private final List<Long> nanos = Collections.synchronizedList(new ArrayList<>());
    private volatile Throwable failure;
    private volatile boolean done;

    /** Begins at once. */
    Bystander(URI address) throws IOException {
        socket = RawSocket.open(address, "/ws");
        thread = new Thread(this::talk, "bystander");
        thread.start();
    }

    private void talk() {
        try {
            for (int n = 0; !done; n++) {
                long start = System.nanoTime();
                socket.text("{\"type\":\"echo\",\"data\":" + n + "}");
                assertThat(socket.read().text()).isEqualTo("{\"type\":\"response\",\"data\":" + n + "}");
                nanos.add(System.nanoTime() - start);
                // It is a client among others, and no load of its own.
                TimeUnit.MILLISECONDS.sleep(2);
            }
        } catch (Throwable e) {
            failure = e;
        }
    }

    /** Ends; fails if it was not answered, or answered slowly. */
    void wasNotHeldUp() throws InterruptedException {
        int before = nanos.size();
        await().atMost(Duration.ofSeconds(20)).until(() -> failure != null || nanos.size() >= before + 20);
        done = true;
        thread.join(20_000);
        assertThat(failure).isNull();
        List<Long> sorted = new ArrayList<>(nanos);
        Collections.sort(sorted);
        assertThat(sorted).hasSizeGreaterThanOrEqualTo(20);
        assertThat(TimeUnit.NANOSECONDS.toMillis(sorted.get(sorted.size() * 9 / 10)))
                .as("milliseconds that 9 of 10 of %s answers took at most", sorted.size())
                .isLessThan(USUAL_MILLIS);
        assertThat(TimeUnit.NANOSECONDS.toMillis(sorted.get(sorted.size() - 1)))
                .as("milliseconds that the slowest answer took")
                .isLessThan(MOST_MILLIS);
    }

    @Override
    public void close() throws IOException {
        done = true;
        socket.close();
    }
}
